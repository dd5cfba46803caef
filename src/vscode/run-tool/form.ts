import type { Locale } from '../../text/index.ts';
import type { Tool } from '../../tools/define.ts';
import { input } from '../../tools/fields.ts';
import { parseInput } from '../../tools/parse.ts';
import { fieldFacts, publishedSchema } from '../../tools/schema.ts';

/** One field of a tool's input, as a person fills it in. */
export interface FormField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly description: string;
  readonly example: string;
  readonly isSecret: boolean;
  /** The words or values it is chosen from; empty: it is typed. */
  readonly words: readonly string[];
  /** What a typed or chosen text means. */
  readonly read: (text: string) => unknown;
  /** What is wrong with a text, as the tool itself would say it. */
  readonly check: (text: string) => string | undefined;
}

interface PublishedField {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
}

/** The fields of a tool, from the schema it publishes: required ones first, else in the tool's own order. */
export function formOf(tool: Tool, locale: Locale): FormField[] {
  const { properties, required = [] } = publishedSchema(tool.input, 'input', locale) as {
    properties: Readonly<Record<string, PublishedField>>;
    required?: readonly string[];
  };
  const fields = Object.entries(properties).map(([name, published]): FormField => {
    const facts = fieldFacts(tool.input, name);
    const read = (text: string): unknown => readText(published, text);
    return {
      name,
      isRequired: required.includes(name),
      description: published.description ?? '',
      example: String(facts?.example ?? ''),
      isSecret: facts?.secret === true,
      words: published.type === 'boolean' ? ['true', 'false'] : (published.enum ?? []),
      read,
      check: (text) => problemOf(tool, locale, name, read(text)),
    };
  });
  return [...fields.filter((field) => field.isRequired), ...fields.filter((field) => !field.isRequired)];
}

/** A number or a yes that is none stays the text it was, so that the tool itself says what is wrong. */
function readText({ type }: PublishedField, text: string): unknown {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  const isNumber = type === 'integer' || type === 'number';
  return isNumber && /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text;
}

function problemOf(tool: Tool, locale: Locale, name: string, value: unknown): string | undefined {
  const shape = tool.input.def.shape as Parameters<typeof input>[0];
  const field = shape[name];
  const parsed = field ? parseInput(locale, input({ [name]: field }), { [name]: value }) : { input: {} };
  return 'result' in parsed ? parsed.result.message : undefined;
}
