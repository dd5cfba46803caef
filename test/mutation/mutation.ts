/**
 * `npm run mutation`: breaks src/guard and src/ledger in one place at a time and runs the tests that reach the place.
 * Ended halfway it goes on where it was. Writes test/mutation/report.json; why each survivor may live is in survivors.json.
 * `npm run mutation -- guard` runs one room, and keeps what the report says of the other.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant } from './mutants.ts';
import { hashOf, mutateAll, ROOMS, ROOT, TESTS, type Room } from './rooms.ts';
import { scoreOf, survivorsLeft, type Report, type RoomReport, type Tally } from './report.ts';
import type { Answer, Order } from './worker.ts';

type Fate = 'killed' | 'survived' | 'timeout' | 'not reached';

const WORKERS = 2;
/** One test may take this long under a mutant, and all tests of a mutant that. */
const TEST_MS = 6_000;
const MUTANT_MS = 90_000;
const REPORT = join(ROOT, 'test/mutation/report.json');

const asked = process.argv.slice(2).filter((name): name is Room => (ROOMS as readonly string[]).includes(name));
const rooms: readonly Room[] = asked.length > 0 ? asked : ROOMS;
const files = TESTS.flatMap((path) =>
  path.endsWith('.ts') ? [path] : globSync(`${path}/**/*.test.ts`, { cwd: ROOT }).toSorted(),
);

class Worker {
  #child: ChildProcess | undefined;
  #mutant = -1;

  /** Runs the tests of one mutant; undefined when the process hung or died, which no mutant-free run does. */
  async run(order: Order, ownProcess: boolean): Promise<Answer | undefined> {
    const startWith = ownProcess ? order.mutant : -1;
    if (!this.#child || this.#mutant !== startWith || ownProcess) {
      this.stop();
      this.#mutant = startWith;
      this.#child = fork(
        join(ROOT, 'test/mutation/worker.ts'),
        [rooms.join(','), String(startWith), String(order.mutant < 0 ? 60_000 : TEST_MS), ...files],
        { cwd: ROOT, stdio: 'ignore', execArgv: ['--disable-warning=ExperimentalWarning'] },
      );
      if (!(await this.#next(this.#child, 30_000))) return this.stop();
    }
    const child = this.#child;
    if (!child.connected) return this.stop();
    child.send(order);
    const answer = (await this.#next(child, order.mutant < 0 ? 600_000 : MUTANT_MS)) as Answer | undefined;
    if (!answer || ownProcess) this.stop();
    return answer;
  }

  stop(): undefined {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #next(child: ChildProcess, limitMs: number): Promise<unknown> {
    return new Promise((resolve) => {
      const done = (answer?: unknown): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(answer);
      };
      const timer = setTimeout(done, limitMs);
      child.once('message', done);
      child.once('exit', () => done());
    });
  }
}

const { mutants } = mutateAll(rooms);
const coverage = await new Worker().run({ mutant: -1, titles: undefined }, true);
if (!coverage || coverage.failure !== undefined)
  throw new Error(`without a mutant: ${coverage?.failure ?? 'no answer'}`);
const atLoad = new Set(coverage.atLoad);
const reached = new Map<number, string[]>();
for (const { title, hits } of coverage.tests) {
  for (const mutant of hits) reached.set(mutant, [...(reached.get(mutant) ?? []), title]);
}
console.log(`${mutants.length} mutants, ${coverage.tests.length} tests, ${atLoad.size} mutants reached while loading`);

/** What was killed before stays so while the sources are the same; what survived gets another chance when tests change. */
const hash = (texts: readonly (string | Buffer)[]): string => {
  const made = createHash('sha256');
  for (const text of texts) made.update(text);
  return made.digest('hex').slice(0, 16);
};
const tests = hash(files.map((file) => readFileSync(join(ROOT, file))));
const folder = join(ROOT, '.cache/mutation');
mkdirSync(folder, { recursive: true });
const journal = join(folder, `${hash(rooms.map(hashOf))}.jsonl`);
if (process.argv.includes('--fresh')) rmSync(journal, { force: true });
const fates = new Map<string, Fate>();
for (const line of existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').filter(Boolean) : []) {
  const past = JSON.parse(line) as { key: string; fate: Fate; tests: string };
  if (past.fate === 'killed' || past.tests === tests) fates.set(past.key, past.fate);
}

let killers: readonly string[] = [];

async function judge(worker: Worker, number: number): Promise<{ fate: Fate; by?: string | undefined }> {
  const titles = reached.get(number);
  if (atLoad.has(number)) return fateOf(await worker.run({ mutant: number, titles: undefined }, true));
  if (!titles) return { fate: 'not reached' };
  // What found the last ones in this neighbourhood is asked first.
  const first = killers.filter((title) => titles.includes(title)).slice(0, 4);
  const rest = titles.filter((title) => !first.includes(title));
  for (const some of [first, rest].filter((each) => each.length > 0)) {
    const result = fateOf(await worker.run({ mutant: number, titles: some }, false));
    const by = result.by && some.find((title) => result.by?.startsWith(title));
    if (by) killers = [by, ...killers.filter((title) => title !== by)].slice(0, 40);
    if (result.fate !== 'survived') return result;
  }
  return { fate: 'survived' };
}

function fateOf(answer: Answer | undefined): { fate: Fate; by?: string | undefined } {
  if (!answer) return { fate: 'timeout' };
  return answer.failure === undefined ? { fate: 'survived' } : { fate: 'killed', by: answer.failure };
}

/** From cheap to dear. */
const costOf = (number: number): number =>
  atLoad.has(number) ? Number.MAX_SAFE_INTEGER : (reached.get(number)?.length ?? 0);
const waiting = mutants
  .map((mutant, number) => ({ mutant, number }))
  .filter(({ mutant }) => !fates.has(mutant.key))
  .toSorted((a, b) => costOf(a.number) - costOf(b.number));
const started = Date.now();
const total = waiting.length;
await Promise.all(
  Array.from({ length: WORKERS }, async () => {
    const worker = new Worker();
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { key } = next.mutant;
      const result = await judge(worker, next.number);
      fates.set(key, result.fate);
      appendFileSync(journal, `${JSON.stringify({ key, tests, ...result })}\n`);
      if (waiting.length % 50 === 0)
        console.log(`${total - waiting.length} of ${total}, ${Math.round((Date.now() - started) / 1000)} s`);
    }
    worker.stop();
  }),
);

function tallyOf(some: readonly Mutant[]): Tally {
  const count = (fate: Fate): number => some.filter(({ key }) => fates.get(key) === fate).length;
  return {
    killed: count('killed'),
    timeout: count('timeout'),
    survived: count('survived'),
    notReached: count('not reached'),
  };
}

function reportOf(room: Room): RoomReport {
  const own = mutants.filter(({ file }) => file.startsWith(`src/${room}/`));
  const names = [...new Set(own.map(({ file }) => file))];
  return {
    sources: hashOf(room),
    files: Object.fromEntries(names.map((name) => [name, tallyOf(own.filter(({ file }) => file === name))])),
    survivors: own
      .filter(({ key }) => fates.get(key) === 'survived' || fates.get(key) === 'not reached')
      .map(({ key }) => key),
  };
}

const before = existsSync(REPORT) ? (JSON.parse(readFileSync(REPORT, 'utf8')) as Report) : {};
const report: Report = { ...before, ...Object.fromEntries(rooms.map((room) => [room, reportOf(room)])) };
writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`);
console.table(Object.assign({}, ...rooms.map((room) => report[room]?.files)) as object);
for (const room of rooms) console.log(`${room}: ${(100 * scoreOf(reportOf(room))).toFixed(1)} % found`);
const missing = survivorsLeft(report);
for (const { key } of mutants.filter((mutant) => missing.includes(mutant.key))) console.log(`not explained: ${key}`);
