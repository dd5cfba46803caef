import { MOST_SKEW_MS, type Clock } from '../alipay/clock.ts';
import { RefusedError } from '../alipay/errors.ts';
import type { Ledger } from '../ledger/index.ts';
import { say } from '../text/index.ts';

/** What the gateway said of the time is believed for so long; whoever sets a clock meanwhile is found by the next answer. */
const FRESH_MS = 60_000;

/** Whether this computer's clock can be trusted with days and windows (G9): by the gateway's answers, and by the ledger. */
export class TrustedClock {
  readonly #clock: Clock;
  readonly #ledger: Ledger;
  #skewMs = 0;
  /** By the monotonic clock. */
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, ledger: Ledger) {
    this.#clock = clock;
    this.#ledger = ledger;
  }

  /** The gateway's `Date`, and what this computer's clock said then; both in ms. */
  note(gatewayMs: number, localMs: number): void {
    this.#skewMs = Math.abs(gatewayMs - localMs);
    this.#toldAt = this.#clock.monotonic();
  }

  /** Whether the gateway has told the time lately, and it was this computer's. */
  get isProven(): boolean {
    return !this.#isSkewed && this.#clock.monotonic() - this.#toldAt < FRESH_MS;
  }

  /** Whether whoever has set the clock right meanwhile should be given another chance. */
  get isDoubtful(): boolean {
    return this.#isSkewed || this.#ledger.isAhead;
  }

  /** @throws RefusedError while days and windows cannot be counted; LedgerFault where it is the ledger that is ahead. */
  hold(): void {
    if (this.#isSkewed) {
      const minutes = Math.round(this.#skewMs / 60_000);
      throw new RefusedError(say('guard.clock', { minutes }), say('guard.clock.next'));
    }
    this.#ledger.holdTime();
  }

  get #isSkewed(): boolean {
    return this.#skewMs > MOST_SKEW_MS;
  }
}
