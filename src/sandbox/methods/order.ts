import { DAY_MS, parseBeijing, startOfBeijingDay, beijingDate } from '../../alipay/beijing-time.ts';
import { Refusal } from '../refusals.ts';
import type { TradeMethod } from '../world/trade.ts';
import type { TradeRequest } from '../world/trades.ts';
import type { Fields } from '../gateway/fields.ts';
import type { Call } from './method.ts';

const MINUTE_MS = 60_000;
const UNIT_MS = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS } as const;
const LONGEST_MS = 15 * DAY_MS;
const FACE_TO_FACE_MS = 3 * UNIT_MS.h;
const LEAST_ON_PHONES_MS = 5 * MINUTE_MS;
const URL_TEXT = /^https?:\/\/\S+$/;

/** Letters, digits, underscore; the platform also takes the hyphens many merchants use. */
const OUT_TRADE_NO = /^[\w-]+$/;

/** Reads what every way of ordering has in common (`alipay-openapi.md` §3.0 and §3.1). @throws Refusal */
export function readOrder({ biz, params, app, world }: Call, method: TradeMethod): TradeRequest {
  const now = world.now();
  const seller = biz.text('seller_id', 28);
  if (seller !== undefined && seller !== app.merchantId) throw new Refusal('ACQ.SELLER_NOT_EXIST');
  return {
    out_trade_no: biz.required('out_trade_no', 64, OUT_TRADE_NO),
    merchant_id: app.merchantId,
    app_id: app.id,
    method,
    total_fen: biz.amount('total_amount', 1, 'ACQ.TOTAL_FEE_EXCEED'),
    subject: biz.required('subject', 256),
    body: biz.text('body', 128) ?? null,
    passback_params: biz.text('passback_params', 512) ?? null,
    store_id: biz.text('store_id', 32) ?? null,
    terminal_id: biz.text('terminal_id', 32) ?? null,
    notify_url: readUrl(params.notify_url, 'notify_url'),
    return_url: readUrl(params.return_url, 'return_url'),
    qr_expires_at: null,
    expires_at: readExpiry(biz, method, now),
  };
}

function readUrl(value: string | undefined, name: string): string | null {
  if (!value) return null;
  if (value.length > 256 || !URL_TEXT.test(value)) throw new Refusal('isv.invalid-parameter', `：${name}`);
  return value;
}

/** `time_expire` wins over `timeout_express`; without either, 3 h face to face and 15 d elsewhere. */
function readExpiry(biz: Fields, method: TradeMethod, now: number): number {
  const absolute = biz.text('time_expire', 32);
  if (absolute !== undefined) return readAbsoluteExpiry(biz, absolute, now);
  const express = biz.text('timeout_express', 6);
  if (express === undefined) {
    return now + (method === 'create' || method === 'precreate' || method === 'pay' ? FACE_TO_FACE_MS : LONGEST_MS);
  }
  if (express === '1c') return startOfBeijingDay(beijingDate(now)) + DAY_MS;
  const length = expressMs(biz, 'timeout_express', express);
  const least = method === 'wap.pay' || method === 'app.pay' ? LEAST_ON_PHONES_MS : 0;
  return now + Math.max(length, least);
}

/** `1m` to `15d` in ms. */
export function expressMs(biz: Fields, name: string, text: string): number {
  const parts = /^([1-9]\d{0,4})([mhd])$/.exec(text);
  const length = parts ? Number(parts[1]) * UNIT_MS[parts[2] as keyof typeof UNIT_MS] : 0;
  if (length === 0 || length > LONGEST_MS) throw biz.refuse(name, '取值范围为1m～15d');
  return length;
}

function readAbsoluteExpiry(biz: Fields, text: string, now: number): number {
  let at: number;
  try {
    at = parseBeijing(text.length === 16 ? `${text}:00` : text);
  } catch {
    throw biz.refuse('time_expire', '格式不正确');
  }
  if (at <= now) throw new Refusal('ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR');
  if (at > now + LONGEST_MS) throw biz.refuse('time_expire', '取值范围为1m～15d');
  return at;
}
