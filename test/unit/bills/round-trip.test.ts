import assert from 'node:assert/strict';

import fc from 'fast-check';
import iconv from 'iconv-lite';

import { startOfBeijingDay } from '../../../src/alipay/beijing-time.ts';
import { readBill } from '../../../src/bills/index.ts';
import { writeAccountBill, writeTradeBill } from '../../../src/sandbox/bill-writer.ts';
import type { AccountBillRow, TradeBillRow } from '../../../src/sandbox/bill-writer.ts';
import { differences } from './bill-files.ts';

const FROM = startOfBeijingDay('2024-04-11');
const TO = startOfBeijingDay('2024-04-12');
const PERIOD = { account: '20881021694158000156', from: FROM, to: TO, exportedAt: TO + 9 * 3_600_000 };

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('中', '文', 'é', '😀', ',', '，', '"', '\t', '\r', '\n', '#', ' ', '=', "'"),
    maxLength: 300,
  }),
);
const number = fc.string({ unit: fc.constantFrom('0', '1', '7', '9', 'a', 'B', '_'), minLength: 1, maxLength: 64 });
const moment = fc.integer({ min: FROM / 1000, max: TO / 1000 - 1 }).map((seconds) => seconds * 1000);
const amount = fc.integer({ min: 1, max: 10_000_000_000 });

const payment: fc.Arbitrary<TradeBillRow> = fc
  .record({
    tradeNo: number,
    outTradeNo: number,
    subject: text,
    at: moment,
    buyer: text,
    paid: amount,
    discount: fc.nat(500),
    fee: fc.nat(900),
    body: text,
  })
  .map(({ tradeNo, outTradeNo, subject, at, buyer, paid, discount, fee, body }) => ({
    ...({ tradeNo, outTradeNo, kind: '交易', subject, createdAt: at - 5000, finishedAt: at, buyer, body } as const),
    totalFen: paid + discount,
    receiptFen: paid,
    outRequestNo: '',
    feeFen: 0 - fee,
  }));

const refund: fc.Arbitrary<TradeBillRow> = fc
  .record({ row: payment, outRequestNo: number })
  .map(({ row, outRequestNo }) => ({
    ...row,
    kind: '退款',
    totalFen: -row.totalFen,
    receiptFen: -row.receiptFen,
    feeFen: 0 - row.feeFen,
    outRequestNo,
  }));

const movement: fc.Arbitrary<AccountBillRow> = fc
  .record({
    id: number,
    subject: text,
    at: moment,
    counterparty: text,
    income: fc.boolean(),
    fen: amount,
    kind: fc.constantFrom('在线支付', '收费', '转账'),
    remark: text,
  })
  .map(({ id, subject, at, counterparty, income, fen, kind, remark }) => ({
    accountLogId: id,
    tradeNo: id,
    outTradeNo: id,
    subject,
    at,
    counterparty,
    kind,
    remark,
    incomeFen: income ? fen : 0,
    expenseFen: income ? 0 : -fen,
    balanceFen: fen,
    channel: '支付宝',
  }));

/** What is left of a text in a file that has no quoting, in GBK, and whose reader trims. */
function written(free: string): string {
  const harmless = free
    .replaceAll(',', '，')
    .replaceAll('"', '＂')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return iconv.decode(iconv.encode(harmless, 'gbk'), 'gb18030').trim();
}

function sumOf<Row>(rows: readonly Row[], fen: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + fen(row), 0);
}

describe('bills of the sandbox, read back', () => {
  it('gives the rows and totals of a trade bill that was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(payment, refund), { maxLength: 30 }), async (rows) => {
        const bill = await readBill(writeTradeBill(PERIOD, rows));
        assert.equal(bill.type, 'trade');
        const payments = rows.filter((row) => row.kind === '交易');
        const refunds = rows.filter((row) => row.kind === '退款');
        assert.deepEqual(differences(bill), []);
        assert.equal(bill.checks.length, rows.length === 0 ? 7 : 13);
        assert.deepEqual(bill.trades, { count: payments.length, gross: sumOf(payments, (row) => row.receiptFen) });
        assert.deepEqual(bill.refunds, { count: refunds.length, amount: sumOf(refunds, (row) => -row.receiptFen) });
        assert.equal(
          bill.net,
          sumOf(rows, (row) => row.receiptFen),
        );
        assert.equal(
          bill.fees,
          sumOf(rows, (row) => row.feeFen),
        );
        assert.deepEqual(
          bill.rows.map(({ line: _line, ...row }) => row),
          rows.map(asRead),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('gives the totals of a signcustomer bill that was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(movement, { maxLength: 30 }), async (rows) => {
        const bill = await readBill(writeAccountBill(PERIOD, rows));
        assert.equal(bill.type, 'signcustomer');
        assert.deepEqual(differences(bill), []);
        assert.equal(
          bill.income.amount,
          sumOf(rows, (row) => row.incomeFen),
        );
        assert.equal(
          bill.expense.amount,
          sumOf(rows, (row) => -row.expenseFen),
        );
        assert.equal(bill.income.count + bill.expense.count, rows.length);
        assert.equal(bill.net, bill.income.amount - bill.expense.amount);
        assert.equal(
          sumOf(bill.kinds, (kind) => kind.net),
          bill.net,
        );
        assert.deepEqual(
          bill.rows.map((row) => [row.subject, row.counterparty, row.remark, row.at]),
          rows.map((row) => [written(row.subject), written(row.counterparty), written(row.remark), row.at]),
        );
      }),
      { numRuns: 200 },
    );
  });
});

function asRead(row: TradeBillRow): object {
  return {
    tradeNo: row.tradeNo,
    outTradeNo: row.outTradeNo,
    kind: row.kind === '交易' ? 'trade' : 'refund',
    subject: written(row.subject),
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    buyer: written(row.buyer),
    total: row.totalFen,
    receipt: row.receiptFen,
    fee: row.feeFen,
    outRequestNo: row.outRequestNo,
    remark: written(row.body),
  };
}
