import assert from 'node:assert/strict';

import { InputError } from '../../../src/alipay/errors.ts';
import { parseBeijing } from '../../../src/alipay/beijing-time.ts';
import { flagAbove, readBill, type AccountBill, type TradeBill } from '../../../src/bills/index.ts';
import {
  accountDetail,
  differences,
  tradeDetail,
  tradeRow,
  tradeSummary,
  tradeTotals,
  zipOf,
  zipOfBytes,
  ACCOUNT,
  TRADE_HEADER,
  type Csv,
} from './bill-files.ts';

async function readTrade(...files: Csv[]): Promise<TradeBill> {
  const bill = await readBill(zipOf(...files));
  assert.equal(bill.type, 'trade');
  return bill;
}

async function readAccount(...files: Csv[]): Promise<AccountBill> {
  const bill = await readBill(zipOf(...files));
  assert.equal(bill.type, 'signcustomer');
  return bill;
}

async function refusal(archive: Buffer): Promise<string> {
  const error: unknown = await readBill(archive).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof InputError, `expected a refusal, got ${String(error)}`);
  return error.say('en');
}

const ROWS = [
  tradeRow('交易', '20.00', { fee: '-0.12' }),
  tradeRow('交易', '5.30'),
  tradeRow('退款', '-15.01', { fee: '0.09' }),
];
const TOTALS = tradeTotals(2, '25.30', 1, '-15.01');

describe('reading trade bills', () => {
  it('sums payments, refunds, net and fees of the 25-column layout', async () => {
    const bill = await readTrade(tradeDetail(ROWS, TOTALS));
    assert.deepEqual(differences(bill), []);
    assert.equal(bill.checks.length, 6);
    assert.deepEqual(bill.trades, { count: 2, gross: 2530 });
    assert.deepEqual(bill.refunds, { count: 1, amount: 1501 });
    assert.equal(bill.net, 1029);
    assert.equal(bill.fees, -3);
    assert.equal(bill.account, ACCOUNT);
    assert.equal(bill.from, parseBeijing('2026-06-05 00:00:00'));
    assert.equal(bill.to, parseBeijing('2026-06-06 00:00:00'));
  });

  it('strips tabs from cells and keeps the line of each row', async () => {
    const [first] = (await readTrade(tradeDetail(ROWS, TOTALS))).rows;
    assert.deepEqual(first, {
      line: 6,
      tradeNo: '2017083121001004720299453898',
      outTradeNo: 'cd6e01',
      kind: 'trade',
      subject: '支付宝APP支付',
      createdAt: parseBeijing('2026-06-05 00:06:14'),
      finishedAt: parseBeijing('2026-06-05 00:06:15'),
      buyer: '*杨(137****2600)',
      total: 2000,
      receipt: 2000,
      fee: -12,
      outRequestNo: '',
      remark: '备注',
    });
  });

  it('counts what the merchant received, not what the order cost', async () => {
    const row = tradeRow('交易', '90.00', { total: '100.00', discount: '10.00' });
    const totals = ['#交易合计：1笔，商家实收共90.00元，商家优惠共10.00元', tradeTotals(1, '', 0, '0.00')[1] ?? ''];
    const bill = await readTrade(tradeDetail([row], totals));
    assert.deepEqual(differences(bill), []);
    assert.equal(bill.trades.gross, 9000);
    assert.equal(bill.rows[0]?.total, 10_000);
  });

  it('reads columns by their titles: more of them, in another order, with ASCII brackets', async () => {
    const order = [22, 12, 2, 0, 1, 11, 5, 4, 3, 24];
    const more = ['渠道', '银联流水号', '卡类型', '清算日'];
    const pick = (line: string): string => {
      const cells = line.split(',');
      return [...more.map(() => 'x'), ...order.map((index) => cells[index] ?? '')].join(',');
    };
    const titles = TRADE_HEADER.replaceAll('（', '(').replaceAll('）', ')').split(',');
    const header = [...more, ...order.map((index) => titles[index])].join(',');
    const bill = await readTrade(tradeDetail(ROWS.map(pick), TOTALS, header));
    assert.deepEqual(differences(bill), []);
    assert.equal(bill.net, 1029);
    assert.equal(bill.rows[2]?.tradeNo, '2017083121001004720299453898');
  });

  it('reads the variant with 29 columns', async () => {
    const header = `${TRADE_HEADER},银行卡类型,发卡行,流水号,清算日期`;
    const bill = await readTrade(
      tradeDetail(
        ROWS.map((row) => `${row},借记卡,工商银行,1,20260605`),
        TOTALS,
        header,
      ),
    );
    assert.deepEqual(differences(bill), []);
    assert.equal(bill.net, 1029);
  });

  it('reads thousands commas, in cells a spreadsheet has quoted and in the totals', async () => {
    const row = tradeRow('交易', '"1,234.50"');
    const bill = await readTrade(tradeDetail([row], tradeTotals(1, '1,234.50', 0, '0.00')));
    assert.deepEqual(differences(bill), []);
    assert.equal(bill.trades.gross, 123_450);
  });

  it('takes a quote in free text for a letter', async () => {
    const row = tradeRow('交易', '20.00').replace('支付宝APP支付', '"27"" 显示器');
    const bill = await readTrade(tradeDetail([row], tradeTotals(1, '20.00', 0, '0.00')));
    assert.equal(bill.rows[0]?.subject, '"27"" 显示器');
  });

  for (const [name, ending] of Object.entries({ 'CR LF': '\r\n', LF: '\n', CR: '\r' })) {
    it(`reads lines that end with ${name}`, async () => {
      const { text } = tradeDetail(ROWS, TOTALS);
      const bill = await readTrade({ name: 'a.csv', text: text.replaceAll('\r\n', ending) });
      assert.deepEqual(differences(bill), []);
      assert.equal(bill.net, 1029);
    });
  }

  it('reads totals padded with commas and tabs', async () => {
    const bill = await readTrade(
      tradeDetail(
        ROWS,
        TOTALS.map((total) => `${total},,,\t,,`),
      ),
    );
    assert.deepEqual(differences(bill), []);
    assert.equal(bill.checks.length, 6);
  });

  it('reads UTF-8 with a byte order mark', async () => {
    const bytes = Buffer.from(`\ufeff${tradeDetail(ROWS, TOTALS).text}`, 'utf8');
    const bill = await readBill(zipOfBytes({ name: 'a.csv', bytes }));
    assert.deepEqual(differences(bill), []);
    assert.equal(bill.net, 1029);
  });

  it('refuses UTF-8 without a mark, which reads as other letters', async () => {
    const bytes = Buffer.from(tradeDetail(ROWS, TOTALS).text, 'utf8');
    assert.match(await refusal(zipOfBytes({ name: 'a.csv', bytes })), /None of the 1 files .* GBK/);
  });

  it('finds the files by their first lines, whatever their names', async () => {
    const summary = tradeSummary('合计,\t,2,1,10.29,10.29,0.00,0.00,0.00,-0.03,0.00,10.26');
    const detail = tradeDetail(ROWS, TOTALS);
    const bill = await readTrade(
      { ...summary, name: '1.txt' },
      { name: 'readme', text: 'hello' },
      { ...detail, name: '2' },
    );
    assert.deepEqual(differences(bill), []);
    assert.equal(bill.checks.length, 13);
  });

  it('reads an empty day as a bill of zeros', async () => {
    const bill = await readTrade(tradeDetail([], []));
    assert.deepEqual(bill.checks, []);
    assert.deepEqual(
      [bill.trades, bill.refunds],
      [
        { count: 0, gross: 0 },
        { count: 0, amount: 0 },
      ],
    );
    assert.deepEqual([bill.net, bill.fees, bill.rows], [0, 0, []]);
  });

  it('flags payments strictly above an amount, and no refunds', async () => {
    const rows = [tradeRow('交易', '5000.00'), tradeRow('交易', '5000.01'), tradeRow('退款', '-6000.00')];
    const bill = await readTrade(tradeDetail(rows, tradeTotals(2, '10000.01', 1, '-6000.00')));
    assert.deepEqual(
      flagAbove(bill, 500_000).map((row) => row.line),
      [7],
    );
  });
});

describe('what a trade bill says about itself', () => {
  it('reports totals that lie, and keeps the sums of the rows', async () => {
    const bill = await readTrade(tradeDetail(ROWS, tradeTotals(3, '25.31', 2, '-15.00')));
    assert.deepEqual(differences(bill), [
      'number of payments: 3 / 2',
      'payments received: 25.31 / 25.30',
      'number of refunds: 2 / 1',
      'refunds given: 15.00 / 15.01',
    ]);
    assert.equal(bill.net, 1029);
  });

  it('reports totals that are missing or unreadable', async () => {
    const bill = await readTrade(tradeDetail(ROWS, ['#交易合计：两笔，商家实收共25.30元，商家优惠共0.00元']));
    assert.equal(differences(bill).length, 6);
    assert.equal(differences(bill)[0], 'number of payments: — / 2');
  });

  it('reports a refund with a positive amount, and still counts it as money that went back', async () => {
    const bill = await readTrade(tradeDetail([tradeRow('退款', '15.01')], tradeTotals(0, '0.00', 1, '15.01')));
    assert.deepEqual(differences(bill), [
      'refunds printed with a positive amount, counted as money that went back: 0 / 1',
    ]);
    assert.deepEqual([bill.refunds.amount, bill.net], [1501, -1501]);
  });

  it('reports rows of an unknown kind, and counts them nowhere', async () => {
    const bill = await readTrade(tradeDetail([...ROWS, tradeRow('调账', '7.00')], TOTALS));
    assert.equal(differences(bill).length, 1);
    assert.equal(bill.net, 1029);
  });

  it('reports rows from outside the period', async () => {
    const rows = [...ROWS.slice(1), (ROWS[0] ?? '').replaceAll('2026-06-05', '2026-06-07')];
    assert.deepEqual(differences(await readTrade(tradeDetail(rows, TOTALS))), ['rows from outside the period: 0 / 1']);
  });

  it('reports a summary of another account, another day and other sums', async () => {
    const { name, text } = tradeSummary('合计,\t,2,2,10.29,10.30,0.00,0.00,0.00,-0.04,0.00,10.27');
    const other = text.replace(ACCOUNT, '20880000000000000156').replaceAll('2026年06月05日', '2026年06月04日');
    const bill = await readTrade(tradeDetail(ROWS, TOTALS), { name, text: other });
    assert.equal(differences(bill).length, 6);
    assert.equal(bill.net, 1029);
  });

  it('reports a summary it cannot read, and still gives the totals of the rows', async () => {
    const { name, text } = tradeSummary('合计,\t,2,1');
    const bill = await readTrade(tradeDetail(ROWS, TOTALS), { name, text });
    assert.deepEqual(differences(bill), [
      'the summary file could not be read: — / —',
      'Line 6 of the bill has 4 cells where the header has 12.: — / —',
    ]);
    assert.equal(bill.net, 1029);
  });
});

describe('bills that are refused', () => {
  const detail = tradeDetail(ROWS, TOTALS);
  const without = (part: RegExp): Buffer => zipOf({ name: detail.name, text: detail.text.replace(part, '') });

  it('without its end marker', async () => {
    assert.match(await refusal(zipOf({ name: detail.name, text: detail.text.split('#', 5).join('#') })), /end marker/);
  });

  it('with a row that is too long, or too short, naming the line', async () => {
    const long = tradeRow('交易', '20.00').replace('APP', ',');
    assert.match(
      await refusal(zipOf(tradeDetail([tradeRow('交易', '1.00'), long], TOTALS))),
      /Line 7 .* 26 cells .* 25/,
    );
    assert.match(await refusal(zipOf(tradeDetail(['a,b'], TOTALS))), /Line 6 .* 2 cells/);
  });

  it('with an amount or a time that is none, naming line and column', async () => {
    assert.match(
      await refusal(zipOf(tradeDetail([tradeRow('交易', '二十', { total: '20.00' })], []))),
      /Line 6 .*“二十”.*商家实收/,
    );
    const noTime = tradeRow('交易', '1.00').replace('2026-06-05 00:06:15', '2026-06-31 00:06:15');
    assert.match(await refusal(zipOf(tradeDetail([noTime], []))), /Line 6 .*完成时间/);
  });

  it('without a column that counts', async () => {
    const header = TRADE_HEADER.replace('商家实收（元）', '商家收（元）');
    assert.match(await refusal(zipOf(tradeDetail(ROWS, TOTALS, header))), /no column “商家实收（元）”/);
  });

  it('with a column twice', async () => {
    const header = TRADE_HEADER.replace('分润（元）', '商家实收(元)');
    assert.match(await refusal(zipOf(tradeDetail(ROWS, TOTALS, header))), /column “商家实收\(元\)” twice/);
  });

  it('without account or period, or with a period that ends before it begins', async () => {
    assert.match(await refusal(without(/#账号.*\r\n/)), /whose account/);
    assert.match(await refusal(without(/#起始日期.*\r\n/)), /which period/);
    const swapped = detail.text.replace('2026年06月06日 00', '2026年06月04日 00');
    assert.match(await refusal(zipOf({ name: 'a', text: swapped })), /ends .* before it begins/);
  });

  it('with rows behind the end marker', async () => {
    assert.match(
      await refusal(zipOf({ name: 'a', text: `${detail.text}${ROWS[0]}` })),
      /Line 13 .* belongs to no part/,
    );
  });

  it('with two details in one archive', async () => {
    assert.match(await refusal(zipOf(detail, { ...detail, name: 'b.csv' })), /more than one bill/);
    assert.match(await refusal(zipOf(detail, accountDetail([], []))), /more than one bill/);
  });

  it('with sums beyond what can be counted exactly', async () => {
    const rows = Array.from({ length: 10 }, () => tradeRow('交易', '9999999999999.99'));
    assert.match(await refusal(zipOf(tradeDetail(rows, []))), /more than can be counted exactly/);
  });
});

describe('reading signcustomer bills', () => {
  const row = (income: string, expense: string, kind: string): string =>
    `54632446537371\t,2012122923922029\t,3226563\t,海航机票\t,2012-12-29 21:02:06,陈晶 (…@126.com)\t,${income},${expense},14533.03,支付宝,${kind},`;
  const rows = [row('2274.00', '0.00', '在线支付'), row('0.00', '-23.45', '收费'), row('10.00', '', '在线支付')];
  const totals = ['#支出合计：1笔，共-23.45元', '#收入合计：2笔，共2284.00元'];

  it('sums money in, money out and net, by kind', async () => {
    const bill = await readAccount(accountDetail(rows, totals));
    assert.deepEqual(differences(bill), []);
    assert.deepEqual(bill.income, { count: 2, amount: 228_400 });
    assert.deepEqual(bill.expense, { count: 1, amount: 2345 });
    assert.equal(bill.net, 226_055);
    assert.deepEqual(
      bill.kinds.map(({ kind, count, net }) => [kind, count, net]),
      [
        ['在线支付', 2, 228_400],
        ['收费', 1, -2345],
      ],
    );
  });

  it('takes an expense printed positive for money out too', async () => {
    const positive = [row('0.00', '23.45', '收费')];
    const bill = await readAccount(accountDetail(positive, ['#支出合计：1笔，共23.45元', '#收入合计：0笔，共0.00元']));
    assert.deepEqual(differences(bill), []);
    assert.equal(bill.net, -2345);
  });

  it('checks the summary kind by kind', async () => {
    const text = accountDetail([], [])
      .text.replace('账务明细查询', '账务汇总查询')
      .replaceAll('账务明细列表', '账务汇总列表')
      .replace(/账务流水号.*/, '类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）')
      .replace(
        /(总金额（元）)\n/,
        '$1\n在线支付,2,2284.00,0,0.00,2284.00\n收费,0,0.00,2,-24.45,-24.45\n合计,2,2284.00,1,-23.45,2260.55\n',
      );
    const bill = await readAccount(accountDetail(rows, totals), { name: 's.csv', text });
    assert.deepEqual(differences(bill), [
      'number of movements out, 收费, summary file: 2 / 1',
      'money out, 收费, summary file: 24.45 / 23.45',
    ]);
  });

  it('reports an income with a sign, and totals that lie', async () => {
    const bill = await readAccount(accountDetail([row('-1.00', '0.00', '其它')], totals));
    assert.equal(differences(bill).length, 5);
  });

  it('flags movements of either direction', async () => {
    const bill = await readAccount(accountDetail(rows, totals));
    assert.deepEqual(
      flagAbove(bill, 1000).map((flagged) => flagged.line),
      [6, 7],
    );
  });
});
