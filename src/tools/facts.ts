import * as z from 'zod/mini';
import type { TextKey } from '../text/index.ts';
import { describeField } from './schema.ts';

/** Facts of a result, as its published schema lists them. */
export function fact(description?: TextKey): z.ZodMiniString {
  const schema = z.string();
  return description ? describeField(schema, { description, example: '' }) : schema;
}

export function yesNo(description?: TextKey): z.ZodMiniBoolean {
  const schema = z.boolean();
  return description ? describeField(schema, { description, example: true }) : schema;
}

/** A fact that is one of a few words. */
function wordOf<const Words extends readonly [string, ...string[]]>(words: Words, description: TextKey) {
  return describeField(z.enum(words), { description, example: words[0] });
}

/** How many of something. */
export function count(): z.ZodMiniNumber {
  return z.number().check(z.meta({ type: 'integer', minimum: 0 }));
}

/** What the result of every tool that moves money tells first. */
export function guardedFacts() {
  return {
    operation_id: fact('guarded.operation_id'),
    moved: wordOf(['yes', 'before', 'no', 'unknown'], 'guarded.moved'),
  };
}
