import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mutant } from './mutants.ts';
import { explains } from './report.ts';
import { hashOf, ROOMS, ROOT, type Room } from './rooms.ts';

export type Fate = 'killed' | 'survived' | 'timeout' | 'not reached';

/** What became of a mutant. */
export interface Judged {
  readonly fate: Fate;
  /** The full title of the test that found it, and its words. */
  readonly by?: string | undefined;
}

interface Line extends Judged {
  readonly key: string;
  /** Hash of all sources that are mutated, of the mutant's own file, and of the test files. */
  readonly sources: string;
  readonly file: string;
  readonly tests: string;
}

/** The test files under one hash of all. */
interface TestsLine {
  readonly tests: string;
  readonly files: Readonly<Record<string, string>>;
}

const hash = (...texts: readonly string[]): string => {
  const made = createHash('sha256');
  for (const text of texts) made.update(text);
  return made.digest('hex').slice(0, 16);
};
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/**
 * What runs before this one found. While the sources are the same, what was killed stays killed, and what survived meets
 * only tests of files that have changed since. When a source has changed, the test that found a mutant is asked first, and
 * a survivor of an unchanged file stays one if somebody has explained it: at worst the report says too little.
 */
export class Journal {
  readonly #sources = hash(...ROOMS.map(hashOf));
  readonly #journal: string;
  readonly #files: Readonly<Record<string, string>>;
  readonly #tests: string;
  readonly #past = new Map<string, Line>();
  readonly #testsPast = new Map<string, TestsLine['files']>();

  constructor(room: Room, testFiles: readonly string[], isFresh: boolean) {
    this.#journal = join(ROOT, `.cache/mutation/${room}.jsonl`);
    this.#files = Object.fromEntries(testFiles.map((file) => [file, hash(read(file))]));
    this.#tests = hash(JSON.stringify(this.#files));
    mkdirSync(dirname(this.#journal), { recursive: true });
    if (isFresh) rmSync(this.#journal, { force: true });
    for (const text of existsSync(this.#journal)
      ? readFileSync(this.#journal, 'utf8').split('\n').filter(Boolean)
      : []) {
      const line = JSON.parse(text) as Line | TestsLine;
      if ('key' in line) this.#past.set(line.key, line);
      else this.#testsPast.set(line.tests, line.files);
    }
    if (!this.#testsPast.has(this.#tests)) this.#append({ tests: this.#tests, files: this.#files });
  }

  /** What is known of a mutant without running anything. */
  known({ key, file }: Mutant): Judged | undefined {
    const past = this.#past.get(key);
    if (!past || past.fate === 'not reached') return undefined;
    if (past.fate === 'survived') {
      const stays = past.sources === this.#sources ? past.tests === this.#tests : past.file === hash(read(file));
      return stays && (past.sources === this.#sources || explains(key)) ? past : undefined;
    }
    return past.sources === this.#sources ? past : undefined;
  }

  /** Which of its tests, by their files, a mutant has to meet. */
  mustMeet({ key }: Mutant, file: string): boolean {
    const past = this.#past.get(key);
    if (past?.fate !== 'survived' || past.sources !== this.#sources) return true;
    return this.#testsPast.get(past.tests)?.[file] !== this.#files[file];
  }

  /** What found it when a source was another. */
  hint({ key }: Mutant): string | undefined {
    return this.#past.get(key)?.by;
  }

  write({ key, file }: Mutant, judged: Judged): void {
    this.#append({ key, sources: this.#sources, file: hash(read(file)), tests: this.#tests, ...judged });
  }

  #append(line: Line | TestsLine): void {
    appendFileSync(this.#journal, `${JSON.stringify(line)}\n`);
  }
}
