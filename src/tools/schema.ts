import * as z from 'zod/mini';
import { render, type Locale, type TextKey } from '../text/index.ts';

/** What people and agents are told about a field, beside what its schema says. */
export interface FieldFacts {
  readonly description: TextKey;
  readonly example: string | number | boolean;
  /** What its pattern wants: a sentence with `{field}`, `{got}` and `{example}`. */
  readonly rule?: TextKey;
  /** Never repeated in a sentence about it. */
  readonly secret?: true;
}

const registry = z.registry<FieldFacts>();

/** Records a field's facts. Its description is English wherever a schema is published without a language. */
export function describeField<Field extends z.ZodMiniType>(schema: Field, facts: FieldFacts): Field {
  registry.add(schema, facts);
  z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), description: words('en', facts) });
  return schema;
}

/** The facts of one field of an input schema. */
export function fieldFacts(schema: z.ZodMiniObject, field: string): FieldFacts | undefined {
  const shape = schema.def.shape as Readonly<Record<string, z.ZodMiniType>>;
  return Object.hasOwn(shape, field) ? registry.get(unwrap(shape[field] as z.ZodMiniType)) : undefined;
}

/** The JSON schema (draft 2020-12) of a tool's input or output, with descriptions in one language. */
export function publishedSchema(
  schema: z.ZodMiniObject,
  io: 'input' | 'output',
  locale: Locale,
): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    io,
    override: ({ zodSchema, jsonSchema }) => {
      const facts = registry.get(unwrap(zodSchema as unknown as z.ZodMiniType));
      if (facts) jsonSchema.description = words(locale, facts);
    },
  }) as Record<string, unknown>;
}

function words(locale: Locale, { description }: FieldFacts): string {
  return render(locale, { key: description, args: {} });
}

function unwrap(schema: z.ZodMiniType): z.ZodMiniType {
  return schema.def.type === 'optional' ? unwrap((schema as z.ZodMiniOptional<z.ZodMiniType>).def.innerType) : schema;
}
