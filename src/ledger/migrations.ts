import type { DatabaseSync } from 'node:sqlite';
import { say } from '../text/index.ts';
import { LedgerFault } from './fault.ts';
import { schemaOf } from './links.ts';
import { COUNTED, LIVE, MOVES } from './states.ts';

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/**
 * Uniqueness is the database's business: one live operation on a trade or payee, one operation that was ever sent under a
 * number, one deliberate second after an operation – whatever window or process asks.
 */
const OPERATIONS = `
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
`;

const EVENTS = `
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    operation TEXT NOT NULL REFERENCES operation(id),
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
`;

const EVENTS_STAY = `
  CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are never changed'); END;
  CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'events are never deleted'); END;
`;

/**
 * From version 1 on, events are a chain: `row` is the digest of the operation as the event left it, `mac` covers the event
 * and the MAC before it. Events of version 1 have neither; the seal that follows them covers them as they are. What was
 * resolved by hand may be approved again under its number: had it arrived after all, Alipay would do the two once.
 */
const CHAINED = `
  DROP TRIGGER event_stays;
  DROP TRIGGER event_remains;
  ALTER TABLE event RENAME TO event_1;
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    operation TEXT REFERENCES operation(id),
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    row TEXT,
    mac TEXT NOT NULL
  ) STRICT;
  INSERT INTO event (seq, at, operation, kind, detail, row, mac)
    SELECT seq, at, operation, kind, detail, NULL, '' FROM event_1 ORDER BY seq;
  DROP TABLE event_1;
  DROP INDEX one_per_number;
  CREATE UNIQUE INDEX one_per_number ON operation (account, method, number)
    WHERE number IS NOT NULL AND state IN ('sending', 'unknown', 'succeeded');
  CREATE INDEX event_of ON event (operation, seq);
  CREATE INDEX event_at ON event (at);
  CREATE TABLE chain (one INTEGER PRIMARY KEY CHECK (one = 1), key TEXT NOT NULL) STRICT;
  ${EVENTS_STAY}
`;

/** Each step carries a ledger from the version that is its place here to the next one. Steps are only ever added. */
const STEPS: readonly string[] = [`${OPERATIONS}${EVENTS}${EVENTS_STAY}`, CHAINED];

export const VERSION = STEPS.length;

/** The version of a file's schema; 0: an empty one. @throws LedgerFault for a version this build does not know. */
export function versionOf(db: DatabaseSync): number {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > VERSION) throw new LedgerFault('newer', say('ledger.fault.newer', { version, known: VERSION }));
  return version;
}

/** Whether a file has the tables and rules of a version, and only those. */
export function isMadeAs(db: DatabaseSync, version: number): boolean {
  const { DatabaseSync: Database } = process.getBuiltinModule('node:sqlite');
  const made = new Database(':memory:');
  try {
    for (const step of STEPS.slice(0, version)) made.exec(step);
    return version >= 0 && schemaOf(db) === schemaOf(made);
  } finally {
    made.close();
  }
}

/** Carries a file forward to the present version, all rows with it. Belongs inside a transaction of its caller. */
export function migrate(db: DatabaseSync): void {
  for (const step of STEPS.slice(versionOf(db))) db.exec(step);
  db.exec(`PRAGMA user_version = ${VERSION}`);
}
