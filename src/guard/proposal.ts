import type { Fen } from '../alipay/money.ts';

/** One of the two numbers a trade goes by; only one is ever sent. */
export type TradeRef = { readonly trade_no: string } | { readonly out_trade_no: string };

interface Repeatable {
  /** The id of the latest succeeded operation of this intent: a person is asked for a deliberate second one (G11). */
  readonly againAfter: string | undefined;
}

export interface RefundProposal extends Repeatable {
  readonly method: 'alipay.trade.refund';
  readonly trade: TradeRef;
  readonly fen: Fen;
  /** Free text for the buyer; no part of the intent. */
  readonly reason: string | undefined;
  /** A number the agent made up: only ever the number of a new operation. */
  readonly outRequestNo: string | undefined;
}

export interface CancelProposal extends Repeatable {
  readonly method: 'alipay.trade.cancel';
  readonly trade: TradeRef;
}

export interface TransferProposal extends Repeatable {
  readonly method: 'alipay.fund.trans.uni.transfer';
  readonly fen: Fen;
  readonly payee: { readonly identity: string; readonly identityType: string; readonly name: string | undefined };
  readonly orderTitle: string;
  readonly remark: string | undefined;
}

/** What a money-out tool wants done, before anything about it was looked up. */
export type Proposal = RefundProposal | CancelProposal | TransferProposal;

/** What preflight read about a trade, from a verified answer. */
export interface TradeFacts {
  readonly kind: 'trade';
  readonly tradeNo: string;
  readonly outTradeNo: string;
  readonly tradeStatus: string;
  readonly totalFen: Fen;
  /** Refunded before, as far as answers to this ledger's operations told; Alipay's query does not say. */
  readonly refundedFen: Fen;
  readonly paidAt: string | undefined;
  readonly buyer: string | undefined;
}

/** What is known about a payee before paying: Alipay has no way to ask, so this is the ledger's history. */
export interface PayeeFacts {
  readonly kind: 'payee';
  readonly identity: string;
  readonly identityType: string;
  readonly name: string | undefined;
  /** Succeeded transfers of this account to this payee. */
  readonly paidBefore: number;
}

export type Facts = TradeFacts | PayeeFacts;
