import { render, t, type Sentence } from '../../text/index.ts';
import type { Ui } from '../ui/ui.ts';

export interface LedgerLockParts {
  readonly ui: Ui;
  /** Shows that the ledger locks money-out, and why; undefined: shows nothing. */
  readonly show: (why: string | undefined) => void;
  /** The person took the message's offer: opens *Review Locked Settings…*. */
  readonly review: () => void;
}

/** Keeps before people's eyes that the ledger cannot be believed or opened, until it can. */
export class LedgerLock {
  readonly #parts: LedgerLockParts;
  #shown: string | undefined;

  constructor(parts: LedgerLockParts) {
    this.#parts = parts;
  }

  /** To be told why no money moves whenever a fault is found in the ledger, and undefined when it was opened. */
  changed(why: Sentence | undefined): void {
    const { ui, show } = this.#parts;
    const what = why && render(ui.locale, why);
    if (what === this.#shown) return;
    this.#shown = what;
    show(what);
    if (what !== undefined) void this.#say(what);
  }

  async #say(what: string): Promise<void> {
    const { ui, review } = this.#parts;
    const isTaken = await ui.tell(t(ui.locale, 'ledger.locked', { what }), t(ui.locale, 'ledger.locked.action'));
    if (isTaken) review();
  }
}
