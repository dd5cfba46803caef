import assert from 'node:assert/strict';

import { parseBeijing } from '../../../src/alipay/beijing-time.ts';
import { flagAbove, readBill } from '../../../src/bills/index.ts';
import {
  differences,
  readTrade,
  refusal,
  tradeDetail,
  tradeRow,
  tradeSummary,
  tradeTotals,
  zipOfBytes,
  ACCOUNT,
  ROWS,
  TOTALS,
  TRADE_HEADER,
} from './bill-files.ts';

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
