import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { AlipayClient } from '../../src/alipay/client.ts';
import { RefusedError, SetupError } from '../../src/alipay/errors.ts';
import { formatYuan } from '../../src/alipay/money.ts';
import type { Proposal } from '../../src/guard/proposal.ts';
import { LedgerFault, readTrail, type AuditEntry } from '../../src/ledger/index.ts';
import { MERCHANT_ID } from '../../src/sandbox/identity.ts';
import { sandboxKeyTexts, startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { render } from '../../src/text/index.ts';
import { refund, sharedKeys } from '../support/desk.ts';
import { ledgerFolder } from '../support/ledgers.ts';
import type { Order, Word } from './child.ts';
import { clientOf, WiredGuard, type App, type Loss, type Places } from './parts.ts';
import { Tripwire, type KillPoint } from './tripwire.ts';

/** One of the ways a process goes that is killed. */
export interface Way {
  readonly method: Proposal['method'];
  readonly loss?: Loss;
  /** It is the next start that is killed, after one that was killed on this side of the sending. */
  readonly restart?: KillPoint['when'];
}

/** A point, or a moment: ms after it began. */
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

interface State {
  readonly balances: Readonly<Record<string, string>>;
  readonly trades: readonly { out_trade_no: string; refund_fee: string }[];
  readonly transfers: readonly { order_title: string }[];
}

interface Subject {
  readonly proposal: Proposal;
  readonly fen: number;
  /** How often its money has moved, by the sandbox. */
  readonly moved: () => Promise<number>;
}

const ROOT = resolve(import.meta.dirname, '../..');
const ORDER_FEN = 2_990;
const REFUND_FEN = 1_550;
/** Longer than any child takes on any machine. */
const CHILD_MS = 60_000;
const PAYEE = { identity: '2088621000001002', identityType: 'ALIPAY_USER_ID', name: undefined };
/** Nobody may act on these any more once the next start has asked. */
const LIVE = ['proposed', 'approved', 'sending', 'unknown'];

/** One sandbox, and processes over it that are killed, each with a ledger of its own. */
export class CrashSite {
  readonly #sandbox: Sandbox;
  readonly #app: App;
  readonly #client: AlipayClient;
  /** A process that has loaded everything and waits for its order. */
  #spare: ChildProcess | undefined;
  #number = 0;
  /** What the seller's balance must have changed by, in fen. */
  #expected = 0;
  #balance = 0;

  private constructor(sandbox: Sandbox, app: App) {
    this.#sandbox = sandbox;
    this.#app = app;
    this.#client = clientOf(app);
  }

  static async open(): Promise<CrashSite> {
    const keys = await sharedKeys();
    const sandbox = await startSandbox({ database: ':memory:', seed: 'empty', keys });
    const { certAppPrivateKey, appCert, alipayCert, rootCert } = sandboxKeyTexts(keys);
    const texts = { certAppPrivateKey, appCert, alipayCert, rootCert };
    const site = new CrashSite(sandbox, { gateway: sandbox.gateway, appId: sandbox.certAppId, texts });
    site.#balance = await site.#balanceOfSeller();
    return site;
  }

  async close(): Promise<void> {
    this.#spare?.kill('SIGKILL');
    await this.#sandbox.close();
  }

  /** Goes one way undisturbed. @returns every call through the ports, in order, and how long it took, ms. */
  async goThrough(way: Way): Promise<{ passed: readonly string[]; ms: number }> {
    const places = newPlaces();
    try {
      const subject = await this.#subject(way.method);
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
      const subject = await this.#subject(way.method);
      const order = await this.#orderOn(way, places, subject);
      const isMoment = typeof when === 'number';
      const word = await this.#run(isMoment ? order : { ...order, point: when }, isMoment ? when : undefined);
      return await this.#examine(way, when, places, subject, isMoment || word?.kind !== 'ends');
    } finally {
      places.remove();
    }
  }

  /** What is wrong with the sandbox's books: the seller's balance is what the orders, refunds and transfers make it. */
  async wrongBalance(): Promise<string[]> {
    const change = (await this.#balanceOfSeller()) - this.#balance;
    return change === this.#expected ? [] : [`the seller’s balance moved by ${change} fen, not by ${this.#expected}`];
  }

  /** The order whose process is to be killed; on the way there another one may be. */
  async #orderOn(way: Way, places: Places, { proposal }: Subject): Promise<Order> {
    const { loss, restart } = way;
    const order: Order = { app: this.#app, places, proposal, loss, point: undefined };
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
      const guard = await WiredGuard.open(this.#app, places, wire);
      await guard.recover();
      moved = await subject.moved();
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
      movedInTheEnd = await subject.moved();
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
    this.#expected -= movedInTheEnd * subject.fen;
    const last = (trail: readonly AuditEntry[]): string => statesIn(trail).at(-1) ?? 'nothing';
    return { way, when, killed, left: last(left), found: last(found), moved, movedInTheEnd, wrong };
  }

  /** A trade that its buyer has paid, or a payee; no other kill touches it. */
  async #subject(method: Proposal['method']): Promise<Subject> {
    this.#number += 1;
    const name = `CRASH${this.#number}`;
    if (method === 'alipay.fund.trans.uni.transfer') {
      const proposal = { method, fen: 100, payee: PAYEE, orderTitle: name, remark: undefined, againAfter: undefined };
      const moved = async (): Promise<number> =>
        (await this.#state()).transfers.filter(({ order_title }) => order_title === name).length;
      return { proposal, fen: proposal.fen, moved };
    }
    const bizContent = { out_trade_no: name, total_amount: formatYuan(ORDER_FEN), subject: '手冲壶' };
    await this.#client.send(this.#client.prepare({ method: 'alipay.trade.precreate', bizContent }));
    await this.#admin('POST', `/trades/${name}/pay`);
    this.#expected += ORDER_FEN;
    const fen = method === 'alipay.trade.cancel' ? ORDER_FEN : REFUND_FEN;
    const trade = { out_trade_no: name };
    const proposal: Proposal =
      method === 'alipay.trade.cancel' ? { method, trade, againAfter: undefined } : refund({ trade, fen });
    const moved = async (): Promise<number> => {
      const { trades } = await this.#state();
      const fee = trades.find(({ out_trade_no }) => out_trade_no === name)?.refund_fee;
      return Math.round(Number(fee) * 100) / fen; // a part of it would be no whole number
    };
    return { proposal, fen, moved };
  }

  #state(): Promise<State> {
    return this.#admin<State>('GET', '/state');
  }

  async #balanceOfSeller(): Promise<number> {
    return Math.round(Number((await this.#state()).balances[MERCHANT_ID]) * 100);
  }

  async #admin<T>(method: string, path: string): Promise<T> {
    const headers = { authorization: `Bearer ${this.#sandbox.adminToken}` };
    const response = await fetch(`${this.#sandbox.admin}${path}`, { method, headers });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
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

function newPlaces(): Places & { remove: () => void } {
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
