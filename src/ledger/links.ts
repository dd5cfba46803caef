import { createHash, createHmac } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

/** One event as it lies in the file. */
export interface Link {
  readonly seq: number;
  /** Ledger time, ms. */
  readonly at: number;
  /** Undefined for events about the ledger itself. */
  readonly operation: string | undefined;
  readonly kind: string;
  /** JSON. */
  readonly detail: string;
  /** Digest of the operation as this event left it. */
  readonly row: string | undefined;
  /** In hex; empty in what version 1 wrote. */
  readonly mac: string;
}

/** The kind of the event that vouches for everything before it: of a new chain, or of a person's decision. */
export const SEALED = 'sealed';

export function linkOf(row: Record<string, SQLOutputValue>): Link {
  const text = (name: string): string | undefined => (typeof row[name] === 'string' ? row[name] : undefined);
  return {
    seq: Number(row['seq']),
    at: Number(row['at']),
    operation: text('operation'),
    kind: String(row['kind']),
    detail: String(row['detail']),
    row: text('row'),
    mac: String(row['mac']),
  };
}

/** Under which name the file says its key is kept. */
export function keyNameIn(db: DatabaseSync): string | undefined {
  const name = db.prepare('SELECT key FROM chain').get()?.['key'];
  return typeof name === 'string' ? name : undefined;
}

/** HMAC-SHA-256, in hex, over an event and the MAC before it. */
export function macOf(key: Buffer, link: Omit<Link, 'mac'>, before: string): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([before, contentOf(link)]))
    .digest('hex');
}

export function contentOf({ seq, at, operation, kind, detail, row }: Omit<Link, 'mac'>): unknown[] {
  return [seq, at, operation ?? null, kind, detail, row ?? null];
}

/** SHA-256, in hex, over every column of an operation: what an event vouches for. */
export function digestOf(row: Record<string, SQLOutputValue>): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(row)))
    .digest('hex');
}

/** How SQLite itself declares where it keeps the numbers of AUTOINCREMENT. */
const SEQUENCE = 'CREATE TABLE sqlite_sequence(name,seq)';

/**
 * SHA-256, in hex, over tables, indexes and triggers: without them uniqueness and append-only are only words. Whatever has
 * words of SQL counts, whatever it is called: SQLite obeys the words alone, and left out is only its own table, word for
 * word.
 */
export function schemaOf(db: DatabaseSync): string {
  const rows = db
    .prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND sql <> ? ORDER BY name')
    .all(SEQUENCE);
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}
