import * as z from 'zod/mini';
import type { ProductError } from '../alipay/errors.ts';
import type { Outcome } from '../alipay/outcome.ts';
import { render, t, type Locale, type Sentence } from '../text/index.ts';

/** How a tool call ended. What happened to a trade or transfer has a field of its own. */
const STATUSES = [
  'succeeded',
  'already_done',
  'in_progress',
  'rejected',
  'unknown',
  'not_executed',
  'denied',
  'expired',
  'refused',
  'invalid_input',
  'internal_error',
] as const;

export type Status = (typeof STATUSES)[number];

/** The whole answer, as data: VS Code gives the model nothing else. */
export interface ToolResult {
  readonly status: Status;
  /** The same in words, for people. */
  readonly message: string;
  readonly next_step?: string;
  readonly [fact: string]: unknown;
}

/** Statuses after which the caller has what it asked for, or will. */
const GOOD: ReadonlySet<Status> = new Set(['succeeded', 'already_done', 'in_progress']);

export function isGood(result: ToolResult): boolean {
  return GOOD.has(result.status);
}

/** The output schema of a tool: the common fields and its own facts, each of which may be absent. */
export function resultSchema<Shape extends Record<string, z.ZodMiniType>>(facts: Shape): z.ZodMiniObject {
  const optional = Object.fromEntries(Object.entries(facts).map(([name, type]) => [name, z.optional(type)]));
  return z.looseObject({
    status: z.enum(STATUSES),
    message: z.string(),
    next_step: z.optional(z.string()),
    code: z.optional(z.string()),
    sub_code: z.optional(z.string()),
    verified: z.optional(z.boolean()),
    ...optional,
  });
}

/** A good result. Facts that are undefined are left out. */
export function succeeded(message: string, facts: Readonly<Record<string, unknown>>, nextStep?: string): ToolResult {
  return {
    status: 'succeeded',
    message,
    ...present(facts),
    ...(nextStep === undefined ? {} : { next_step: nextStep }),
  };
}

/** Turns a call that did not succeed into a result: what Alipay said, in words, and what a person would do next. */
export function notSucceeded(
  locale: Locale,
  outcome: Exclude<Outcome, { status: 'succeeded' }>,
  facts: Readonly<Record<string, unknown>> = {},
  nextStep?: Sentence,
): ToolResult {
  if (outcome.status === 'unknown') {
    return {
      status: 'unknown',
      message: explain(locale, outcome.meaning),
      ...present({ ...facts, sub_code: outcome.subCode }),
      next_step: nextStep ? render(locale, nextStep) : t(locale, 'result.try_again'),
    };
  }
  const next = nextStep ?? outcome.next;
  return {
    status: 'rejected',
    message: explain(locale, outcome.meaning),
    ...present({ ...facts, code: outcome.code, sub_code: outcome.subCode, verified: outcome.verified }),
    ...(next ? { next_step: render(locale, next) } : {}),
  };
}

/** Says a meaning in one language; words of Alipay's own in the other one are left out, so that nobody reads a mix. */
export function explain(locale: Locale, meaning: Sentence): string {
  if (meaning.key === 'outcome.rejected') {
    const chinese = /\p{Script=Han}/u.test(String(meaning.args['words'] ?? ''));
    if (chinese !== (locale === 'zh')) return t(locale, 'result.refused_code', { code: meaning.args['code'] ?? '–' });
  }
  return render(locale, meaning);
}

/** Several sentences as one text: English ones apart by a blank, Chinese ones by nothing. */
export function together(locale: Locale, sentences: readonly string[]): string {
  return sentences.join(locale === 'en' ? ' ' : '');
}

export function present(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** A refusal of ours as a result: why, and what to do about it. */
export function refused(locale: Locale, error: ProductError): ToolResult {
  const next = error.nextStep ? { next_step: render(locale, error.nextStep) } : {};
  return { status: 'refused', message: error.say(locale), ...next };
}
