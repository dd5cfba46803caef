import { ProductError, SetupError } from '../alipay/errors.ts';
import { say, type Sentence } from '../text/index.ts';

/** What can be wrong with a ledger's file. */
export type FaultKind =
  /** SQLite cannot read it, or its tables and rules are not ours. */
  | 'damaged'
  /** There was one, and it is gone. */
  | 'missing'
  /** It ends before what the vault remembers, or is of another past. */
  | 'older'
  /** A later version of this product wrote it. */
  | 'newer'
  /** An event or an operation is not what was written. */
  | 'altered'
  /** Its last entry is of a time to come: it was written while the clock was wrong, or the clock is wrong now. */
  | 'ahead'
  /** What would prove it is not where this window looks. */
  | 'no_key';

/** A ledger that cannot be believed: no money moves until a person decides (G8). Its file is left as it is. */
export class LedgerFault extends SetupError {
  readonly kind: FaultKind;

  constructor(kind: FaultKind, sentence: Sentence, next = say('ledger.fault.next')) {
    super(sentence, next);
    this.kind = kind;
  }
}

/** Ends a transaction that has to be done again under the key the file names now. Nobody outside the ledger sees it. */
export class KeyChanged extends Error {
  override readonly name = 'KeyChanged';
}

/** A statement that does not fit the file: a table or column that should be there is not. */
const SQLITE_ERROR = 1;
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_CONSTRAINT = 19;
const SQLITE_NOTADB = 26;

/**
 * What kept a ledger's file from being read becomes a fault: what cannot be read is believed no more than what was altered.
 * Every other error is itself: the product's own words, that others write just now, that a rule of ours does not allow a row,
 * and trouble of the vault.
 */
export function asFault(error: unknown): unknown {
  const sentence = error instanceof Error && !(error instanceof ProductError) ? troubleIn(error) : undefined;
  return sentence ? new LedgerFault('damaged', sentence) : error;
}

function troubleIn(error: Error): Sentence | undefined {
  if ('errcode' in error) return sqliteTrouble(Number(error.errcode) & 0xff, error.message);
  if (!('code' in error)) return undefined;
  if (error.code === 'ERR_OUT_OF_RANGE') return say('ledger.altered.number');
  return 'syscall' in error ? say('ledger.fault.unusable', { what: String(error.code) }) : undefined;
}

function sqliteTrouble(code: number, what: string): Sentence | undefined {
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_CONSTRAINT:
      return undefined;
    case SQLITE_ERROR:
      return say('ledger.altered.schema');
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return say('ledger.fault.damaged');
    default:
      return say('ledger.fault.unusable', { what });
  }
}
