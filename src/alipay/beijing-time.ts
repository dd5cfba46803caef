import { say } from '../text/index.ts';
import { InputError } from './errors.ts';

/** China has one zone, GMT+8, and has had no summer time since 1991: a fixed offset is exact for every Alipay date. */
const OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;

/** `yyyy-MM-dd HH:mm:ss` in Beijing time, as Alipay writes it, wherever this machine stands. */
export function formatBeijing(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** The Beijing day of a moment: `yyyy-MM-dd`. */
export function beijingDate(ms: number): string {
  return formatBeijing(ms).slice(0, 10);
}

/** The first millisecond of the Beijing day `yyyy-MM-dd`. @throws InputError when there is no such day. */
export function startOfBeijingDay(date: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new InputError(say('time.not_a_date', { value: date.slice(0, 32) }));
  const ms = Date.parse(`${date}T00:00:00+08:00`);
  if (Number.isNaN(ms) || beijingDate(ms) !== date) {
    throw new InputError(say('time.not_a_date', { value: date }));
  }
  return ms;
}

/** The moment of `yyyy-MM-dd HH:mm:ss` Beijing time, in ms. @throws InputError when it is not one. */
export function parseBeijing(text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}+08:00`)
    : Number.NaN;
  if (Number.isNaN(ms) || formatBeijing(ms) !== text) {
    throw new InputError(say('time.not_a_time', { value: text.slice(0, 32) }));
  }
  return ms;
}

/** The moment a field of Alipay's answers names, in ms; undefined: it names none. */
export function momentOf(value: unknown): number | undefined {
  try {
    return typeof value === 'string' ? parseBeijing(value) : undefined;
  } catch {
    return undefined;
  }
}
