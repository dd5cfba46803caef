/** A process that has loaded the sources with all their mutants and the tests once, and runs tests for one mutant at a time. */
import { mkdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutateAll, ROOT, TIMED_OUT, type Room } from './rooms.ts';

export interface TestSeen {
  readonly title: string;
  readonly file: string;
  readonly ms: number;
  readonly hits: readonly number[];
}
export interface Order {
  readonly mutant: number;
  /** Full titles; undefined: all tests. */
  readonly titles: readonly string[] | undefined;
  /** For how long one test may take. */
  readonly limitMs: number;
  /** How often a test that fails is tried once more. */
  readonly retries: number;
}
export interface Answer {
  readonly failure: string | undefined;
  readonly tests: readonly TestSeen[];
  /** Reached while the modules were loaded: such a mutant needs a process of its own. */
  readonly atLoad: readonly number[];
}
/** What the process says: that it has loaded, after each test that it lives, and at the end of an order how it ended. */
export type Message = 'ready' | 'alive' | Answer;

const [room = '', first = '-1', ...files] = process.argv.slice(2);
const mutation = {
  active: Number(first),
  hits: new Set<number>(),
  on(mutant: number): boolean {
    this.hits.add(mutant);
    return mutant === this.active;
  },
};
Object.assign(globalThis, { mutation });

const { texts } = mutateAll(room as Room);
registerHooks({
  load(url, context, next) {
    const source = url.startsWith('file:') ? texts.get(fileURLToPath(url)) : undefined;
    return source === undefined ? next(url, context) : { format: 'module-typescript', source, shortCircuit: true };
  },
});

const { default: Mocha } = await import('mocha');
const mocha = new Mocha({ timeout: 60_000, bail: true, reporter: class {} as never });
mocha.cleanReferencesAfterRun(false);
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
const atLoad = [...mutation.hits];

const say = (message: Message): void => void process.send?.(message);

function run({ mutant, titles, limitMs, retries }: Order): Promise<Answer> {
  mkdirSync(tmpdir(), { recursive: true }); // whoever tidies up must not fail every test, and kill every mutant
  mutation.active = mutant;
  mutation.hits.clear();
  const wanted = titles && new Set(titles);
  mocha.grep({ test: (title: string) => wanted?.has(title) ?? true } as RegExp);
  const tests: TestSeen[] = [];
  let failure: string | undefined;
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      mutation.active = -1;
      resolve({ failure, tests, atLoad });
    });
    runner.on('test', (test) => {
      test.timeout(limitMs);
      test.retries(retries);
    });
    runner.on('hook', (hook) => void hook.timeout(limitMs));
    runner.on('fail', (test, error: unknown) => {
      failure ??= `${test.fullTitle()}: ${error instanceof Error ? error.message.slice(0, 120) : String(error)}`;
      // What hangs in a test may hang in the hooks after it: this process is not used any more.
      if (failure.includes(TIMED_OUT)) resolve({ failure, tests, atLoad });
    });
    runner.on('test end', (test) => {
      say('alive');
      if (mutant >= 0) return;
      const [title, file] = [test.fullTitle(), relative(ROOT, test.file ?? '')];
      tests.push({ title, file, ms: test.duration ?? 0, hits: [...mutation.hits] });
      mutation.hits.clear();
    });
  });
}

process.on('message', (order: Order) => void run(order).then(say));
process.on('disconnect', () => process.exit());
say('ready');
