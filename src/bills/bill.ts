import type { Fen } from '../alipay/money.ts';
import type { Sentence } from '../text/index.ts';

/** A bill that was read: rows, what they add up to, and whether the platform's own figures agree. */
export type Bill = TradeBill | AccountBill;

interface BillFrame {
  /** As the file says it: the merchant's PID with four digits (`0156`) behind it. */
  readonly account: string;
  /** The period, ms: `from` is in it, `to` is the first moment after it. */
  readonly from: number;
  readonly to: number;
  /** Everything the file says about itself, beside what was counted. One that does not agree must be shown to a person. */
  readonly checks: readonly BillCheck[];
}

/** Bill type `trade`: payments received and refunds given. Every amount in fen; see `readTradeBill` for what counts. */
export interface TradeBill extends BillFrame {
  readonly type: 'trade';
  readonly trades: { readonly count: number; readonly gross: Fen };
  /** `amount` is positive: what went back to buyers. */
  readonly refunds: { readonly count: number; readonly amount: Fen };
  /** Gross minus refunds; before fees. */
  readonly net: Fen;
  /** The 服务费 column as printed: negative is what the merchant paid. */
  readonly fees: Fen;
  readonly rows: readonly TradeRow[];
}

export interface TradeRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly tradeNo: string;
  readonly outTradeNo: string;
  /** 交易, 退款, or anything else, which is counted in neither and shows in the checks. */
  readonly kind: 'trade' | 'refund' | 'other';
  readonly subject: string;
  /** ms; undefined where the cell is empty. */
  readonly createdAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly buyer: string;
  /** 订单金额 as printed: negative on a refund. */
  readonly total: Fen;
  /** 商家实收 as printed: negative on a refund. */
  readonly receipt: Fen;
  readonly fee: Fen;
  readonly outRequestNo: string;
  readonly remark: string;
}

/** Bill type `signcustomer`: every movement of the balance. Every amount in fen. */
export interface AccountBill extends BillFrame {
  readonly type: 'signcustomer';
  readonly income: Movements;
  /** `amount` is positive: what left the balance. */
  readonly expense: Movements;
  readonly net: Fen;
  /** By 业务类型, in the order they first appear. */
  readonly kinds: readonly KindTotals[];
  readonly rows: readonly AccountRow[];
}

export interface Movements {
  readonly count: number;
  readonly amount: Fen;
}

export interface KindTotals {
  readonly kind: string;
  readonly count: number;
  readonly income: Movements;
  readonly expense: Movements;
  readonly net: Fen;
}

export interface AccountRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly accountLogId: string;
  readonly tradeNo: string;
  readonly outTradeNo: string;
  readonly subject: string;
  /** ms; undefined where the cell is empty. */
  readonly at: number | undefined;
  readonly counterparty: string;
  readonly income: Fen;
  /** Positive, whichever sign is printed. */
  readonly expense: Fen;
  readonly kind: string;
  readonly remark: string;
}

/** One thing the file says about itself. `said` and `counted` are printed values; `said` is `—` where the file is silent. */
export interface BillCheck {
  readonly what: Sentence;
  readonly said: string;
  readonly counted: string;
  readonly agrees: boolean;
}
