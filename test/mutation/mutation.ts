/**
 * `npm run mutation`: breaks src/guard and src/ledger in one place at a time and runs the tests that reach the place.
 * Ended halfway it goes on where it was. Writes test/mutation/report.json; why each survivor may live is in survivors.json.
 * `npm run mutation -- guard` runs one room, and keeps what the report says of the other; `--fresh` believes no run before.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Journal, type Fate, type Judged } from './journal.ts';
import type { Mutant } from './mutants.ts';
import { TestProcess } from './processes.ts';
import { hashOf, mutateAll, ROOMS, ROOT, TESTS, TOO_LONG, type Room } from './rooms.ts';
import { scoreOf, survivorsLeft, type Report, type RoomReport, type Tally } from './report.ts';
import type { Answer, TestSeen } from './worker.ts';

const WORKERS = 2;
/** One test may take this long under a mutant, and longer where it takes long without one. */
const TEST_MS = 6_000;
const TIMES = 8;
/** Tests are asked in this order: of those that take at most so long, then of slower ones. */
const CHEAP_MS = [25, 150, 1_000, Number.POSITIVE_INFINITY];
const REPORT = join(ROOT, 'test/mutation/report.json');

const asked = process.argv.slice(2).filter((name): name is Room => (ROOMS as readonly string[]).includes(name));
const rooms: readonly Room[] = asked.length > 0 ? asked : ROOMS;
const files = TESTS.flatMap((path) => globSync(`${path}/**/*.test.ts`, { cwd: ROOT }).toSorted()).filter(
  (file) => !TOO_LONG.includes(file),
);

const journal = new Journal(files, process.argv.includes('--fresh'));
const { mutants } = mutateAll(rooms);
const first = new TestProcess(rooms, files);
const coverage = await first.run({ mutant: -1, titles: undefined, limitMs: 60_000, retries: 2 }, false);
first.stop();
if (!coverage || coverage.failure !== undefined)
  throw new Error(`without a mutant: ${coverage?.failure ?? 'no answer'}`);
const atLoad = new Set(coverage.atLoad);
const tests = new Map(coverage.tests.map((test) => [test.title, test]));
const reached = new Map<number, TestSeen[]>();
for (const test of coverage.tests) {
  for (const mutant of test.hits) reached.set(mutant, [...(reached.get(mutant) ?? []), test]);
}
for (const mutant of atLoad) reached.set(mutant, [...tests.values()]);
console.log(`${mutants.length} mutants, ${tests.size} tests, ${atLoad.size} mutants reached while loading`);
const slowest = [...tests.values()].toSorted((a, b) => b.ms - a.ms).slice(0, 5);
for (const { title, ms } of slowest) console.log(`${ms} ms: ${title}`);

const fates = new Map<string, Fate>();
let killers: readonly string[] = [];

/** The tests a mutant has to meet, in the order in which they are asked. */
function stagesFor(number: number, mutant: Mutant): TestSeen[][] {
  const met = (reached.get(number) ?? []).filter(({ file }) => journal.mustMeet(mutant, file));
  // What found it before, and what found the last ones in this neighbourhood, is asked first.
  const by = journal.hint(mutant);
  const hinted = met.filter(({ title }) => by?.startsWith(title));
  const likely = new Set([...hinted.map(({ title }) => title), ...killers.slice(0, 40)]);
  const early = [...likely].flatMap((title) => met.find((test) => test.title === title) ?? []).slice(0, 4);
  const rest = met.filter((test) => !early.includes(test));
  const stages = CHEAP_MS.map((most, index) => rest.filter(({ ms }) => ms <= most && ms > (CHEAP_MS[index - 1] ?? -1)));
  return [hinted, early.filter((test) => !hinted.includes(test)), ...stages].filter((stage) => stage.length > 0);
}

async function judge(worker: TestProcess, number: number, mutant: Mutant): Promise<Judged> {
  if (!reached.has(number)) return { fate: 'not reached' };
  for (const stage of stagesFor(number, mutant)) {
    const judged = await ask(worker, number, stage);
    const by = stage.find(({ title }) => judged.by?.startsWith(title));
    if (by) killers = [by.title, ...killers.filter((title) => title !== by.title)].slice(0, 40);
    if (judged.fate !== 'survived') return judged;
  }
  return { fate: 'survived' };
}

/** What fails must fail again, alone, or else with the rest in a fresh process: a busy machine is no reason for a kill. */
async function ask(worker: TestProcess, number: number, stage: readonly TestSeen[]): Promise<Judged> {
  const run = async (some: readonly TestSeen[], retries: number): Promise<Judged> => {
    const limitMs = Math.max(TEST_MS, TIMES * Math.max(...some.map(({ ms }) => ms)));
    const order = { mutant: number, titles: some.map(({ title }) => title), limitMs, retries };
    const judged = judgedBy(await worker.run(order, atLoad.has(number)));
    if (judged.fate === 'timeout') worker.stop(); // what still runs there must not meet the next mutant
    return judged;
  };
  const once = await run(stage, 0);
  if (once.fate === 'survived') return once;
  const by = stage.filter(({ title }) => once.by?.startsWith(title));
  const twice = await run(by.length > 0 ? by : stage, 1);
  if (twice.fate !== 'survived') return twice;
  worker.stop();
  return run(stage, 1);
}

function judgedBy(answer: Answer | undefined): Judged {
  if (!answer) return { fate: 'timeout' };
  const by = answer.failure;
  if (by === undefined) return { fate: 'survived' };
  return { fate: by.includes(': Timeout of ') ? 'timeout' : 'killed', by };
}

/** From cheap to dear. */
const costOf = (number: number): number =>
  atLoad.has(number) ? Number.MAX_SAFE_INTEGER : (reached.get(number)?.length ?? 0);
for (const mutant of mutants) {
  const known = journal.known(mutant);
  // A kill by a test that is there no longer is none.
  const by = known?.by;
  if (known && (!by || [...tests.keys()].some((title) => by.startsWith(title)))) fates.set(mutant.key, known.fate);
}
const waiting = mutants
  .map((mutant, number) => ({ mutant, number }))
  .filter(({ mutant }) => !fates.has(mutant.key))
  .toSorted((a, b) => costOf(a.number) - costOf(b.number));
const started = Date.now();
const total = waiting.length;
await Promise.all(
  Array.from({ length: WORKERS }, async () => {
    const worker = new TestProcess(rooms, files);
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const judged = await judge(worker, next.number, next.mutant);
      fates.set(next.mutant.key, judged.fate);
      journal.write(next.mutant, judged);
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
