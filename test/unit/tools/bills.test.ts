import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/alipay/errors.ts';
import type { AccountBill, TradeBill, TradeRow } from '../../../src/bills/index.ts';
import { say } from '../../../src/text/index.ts';
import { answered, Bench, NOON, refused } from '../../support/tool-bench.ts';

const METHOD = 'alipay.data.dataservice.bill.downloadurl.query';
const LINK = 'http://dwbillcenter.alipay.com/downloadBillFile.resource?bizType=trade&fileId=1';
const linked = answered({ bill_download_url: LINK });

function row(line: number, receipt: number): TradeRow {
  return {
    line,
    tradeNo: `2024${line}`,
    outTradeNo: `A${line}`,
    kind: receipt < 0 ? 'refund' : 'trade',
    subject: 'Tea',
    createdAt: NOON,
    finishedAt: line === 2 ? undefined : NOON,
    buyer: '*三',
    total: receipt,
    receipt,
    fee: 0,
    outRequestNo: '',
    remark: '',
  };
}

const check = (agrees: boolean): TradeBill['checks'][number] => ({
  what: say('bill.check.account'),
  said: '1',
  counted: agrees ? '1' : '2',
  agrees,
});

const frame = { account: '20880000000000000156', from: 0, to: 1 };
const TRADE: TradeBill = {
  ...frame,
  type: 'trade',
  checks: [check(true)],
  trades: { count: 142, gross: 4_872_050 },
  refunds: { count: 7, amount: 123_000 },
  net: 4_749_050,
  fees: -2_923,
  rows: [row(1, 500_000), row(2, 500_001), row(3, 900_000), row(4, -700_000)],
};
const ACCOUNT: AccountBill = {
  ...frame,
  type: 'signcustomer',
  checks: [],
  income: { count: 2, amount: 5_000 },
  expense: { count: 1, amount: 1_000 },
  net: 4_000,
  kinds: [],
  rows: [
    {
      line: 1,
      accountLogId: 'L1',
      tradeNo: '1',
      outTradeNo: 'A1',
      subject: '',
      at: NOON,
      counterparty: '',
      income: 0,
      expense: 1_000,
      kind: '转账',
      remark: '',
    },
  ],
};

function withBill(bill: TradeBill | AccountBill): Bench {
  return new Bench({ bill: () => Promise.resolve(bill) }).answer(METHOD, linked);
}

describe('query_bill_download_url', () => {
  it('answers the brief’s prompt: yesterday’s bill, its revenue, its refunds and the net', async () => {
    const read: string[] = [];
    const bench = new Bench({
      bill: (url) => {
        read.push(url);
        return Promise.resolve(TRADE);
      },
    }).answer(METHOD, linked);
    const result = await bench.run('query_bill_download_url', { bill_date: 'yesterday' });
    assert.deepEqual(bench.calls[0]?.bizContent, { bill_type: 'trade', bill_date: '2024-04-11' });
    assert.deepEqual(read, [LINK]);
    assert.equal(result.status, 'succeeded');
    assert.deepEqual(result['trades'], { count: 142, gross: '48720.50' });
    assert.deepEqual(result['refunds'], { count: 7, amount: '1230.00' });
    assert.deepEqual([result['net'], result['fees'], result['checks_agree']], ['47490.50', '-29.23', true]);
    assert.equal(result['flagged'], undefined);
    assert.match(result.message, /142 payments of 48720\.50 CNY in all, 7 refunds of 1230\.00 CNY, net 47490\.50 CNY/);
  });

  it('lists the rows above an amount, and not those at it', async () => {
    const result = await withBill(TRADE).run('query_bill_download_url', {
      bill_date: '2024-04-11',
      flag_above: '5000',
    });
    assert.equal(result['flagged_count'], 2);
    assert.deepEqual(result['flagged'], [
      { trade_no: '20242', out_trade_no: 'A2', subject: 'Tea', amount: '5000.01', finished_at: '' },
      { trade_no: '20243', out_trade_no: 'A3', subject: 'Tea', amount: '9000.00', finished_at: '2024-04-12 10:00:00' },
    ]);
    assert.match(result.message, /2 rows are above 5000\.00 CNY/);
  });

  it('lists at most fifty, with the full count', async () => {
    const many = { ...TRADE, rows: Array.from({ length: 51 }, (_, line) => row(line + 1, 600_000)) };
    const result = await withBill(many).run('query_bill_download_url', { bill_date: '2024-04-11', flag_above: '5000' });
    assert.equal(result['flagged_count'], 51);
    assert.equal((result['flagged'] as unknown[]).length, 50);
    assert.match(result.message, /51 rows .* the first 50/);
  });

  it('says loudly that checks disagree', async () => {
    const odd = { ...TRADE, checks: [check(true), check(false)] };
    const result = await withBill(odd).run('query_bill_download_url', { bill_date: '2024-04-11' });
    assert.match(result.message, /WARNING: 1 of 2 checks .* DISAGREE.*file 1, counted 2/);
    assert.equal(result['checks_agree'], false);
    assert.equal((result['disagreements'] as unknown[]).length, 1);
    assert.match(String(result.next_step), /person look/);
  });

  it('sums a signcustomer bill by what came in and what went out', async () => {
    const input = { bill_date: '2024-04-11', bill_type: 'signcustomer', flag_above: '9.99' };
    const result = await withBill(ACCOUNT).run('query_bill_download_url', input);
    assert.deepEqual(
      [result['income'], result['expense'], result['net']],
      [{ count: 2, amount: '50.00' }, { count: 1, amount: '10.00' }, '40.00'],
    );
    assert.equal(result['flagged_count'], 1);
  });

  it('gives the link alone when asked to, or for types it does not sum, and says that it dies', async () => {
    for (const input of [
      { bill_date: '2024-04-11', download: false },
      { bill_date: '2024-04', bill_type: 'zft_acc' },
      { bill_date: '2024-03', bill_type: 'trade_zft_merchant', smid: '2088000000000001' },
    ]) {
      const bench = new Bench({ now: Date.parse('2024-05-20T10:00:00+08:00') }).answer(METHOD, linked);
      const result = await bench.run('query_bill_download_url', input);
      assert.deepEqual([result.status, result['bill_download_url']], ['succeeded', LINK]);
      assert.match(result.message, /dies 30 seconds/);
    }
  });

  it('refuses dates there can be no bill of, and inputs that do not go together', async () => {
    const cases: [Record<string, unknown>, RegExp][] = [
      [{ bill_date: '2024-04-12' }, /no bill of 2024-04-12 yet.*2024-04-11/],
      [{ bill_date: '2025-01-01' }, /no bill of 2025-01-01 yet/],
      [{ bill_date: '2024-04' }, /no bill of 2024-04 yet/],
      [{ bill_date: '2018-04-11' }, /six years/],
      [{ bill_date: '2024-02-30' }, /not a date/],
      [{ bill_date: '2024-13' }, /not a date/],
      [{ bill_date: 'yesterday', bill_type: 'trade_zft_merchant' }, /give both or neither/],
      [{ bill_date: 'yesterday', smid: '2088' }, /give both or neither/],
      [{ bill_date: 'yesterday', download: false, flag_above: '1' }, /flag_above needs the rows/],
      [{ bill_date: 'yesterday', bill_type: 'zft_acc', flag_above: '1' }, /flag_above needs the rows/],
    ];
    for (const [input, says] of cases) {
      const bench = new Bench();
      const { status, message } = await bench.run('query_bill_download_url', input);
      assert.equal(status, 'invalid_input', JSON.stringify(input));
      assert.match(message, says);
      assert.deepEqual(bench.calls, []);
    }
  });

  it('takes yesterday by the Beijing day, wherever the machine is', async () => {
    for (const [now, date] of [
      ['2024-04-11T15:59:59Z', '2024-04-10'],
      ['2024-04-11T16:00:00Z', '2024-04-11'],
    ] as const) {
      const bench = new Bench({ now: Date.parse(now) }).answer(METHOD, linked);
      await bench.run('query_bill_download_url', { bill_date: 'yesterday', download: false });
      assert.equal(bench.calls[0]?.bizContent?.['bill_date'], date);
    }
  });

  it('tells a bill that is not ready from one with nothing in it', async () => {
    const cases = [
      ['2024-04-12T08:59:59+08:00', 'yesterday', /not ready yet.*2024-04-12 09:00:00/],
      ['2024-04-12T09:00:00+08:00', 'yesterday', /nothing happened/],
      ['2024-05-02T12:00:00+08:00', '2024-04', /not ready yet.*2024-05-03 09:00:00/],
      ['2024-01-02T12:00:00+08:00', '2023-12', /not ready yet.*2024-01-03 09:00:00/],
      ['2024-05-03T09:00:00+08:00', '2024-04', /nothing happened/],
    ] as const;
    for (const [now, bill_date, says] of cases) {
      const bench = new Bench({ now: Date.parse(now) }).answer(METHOD, refused('BILL_NOT_EXIST'));
      const result = await bench.run('query_bill_download_url', { bill_date });
      assert.equal(result.status, 'rejected');
      assert.match(result.message, says, `${bill_date} at ${now}`);
    }
  });

  it('says that a bill has no rows without reading it', async () => {
    const empty = answered({ bill_download_url: LINK, bill_file_code: 'EMPTY_DATA_WITH_BILL_FILE' });
    const result = await new Bench().answer(METHOD, empty).run('query_bill_download_url', { bill_date: 'yesterday' });
    assert.equal(result.status, 'succeeded');
    assert.deepEqual([result['trades'], result['net']], [{ count: 0, gross: '0.00' }, '0.00']);
    assert.match(result.message, /has no rows/);
  });

  it('never gives totals of a bill that could not be read', async () => {
    const bench = new Bench({ bill: () => Promise.reject(new RefusedError(say('bill.not_a_zip'))) }).answer(
      METHOD,
      linked,
    );
    const result = await bench.run('query_bill_download_url', { bill_date: 'yesterday' });
    assert.deepEqual([result.status, result['trades']], ['unknown', undefined]);
    assert.match(result.message, /could not be downloaded and summed: This is not a ZIP/);
    assert.match(String(result.next_step), /Call again/);
  });
});
