import { say } from '../text/index.ts';
import { LedgerFault } from './fault.ts';

/** The end of the chain as it was last told to the vault. */
export interface Head {
  /** Counts a person's decisions about a broken ledger: a head of an earlier one says nothing about what came after. */
  readonly epoch: number;
  /** How many events the chain has; they are numbered from 1. */
  readonly count: number;
  /** The MAC of the last of them, in hex. */
  readonly mac: string;
}

/** The key of a chain, under the name it is found by. */
export interface ChainKey {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * What makes a ledger tamper-evident, kept where whoever edits the ledger's file does not reach. Handed in by the roots:
 * the vault in VS Code, a file beside the ledger on stdio.
 */
export interface LedgerSeal {
  /** Makes a fresh key of 32 random bytes and keeps it. */
  makeKey(): Promise<ChainKey>;
  /** Undefined where this window sees no such key. */
  readKey(name: string): Promise<Buffer | undefined>;
  readHead(): Promise<Head | undefined>;
  writeHead(head: Head): Promise<void>;
}

/** The head a text holds. @throws LedgerFault when it holds none: then nobody can tell whether a ledger is the latest. */
export function headOf(text: string): Head {
  try {
    const head = JSON.parse(text) as Head;
    const { epoch, count, mac } = head;
    if (Number.isSafeInteger(epoch) && Number.isSafeInteger(count) && typeof mac === 'string') return head;
  } catch {
    // not even JSON
  }
  throw new LedgerFault('no_key', say('ledger.fault.no_head'));
}

/** Writes heads behind the commits, the newest only, and never one that is behind the one that is kept. */
export class HeadKeeper {
  readonly #seal: LedgerSeal;
  #next: Head | undefined;
  #writing: Promise<void> | undefined;

  constructor(seal: LedgerSeal) {
    this.#seal = seal;
  }

  note(head: Head): void {
    this.#next = head;
    this.#writing ??= this.#write();
  }

  /** Resolves when nothing is left to write. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #write(): Promise<void> {
    for (let head = this.#next; head; head = this.#next) {
      this.#next = undefined;
      try {
        const kept = await this.#seal.readHead();
        if (!kept || isAhead(head, kept)) await this.#seal.writeHead(head);
      } catch {
        // A head left behind only shows less of a cut tail; the next commit writes a newer one.
      }
    }
    this.#writing = undefined;
  }
}

function isAhead(head: Head, kept: Head): boolean {
  return head.epoch === kept.epoch ? head.count > kept.count : head.epoch > kept.epoch;
}
