import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkWalls } from '../../scripts/walls.mjs';

const SRC = resolve(import.meta.dirname, '../../src');

describe('the walls', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'walls-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Checks a tree of files given as path → text; each message is `file:line rule`. */
  function check(tree: Record<string, string>): string[] {
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return checkWalls(folder).map(({ file, line, rule }) => `${file}:${line} ${rule}`);
  }

  it('stand in this tree', () => {
    const breaches = checkWalls(SRC).map(({ file, line, rule, reason }) => `src/${file}:${line} ${rule}: ${reason}`);
    assert.equal(breaches.join('\n'), '');
  });

  const broken: [string, Record<string, string>, string][] = [
    ['a tool that imports the server', { 'tools/a.ts': "import '../mcp/server.ts';" }, 'tools/a.ts:1 arrows'],
    [
      'a type import against an arrow',
      { 'tools/a.ts': "\nimport type { A } from '../mcp/b.ts';" },
      'tools/a.ts:2 arrows',
    ],
    ['a re-export against an arrow', { 'alipay/a.ts': "export { b } from '../guard/b.ts';" }, 'alipay/a.ts:1 arrows'],
    ['a dynamic import against an arrow', { 'mcp/a.ts': "await import('../guard/b.ts');" }, 'mcp/a.ts:1 arrows'],
    ['an import type against an arrow', { 'mcp/a.ts': "type A = import('../guard/b.ts').B;" }, 'mcp/a.ts:1 arrows'],
    ['a tool that reaches into the ledger', { 'tools/a.ts': "import '../ledger/b.ts';" }, 'tools/a.ts:1 arrows'],
    ['a ledger above the ground floor', { 'ledger/a.ts': "import '../alipay/client.ts';" }, 'ledger/a.ts:1 arrows'],
    ['a room that imports a root', { 'mcp/a.ts': "import '../stdio.ts';" }, 'mcp/a.ts:1 arrows'],
    ['an import from outside src', { 'mcp/a.ts': "import '../../test/b.ts';" }, 'mcp/a.ts:1 arrows'],
    ['a file in no room', { 'misc/a.ts': '' }, 'misc/a.ts:1 rooms'],
    ['a loose file that is no root', { 'helpers.ts': '' }, 'helpers.ts:1 rooms'],
    ['vscode outside its room', { 'mcp/a.ts': "import type { Uri } from 'vscode';" }, 'mcp/a.ts:1 vscode'],
    ['a tool that opens a socket', { 'tools/a.ts': "import { connect } from 'node:net';" }, 'tools/a.ts:1 network'],
    ['a guard that speaks HTTPS', { 'guard/a.ts': "import https from 'https';" }, 'guard/a.ts:1 network'],
    ['a tool that fetches', { 'tools/a.ts': '\n\nawait fetch(url);' }, 'tools/a.ts:3 network'],
    ['a fetch by its global', { 'tools/a.ts': 'await globalThis.fetch(url);' }, 'tools/a.ts:1 network'],
    ['a fetch under another name', { 'tools/a.ts': 'const get = fetch;' }, 'tools/a.ts:1 network'],
    ['another bill file that fetches', { 'bills/totals.ts': 'await fetch(url);' }, 'bills/totals.ts:1 network'],
    ['a root that makes a grant', { 'stdio.ts': "import { makeGrant } from './alipay/grant.ts';" }, 'stdio.ts:1 grant'],
    [
      'a grant maker under another name',
      { 'alipay/a.ts': "import { makeGrant as m } from './grant.ts';" },
      'alipay/a.ts:1 grant',
    ],
    ['a grant maker in a namespace', { 'alipay/a.ts': "import * as g from './grant.ts';" }, 'alipay/a.ts:1 grant'],
    ['a grant maker passed on', { 'alipay/a.ts': "export * from './grant.ts';" }, 'alipay/a.ts:1 grant'],
    ['a wall around a name that is gone', { 'alipay/grant.ts': 'export const other = 1;' }, 'alipay/grant.ts:1 grant'],
    [
      'a key parsed outside its file',
      { 'sandbox/a.ts': "import { createPrivateKey } from 'node:crypto';" },
      'sandbox/a.ts:1 keys',
    ],
    ['a key parsed by way of a namespace', { 'cli/a.ts': '\ncrypto.createPrivateKey(text);' }, 'cli/a.ts:2 keys'],
    [
      'key text read outside the roots',
      { 'vscode/a.ts': "import { parsePrivateKey } from '../alipay/keys.ts';" },
      'vscode/a.ts:1 keys',
    ],
    ['a file of more than 350 lines', { 'text/a.ts': '\n'.repeat(351) }, 'text/a.ts:350 length'],
    [
      'a circle',
      {
        'text/a.ts': "import './b.ts';",
        'text/b.ts': "import { c } from './c.ts';",
        'text/c.ts': "export * from './a.ts';",
      },
      'text/a.ts:1 circle',
    ],
  ];
  for (const [title, tree, message] of broken) {
    it(`stop ${title}`, () => {
      assert.ok(check(tree).includes(message), `${message} is not among: ${check(tree).join('; ')}`);
    });
  }

  it('refuse an import whose target cannot be seen', () => {
    assert.throws(() => check({ 'mcp/a.ts': 'await import(name);' }), /computed/);
  });

  it('let pass what the design allows', () => {
    const messages = check({
      'text/a.ts': '',
      'ledger/a.ts': "import { fen } from '../alipay/money.ts';",
      'alipay/client.ts': 'await fetch(url);',
      'alipay/grant.ts': 'export function makeGrant() {}',
      'alipay/money.ts': "import { t } from '../text/a.ts';",
      'guard/a.ts': "import { makeGrant } from '../alipay/grant.ts'; import '../ledger/a.ts';",
      'tools/a.ts':
        "import { Grant } from '../alipay/grant.ts'; import '../guard/a.ts'; const x = { fetch: 1 }; x.fetch;",
      'tools/types.ts': "import type { Socket } from 'node:net'; export type F = typeof globalThis.fetch;",
      'mcp/a.ts': "import 'node:http'; import '../tools/a.ts';",
      'vscode/a.ts': "import 'vscode'; import '../mcp/a.ts';",
      'extension.ts': "import 'vscode'; import './vscode/a.ts'; import './guard/a.ts';",
      'cli/a.ts': "import '../sandbox/a.ts'; import '../../package.json' with { type: 'json' };",
      'sandbox/a.ts': "import type { B } from './b.ts';",
      'sandbox/b.ts': "import './a.ts';",
    });
    assert.deepEqual(messages, []);
  });
});
