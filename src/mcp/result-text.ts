import { t, type Locale } from '../text/index.ts';
import type { ToolResult } from '../tools/result.ts';

/** A result in words, for people and for clients that read no `structuredContent`: every fact of it, one a line. */
export function resultText(locale: Locale, result: ToolResult): string {
  const { status, message, next_step: nextStep, ...facts } = result;
  const lines = Object.entries(facts).flatMap(([name, value]) => factLines(name, value));
  const next = nextStep === undefined ? [] : [t(locale, 'mcp.next_step', { step: nextStep })];
  return [message, `status: ${status}`, ...lines, ...next].join('\n');
}

function factLines(name: string, value: unknown): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [`${name}: ${inOneLine(value)}`];
  return [`${name}: ${value.length}`, ...value.map((item) => `  - ${inOneLine(item)}`)];
}

function inOneLine(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name}: ${typeof inner === 'string' ? inner : JSON.stringify(inner)}`)
    .join(', ');
}
