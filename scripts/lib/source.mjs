import { posix } from 'node:path';
import { parseSync, visitorKeys } from 'oxc-parser';

/**
 * What the walls need to know about one TypeScript file.
 * @param {string} path relative to src, with slashes
 * @returns {{path: string, lines: number,
 *   imports: {specifier: string, line: number, typeOnly: boolean, names: string[], target: string|undefined}[],
 *   identifiers: {name: string, line: number}[]}}
 *   imports: static, type, re-exporting and dynamic ones; names are the imported names, `*` for the whole module;
 *   target is the imported file's path relative to src, undefined for packages. identifiers: every name read.
 */
export function readSource(path, text) {
  const { program, errors } = parseSync(path, text, { lang: 'ts', sourceType: 'module' });
  if (errors.length > 0) throw new Error(`src/${path} cannot be parsed: ${errors[0].message}`);
  const lineOf = lineFinder(text);
  const imports = [];
  const identifiers = [];
  const add = (node, specifier, typeOnly, names) => {
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
    imports.push({ specifier, line: lineOf(node.start), typeOnly, names, target });
  };
  walk(program, (node, parent, key) => {
    switch (node.type) {
      case 'ImportDeclaration':
        add(node, node.source.value, node.importKind === 'type', node.specifiers.map(importedName));
        break;
      case 'ExportNamedDeclaration':
        if (node.source)
          add(
            node,
            node.source.value,
            node.exportKind === 'type',
            node.specifiers.map((one) => one.local.name),
          );
        break;
      case 'ExportAllDeclaration':
        add(node, node.source.value, node.exportKind === 'type', ['*']);
        break;
      case 'ImportExpression':
        add(node, literal(node.source, path), false, ['*']);
        break;
      case 'TSImportType':
        add(node, literal(node.source ?? node.argument, path), true, ['*']);
        break;
      case 'CallExpression':
        if (node.callee.name === 'require') add(node, literal(node.arguments[0], path), false, ['*']);
        break;
      case 'Identifier':
        if (!isOwnName(parent, key)) identifiers.push({ name: node.name, line: lineOf(node.start) });
        break;
    }
  });
  return { path, lines: text.split('\n').length - 1, imports, identifiers };
}

/** `{ fetch: … }`, `thing.fetch` and `typeof fetch` in a type use nothing; `globalThis.fetch` is the global itself. */
function isOwnName(parent, key) {
  if (parent.type === 'Property' && key === 'key') return !parent.computed && !parent.shorthand;
  if (parent.type.startsWith('TS') && key === 'key') return true;
  if (parent.type === 'TSTypeQuery' || parent.type === 'TSQualifiedName') return true;
  if (parent.type === 'MemberExpression' && key === 'property' && !parent.computed) {
    const namespace = ['globalThis', 'global', 'crypto'];
    return !namespace.includes(parent.object.name) && parent.property.name !== 'createPrivateKey';
  }
  return false;
}

const importedName = (specifier) => (specifier.type === 'ImportSpecifier' ? specifier.imported.name : '*');

function literal(node, path) {
  if (typeof node?.value === 'string') return node.value;
  throw new Error(`src/${path} imports a module whose name is computed: the walls cannot see where it leads`);
}

function walk(node, see, parent = { type: '' }, key = '') {
  see(node, parent, key);
  for (const name of visitorKeys[node.type] ?? []) {
    for (const child of [node[name]].flat()) if (child) walk(child, see, node, name);
  }
}

function lineFinder(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}
