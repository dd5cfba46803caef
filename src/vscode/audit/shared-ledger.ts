import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../alipay/clock.ts';
import {
  acceptAsItIs,
  Ledger,
  LedgerFault,
  readTrail,
  startAnew,
  type AuditEntry,
  type LedgerSeal,
  type Operation,
} from '../../ledger/index.ts';
import type { Examined, LedgerDoor } from './door.ts';

export interface SharedLedgerParts {
  readonly folder: string;
  readonly seal: LedgerSeal;
  readonly clock: Clock;
  /** After each change of this window's. */
  readonly onCommit: () => void;
  /** Closes what works with the ledger, so that the ledger itself can be closed. */
  readonly release: () => Promise<void>;
}

/** The ledger of all windows, opened on first use and kept open; and what a person does about it. */
export class SharedLedger implements LedgerDoor {
  readonly #parts: SharedLedgerParts;
  readonly #file: string;
  #ledger: Promise<Ledger> | undefined;
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
      .catch((error: unknown) => {
        this.#ledger = undefined;
        throw error;
      });
    return this.#ledger;
  }

  /** Lets go of a ledger that something was found in: the next use opens it anew, and says what it is. */
  async recheck(): Promise<void> {
    const ledger = await this.#ledger?.catch(() => undefined);
    if (ledger?.isBroken) await this.#release();
  }

  async close(): Promise<void> {
    const ledger = await this.#ledger?.catch(() => undefined);
    this.#ledger = undefined;
    await ledger?.settled();
    ledger?.close();
  }

  async examine(): Promise<Examined> {
    try {
      await this.recheck();
      return { count: await (await this.open()).verify() };
    } catch (error) {
      if (error instanceof LedgerFault) return { fault: error };
      throw error;
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
