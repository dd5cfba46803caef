import { formatYuan, readAmount } from '../alipay/money.ts';
import type { Settled } from '../guard/settled.ts';
import { say } from '../text/index.ts';
import { defineGuardedTool, type ReportedFacts } from './define.ts';
import { fact, guardedFacts } from './facts.ts';
import { againAfter, amount, input, optional, outRequestNo, outTradeNo, text, tradeNo } from './fields.ts';
import { resultSchema } from './result.ts';
import { asTradeFacts, tradeRef } from './trade.ts';

/** `alipay.trade.refund` (`alipay-openapi.md` §3.10): a part or the whole of a paid trade goes back to its buyer. */
export const refundTrade = defineGuardedTool({
  name: 'refund_trade',
  title: 'refund_trade.title',
  description: 'refund_trade.description',
  kind: 'money-out',

  input: input({
    trade_no: optional(tradeNo()),
    out_trade_no: optional(outTradeNo()),
    refund_amount: amount('refund_amount', 'field.refund_amount', { min: 1, max: 10_000_000_000 }),
    refund_reason: optional(text('field.refund_reason', 256, 'defective item')),
    out_request_no: optional(outRequestNo()),
    again_after: optional(againAfter()),
  }),

  output: resultSchema({
    ...guardedFacts(),
    trade_no: fact(),
    out_trade_no: fact(),
    out_request_no: fact(),
    refund_amount: fact('refund_trade.refund_amount'),
    refunded_total: fact('refund_trade.refunded_total'),
    remaining_before: fact('refund_trade.remaining_before'),
    remaining_after: fact('refund_trade.remaining_after'),
  }),

  propose(given) {
    return {
      method: 'alipay.trade.refund',
      trade: tradeRef(given),
      fen: given.refund_amount,
      reason: given.refund_reason,
      outRequestNo: given.out_request_no,
      againAfter: given.again_after,
    };
  },

  effect(proposal, facts) {
    const trade = asTradeFacts(facts);
    if (proposal.method !== 'alipay.trade.refund') throw new TypeError('not the proposal of a refund');
    const { fen } = proposal;
    const refund = { amount: formatYuan(fen), order: trade.outTradeNo };
    return [
      trade.buyer === undefined
        ? say('refund_trade.effect.no_buyer', refund)
        : say('refund_trade.effect', { ...refund, buyer: trade.buyer }),
      say('refund_trade.before_after', {
        total: formatYuan(trade.totalFen),
        refunded: formatYuan(trade.refundedFen),
        rest: formatYuan(trade.totalFen - trade.refundedFen - fen),
      }),
    ];
  },

  report(settled) {
    const trade = asTradeFacts(settled.facts);
    return {
      trade_no: trade.tradeNo,
      out_trade_no: trade.outTradeNo,
      out_request_no: settled.number,
      refund_amount: formatYuan(settled.fen),
      ...remaining(settled),
    };
  },

  done({ fen, facts }) {
    return say('refund_trade.done', { amount: formatYuan(fen), order: asTradeFacts(facts).outTradeNo });
  },
});

/**
 * What remains is said only where a verified answer to this very call told it: `refund_fee` is the sum of all refunds of
 * the trade, those made elsewhere too, so neither less than those known and this one, nor more than was paid. An operation
 * joined later was reported then, and may be out of date.
 */
function remaining({ status, answer, facts, fen }: Settled): ReportedFacts {
  const { totalFen, refundedFen } = asTradeFacts(facts);
  const refunded = readAmount(answer['refund_fee']);
  if (status !== 'succeeded' || refunded === undefined) return {};
  if (refunded < refundedFen + fen || refunded > totalFen) return {};
  return {
    refunded_total: formatYuan(refunded),
    remaining_before: formatYuan(totalFen - refunded + fen),
    remaining_after: formatYuan(totalFen - refunded),
  };
}
