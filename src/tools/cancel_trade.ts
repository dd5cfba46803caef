import { formatYuan } from '../alipay/money.ts';
import { say } from '../text/index.ts';
import { defineGuardedTool } from './define.ts';
import { fact, guardedFacts } from './facts.ts';
import { againAfter, input, optional, outTradeNo, tradeNo } from './fields.ts';
import { resultSchema } from './result.ts';
import { asTradeFacts, textOf, tradeRef } from './trade.ts';

/**
 * `alipay.trade.cancel` (`alipay-openapi.md` §3.9): closes an unpaid trade, refunds a paid one in full. It cannot be made
 * conditional, so what a person approves is always the most that can go back.
 */
export const cancelTrade = defineGuardedTool({
  name: 'cancel_trade',
  title: 'cancel_trade.title',
  description: 'cancel_trade.description',
  kind: 'money-out',

  input: input({
    trade_no: optional(tradeNo()),
    out_trade_no: optional(outTradeNo()),
    again_after: optional(againAfter()),
  }),

  output: resultSchema({
    ...guardedFacts(),
    trade_no: fact(),
    out_trade_no: fact(),
    action: fact('cancel_trade.action'),
    refunded: fact('cancel_trade.refunded'),
  }),

  propose(given) {
    return { method: 'alipay.trade.cancel', trade: tradeRef(given), againAfter: given.again_after };
  },

  effect(_proposal, facts) {
    const trade = asTradeFacts(facts);
    const [amount, order] = [formatYuan(trade.totalFen), trade.outTradeNo];
    return [
      trade.tradeStatus === 'WAIT_BUYER_PAY'
        ? say('cancel_trade.effect.unpaid', { amount, order })
        : say('cancel_trade.effect.paid', { amount, order }),
      say('cancel_trade.effect.after'),
    ];
  },

  report({ status, facts, answer, fen }) {
    const { tradeNo, outTradeNo } = asTradeFacts(facts);
    const action = textOf(answer, 'action');
    const done = status === 'succeeded' || status === 'already_done';
    return {
      trade_no: tradeNo,
      out_trade_no: outTradeNo,
      action,
      ...(done && action === 'close' ? { moved: 'no' } : {}),
      // In doubt, then found closed: by this cancellation, or a refund or close made elsewhere.
      ...(done && action === undefined ? { moved: 'unknown' } : {}),
      ...(done && action === 'refund' ? { refunded: formatYuan(fen) } : {}),
    };
  },

  done({ facts, answer, fen }) {
    const order = asTradeFacts(facts).outTradeNo;
    switch (textOf(answer, 'action') ?? '') {
      case 'close':
        return say('cancel_trade.done.close', { order });
      case 'refund':
        return say('cancel_trade.done.refund', { order, amount: formatYuan(fen) });
      default:
        return say('cancel_trade.done.other', { order });
    }
  },
});
