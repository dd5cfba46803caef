import type { SQLOutputValue } from 'node:sqlite';
import { formatBeijing } from '../alipay/beijing-time.ts';
import { formatYuan } from '../alipay/money.ts';
import { asFault } from './fault.ts';
import { SEALED } from './links.ts';
import { MOVES } from './states.ts';

/** What happened. The states an operation moved to, and what is no move. */
const EVENTS = [...Object.keys(MOVES), 'shown', 'resent', 'adopted', 'carried'];
/** What vouched for everything before it, by why it did. */
const SEALS = ['new', 'carried forward', 'started anew', 'accepted'];

/**
 * One entry of the audit trail. These fields are all there is: no request, answer, key, token or free text of an agent has
 * a place in it, so none can get out with it.
 */
export interface AuditEntry {
  readonly seq: number;
  /** `yyyy-MM-dd HH:mm:ss`. */
  readonly beijing_time: string;
  /** One of the product's own words; `?` for one it does not know. */
  readonly event: string;
  /** The rest is about the operation, and is not there in an entry about the ledger itself. */
  readonly operation?: string;
  readonly account?: string;
  readonly method?: string;
  /** The trade's number, or the payee. */
  readonly target?: string;
  /** In yuan; `?` for an amount that is none. */
  readonly amount?: string;
  readonly number?: string;
  /** The state the operation is in now. */
  readonly state?: string;
  /** How the client that asked calls itself. */
  readonly caller?: string;
  /** A person's own words with a denial, or with *Resolve by Hand*. */
  readonly reason?: string;
}

/** Longer words are no names or reasons. */
const MOST_LETTERS = 200;

/**
 * Reads the trail as it lies in the file, oldest first, without believing it: that is for the verification to say.
 *
 * @throws LedgerFault when it cannot be read.
 */
export function readTrail(file: string): AuditEntry[] {
  const sqlite = process.getBuiltinModule('node:sqlite');
  try {
    const db = new sqlite.DatabaseSync(file, { readOnly: true, timeout: 2_000 });
    try {
      const rows =
        db.prepare(`SELECT seq, at, kind, detail, operation.id, account, method, target, fen, number, state, caller, reason
        FROM event LEFT JOIN operation ON operation.id = event.operation ORDER BY seq`);
      rows.setReadBigInts(true); // numbers this product cannot have written are shown as well
      return rows.all().map(entryOf);
    } finally {
      db.close();
    }
  } catch (error) {
    throw asFault(error);
  }
}

/** When (Beijing time) a person last went on with a ledger that was not as it was written; undefined where nobody did. */
export function acceptedAt(entries: readonly AuditEntry[]): string | undefined {
  return entries.findLast(({ event }) => event === 'accepted')?.beijing_time;
}

function entryOf(row: Record<string, SQLOutputValue>): AuditEntry {
  const kind = String(row['kind']);
  const [at, fen] = [Number(row['at']), Number(row['fen'])];
  const detail = detailOf(String(row['detail']));
  const said = typeof detail['reason'] === 'string' ? detail['reason'] : undefined;
  const entry = {
    seq: Number(row['seq']),
    beijing_time: Math.abs(at) < 8e15 ? formatBeijing(at) : '?',
    event: eventOf(kind, detail),
  };
  if (typeof row['id'] !== 'string') return entry;
  return {
    ...entry,
    operation: row['id'],
    account: String(row['account']),
    method: String(row['method']),
    target: String(row['target']),
    amount: Number.isSafeInteger(fen) ? formatYuan(fen) : '?',
    ...(typeof row['number'] === 'string' ? { number: row['number'] } : {}),
    state: String(row['state']),
    caller: String(row['caller']).slice(0, MOST_LETTERS),
    ...(said === undefined ? {} : { reason: said.slice(0, MOST_LETTERS) }),
  };
}

function eventOf(kind: string, { why }: Readonly<Record<string, unknown>>): string {
  if (kind === SEALED) return SEALS.find((word) => word === why) ?? '?';
  return EVENTS.includes(kind) ? kind : '?';
}

function detailOf(json: string): Readonly<Record<string, unknown>> {
  try {
    const detail: unknown = JSON.parse(json);
    return typeof detail === 'object' && detail !== null ? { ...detail } : {};
  } catch {
    return {}; // somebody wrote over it; the verification says so
  }
}
