import { say, type Sentence } from '../../text/index.ts';

/** A request to the admin door that is refused with a status and a sentence. */
export class AdminRefusal extends Error {
  override readonly name = 'AdminRefusal';
  readonly status: number;
  readonly sentence: Sentence;

  constructor(status: number, sentence: Sentence) {
    super(sentence.key);
    this.status = status;
    this.sentence = sentence;
  }
}

/** The fields of an admin request's JSON body. */
export class Body {
  readonly #values: Readonly<Record<string, unknown>>;

  /** @throws AdminRefusal when the text is not one JSON object; an empty one stands for `{}`. */
  constructor(text: string | undefined) {
    if (text === undefined) throw new AdminRefusal(413, say('sandbox.admin.too_large'));
    this.#values = text.trim() === '' ? {} : parseObject(text);
  }

  has(field: string): boolean {
    return Object.hasOwn(this.#values, field);
  }

  /** The names of the fields that were sent. */
  names(): string[] {
    return Object.keys(this.#values);
  }

  /** @throws AdminRefusal for a field that means nothing here: a slip of the pen must not pass for the default. */
  allow(fields: readonly string[]): void {
    const field = this.names().find((name) => !fields.includes(name));
    if (field === undefined) return;
    const known = fields.join(', ');
    throw new AdminRefusal(400, say('sandbox.admin.no_field', { field: field.slice(0, 64), known }));
  }

  text(field: string, pattern = /^[^]+$/, expected = 'a text'): string | undefined {
    const value = this.#own(field);
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || !pattern.test(value)) throw this.refuse(field, expected);
    return value;
  }

  choice<Choice extends string>(field: string, choices: readonly Choice[]): Choice | undefined {
    const value = this.#own(field);
    if (value === undefined) return undefined;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw this.refuse(field, oneOf(choices));
    return found;
  }

  /** A whole number from `min` to `max`. */
  integer(field: string, min: number, max: number): number | undefined {
    const value = this.#own(field);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
      throw this.refuse(field, `a whole number from ${min} to ${max}`);
    }
    return value;
  }

  raw(field: string): unknown {
    return this.#own(field);
  }

  refuse(field: string, expected: string): AdminRefusal {
    return new AdminRefusal(400, say('sandbox.admin.field', { field, expected }));
  }

  #own(field: string): unknown {
    return this.has(field) ? this.#values[field] : undefined;
  }
}

/** The values a field may have, as they are written. */
export function oneOf(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`).join(', ');
  return values.length === 1 ? quoted : `one of ${quoted}`;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Refused below, like JSON of another kind.
  }
  throw new AdminRefusal(400, say('sandbox.admin.not_json'));
}
