import { InputError } from '../alipay/errors.ts';
import { formatYuan, readAmount } from '../alipay/money.ts';
import type { ResponseNode } from '../alipay/outcome.ts';
import type { Facts, TradeFacts, TradeRef } from '../guard/proposal.ts';
import { say } from '../text/index.ts';

/** Alipay's own numbers are digits, 16 to 64 of them, 28 in practice (`alipay-openapi.md` §3.0). */
const ALIPAYS_OWN = /^\d{16,64}$/;

/**
 * The one number of a trade that is sent: Alipay's own where both are given (`alipay-openapi.md` §3.0). People say
 * "order 2024040112345" of either kind; one that cannot be Alipay's own can only be the merchant's.
 *
 * @throws InputError when neither is given, or a `trade_no` that is none beside another number.
 */
export function tradeRef(given: { trade_no?: string | undefined; out_trade_no?: string | undefined }): TradeRef {
  const { trade_no, out_trade_no } = given;
  if (trade_no !== undefined && ALIPAYS_OWN.test(trade_no)) return { trade_no };
  const order = out_trade_no ?? trade_no;
  if (order === undefined) throw new InputError(say('input.no_trade'));
  if ((trade_no ?? order) !== order) throw new InputError(say('input.not_a_trade_no', { got: trade_no ?? '' }));
  return { out_trade_no: order };
}

export function numberOf(ref: TradeRef): string {
  return 'trade_no' in ref ? ref.trade_no : ref.out_trade_no;
}

/** Whether a number has the shape of those `create_trade` makes: AP, a Beijing date, digits. */
export function isOurNumber(outTradeNo: string | undefined): boolean {
  return outTradeNo !== undefined && /^AP20\d{6}\d{5,}$/.test(outTradeNo);
}

/** The facts of a trade's preflight. @throws TypeError for those of something else, which no guard hands in. */
export function asTradeFacts(facts: Facts): TradeFacts {
  if (facts.kind !== 'trade') throw new TypeError('not the facts of a trade');
  return facts;
}

/** An amount of an answer, as yuan with two decimals; undefined where it is absent or none. */
export function yuanOf(node: ResponseNode, field: string): string | undefined {
  const fen = readAmount(node[field]);
  return fen === undefined ? undefined : formatYuan(fen);
}

/** A text field of an answer; undefined where it is absent or no text. */
export function textOf(node: ResponseNode, field: string): string | undefined {
  const value = node[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
