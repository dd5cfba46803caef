import { SetupError } from '../alipay/errors.ts';
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
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** SQLite's word that a file is damaged becomes a fault; every other error is itself. */
export function asFault(error: unknown): unknown {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
  if (code === SQLITE_ERROR) return new LedgerFault('damaged', say('ledger.altered.schema'));
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB
    ? new LedgerFault('damaged', say('ledger.fault.damaged'))
    : error;
}
