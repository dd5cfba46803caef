import type { Clock } from '../../alipay/clock.ts';
import { t } from '../../text/index.ts';
import type { Ui } from '../ui/ui.ts';
import type { Glance } from './glance.ts';

/** What settles by itself within this time is not worth a message, in ms. */
const CALM_MS = 2_000;

export interface InDoubtParts {
  readonly ui: Ui;
  readonly clock: Clock;
  /** The ledger as it is now. */
  readonly glance: () => Glance | undefined;
  /** Shows how many are in doubt; 0: shows nothing. */
  readonly show: (count: number) => void;
  /** The person took the message's offer: opens *Resolve by Hand…*. */
  readonly resolve: () => void;
}

/** Keeps operations in doubt before people's eyes until they are settled. */
export class InDoubt {
  readonly #parts: InDoubtParts;
  readonly #end = new AbortController();
  #shown = 0;
  #isWaiting = false;

  constructor(parts: InDoubtParts) {
    this.#parts = parts;
  }

  /** To be told of each change of the ledger, and whenever another window may have changed it. */
  changed(): void {
    if (!this.#isWaiting) void this.#later();
  }

  /** Looks at once. */
  look(): Glance | undefined {
    const glance = this.#parts.glance();
    if (!glance) return undefined;
    const [before, count] = [this.#shown, glance.inDoubt];
    this.#shown = count;
    this.#parts.show(count);
    if (count > before) void this.#say(count);
    else if (count < before) void this.#parts.ui.tell(t(this.#parts.ui.locale, 'in_doubt.fewer', { count }));
    return glance;
  }

  dispose(): void {
    this.#end.abort();
  }

  async #later(): Promise<void> {
    this.#isWaiting = true;
    try {
      await this.#parts.clock.wait(CALM_MS, this.#end.signal);
      this.#isWaiting = false;
      this.look();
    } catch {
      // disposed
    }
  }

  async #say(count: number): Promise<void> {
    const { ui, resolve } = this.#parts;
    const isTaken = await ui.tell(t(ui.locale, 'in_doubt.some', { count }), t(ui.locale, 'in_doubt.action'));
    if (isTaken) resolve();
  }
}
