import { say } from '../text/index.ts';
import { InputError } from './errors.ts';

/** An amount of CNY as a whole number of fen (1 yuan = 100 fen). No float ever holds yuan. */
export type Fen = number;

const AMOUNT = /^(0|[1-9]\d{0,9})(?:\.(\d{1,2}))?$/;
const SHOWN = 32;

/**
 * Parses an amount of a request: a string in yuan with at most two decimals, more than 0.
 *
 * @param value what the caller gave for `field`; anything but such a string gets a sentence that says what is wrong.
 * @param range the least and the most Alipay takes, in fen.
 * @throws InputError
 */
export function parseAmount(value: unknown, field: string, range: { min: Fen; max: Fen }): Fen {
  if (typeof value !== 'string') throw new InputError(say('money.not_a_string', { field, type: typeof value }));
  const fen = matchAmount(value) ?? explain(value, field, range.max);
  if (fen === 0) throw new InputError(say('money.zero', { field }));
  if (fen < range.min) {
    throw new InputError(say('money.below', { field, value: formatYuan(fen), min: formatYuan(range.min) }));
  }
  if (fen > range.max) {
    throw new InputError(say('money.above', { field, value: formatYuan(fen), max: formatYuan(range.max) }));
  }
  return fen;
}

/** Reads an amount of a verified answer ("15.50", "0.00", "15.5", "15"), or undefined where it is absent or none. */
export function readAmount(value: unknown): Fen | undefined {
  return typeof value === 'string' ? matchAmount(value) : undefined;
}

/**
 * Parses an amount cell of a bill: signs, thousands commas, tabs and blanks around it; an empty cell is 0.
 *
 * @throws InputError when the cell holds anything else.
 */
export function parseBillAmount(cell: string): Fen {
  const text = cell.trim();
  if (text === '') return 0;
  const parts = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.(\d{1,2}))?$/.exec(text);
  if (!parts) throw new InputError(say('money.bill_cell', { value: text.slice(0, SHOWN) }));
  const fen = Number(parts[2]?.replaceAll(',', '')) * 100 + fraction(parts[3]);
  return parts[1] === '-' && fen !== 0 ? -fen : fen;
}

/** Prints fen as yuan with two decimals: 1550 → "15.50", -5 → "-0.05". */
export function formatYuan(fen: Fen): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not a whole number of fen: ${fen}`);
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function matchAmount(text: string): Fen | undefined {
  const parts = AMOUNT.exec(text);
  return parts ? Number(parts[1]) * 100 + fraction(parts[2]) : undefined;
}

function fraction(decimals: string | undefined): Fen {
  return Number((decimals ?? '').padEnd(2, '0'));
}

function explain(text: string, field: string, max: Fen): never {
  const value = text.slice(0, SHOWN);
  if (text === '' || /\s/.test(text)) throw new InputError(say('money.blank', { field }));
  if (/[\uff10-\uff19\uff0e\uff0c\u3002]/.test(text)) throw new InputError(say('money.full_width', { field, value }));
  if (/^[+-]/.test(text)) throw new InputError(say('money.sign', { field, value }));
  if (/[¥￥$€元]|cny|rmb|yuan/i.test(text)) throw new InputError(say('money.currency', { field, value }));
  if (text.includes(',')) throw new InputError(say('money.comma', { field, value }));
  if (/^\d+\.\d{3,}$/.test(text)) throw new InputError(say('money.decimals', { field, value }));
  if (/^0\d/.test(text)) throw new InputError(say('money.leading_zero', { field, value }));
  if (/^\d+(?:\.\d{1,2})?$/.test(text)) {
    throw new InputError(say('money.above', { field, value, max: formatYuan(max) }));
  }
  throw new InputError(say('money.not_an_amount', { field, value }));
}
