import * as z from 'zod/mini';
import { InputError } from '../alipay/errors.ts';
import { parseAmount, type Fen } from '../alipay/money.ts';
import { say, type Sentence, type TextKey } from '../text/index.ts';
import { describeField } from './schema.ts';

/**
 * The fields tools take, with the names, limits and units of Alipay's own (`alipay-openapi.md` §3), so that a tool's
 * input reads like its page of documentation. Every one of them ends up in the published JSON schema.
 */
export function input<Shape extends Record<string, z.ZodMiniType>>(
  shape: Shape,
): z.ZodMiniObject<Shape, z.core.$strict> {
  return z.strictObject(shape);
}

export function optional<Field extends z.ZodMiniType>(field: Field): z.ZodMiniOptional<Field> {
  return z.optional(field);
}

/** An amount in yuan, as a string with at most two decimals; the tool gets it as fen. */
export function amount(field: string, description: TextKey, range: { min: Fen; max: Fen }): z.ZodMiniType<Fen, string> {
  const schema = z.unknown().check(
    z.check((payload) => {
      try {
        payload.value = parseAmount(payload.value, field, range);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        payload.issues.push({ code: 'custom', input: payload.value, params: { sentence: error.sentence } });
      }
    }),
    z.meta({ type: 'string', pattern: '^(0|[1-9][0-9]{0,9})([.][0-9]{1,2})?$', examples: ['15.50'] }),
  );
  return describeField(schema, { description, example: '15.50' }) as unknown as z.ZodMiniType<Fen, string>;
}

/** Text of at most `max` characters; `rule` is what Alipay wants of it beyond that, as a pattern and in words. */
export function text(description: TextKey, max: number, example: string, rule?: { pattern: RegExp; says: TextKey }) {
  const checks = rule ? [z.maxLength(max), z.regex(rule.pattern)] : [z.maxLength(max)];
  return described(z.string().check(...checks), description, example, rule?.says);
}

/** A number Alipay gave or takes as a name of something: letters, digits and a few signs, no blanks. */
export function number(description: TextKey, example: string, max = 64) {
  const schema = z.string().check(z.maxLength(max), z.regex(/^[0-9A-Za-z_.-]+$/));
  return described(schema, description, example, 'field.number.rule');
}

/** A code or handle of a user's: like a number, but never repeated in a sentence. */
export function secret(description: TextKey, example: string) {
  const schema = z.string().check(z.maxLength(64), z.regex(/^[0-9A-Za-z_.-]+$/), z.meta({ examples: [example] }));
  return describeField(schema, { description, example, rule: 'field.number.rule', secret: true });
}

/** One of a few words. `preset` is what leaving it out means; the tool applies it. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  description: TextKey,
  words: Words,
  preset?: Words[number],
) {
  const schema = z.enum(words);
  const said = preset === undefined ? schema : schema.check(z.meta({ default: preset }));
  return described(said, description, preset ?? words[0]);
}

/** An http or https address of at most 256 characters, as Alipay calls it back. */
export function url(field: string, description: TextKey, example: string) {
  const schema = z.string().check(
    z.maxLength(256),
    z.check((payload) => {
      const sentence = urlFault(payload.value, field);
      if (sentence) payload.issues.push({ code: 'custom', input: payload.value, params: { sentence } });
    }),
  );
  return described(schema, description, example);
}

/** A whole number. */
export function whole(description: TextKey, min: number, max: number) {
  return described(z.int().check(z.minimum(min), z.maximum(max)), description, max);
}

export function flag(description: TextKey, preset: boolean) {
  return described(z.boolean().check(z.meta({ default: preset })), description, preset);
}

export const tradeNo = () => number('field.trade_no', '2026060522001419931441931972');
export const outTradeNo = () => number('field.out_trade_no', 'AP202606050012345678');
export const outRequestNo = () => number('field.out_request_no', 'R20260605A1');
export const againAfter = () => number('field.again_after', 'op_1a2b3c');

function described<Field extends z.ZodMiniType>(
  schema: Field,
  description: TextKey,
  example: string | number | boolean,
  rule?: TextKey,
): Field {
  const said = schema.check(z.meta({ examples: [example] }));
  return describeField(said, { description, example, ...(rule ? { rule } : {}) });
}

function urlFault(value: string, field: string): Sentence | undefined {
  const parsed = /[\s<>"'\\`]/.test(value) || !URL.canParse(value) ? undefined : new URL(value);
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:'))
    return say('input.not_a_url', { field });
  if (parsed.username || parsed.password) return say('input.url_credentials', { field });
  return value.includes('#') ? say('input.url_fragment', { field }) : undefined;
}
