import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';

const TEST = resolve(import.meta.dirname, '..');
const PROMISES = Array.from({ length: 12 }, (_, index) => `G${index + 1}`);

interface Clause {
  /** The promise's number and a word for the clause of it. */
  readonly clause: string;
  readonly says: string;
  /** Titles of `it`, as they stand in the source. */
  readonly tests: readonly string[];
}

/** Titles of every `it` below test/, as they stand in the source: `${…}` included. */
function titles(): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown, source: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, callee, arguments: given } = node as Record<string, unknown> & { arguments?: unknown[] };
    if (type === 'CallExpression' && (callee as { name?: string }).name === 'it') {
      const [title] = (given ?? []) as { start: number; end: number }[];
      if (title) found.add(source.slice(title.start + 1, title.end - 1));
    }
    for (const child of Object.values(node)) visit(child, source);
  };
  for (const file of globSync(['**/*.test.ts', 'host/inside/*.inside.ts'], { cwd: TEST })) {
    const source = readFileSync(join(TEST, file), 'utf8');
    visit(parseSync(file, source).program, source);
  }
  return found;
}

describe('the manifest of promises', () => {
  const clauses = JSON.parse(readFileSync(join(TEST, 'promises.json'), 'utf8')) as Clause[];

  it('has a clause of every promise, and a test of every clause', () => {
    const promised = new Set(clauses.map(({ clause }) => clause.split('.')[0]));
    assert.deepEqual(
      PROMISES.filter((promise) => !promised.has(promise)),
      [],
    );
    assert.equal(new Set(clauses.map(({ clause }) => clause)).size, clauses.length, 'each clause once');
    const untested = clauses.filter(({ tests }) => tests.length === 0).map(({ clause }) => clause);
    assert.deepEqual(untested, []);
  });

  it('names tests that exist', () => {
    const known = titles();
    const gone = clauses.flatMap(({ clause, tests }) =>
      tests.filter((title) => !known.has(title)).map((title) => `${clause}: ${title}`),
    );
    assert.deepEqual(gone, []);
  });
});
