import { render, type Locale, type TextKey } from '../text/index.ts';
import { annotationsOf, type Annotations, type Tool } from '../tools/define.ts';
import { publishedSchema } from '../tools/schema.ts';

/** A JSON Schema of an object, as MCP publishes it. */
interface ObjectSchema {
  readonly type: 'object';
  readonly properties?: Record<string, object>;
  readonly required?: string[];
  readonly [keyword: string]: unknown;
}

/** A tool as `tools/list` publishes it. */
export interface ToolDescription {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: ObjectSchema;
  readonly annotations: Annotations & { readonly title: string };
}

/** What clients are told about a tool: the same JSON for the same tool and language, always. */
export function describeTool(tool: Tool, locale: Locale = 'en'): ToolDescription {
  const title = words(locale, tool.title);
  return {
    name: tool.name,
    title,
    description: words(locale, tool.description),
    inputSchema: objectSchema(tool.input, 'input', locale),
    outputSchema: objectSchema(tool.output, 'output', locale),
    annotations: { title, ...annotationsOf(tool.kind) },
  };
}

function words(locale: Locale, key: TextKey): string {
  return render(locale, { key, args: {} });
}

/** MCP's dialect is 2020-12 by default, so that `$schema` would say nothing; some clients choke on it. */
function objectSchema(schema: Tool['input'], io: 'input' | 'output', locale: Locale): ObjectSchema {
  const { $schema: _, ...rest } = publishedSchema(schema, io, locale);
  return rest as unknown as ObjectSchema;
}
