import type { Fen } from '../alipay/money.ts';

/** One row of a trade bill's detail file. Times are ms. On 退款 both amounts are negative and `outRequestNo` is set. */
export interface TradeBillRow {
  tradeNo: string;
  outTradeNo: string;
  kind: '交易' | '退款';
  subject: string;
  createdAt: number;
  finishedAt: number;
  /** Masked, as the platform prints it: `*杨(137****2600)`. */
  buyer: string;
  totalFen: Fen;
  receiptFen: Fen;
  outRequestNo: string;
  feeFen: Fen;
  body: string;
}

/** One row of a signcustomer bill's detail file: a movement of the balance. `expenseFen` is negative or 0. */
export interface AccountBillRow {
  accountLogId: string;
  tradeNo: string;
  outTradeNo: string;
  subject: string;
  at: number;
  counterparty: string;
  incomeFen: Fen;
  expenseFen: Fen;
  balanceFen: Fen;
  channel: string;
  kind: string;
  remark: string;
}

/** What a bill covers: `account` is the PID with `0156` behind it; `from` and `to` are ms, borders of a Beijing day or month. */
export interface BillPeriod {
  account: string;
  from: number;
  to: number;
  exportedAt: number;
}

/** The ZIP of a `trade` bill: 业务明细 and 业务明细(汇总). */
export function writeTradeBill(_period: BillPeriod, _rows: readonly TradeBillRow[]): Buffer {
  throw new Error('not written yet');
}

/** The ZIP of a `signcustomer` bill: 账务明细 and 账务汇总. */
export function writeAccountBill(_period: BillPeriod, _rows: readonly AccountBillRow[]): Buffer {
  throw new Error('not written yet');
}
