import type { Node } from 'oxc-parser';

/** One way to break a node: `text` stands in its place. */
export interface Change {
  readonly kind: string;
  readonly text: string;
}

/** A node of the syntax tree, as far as the operators look at it. */
export type Tree = Node & Readonly<Record<string, unknown>>;

/** Each operator with what is wrong instead of it. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
};
const ASSIGNMENTS: Readonly<Record<string, string>> = { '+=': '-=', '-=': '+=', '??=': '&&=' };
/** Calls that can be left out: what they are called on stands for what they give. */
const OMITTED = ['trim', 'toLowerCase', 'filter', 'toSorted', 'slice', 'replace'];
const EXCHANGED = new Map(
  Object.entries({
    min: 'max',
    max: 'min',
    some: 'every',
    every: 'some',
    find: 'findLast',
    findLast: 'find',
    push: 'unshift',
    shift: 'pop',
  }),
);

/** `undefined`, and `true` and `false`, which are exchanged for each other: as a result, no result is like `false`. */
export function isPlain(node: Tree): boolean {
  if (node.type === 'Identifier') return node.name === 'undefined';
  return node.type === 'Literal' && typeof node.value === 'boolean';
}

/** What can be wrong with an expression. `source` is the text of its file. */
export function expressionChanges(node: Tree, source: string): Change[] {
  const text = (of: unknown): string => source.slice((of as Node).start, (of as Node).end);
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return (OPERATORS[node.operator] ?? []).map((operator) => ({
        kind: 'operator',
        text: `(${text(node.left)}) ${operator} (${text(node.right)})`,
      }));
    case 'AssignmentExpression': {
      const operator = ASSIGNMENTS[node.operator];
      return operator ? [{ kind: 'operator', text: `${text(node.left)} ${operator} ${text(node.right)}` }] : [];
    }
    case 'UpdateExpression':
      return [{ kind: 'operator', text: `${text(node.argument)}${node.operator === '++' ? '--' : '++'}` }];
    case 'UnaryExpression':
      return node.operator === '!' ? [{ kind: 'operator', text: text(node.argument) }] : [];
    case 'Literal':
      if (typeof node.value === 'boolean') return [{ kind: 'boolean', text: String(!node.value) }];
      return typeof node.value === 'string' && node.value !== '' ? [{ kind: 'string', text: `''` }] : [];
    case 'TemplateLiteral':
      return [{ kind: 'string', text: `''` }];
    case 'ArrayExpression':
      return membersLeftOut(node.elements, text, '[', ']');
    case 'ObjectExpression':
      // A property that is required is missed by the types; what is spread may be absent, and no type misses it.
      return membersLeftOut(node.properties, text, '{', '}').filter(
        (_, index) => node.properties[index]?.type === 'SpreadElement',
      );
    case 'ArrowFunctionExpression':
      return node.body.type === 'BlockStatement' || isPlain(node.body as unknown as Tree)
        ? []
        : [{ kind: 'result', text: `${node.async ? 'async ' : ''}() => undefined` }];
    case 'CallExpression':
      return callChanges(node, text);
    default:
      return [];
  }
}

function membersLeftOut(
  members: readonly unknown[],
  text: (of: unknown) => string,
  open: string,
  close: string,
): Change[] {
  return members.map((_, left) => ({
    kind: 'member',
    text: `${open}${members
      .filter((_member, index) => index !== left)
      .map(text)
      .join(', ')}${close}`,
  }));
}

function callChanges(node: Extract<Node, { type: 'CallExpression' }>, text: (of: unknown) => string): Change[] {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return [];
  const { name } = callee.property;
  const given = node.arguments.map(text).join(', ');
  const other = EXCHANGED.get(name);
  return [
    ...(OMITTED.includes(name) ? [{ kind: 'call', text: text(callee.object) }] : []),
    ...(other && !callee.optional ? [{ kind: 'call', text: `${text(callee.object)}.${other}(${given})` }] : []),
  ];
}
