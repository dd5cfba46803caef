/**
 * A process that makes one guarded call, or takes up what an earlier one left, and is killed on the way: at a point of its
 * order by its own tripwire, or by its parent. Forked by path; it gets its order in a message.
 */
import type { Proposal } from '../../src/guard/proposal.ts';
import { WiredGuard, type App, type Loss, type Places } from './parts.ts';
import { Tripwire, type KillPoint } from './tripwire.ts';

export interface Order {
  readonly app: App;
  readonly places: Places;
  /** Undefined: only what an earlier process left is asked about. */
  readonly proposal: Proposal | undefined;
  readonly loss: Loss | undefined;
  readonly point: KillPoint | undefined;
}

export type Word =
  /** The ledger is open: what takes longest is over, and money may come. */
  | { readonly kind: 'begins' }
  /** It got through: every call that was made, and how long it took from there, ms. */
  | { readonly kind: 'ends'; readonly passed: readonly string[]; readonly ms: number };

process.once('message', (order: Order) => void obey(order));
process.once('disconnect', () => process.exit()); // nobody is left to kill it

async function obey({ app, places, proposal, loss, point }: Order): Promise<void> {
  const wire = new Tripwire(point);
  const guard = await WiredGuard.open(app, places, wire, { loss });
  tell({ kind: 'begins' });
  const start = performance.now();
  await guard.recover();
  if (proposal) await guard.execute(proposal);
  await guard.close();
  tell({ kind: 'ends', passed: wire.passed, ms: performance.now() - start });
}

function tell(word: Word): void {
  process.send?.(word);
}
