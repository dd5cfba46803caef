import { DAY_MS, parseBeijing, startOfBeijingDay, beijingDate } from '../../alipay/beijing-time.ts';
import { Refusal } from '../refusals.ts';
import type { TradeMethod } from '../world/trade.ts';
import type { TradeRequest } from '../world/trades.ts';
import type { Fields } from '../gateway/fields.ts';
import type { World } from '../world/world.ts';
import type { Call } from './method.ts';
import { checkOrderDetails } from './order-details.ts';

const MINUTE_MS = 60_000;
const UNIT_MS = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS } as const;
const LONGEST_MS = 15 * DAY_MS;
const FACE_TO_FACE_MS = 3 * UNIT_MS.h;
const LEAST_ON_PHONES_MS = 5 * MINUTE_MS;
const URL_TEXT = /^https?:\/\/\S+$/;

/** Letters, digits, underscore; the platform also takes the hyphens many merchants use. */
const OUT_TRADE_NO = /^[\w-]+$/;

/** Reads what every way of ordering has in common (`alipay-openapi.md` §3.0 and §3.1). @throws Refusal */
export function readOrder(call: Call, method: TradeMethod): TradeRequest {
  const { biz, params, app, world } = call;
  const now = world.now();
  const seller = biz.text('seller_id', 28);
  if (seller !== undefined && seller !== app.merchantId) throw new Refusal('ACQ.SELLER_NOT_EXIST');
  const total = biz.amount('total_amount', 1, 'ACQ.TOTAL_FEE_EXCEED');
  checkOrderDetails(call, total);
  return {
    out_trade_no: biz.required('out_trade_no', 64, OUT_TRADE_NO),
    merchant_id: app.merchantId,
    app_id: app.id,
    method,
    total_fen: total,
    subject: readSubject(biz, world),
    body: biz.text('body', 128) ?? null,
    passback_params: biz.text('passback_params', 512) ?? null,
    store_id: biz.text('store_id', 32) ?? null,
    terminal_id: biz.text('terminal_id', 32) ?? null,
    notify_url: readUrl(params.notify_url, 'notify_url'),
    return_url: readUrl(params.return_url, 'return_url'),
    qr_expires_at: null,
    expires_at: readExpiry(biz, method, now, longestMs(world)),
  };
}

function readSubject(biz: Fields, { switches }: World): string {
  const subject = biz.required('subject', 256);
  if (switches.get('subject-characters') === 'filtered' && /[/=&]/.test(subject)) {
    throw biz.refuse('subject', '包含特殊字符');
  }
  return subject;
}

/** How long an order may wait for its buyer at most. */
function longestMs({ switches }: World): number {
  return switches.get('alipay-sandbox-limits') === 'on' ? 15 * UNIT_MS.h : LONGEST_MS;
}

function readUrl(value: string | undefined, name: string): string | null {
  if (!value) return null;
  if (value.length > 256 || !URL_TEXT.test(value)) throw new Refusal('isv.invalid-parameter', `：${name}`);
  return value;
}

/** `time_expire` wins over `timeout_express`; without either, 3 h face to face and 15 d elsewhere. */
function readExpiry(biz: Fields, method: TradeMethod, now: number, longest: number): number {
  const absolute = biz.text('time_expire', 32);
  if (absolute !== undefined) return readAbsoluteExpiry(biz, absolute, now, longest);
  const express = biz.text('timeout_express', 6);
  if (express === undefined) {
    return now + (method === 'create' || method === 'precreate' || method === 'pay' ? FACE_TO_FACE_MS : longest);
  }
  if (express === '1c') return startOfBeijingDay(beijingDate(now)) + DAY_MS;
  const length = expressMs(biz, 'timeout_express', express, longest);
  const least = method === 'wap.pay' || method === 'app.pay' ? LEAST_ON_PHONES_MS : 0;
  return now + Math.max(length, least);
}

/** `1m` to `15d`, or to a `longest` that is shorter, in ms. */
export function expressMs(biz: Fields, name: string, text: string, longest = LONGEST_MS): number {
  const parts = /^([1-9]\d{0,4})([mhd])$/.exec(text);
  const length = parts ? Number(parts[1]) * UNIT_MS[parts[2] as keyof typeof UNIT_MS] : 0;
  if (length === 0 || length > longest) throw biz.refuse(name, rangeOf(longest));
  return length;
}

function rangeOf(longest: number): string {
  return longest === LONGEST_MS ? '取值范围为1m～15d' : '取值范围为1m～15h';
}

function readAbsoluteExpiry(biz: Fields, text: string, now: number, longest: number): number {
  let at: number;
  try {
    at = parseBeijing(text.length === 16 ? `${text}:00` : text);
  } catch {
    throw biz.refuse('time_expire', '格式不正确');
  }
  if (at <= now) throw new Refusal('ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR');
  if (at > now + longest) throw biz.refuse('time_expire', rangeOf(longest));
  return at;
}
