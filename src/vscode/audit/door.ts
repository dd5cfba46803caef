import type { AuditEntry, LedgerFault, Operation } from '../../ledger/index.ts';
import type { Ui } from '../ui/ui.ts';

/** How many events were found as they were written, or what is wrong. */
export type Examined = { readonly count: number } | { readonly fault: LedgerFault };

/** What commands may do with the ledger: read it, and write down what a person has decided. Nothing here sends. */
export interface LedgerDoor {
  examine(): Promise<Examined>;
  /** Oldest first, as it lies in the file. */
  trail(): readonly AuditEntry[];
  /** Of every account. */
  inDoubt(): Promise<readonly Operation[]>;
  /** @throws RefusedError when it is no longer in doubt. */
  resolveByHand(id: string, reason: string): Promise<void>;
  /** Goes on with the ledger as it stands. */
  accept(): Promise<void>;
  /** Sets it aside and begins a new one. @returns the name the old one has now. */
  startAnew(): Promise<string | undefined>;
}

export interface AuditDesk {
  readonly ui: Ui;
  readonly ledger: LedgerDoor;
}
