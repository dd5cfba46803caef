import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mutate, type Mutant } from './mutants.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
export const ROOMS = ['guard', 'ledger'] as const;
export type Room = (typeof ROOMS)[number];

/** In the words of a failure: the test took longer than it may. */
export const TIMED_OUT = ': Timeout of ';

/** Long random walks that reach almost every line: what only they would find, a short test had better say. */
export const TOO_LONG = ['test/unit/ledger/model.test.ts'];

const sources = (room: Room): string[] =>
  readdirSync(join(ROOT, 'src', room))
    .filter((name) => name.endsWith('.ts'))
    .toSorted()
    .map((name) => `src/${room}/${name}`);

/** SHA-256 over the names and texts of a room's files. */
export function hashOf(room: Room): string {
  const hash = createHash('sha256');
  for (const file of sources(room)) hash.update(`${file}\0${readFileSync(join(ROOT, file), 'utf8')}\0`);
  return hash.digest('hex');
}

/** All mutants of a room, numbered, and the texts that hold them, by path. */
export function mutateAll(room: Room): { mutants: Mutant[]; texts: Map<string, string> } {
  const mutants: Mutant[] = [];
  const texts = new Map<string, string>();
  for (const file of sources(room)) {
    const made = mutate(file, readFileSync(join(ROOT, file), 'utf8'), mutants.length);
    mutants.push(...made.mutants);
    texts.set(join(ROOT, file), made.text);
  }
  return { mutants, texts };
}
