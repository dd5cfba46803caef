/** A process that has loaded the sources with all their mutants and the tests once, and runs tests for one mutant at a time. */
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mutateAll, type Room } from './rooms.ts';

export interface TestSeen {
  readonly title: string;
  readonly ms: number;
  readonly hits: readonly number[];
}
export interface Order {
  readonly mutant: number;
  /** Full titles; undefined: all tests. */
  readonly titles: readonly string[] | undefined;
}
export interface Answer {
  readonly failure: string | undefined;
  readonly ran: number;
  readonly tests: readonly TestSeen[];
  /** Reached while the modules were loaded: such a mutant needs a process of its own. */
  readonly atLoad: readonly number[];
}

const [rooms = '', first = '-1', limit = '5000', ...files] = process.argv.slice(2);
const mutation = {
  active: Number(first),
  hits: new Set<number>(),
  on(mutant: number): boolean {
    this.hits.add(mutant);
    return mutant === this.active;
  },
};
Object.assign(globalThis, { mutation });

const { texts } = mutateAll(rooms.split(',') as Room[]);
registerHooks({
  load(url, context, next) {
    const source = url.startsWith('file:') ? texts.get(fileURLToPath(url)) : undefined;
    return source === undefined ? next(url, context) : { format: 'module-typescript', source, shortCircuit: true };
  },
});

const { default: Mocha } = await import('mocha');
const mocha = new Mocha({ timeout: Number(limit), bail: true, reporter: class {} as never });
mocha.cleanReferencesAfterRun(false);
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
const atLoad = [...mutation.hits];

function run({ mutant, titles }: Order): Promise<Answer> {
  mutation.active = mutant;
  mutation.hits.clear();
  const wanted = titles && new Set(titles);
  mocha.grep({ test: (title: string) => wanted?.has(title) ?? true } as RegExp);
  const tests: TestSeen[] = [];
  let failure: string | undefined;
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      mutation.active = -1;
      resolve({ failure, ran: tests.length, tests: mutant < 0 ? tests : [], atLoad });
    });
    runner.on('fail', (test, error: unknown) => {
      failure ??= `${test.fullTitle()}: ${error instanceof Error ? error.message.slice(0, 120) : String(error)}`;
    });
    runner.on('test end', (test) => {
      tests.push({ title: test.fullTitle(), ms: test.duration ?? 0, hits: mutant < 0 ? [...mutation.hits] : [] });
      if (mutant < 0) mutation.hits.clear();
    });
  });
}

process.on('message', (order: Order) => {
  void run(order).then((answer) => process.send?.(answer));
});
process.send?.('ready');
