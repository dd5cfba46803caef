import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { readAmount } from '../../src/alipay/money.ts';
import { readTrail, type AuditEntry, type Limits } from '../../src/ledger/index.ts';
import { Books } from './books.ts';
import { WiredGuard } from './parts.ts';
import type { RaceAnswer, RaceOrder, RaceWord } from './racer.ts';
import { newPlaces } from './site.ts';
import { Tripwire } from './tripwire.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const AMPLE = 10_000_000;
/** Of five intents, one is a refund. */
const REFUND_EVERY = 5;

export interface RacePlan {
  readonly processes: number;
  readonly calls: number;
  /** How many different things are asked for. */
  readonly intents: number;
  /** Of each. */
  readonly fen: number;
  readonly perDay: number;
}

/** What came of a race. */
export interface Race {
  /** For each intent: how often its money moved by the sandbox, and what its callers were told. */
  readonly intents: readonly { readonly moved: number; readonly answers: readonly RaceAnswer[] }[];
  /** How often each call on the ledger came back, in all processes. */
  readonly returned: Readonly<Record<string, number>>;
  readonly trail: readonly AuditEntry[];
  /** How many events the chain has, as it is verified afterwards. */
  readonly events: number;
  /** What is wrong with the seller's balance. */
  readonly balance: readonly string[];
}

/** Has several processes make guarded calls on one ledger, all at once and in no order, until each call has its answer. */
export async function race({ processes, calls, intents, fen, perDay }: RacePlan): Promise<Race> {
  const books = await Books.open();
  const places = newPlaces();
  const racers = Array.from({ length: processes }, forkRacer);
  try {
    const subjects = await Promise.all(
      Array.from({ length: intents }, (_, index) =>
        books.subject(index % REFUND_EVERY === 0 ? 'alipay.trade.refund' : 'alipay.fund.trans.uni.transfer', fen),
      ),
    );
    const order = shuffled(Array.from({ length: calls }, (_, index) => index % intents));
    const shares = racers.map((_, number) => order.filter((_intent, index) => index % processes === number));
    const limits: Limits = { perOperation: AMPLE, perDay, perPayee: AMPLE };
    const proposalOf = (intent: number) => subjects.slice(intent, intent + 1).map(({ proposal }) => proposal);
    await Promise.all(
      racers.map((racer, number) => {
        const proposals = (shares[number] ?? []).flatMap(proposalOf);
        return hear(racer, { app: books.app, places, limits, proposals } satisfies RaceOrder);
      }),
    );
    const words = await Promise.all(racers.map((racer) => hear(racer, 'go')));
    const answers = new Map<number, RaceAnswer[]>();
    const returned: Record<string, number> = {};
    for (const [number, word] of words.entries()) {
      if (word.kind !== 'over') throw new Error('it was to race');
      for (const [index, answer] of word.answers.entries()) {
        const intent = shares[number]?.[index] ?? -1;
        answers.set(intent, [...(answers.get(intent) ?? []), answer]);
      }
      count(returned, Object.entries(word.returned));
    }
    const wire = new Tripwire(undefined);
    const guard = await WiredGuard.open(books.app, places, wire, { limits });
    await guard.recover();
    const events = await guard.verify();
    await guard.close();
    count(returned, wire.returned);
    const state = await books.state();
    const moved = subjects.map((subject) => subject.moved(state));
    books.expectSpent(fen * moved.reduce((sum, times) => sum + times, 0));
    return {
      intents: moved.map((times, intent) => ({ moved: times, answers: answers.get(intent) ?? [] })),
      returned,
      trail: readTrail(places.file),
      events,
      balance: await books.wrongBalance(),
    };
  } finally {
    for (const racer of racers) racer.kill('SIGKILL');
    await books.close();
    places.remove();
  }
}

/** The most that counted at once against the limit of a day, in fen, for each Beijing day there was. */
export function mostCounted(trail: readonly AuditEntry[]): number[] {
  const days = new Map<string, { now: number; most: number }>();
  const dayOf = new Map<string, { now: number; most: number }>();
  for (const { event, operation = '', amount = '', beijing_time } of trail) {
    const fen = readAmount(amount) ?? 0;
    const day = dayOf.get(operation);
    if (event === 'approved') {
      const today = days.get(beijing_time.slice(0, 10)) ?? { now: 0, most: 0 };
      today.now += fen;
      today.most = Math.max(today.most, today.now);
      days.set(beijing_time.slice(0, 10), today);
      dayOf.set(operation, today);
    } else if (day && ['expired', 'rejected', 'not_executed'].includes(event)) {
      day.now -= fen;
    }
  }
  return [...days.values()].map(({ most }) => most);
}

function count(sum: Record<string, number>, more: Iterable<[string, number]>): void {
  for (const [call, times] of more) sum[call] = (sum[call] ?? 0) + times;
}

function forkRacer(): ChildProcess {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(ROOT, '.cache/compile') };
  return fork(join(ROOT, 'test/crash/racer.ts'), { env, execArgv: ['--disable-warning=ExperimentalWarning'] });
}

/** Tells a process something, and hears its next word. @throws when it ends instead */
async function hear(racer: ChildProcess, word: RaceOrder | 'go'): Promise<RaceWord> {
  const end = new AbortController();
  const { signal } = end;
  try {
    const next = Promise.race([
      once(racer, 'message', { signal }),
      once(racer, 'exit', { signal }).then(([code]) => Promise.reject(new Error(`a process ended with ${code}`))),
    ]);
    racer.send(word);
    const [heard] = (await next) as [RaceWord];
    return heard;
  } finally {
    end.abort();
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  const keyed = list.map((one) => ({ one, key: Math.random() }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ one }) => one);
}
