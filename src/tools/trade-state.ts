import type { ResponseNode } from '../alipay/outcome.ts';
import { say, type Sentence } from '../text/index.ts';
import { textOf, yuanOf } from './trade.ts';

/** The state a trade is in, from an answer of `alipay.trade.query` (`alipay-openapi.md` §3.0). */
export interface TradeState {
  readonly status: string;
  readonly meaning: Sentence;
  readonly paid: boolean;
  /** Refunded so far, in yuan, where the answer tells; Alipay's query names no partial refunds. */
  readonly refunded: string | undefined;
}

export function tradeState(node: ResponseNode): TradeState {
  const status = textOf(node, 'trade_status') ?? '';
  switch (status) {
    case 'WAIT_BUYER_PAY':
      return { status, meaning: say('trade_status.WAIT_BUYER_PAY'), paid: false, refunded: '0.00' };
    case 'TRADE_SUCCESS':
      return { status, meaning: say('trade_status.TRADE_SUCCESS'), paid: true, refunded: undefined };
    case 'TRADE_FINISHED':
      return { status, meaning: say('trade_status.TRADE_FINISHED'), paid: true, refunded: undefined };
    case 'TRADE_CLOSED':
      // The status alone does not tell whether money ever moved; the time of payment does.
      return textOf(node, 'send_pay_date') === undefined
        ? { status, meaning: say('trade_status.TRADE_CLOSED.unpaid'), paid: false, refunded: '0.00' }
        : {
            status,
            meaning: say('trade_status.TRADE_CLOSED.refunded'),
            paid: true,
            refunded: yuanOf(node, 'total_amount'),
          };
    default:
      return {
        status,
        meaning: say('trade_status.other', { status: status || '–' }),
        paid: false,
        refunded: undefined,
      };
  }
}
