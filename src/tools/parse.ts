import * as z from 'zod/mini';
import { render, say, type Locale, type Sentence } from '../text/index.ts';
import { showHidden } from '../text/visible.ts';
import { together, type ToolResult } from './result.ts';
import { fieldFacts, type FieldFacts } from './schema.ts';

/** How much of a caller's own text comes back in a sentence about it. */
const SHOWN = 40;
const SHOWN_NAMES = 6;
/** Controls, line ends and halves of surrogate pairs: nothing a payment field can carry. */
const UNWRITABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Nothing but blanks and characters that show nothing. */
const NOTHING = /^[\s\p{Cf}]*$/u;

type Parsed = { readonly input: Record<string, unknown> } | { readonly result: ToolResult };

/**
 * Parses what a caller gave, whatever it is, by the tool's schema. Everything that is wrong with it is said at once, one
 * sentence for each field, in the caller's language.
 */
export function parseInput(locale: Locale, schema: z.ZodMiniObject, raw: unknown): Parsed {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return invalidInput(locale, [say('input.not_an_object', { got: typeName(raw) })]);
  }
  // Own fields only, whatever the object inherits.
  const given: Readonly<Record<string, unknown>> = { ...raw };
  const faults = new Map<string, Sentence>();
  for (const field of Object.keys(schema.def.shape)) {
    const fault = textFault(field, ownValue(given, field), fieldFacts(schema, field));
    if (fault) faults.set(field, fault);
  }
  const parsed = z.safeParse(schema, given);
  for (const issue of parsed.error?.issues ?? []) {
    const field = String(issue.path[0] ?? '');
    if (!faults.has(field)) faults.set(field, sentenceOf(issue, field, given, schema));
  }
  if (parsed.success && faults.size === 0) return { input: parsed.data };
  return invalidInput(locale, [...faults.values()]);
}

/** A result that says what is wrong with the input; nothing was sent. */
export function invalidInput(locale: Locale, faults: readonly Sentence[], next?: Sentence): { result: ToolResult } {
  const message = together(
    locale,
    faults.map((fault) => render(locale, fault)),
  );
  return {
    result: {
      status: 'invalid_input',
      message,
      next_step: render(locale, next ?? say('input.next')),
    },
  };
}

function textFault(field: string, value: unknown, facts: FieldFacts | undefined): Sentence | undefined {
  if (typeof value !== 'string') return undefined;
  if (UNWRITABLE.test(value)) return say('input.unwritable', { field });
  return NOTHING.test(value) ? say('input.blank', { field, example: exampleOf(facts) }) : undefined;
}

function sentenceOf(
  issue: z.core.$ZodIssue,
  field: string,
  given: Readonly<Record<string, unknown>>,
  schema: z.ZodMiniObject,
): Sentence {
  if (issue.code === 'unrecognized_keys') return unknownFields(issue.keys, Object.keys(schema.def.shape));
  const value = ownValue(given, field);
  const facts = fieldFacts(schema, field);
  const example = exampleOf(facts);
  if (value === undefined) return say('input.missing', { field, example });
  if (value === null) return say('input.null', { field, example });
  switch (issue.code) {
    case 'custom':
      return (issue.params?.['sentence'] as Sentence | undefined) ?? say('input.wrong', { field, example });
    case 'invalid_type':
      return say('input.wrong_type', { field, expected: issue.expected, got: typeName(value), example });
    case 'invalid_value':
      return say('input.not_one_of', { field, words: issue.values.join(', '), got: shown(value) });
    case 'too_big':
      return typeof value === 'string'
        ? say('input.too_long', { field, max: Number(issue.maximum), length: value.length })
        : say('input.too_large', { field, max: Number(issue.maximum) });
    case 'too_small':
      return say('input.too_small', { field, min: Number(issue.minimum) });
    case 'invalid_format':
      return facts?.rule
        ? { key: facts.rule, args: { field, got: facts.secret ? '•••' : shown(value), example } }
        : say('input.wrong', { field, example });
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
      return say('input.wrong', { field, example });
  }
}

function unknownFields(keys: readonly string[], allowed: readonly string[]): Sentence {
  const names = keys.slice(0, SHOWN_NAMES).map(shown).join(', ');
  return say('input.unknown_fields', {
    names: keys.length > SHOWN_NAMES ? `${names}, …` : names,
    allowed: allowed.join(', '),
  });
}

function ownValue(given: Readonly<Record<string, unknown>>, field: string): unknown {
  return Object.hasOwn(given, field) ? given[field] : undefined;
}

function exampleOf(facts: FieldFacts | undefined): string {
  return JSON.stringify(facts?.example ?? '');
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeName(value));
  return `“${showHidden(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)}”`;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
