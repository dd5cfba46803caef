import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as Sqlite from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../alipay/clock.ts';
import { SetupError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';
import { COUNTED, LIVE, MOVES } from './states.ts';

/** `DatabaseSync` blocks its thread, so the wait inside SQLite is short; longer waits are asynchronous retries. */
const BUSY_TIMEOUT_MS = 20;
const RETRY_FOR_MS = 5_000;
const SQLITE_BUSY = 5;
const VERSION = 1;

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/**
 * Uniqueness is the database's business: one live operation on a trade or payee, one operation that was ever sent under a
 * number, one deliberate second after an operation – whatever window or process asks.
 */
const SCHEMA = `
  CREATE TABLE operation (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    intent TEXT NOT NULL,
    method TEXT NOT NULL,
    target TEXT NOT NULL,
    fen INTEGER NOT NULL CHECK (fen > 0),
    state TEXT NOT NULL CHECK (state IN (${list(Object.keys(MOVES))})),
    number TEXT,
    digest TEXT,
    biz_content TEXT,
    facts TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '{}',
    why TEXT,
    next TEXT,
    reason TEXT,
    again_after TEXT REFERENCES operation(id),
    owner TEXT NOT NULL,
    caller TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    approved_at INTEGER,
    sent_at INTEGER,
    settled_at INTEGER,
    spent_day TEXT
  ) STRICT;
  CREATE UNIQUE INDEX one_live_per_target ON operation (account, target) WHERE state IN (${list(LIVE)});
  CREATE UNIQUE INDEX one_per_number ON operation (account, method, number)
    WHERE number IS NOT NULL AND state IN ('sending', 'unknown', 'succeeded', 'resolved_by_hand');
  CREATE UNIQUE INDEX one_second ON operation (again_after)
    WHERE again_after IS NOT NULL AND state NOT IN ('denied', 'expired', 'rejected', 'not_executed');
  CREATE INDEX by_intent ON operation (account, intent, proposed_at);
  CREATE INDEX by_day ON operation (account, spent_day) WHERE state IN (${list(COUNTED)});
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    operation TEXT NOT NULL REFERENCES operation(id),
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are never changed'); END;
  CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'events are never deleted'); END;
  PRAGMA user_version = ${VERSION};
`;

/**
 * Opens the ledger's file, for its owner only. Nothing is read or written yet.
 *
 * @throws SetupError where this Node has no SQLite: some editor builds of 2025 left it out, and everything but money-out
 *   must still load there.
 */
export function openDatabase(file: string): DatabaseSync {
  const sqlite = process.getBuiltinModule('node:sqlite') as typeof Sqlite | undefined;
  if (!sqlite) throw new SetupError(say('ledger.no_sqlite'));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const db = new sqlite.DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  chmodSync(file, 0o600); // SQLite gives the -wal and -shm files the mode of the database
  return db;
}

/** Makes it durable: WAL with `synchronous=FULL`, and `fullfsync` where that means something (macOS). */
export function configure(db: DatabaseSync, clock: Clock): Promise<void> {
  return whenFree(clock, () =>
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON;'),
  );
}

/** Creates the schema in a new file. @throws Error for a file of a version this build does not know. */
export function migrate(db: DatabaseSync): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version === VERSION) return;
  if (version !== 0) throw new Error(`the ledger has schema version ${version}; this build knows ${VERSION}`);
  db.exec(SCHEMA);
}

/**
 * Runs `work` in one immediate transaction: all of it or none.
 *
 * @throws what `work` throws, after rolling back; or SQLite's own error when the lock was never free.
 */
export function transact<T>(db: DatabaseSync, clock: Clock, work: () => T): Promise<T> {
  return whenFree(clock, () => transactNow(db, work));
}

/** While another process holds the lock, tries again for some seconds without blocking this thread. */
async function whenFree<T>(clock: Clock, work: () => T): Promise<T> {
  const start = clock.monotonic();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || clock.monotonic() - start > RETRY_FOR_MS) throw error;
      await clock.wait(5 + Math.random() * 20);
    }
  }
}

function transactNow<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;
}
