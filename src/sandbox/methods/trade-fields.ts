import { formatBeijing } from '../../alipay/beijing-time.ts';
import { formatYuan } from '../../alipay/money.ts';
import { maskLogonId, openIdOf, personById } from '../world/people.ts';
import type { Refund } from '../world/refunds.ts';
import { findTrade } from '../world/trades.ts';
import type { RealTrade } from '../world/trade.ts';
import type { World } from '../world/world.ts';
import type { AnswerFields, Call } from './method.ts';

/** The trade a request names by `trade_no` or `out_trade_no`. @throws Refusal when it names none, or none is there */
export function namedTrade({ biz, world, app }: Call): RealTrade {
  return findTrade(world, tradeNumbers(biz), app.merchantId);
}

/** The two numbers of a request, one of which must be there. */
export function tradeNumbers(biz: Call['biz']): { tradeNo: string | undefined; outTradeNo: string | undefined } {
  const tradeNo = biz.text('trade_no', 64);
  const outTradeNo = biz.text('out_trade_no', 64);
  if (tradeNo === undefined && outTradeNo === undefined) throw biz.refuse('out_trade_no', '和trade_no不能同时为空');
  return { tradeNo, outTradeNo };
}

/** How answers name a trade's buyer: both ids, as in the platform's change-over from user_id to open_id. */
export function buyerFields(world: World, trade: RealTrade): AnswerFields {
  const buyer = personById(world, trade.buyer_id ?? '');
  if (!buyer) return {};
  return {
    buyer_logon_id: maskLogonId(buyer.logon_id),
    buyer_user_id: buyer.user_id,
    buyer_open_id: openIdOf(buyer.user_id, trade.merchant_id),
  };
}

/** The amounts and times of a trade as query and pay answer them; 0.00 while nothing is paid. */
export function paymentFields(trade: RealTrade): AnswerFields {
  const paid = formatYuan(trade.paid_at === null ? 0 : trade.total_fen);
  return {
    total_amount: formatYuan(trade.total_fen),
    receipt_amount: paid,
    buyer_pay_amount: paid,
    invoice_amount: paid,
    point_amount: '0.00',
    buyer_user_type: 'PRIVATE',
  };
}

/** What the buyer paid with; only where the request asks for it. */
export function fundBill(trade: RealTrade): AnswerFields[] | undefined {
  if (trade.paid_at === null) return undefined;
  return [{ amount: formatYuan(trade.total_fen), fund_channel: 'ALIPAYACCOUNT' }];
}

/** What a refund went back to; only where the request asks for it. */
export function refundDetail(refund: Refund): AnswerFields[] {
  return [{ amount: formatYuan(refund.refund_fen), fund_channel: 'ALIPAYACCOUNT' }];
}

/** A time in ms as answers write it, or undefined for none. */
export function beijing(ms: number | null): string | undefined {
  return ms === null ? undefined : formatBeijing(ms);
}
