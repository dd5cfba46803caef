/** Finds every mutant of a source file, and writes one text that holds them all, each behind its number. */
import { parseSync, type Node } from 'oxc-parser';
import { expressionChanges, isPlain, type Change, type Tree } from './operators.ts';

export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  /** Names it for its explanation, and stays when lines move. */
  readonly key: string;
}

interface Found extends Change {
  readonly node: Node;
  readonly as: 'expression' | 'statement' | 'body';
}

const LONGEST = 90;
/** Sentences are data with tests of their own: which key is said is not mutated. */
const SAYS = new Set(['say']);

/** The mutants of one file in the order of their places, and its text with all of them, numbered from `first`. */
export function mutate(file: string, source: string, first: number): { mutants: Mutant[]; text: string } {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: Found[] = [];
  visit(program as unknown as Tree, source, found);
  found.sort((a, b) => a.node.start - b.node.start || b.node.end - a.node.end);
  const seen = new Map<string, number>();
  const mutants = found.map(({ node, kind, text }): Mutant => {
    const from = brief(source.slice(node.start, node.end));
    const base = `${file} ${kind}: ${from} → ${brief(text)}`;
    const nth = (seen.get(base) ?? 0) + 1;
    seen.set(base, nth);
    const line = source.slice(0, node.start).split('\n').length;
    return { file, line, kind, from, to: brief(text), key: nth === 1 ? base : `${base} (${nth})` };
  });
  return { mutants, text: embed(source, found, first) };
}

const brief = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};

function isNode(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && typeof (value as Tree).type === 'string';
}

/** Walks what exists at run time: no types, no imports, no names of properties. */
function visit(node: Tree, source: string, found: Found[]): void {
  if (/^(Import|ExportAll)/.test(node.type) || (node.type === 'ExportNamedDeclaration' && node.source)) return;
  if (node.type.startsWith('TS')) {
    if ('expression' in node && isNode(node['expression'])) visit(node['expression'], source, found);
    return;
  }
  for (const change of expressionChanges(node, source)) found.push({ ...change, node, as: 'expression' });
  statementChanges(node, found);
  const said = node.type === 'CallExpression' && node.callee.type === 'Identifier' && SAYS.has(node.callee.name);
  for (const [name, value] of Object.entries(node)) {
    const isName = name === 'key' || (name === 'property' && node.type === 'MemberExpression' && !node.computed);
    const isTarget = name === 'left' && (node.type === 'AssignmentExpression' || node.type.startsWith('For'));
    if (isName || isTarget || (said && name === 'arguments')) continue;
    if (name === 'quasi' || name === 'quasis' || name === 'params') continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child) && !isTyped(node, child)) visit(child, source, found);
    }
  }
}

/** A string of a union of words, where the types allow no other: its operator is mutated instead. */
function isTyped(parent: Tree, child: Tree): boolean {
  if (child.type !== 'Literal' || typeof child.value !== 'string') return false;
  if (parent.type === 'BinaryExpression' || parent.type === 'SwitchCase') return true;
  return (
    parent.type === 'Property' &&
    parent.key.type === 'Identifier' &&
    ['kind', 'status', 'verdict'].includes(parent.key.name)
  );
}

function statementChanges(node: Tree, found: Found[]): void {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      for (const text of ['true', 'false']) found.push({ node: node.test, as: 'expression', kind: 'condition', text });
      return;
    case 'WhileStatement':
      found.push({ node: node.test, as: 'expression', kind: 'condition', text: 'false' });
      return;
    case 'ForStatement':
      if (node.test) found.push({ node: node.test, as: 'expression', kind: 'condition', text: 'false' });
      return;
    case 'ExpressionStatement':
    case 'ThrowStatement':
      found.push({ node, as: 'statement', kind: 'removed', text: ';' });
      return;
    case 'ReturnStatement':
      if (node.argument && !isPlain(node.argument as unknown as Tree)) {
        found.push({ node: node.argument, as: 'expression', kind: 'result', text: 'undefined' });
      }
      return;
    default:
  }
}

/** Nested mutants keep their places: only where all outer ones are off does the inner text run. */
function embed(source: string, found: readonly Found[], first: number): string {
  const before = new Map<number, string[]>();
  const after = new Map<number, string[]>();
  found.forEach(({ node, as, text }, index) => {
    const on = `globalThis.mutation.on(${first + index})`;
    const [open, close] = as === 'expression' ? [`(${on} ? (${text}) : (`, '))'] : [`{ if (!${on}) `, ' }'];
    before.set(node.start, [...(before.get(node.start) ?? []), open]);
    after.set(node.end, [close, ...(after.get(node.end) ?? [])]);
  });
  let result = '';
  for (let at = 0; at <= source.length; at += 1) {
    result += `${(after.get(at) ?? []).join('')}${(before.get(at) ?? []).join('')}${source[at] ?? ''}`;
  }
  return result;
}
