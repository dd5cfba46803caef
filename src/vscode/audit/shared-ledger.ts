import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../alipay/clock.ts';
import { ProductError } from '../../alipay/errors.ts';
import {
  acceptAsItIs,
  Ledger,
  LedgerFault,
  readTrail,
  startAnew,
  type AuditEntry,
  type Head,
  type LedgerSeal,
  type Operation,
} from '../../ledger/index.ts';
import { say, type Sentence } from '../../text/index.ts';
import type { Examined, LedgerDoor } from './door.ts';

export interface SharedLedgerParts {
  readonly folder: string;
  readonly seal: LedgerSeal;
  readonly clock: Clock;
  /** After each change of this window's. */
  readonly onCommit: () => void;
  /** After each opening and each fault that verifying finds: why no money moves, or undefined when it was opened. */
  readonly onLock: (why: Sentence | undefined) => void;
  /** Closes what works with the ledger, so that the ledger itself can be closed. */
  readonly release: () => Promise<void>;
}

/** The ledger of all windows, opened on first use and kept open; and what a person does about it. */
export class SharedLedger implements LedgerDoor {
  readonly #parts: SharedLedgerParts;
  readonly #file: string;
  #ledger: Promise<Ledger> | undefined;
  #isLocked = false;
  /** The end of what this window last had open: a file without it is another one, until a person has decided. */
  #seen: Head | undefined;
  /** Resolves when no decision of a person's is being carried out. */
  #deciding: Promise<void> = Promise.resolve();

  constructor(parts: SharedLedgerParts) {
    this.#parts = parts;
    this.#file = join(parts.folder, 'ledger.sqlite');
  }

  /** @throws LedgerFault when it cannot be believed; the next call looks again, as it may have been decided elsewhere. */
  open(): Promise<Ledger> {
    const { clock, seal, onCommit } = this.#parts;
    this.#ledger ??= this.#deciding
      .then(() => Ledger.open(this.#file, clock, seal, onCommit))
      .then((ledger) => this.#withSeen(ledger))
      .then(
        (ledger) => {
          this.#lock(undefined);
          return ledger;
        },
        (error: unknown) => {
          this.#ledger = undefined;
          this.#lock(lockOf(error));
          throw error;
        },
      );
    return this.#ledger;
  }

  /**
   * Lets go of a ledger that something was found in: the next use opens it anew, and says what it is.
   *
   * @returns whether it did.
   */
  async recheck(): Promise<boolean> {
    const ledger = await this.#ledger?.catch(() => undefined);
    const isBroken = ledger?.isBroken ?? false;
    if (isBroken) await this.#release();
    return isBroken;
  }

  /**
   * Looks whether what is known of it still holds: it may have been found broken, removed or replaced since, or another
   * window's person may have decided. What is not open and was not locked stays closed.
   */
  async look(): Promise<void> {
    if ((await this.recheck()) || this.#isLocked) await this.open().catch(() => undefined);
  }

  async close(): Promise<void> {
    const ledger = await this.#ledger?.catch(() => undefined);
    this.#ledger = undefined;
    await ledger?.settled();
    this.#seen = ledger?.head ?? this.#seen;
    ledger?.close();
  }

  async examine(): Promise<Examined> {
    try {
      await this.recheck();
      return { count: await (await this.open()).verify() };
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      this.#lock(error.sentence);
      return { fault: error };
    }
  }

  trail(): AuditEntry[] {
    return existsSync(this.#file) ? readTrail(this.#file) : [];
  }

  async inDoubt(): Promise<readonly Operation[]> {
    await this.recheck();
    return existsSync(this.#file) ? (await this.open()).inDoubt() : [];
  }

  async resolveByHand(id: string, reason: string): Promise<void> {
    await (await this.open()).move(id, 'resolved_by_hand', { reason });
  }

  accept(): Promise<void> {
    return this.#decide(() => acceptAsItIs(this.#file, this.#parts.clock, this.#parts.seal));
  }

  startAnew(): Promise<string | undefined> {
    return this.#decide(() => startAnew(this.#file, this.#parts.clock, this.#parts.seal));
  }

  /** Closes a ledger that lacks what this window has recorded: the vault may have come to know it by another window. */
  #withSeen(ledger: Ledger): Ledger {
    if (!this.#seen || ledger.holds(this.#seen)) return ledger;
    const args = { known: this.#seen.count, count: ledger.head.count };
    ledger.close();
    throw new LedgerFault('older', say('ledger.fault.older', args));
  }

  #lock(why: Sentence | undefined): void {
    this.#isLocked = why !== undefined;
    this.#parts.onLock(why);
  }

  /** Whoever opens the ledger meanwhile waits until it is what the person decided. */
  async #decide<Result>(act: () => Promise<Result>): Promise<Result> {
    await this.#release();
    const deciding = act();
    this.#deciding = deciding.then(
      () => undefined,
      () => undefined,
    );
    return deciding;
  }

  async #release(): Promise<void> {
    await this.#parts.release();
    await this.close();
  }
}

/** The sentence for whatever kept a ledger from opening: money-out is locked by all of it. */
export function lockOf(error: unknown): Sentence {
  return error instanceof ProductError ? error.sentence : say('ledger.unusable');
}
