import { MOST_SKEW_MS, type Clock } from '../alipay/clock.ts';
import { RefusedError } from '../alipay/errors.ts';
import type { Ledger } from '../ledger/index.ts';
import { say } from '../text/index.ts';

/** What the gateway said of the time is believed for so long, where nobody has set the clock since. */
const FRESH_MS = 60_000;

/** Whether this computer's clock can be trusted with days and windows (G9): by the gateway's answers, and by the ledger. */
export class TrustedClock {
  readonly #clock: Clock;
  readonly #ledger: Ledger;
  #skewMs = 0;
  /** When the gateway told the time last, by both clocks. */
  #told: { readonly wall: number; readonly monotonic: number } | undefined;

  constructor(clock: Clock, ledger: Ledger) {
    this.#clock = clock;
    this.#ledger = ledger;
  }

  /** The gateway's `Date`, and what this computer's clock said then; both in ms. */
  note(gatewayMs: number, localMs: number): void {
    this.#skewMs = Math.abs(gatewayMs - localMs);
    this.#told = { wall: this.#clock.now(), monotonic: this.#clock.monotonic() };
  }

  /** Whether the gateway has told the time lately, and it still is this computer's. */
  get isProven(): boolean {
    if (!this.#told || this.#isSkewed) return false;
    const moved = Math.abs(this.#clock.now() - this.#told.wall);
    return this.#clock.monotonic() - this.#told.monotonic < FRESH_MS && moved <= MOST_SKEW_MS;
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
