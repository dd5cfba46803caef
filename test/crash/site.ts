import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { RefusedError, SetupError } from '../../src/alipay/errors.ts';
import type { Proposal } from '../../src/guard/proposal.ts';
import { LedgerFault, readTrail, type AuditEntry } from '../../src/ledger/index.ts';
import { render } from '../../src/text/index.ts';
import { ledgerFolder } from '../support/ledgers.ts';
import { Books, type Subject } from './books.ts';
import type { Order, Word } from './child.ts';
import { WiredGuard, type Loss, type Places } from './parts.ts';
import { Tripwire, type KillPoint } from './tripwire.ts';

/** One of the ways a process goes that is killed. */
export interface Way {
  readonly method: Proposal['method'];
  readonly loss?: Loss;
  /** It is the next start that is killed, after one that was killed on this side of the sending. */
  readonly restart?: KillPoint['when'];
}

/** A point, or a moment: ms after it has opened the ledger. */
export type When = KillPoint | number;

/** What one kill left, and what came of it. */
export interface Verdict {
  readonly way: Way;
  readonly when: When;
  /** Whether it was killed; else it got through before its point came. */
  readonly killed: boolean;
  /** The state of the operation as the kill left it: of the file, before anybody opened it again. */
  readonly left: string;
  /** The same after the next start has asked. */
  readonly found: string;
  /** How often money had moved then, by the sandbox. */
  readonly moved: number;
  /** The same after the client has made its call again. */
  readonly movedInTheEnd: number;
  /** What does not hold; nothing, if all is well. */
  readonly wrong: readonly Wrong[];
}

/** A promise that was broken, and how. */
export interface Wrong {
  readonly promise: 'G2' | 'G3' | 'G6' | 'G7' | 'G8' | 'G11';
  readonly says: string;
}

const ROOT = resolve(import.meta.dirname, '../..');
/** Longer than any child takes on any machine. */
const CHILD_MS = 60_000;
/** Nobody may act on these any more once the next start has asked. */
const LIVE = ['proposed', 'approved', 'sending', 'unknown'];

/** One sandbox, and processes over it that are killed, each with a ledger of its own. */
export class CrashSite {
  readonly #books: Books;
  /** A process that has loaded everything and waits for its order. */
  #spare: ChildProcess | undefined;

  private constructor(books: Books) {
    this.#books = books;
  }

  static async open(): Promise<CrashSite> {
    return new CrashSite(await Books.open());
  }

  async close(): Promise<void> {
    this.#spare?.kill('SIGKILL');
    await this.#books.close();
  }

  /** Goes one way undisturbed. @returns every call through the ports, in order, and how long it took, ms. */
  async goThrough(way: Way): Promise<{ passed: readonly string[]; ms: number }> {
    const places = newPlaces();
    try {
      const subject = await this.#books.subject(way.method);
      const word = await this.#run(await this.#orderOn(way, places, subject), undefined);
      if (word?.kind !== 'ends') throw new Error('it did not get through');
      const { wrong } = await this.#examine(way, 0, places, subject, false);
      if (wrong.length > 0) throw new Error(`undisturbed: ${JSON.stringify(wrong)}`);
      return word;
    } finally {
      places.remove();
    }
  }

  /** Kills one process, starts anew, and looks at everything that was promised. */
  async kill(way: Way, when: When): Promise<Verdict> {
    const places = newPlaces();
    try {
      const subject = await this.#books.subject(way.method);
      const order = await this.#orderOn(way, places, subject);
      const isMoment = typeof when === 'number';
      const word = await this.#run(isMoment ? order : { ...order, point: when }, isMoment ? when : undefined);
      return await this.#examine(way, when, places, subject, isMoment || word?.kind !== 'ends');
    } finally {
      places.remove();
    }
  }

  /** What is wrong with the sandbox's books, when all is said and done. */
  wrongBalance(): Promise<string[]> {
    return this.#books.wrongBalance();
  }

  /** The order whose process is to be killed; on the way there another one may be. */
  async #orderOn(way: Way, places: Places, { proposal }: Subject): Promise<Order> {
    const { loss, restart } = way;
    const order: Order = { app: this.#books.app, places, proposal, loss, point: undefined };
    if (!restart) return order;
    await this.#run({ ...order, point: { call: sendingOf(way), nth: 1, when: restart } }, undefined);
    return { ...order, proposal: undefined };
  }

  /**
   * Has a process obey, and kills it `after` so many ms, or else when it has got through.
   *
   * @returns its last word, if it got as far; resolves when it is gone.
   */
  async #run(order: Order, after: number | undefined): Promise<Word | undefined> {
    const child = this.#spare ?? forkChild();
    this.#spare = forkChild();
    const gone = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    const timers: NodeJS.Timeout[] = [];
    const killAfter = (ms: number, hangs: boolean): void => {
      const kill = (): void => {
        hung ||= hangs;
        child.kill('SIGKILL');
      };
      timers.push(setTimeout(kill, ms));
    };
    let hung = false;
    let last: Word | undefined;
    child.on('message', (word: Word) => {
      if (word.kind === 'ends') last = word;
      if (word.kind === 'begins' && after !== undefined) killAfter(after, false);
      if (word.kind === 'ends' && after === undefined) child.kill('SIGKILL');
    });
    killAfter(CHILD_MS, true);
    child.send(order);
    const [code, signal] = await gone;
    for (const timer of timers) clearTimeout(timer);
    if (signal !== 'SIGKILL' || hung) throw new Error(hung ? 'the process hung' : `it ended with ${code ?? signal}`);
    return last;
  }

  /** The next start, and the client that makes its call again. */
  async #examine(way: Way, when: When, places: Places, subject: Subject, killed: boolean): Promise<Verdict> {
    const left = trailOf(places.file);
    const wrong: Wrong[] = [];
    const expect = (promise: Wrong['promise'], holds: boolean, says: string): void =>
      void (holds || wrong.push({ promise, says }));
    const wire = new Tripwire(undefined);
    let [found, moved, movedInTheEnd]: [readonly AuditEntry[], number, number] = [[], Number.NaN, Number.NaN];
    try {
      const guard = await WiredGuard.open(this.#books.app, places, wire);
      await guard.recover();
      moved = subject.moved(await this.#books.state());
      found = trailOf(places.file);
      const states = statesIn(found);
      const isRedeemed = found.some(({ event }) => event === 'sending');
      const isLive = states.some((state) => LIVE.includes(state));
      expect('G2', moved === 0 || moved === 1, `money moved ${moved} times`);
      expect('G2', moved === 0 || isRedeemed, 'what was not redeemed moved money');
      expect('G3', isRedeemed || states.every((state) => state === 'expired'), `unredeemed, and ${states.join()}`);
      expect('G6', !isLive, `still ${states.join()}`);
      expect('G6', (moved === 1) === states.includes('succeeded'), `moved ${moved}, and ${states.join()}`);
      expect('G6', !isRedeemed || moved === 1 || states.join() === 'not_executed', `not moved, and ${states.join()}`);
      expect('G7', !wire.passed.includes(`${sendingOf(way)} #1`), 'the next start has sent');
      let asked = 0;
      const settled = await guard.execute(subject.proposal, () => (asked += 1));
      movedInTheEnd = subject.moved(await this.#books.state());
      expect('G2', asked === 1 - moved, `moved ${moved}, and then a person was asked ${asked} times`);
      expect('G11', movedInTheEnd === 1, `in the end money moved ${movedInTheEnd} times`);
      expect('G11', settled.status === (moved === 1 ? 'already_done' : 'succeeded'), `it heard ${settled.status}`);
      const events = await guard.verify();
      expect('G8', events === trailOf(places.file).at(-1)?.seq, 'events are missing');
      await guard.close();
    } catch (error) {
      const says =
        error instanceof SetupError || error instanceof RefusedError ? render('en', error.sentence) : String(error);
      wrong.push({ promise: error instanceof LedgerFault ? 'G8' : 'G6', says });
    }
    this.#books.expectSpent(movedInTheEnd * subject.fen);
    const last = (trail: readonly AuditEntry[]): string => statesIn(trail).at(-1) ?? 'nothing';
    return { way, when, killed, left: last(left), found: last(found), moved, movedInTheEnd, wrong };
  }
}

/** Where it is sent, among the calls of the ports. */
export function sendingOf({ method }: Way): string {
  return `transport.${method.replace('alipay.', '')}`;
}

function forkChild(): ChildProcess {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(ROOT, '.cache/compile') }; // most of a start is reading sources
  return fork(join(ROOT, 'test/crash/child.ts'), { env, execArgv: ['--disable-warning=ExperimentalWarning'] });
}

export function newPlaces(): Places & { remove: () => void } {
  const { file, remove } = ledgerFolder();
  return { file, vault: join(dirname(file), 'vault'), remove };
}

/** The trail of a file as it lies there, opened by no ledger; none where the kill came before there was one. */
function trailOf(file: string): AuditEntry[] {
  try {
    return existsSync(file) ? readTrail(file) : [];
  } catch (error) {
    if (error instanceof LedgerFault) return [];
    throw error;
  }
}

/** The states of its operations, in their order. */
function statesIn(trail: readonly AuditEntry[]): string[] {
  return [...new Map(trail.map(({ operation, state }) => [operation, state])).values()].filter(
    (state) => state !== undefined,
  );
}
