/**
 * One of several processes that make guarded calls on one ledger at the same time. Forked by path; its order comes in a
 * message, and when all have opened the ledger, another one lets it go.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { RefusedError } from '../../src/alipay/errors.ts';
import type { Proposal } from '../../src/guard/proposal.ts';
import type { Limits } from '../../src/ledger/index.ts';
import { WiredGuard, type App, type Places } from './parts.ts';
import { Tripwire } from './tripwire.ts';

export interface RaceOrder {
  readonly app: App;
  readonly places: Places;
  readonly limits: Limits;
  readonly proposals: readonly Proposal[];
}

/** How one call ended for its client. */
export interface RaceAnswer {
  /** `limit`: it left no room. `left`: the client's patience was at an end before the outcome was definite. */
  readonly status: 'succeeded' | 'already_done' | 'limit' | 'left';
  readonly operationId: string | undefined;
}

export type RaceWord =
  | { readonly kind: 'ready' }
  /** The answers in the order of the proposals, and how often each call on the ledger came back. */
  | {
      readonly kind: 'over';
      readonly answers: readonly RaceAnswer[];
      readonly returned: Readonly<Record<string, number>>;
    };

/** Calls of this process under way at once, each of a client of its own. */
const AT_ONCE = 2;
const PATIENCE_MS = 60_000;
const AGAIN_MS = 50;

process.once('message', (order: RaceOrder) => void race(order));
process.once('disconnect', () => process.exit()); // nobody is left to hear it

async function race({ app, places, limits, proposals }: RaceOrder): Promise<void> {
  const wire = new Tripwire(undefined);
  const guard = await WiredGuard.open(app, places, wire, { limits });
  const go = new Promise((resolve) => process.once('message', resolve));
  tell({ kind: 'ready' });
  await go;
  const answers: RaceAnswer[] = [];
  const waiting = [...proposals.entries()];
  const lane = async (_value: unknown, number: number): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, proposal] = next;
      answers[index] = await callUntilDefinite(guard, proposal, `client ${number}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }).map(lane));
  await guard.close();
  tell({ kind: 'over', answers, returned: Object.fromEntries(wire.returned) });
}

/** As a client does that wants to know: it asks again while another process or operation is in its way. */
async function callUntilDefinite(guard: WiredGuard, proposal: Proposal, clientId: string): Promise<RaceAnswer> {
  const start = performance.now();
  while (performance.now() - start < PATIENCE_MS) {
    const settled = await guard.execute(proposal, undefined, clientId).catch(refusal);
    if (typeof settled === 'string') {
      if (settled.startsWith('limit.')) return { status: 'limit', operationId: undefined };
    } else if (settled.status === 'succeeded' || settled.status === 'already_done') {
      return { status: settled.status, operationId: settled.operationId };
    }
    await wait(AGAIN_MS);
  }
  return { status: 'left', operationId: undefined };
}

/** Why it was refused: also that the ledger was the others' all the time, on a slow machine. */
function refusal(error: unknown): string {
  if (error instanceof RefusedError) return error.sentence.key;
  throw error;
}

function tell(word: RaceWord): void {
  process.send?.(word);
}
