import { globSync } from 'node:fs';
import { Journal, type Fate, type Judged } from './journal.ts';
import type { Mutant } from './mutants.ts';
import { TestProcess } from './processes.ts';
import type { RoomReport, Tally } from './report.ts';
import { hashOf, mutateAll, ROOT, TIMED_OUT, TOO_LONG, type Room } from './rooms.ts';
import type { Answer, TestSeen } from './worker.ts';

const WORKERS = 2;
/** One test may take this long under a mutant, and longer where it takes long without one. */
const TEST_MS = 3_000;
const TIMES = 20;
/** Parts of a mutant's tests, from those that reach little else on, each asked only when the part before has found nothing. */
const PARTS = [0.1, 0.3, 0.6, 1];
/** How many of the tests that found the last ones are asked first. */
const LIKELY = 4;

/** All mutants of one room before the room's own tests, `test/unit/<room>`. */
export class Judgement {
  readonly #room: Room;
  readonly #files: readonly string[];
  readonly #journal: Journal;
  readonly #mutants: readonly Mutant[];
  readonly #fates = new Map<string, Fate>();
  /** The tests that reach each mutant, by its number; none: undefined. */
  readonly #reached = new Map<number, TestSeen[]>();
  #atLoad: ReadonlySet<number> = new Set();
  /** What found the last ones. */
  #killers: readonly string[] = [];

  constructor(room: Room, isFresh: boolean) {
    this.#room = room;
    this.#files = globSync(`test/unit/${room}/**/*.test.ts`, { cwd: ROOT })
      .filter((file) => !TOO_LONG.includes(file))
      .toSorted();
    this.#journal = new Journal(room, this.#files, isFresh);
    this.#mutants = mutateAll(room).mutants;
  }

  async run(): Promise<void> {
    const tests = await this.#cover();
    for (const mutant of this.#mutants) {
      const known = this.#journal.known(mutant);
      // A kill by a test that is there no longer is none.
      const by = known?.by;
      if (known && (!by || tests.some(({ title }) => by.startsWith(title)))) this.#fates.set(mutant.key, known.fate);
    }
    const waiting = this.#mutants
      .map((mutant, number) => ({ mutant, number }))
      .filter(({ mutant }) => !this.#fates.has(mutant.key))
      .toSorted((a, b) => this.#costOf(a.number) - this.#costOf(b.number));
    const total = waiting.length;
    const started = Date.now();
    const work = async (): Promise<void> => {
      const worker = this.#newProcess();
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const judged = await this.#judge(worker, next.number, next.mutant);
        this.#fates.set(next.mutant.key, judged.fate);
        this.#journal.write(next.mutant, judged);
        if (waiting.length % 50 === 0)
          console.log(`${total - waiting.length} of ${total}, ${Math.round((Date.now() - started) / 1000)} s`);
      }
      worker.stop();
    };
    await Promise.all(Array.from({ length: WORKERS }, work));
  }

  report(): RoomReport {
    const names = [...new Set(this.#mutants.map(({ file }) => file))];
    const fateOf = ({ key }: Mutant): Fate => this.#fates.get(key) ?? 'not reached';
    const tallyOf = (name: string): Tally => {
      const own = this.#mutants.filter(({ file }) => file === name).map(fateOf);
      const count = (fate: Fate): number => own.filter((each) => each === fate).length;
      return {
        killed: count('killed'),
        timeout: count('timeout'),
        survived: count('survived'),
        notReached: count('not reached'),
      };
    };
    return {
      sources: hashOf(this.#room),
      files: Object.fromEntries(names.map((name) => [name, tallyOf(name)])),
      survivors: this.#mutants.filter((each) => !['killed', 'timeout'].includes(fateOf(each))).map(({ key }) => key),
    };
  }

  #newProcess(): TestProcess {
    return new TestProcess(this.#room, this.#files);
  }

  /** Runs all tests without a mutant, to see which of them reach which. */
  async #cover(): Promise<readonly TestSeen[]> {
    const first = this.#newProcess();
    const coverage = await first.run({ mutant: -1, titles: undefined, limitMs: 60_000, retries: 2 }, false);
    first.stop();
    if (!coverage || coverage.failure !== undefined)
      throw new Error(`without a mutant: ${coverage?.failure ?? 'no answer'}`);
    const { tests, atLoad } = coverage;
    this.#atLoad = new Set(atLoad);
    for (const test of tests) {
      for (const mutant of test.hits) this.#reached.set(mutant, [...(this.#reached.get(mutant) ?? []), test]);
    }
    for (const mutant of atLoad) this.#reached.set(mutant, [...tests]);
    console.log(
      `${this.#mutants.length} mutants, ${tests.length} tests, ${atLoad.length} mutants reached while loading`,
    );
    return tests;
  }

  /** From cheap to dear. */
  #costOf(number: number): number {
    return this.#atLoad.has(number) ? Number.MAX_SAFE_INTEGER : (this.#reached.get(number)?.length ?? 0);
  }

  async #judge(worker: TestProcess, number: number, mutant: Mutant): Promise<Judged> {
    if (!this.#reached.has(number)) return { fate: 'not reached' };
    for (const stage of this.#stagesFor(number, mutant)) {
      const judged = await this.#ask(worker, number, stage);
      const by = stage.find(({ title }) => judged.by?.startsWith(title));
      if (by) this.#killers = [by.title, ...this.#killers.filter((title) => title !== by.title)].slice(0, 40);
      if (judged.fate !== 'survived') return judged;
    }
    return { fate: 'survived' };
  }

  /** The tests a mutant has to meet, in the order in which they are asked. */
  #stagesFor(number: number, mutant: Mutant): TestSeen[][] {
    const met = (this.#reached.get(number) ?? [])
      .filter(({ file }) => this.#journal.mustMeet(mutant, file))
      .toSorted((a, b) => a.hits.length - b.hits.length);
    // What found it before, and then what found the last ones in this neighbourhood.
    const hint = this.#journal.hint(mutant);
    const hinted = met.filter(({ title }) => hint?.startsWith(title));
    const likely = this.#killers.flatMap((killer) => met.find(({ title }) => title === killer) ?? []).slice(0, LIKELY);
    const rest = met.filter((test) => !hinted.includes(test) && !likely.includes(test));
    const parts = PARTS.map((part, index) =>
      rest.slice(Math.round((PARTS[index - 1] ?? 0) * rest.length), Math.round(part * rest.length)),
    );
    return [hinted, likely.filter((test) => !hinted.includes(test)), ...parts].filter((stage) => stage.length > 0);
  }

  /** What fails must fail again, alone, or else with the rest in a fresh process: a busy machine is no reason for a kill. */
  async #ask(worker: TestProcess, mutant: number, stage: readonly TestSeen[]): Promise<Judged> {
    const run = async (some: readonly TestSeen[], retries: number): Promise<Judged> => {
      const limitMs = Math.max(TEST_MS, TIMES * Math.max(...some.map(({ ms }) => ms)));
      const order = { mutant, titles: some.map(({ title }) => title), limitMs, retries };
      const judged = judgedBy(await worker.run(order, this.#atLoad.has(mutant)));
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
}

function judgedBy(answer: Answer | undefined): Judged {
  if (!answer) return { fate: 'timeout' };
  const by = answer.failure;
  if (by === undefined) return { fate: 'survived' };
  return { fate: by.includes(TIMED_OUT) ? 'timeout' : 'killed', by };
}
