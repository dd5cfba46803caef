import { formatYuan, readAmount, type Fen } from '../../alipay/money.ts';
import { Refusal, type SubCode } from '../refusals.ts';

/** The most an order or a transfer may be: 100,000,000.00 yuan. */
const MOST_FEN = 10_000_000_000;

/** Reads the fields of a request's biz_content, and refuses with the family's own code for a bad parameter. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #invalid: SubCode;
  readonly #path: string;

  constructor(values: Readonly<Record<string, unknown>>, invalid: SubCode, path = '') {
    this.#values = values;
    this.#invalid = invalid;
    this.#path = path;
  }

  /** A text of at most `max` characters; undefined where it is absent or empty. JSON numbers count as their text. */
  text(name: string, max: number, pattern?: RegExp): string | undefined {
    const value = this.#own(name);
    const text = typeof value === 'number' ? String(value) : value;
    if (text === undefined || text === null || text === '') return undefined;
    if (typeof text !== 'string') throw this.refuse(name, '类型不正确');
    if (text.length > max) throw this.refuse(name, `长度超过${max}`);
    if (pattern && !pattern.test(text)) throw this.refuse(name, '格式不正确');
    return text;
  }

  /** A text that must be there. */
  required(name: string, max: number, pattern?: RegExp): string {
    const text = this.text(name, max, pattern);
    if (text === undefined) throw this.refuse(name, '不能为空');
    return text;
  }

  /** An amount in yuan, as a string or number with at most two decimals, at least `min` fen and not above the most. */
  amount(name: string, min: Fen, tooMuch?: SubCode): Fen {
    const fen = readAmount(this.required(name, 16));
    if (fen === undefined) throw this.refuse(name, '格式不正确');
    if (fen > MOST_FEN && tooMuch) throw new Refusal(tooMuch);
    if (fen < min || fen > MOST_FEN) throw this.refuse(name, `必须在${formatYuan(min)}到${formatYuan(MOST_FEN)}之间`);
    return fen;
  }

  /** One of several texts. */
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const text = this.text(name, 64);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    if (!found) throw this.refuse(name, '取值不正确');
    return found;
  }

  /** A list of texts, such as `query_options`. */
  list(name: string): string[] {
    const value = this.#own(name);
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
      throw this.refuse(name, '类型不正确');
    return value;
  }

  /** A nested object that must be there. */
  nested(name: string): Fields {
    const value = this.#own(name);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.refuse(name, '不能为空');
    return new Fields(value as Record<string, unknown>, this.#invalid, `${this.#path}${name}.`);
  }

  /** The value as it came, for lists of objects. */
  raw(name: string): unknown {
    return this.#own(name);
  }

  refuse(name: string, why: string): Refusal {
    return new Refusal(this.#invalid, `：${this.#path}${name}${why}`);
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
  }
}

/** Reads biz_content: one JSON object, or nothing. @throws Refusal isv.illegal-json */
export function parseBizContent(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined || text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Refused below, like JSON of another kind.
  }
  throw new Refusal('isv.illegal-json');
}
