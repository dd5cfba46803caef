import { beijingDate, DAY_MS, startOfBeijingDay } from '../alipay/beijing-time.ts';
import { InputError } from '../alipay/errors.ts';
import type { Band } from '../alipay/profile.ts';
import { say } from '../text/index.ts';

const MINUTE_MS = 60_000;
const UNITS = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: DAY_MS } as const;
const LONGEST_MS = 15 * DAY_MS;
/** Alipay's own sandbox, `alipay-openapi.md` §6.2. */
const LONGEST_SANDBOX_MS = 15 * UNITS.h;

/**
 * When an unpaid order made at `now` closes by itself, ms (`timeout_express`, `alipay-openapi.md` §3.0). `1c` is the end
 * of the Beijing day.
 *
 * @param least shorter times count as this many ms (`wap` and `app`: five minutes).
 * @throws InputError for less than a minute, more than 15 days, or more than Alipay's sandbox takes.
 */
export function closingTime(timeout: string, now: number, least: number, band: Band): number {
  if (timeout === '1c') return startOfBeijingDay(beijingDate(now)) + DAY_MS;
  const ms = Number(timeout.slice(0, -1)) * UNITS[timeout.slice(-1) as keyof typeof UNITS];
  if (!(ms >= MINUTE_MS && ms <= LONGEST_MS)) throw new InputError(say('create_trade.timeout_range', { got: timeout }));
  if (band === 'alipay-sandbox' && ms > LONGEST_SANDBOX_MS) {
    throw new InputError(say('create_trade.timeout_sandbox', { got: timeout }));
  }
  return now + Math.max(ms, least);
}
