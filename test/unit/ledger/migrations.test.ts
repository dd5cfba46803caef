import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { LedgerFault, readTrail } from '../../../src/ledger/index.ts';
import { openChained } from '../../../src/ledger/open.ts';
import { ledgerFolder, MovedClock, openLedger, succeeded, wanted } from '../../support/ledgers.ts';

/** What version 1 of the ledger wrote into a new file. */
const VERSION_1 = `
  CREATE TABLE operation (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    intent TEXT NOT NULL,
    method TEXT NOT NULL,
    target TEXT NOT NULL,
    fen INTEGER NOT NULL CHECK (fen > 0),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'sending', 'unknown', 'denied', 'expired', 'succeeded', 'rejected', 'not_executed', 'resolved_by_hand')),
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
  CREATE UNIQUE INDEX one_live_per_target ON operation (account, target) WHERE state IN ('proposed', 'approved', 'sending', 'unknown');
  CREATE UNIQUE INDEX one_per_number ON operation (account, method, number)
    WHERE number IS NOT NULL AND state IN ('sending', 'unknown', 'succeeded', 'resolved_by_hand');
  CREATE UNIQUE INDEX one_second ON operation (again_after)
    WHERE again_after IS NOT NULL AND state NOT IN ('denied', 'expired', 'rejected', 'not_executed');
  CREATE INDEX by_intent ON operation (account, intent, proposed_at);
  CREATE INDEX by_day ON operation (account, spent_day) WHERE state IN ('approved', 'sending', 'unknown', 'succeeded', 'resolved_by_hand');
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    operation TEXT NOT NULL REFERENCES operation(id),
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are never changed'); END;
  CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'events are never deleted'); END;
  PRAGMA user_version = 1;
`;

/** A file of version 1 with one refund that succeeded today and one that was denied. */
function versionOne(file: string, now: number): void {
  const db = new DatabaseSync(file);
  db.exec(VERSION_1);
  const { account, method, target, fen } = wanted();
  const intent = JSON.stringify([account, method, target, fen]);
  const insert = db.prepare(`INSERT INTO operation
    (id, account, intent, method, target, fen, state, number, facts, owner, caller, proposed_at, settled_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}', '1:a', 'test', ?, ?)`);
  insert.run('op_1', account, intent, method, target, fen, 'denied', null, now, now);
  insert.run('op_2', account, intent, method, target, fen, 'succeeded', 'R1', now, now);
  const append = db.prepare(`INSERT INTO event (at, operation, kind, detail) VALUES (?, ?, ?, '{}')`);
  for (const [id, kind] of [
    ['op_1', 'proposed'],
    ['op_1', 'denied'],
    ['op_2', 'proposed'],
    ['op_2', 'succeeded'],
  ] as const)
    append.run(now, id, kind);
  db.close();
}

describe('the ledger’s file', () => {
  const clock = new MovedClock();
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(() => {
    folder = ledgerFolder();
  });
  afterEach(() => folder.remove());

  function rows(query: string): unknown[] {
    const db = new DatabaseSync(folder.file);
    const found = db.prepare(query).all();
    db.close();
    return found.map((row) => ({ ...row }));
  }

  it('is carried forward from version 1 with every row, and has the schema of a new one', async () => {
    versionOne(folder.file, clock.now());
    const events = 'SELECT seq, at, operation, kind, detail FROM event WHERE seq <= 4 ORDER BY seq';
    const before = [rows('SELECT * FROM operation'), rows(events)];
    const ledger = await openLedger(folder.file, clock);
    assert.deepEqual([rows('SELECT * FROM operation'), rows(events)], before);
    assert.equal(readTrail(folder.file).at(-1)?.event, 'carried forward');
    assert.equal((await ledger.propose(wanted())).kind, 'done');
    await succeeded(ledger, { fen: 1 });
    await ledger.settled();
    ledger.close();
    (await openLedger(folder.file, clock)).close();
    const carried = rows('SELECT name, sql FROM sqlite_schema ORDER BY name');
    folder.remove();
    folder = ledgerFolder();
    (await openLedger(folder.file, clock)).close();
    assert.deepEqual(rows('SELECT name, sql FROM sqlite_schema ORDER BY name'), carried);
  });

  it('G8: what version 1 wrote is vouched for as it was when it was carried forward', async () => {
    versionOne(folder.file, clock.now());
    (await openLedger(folder.file, clock)).close();
    const db = new DatabaseSync(folder.file);
    db.exec(`DROP TRIGGER event_stays; UPDATE event SET kind = 'approved' WHERE seq = 2;`);
    db.close();
    await assert.rejects(openLedger(folder.file, clock), LedgerFault);
  });

  it('G8: one of version 1 in the place of a ledger that is remembered is an older one', async () => {
    const ledger = await openLedger(folder.file, clock);
    await ledger.settled();
    ledger.close();
    rmSync(folder.file);
    versionOne(folder.file, clock.now());
    await assert.rejects(
      openLedger(folder.file, clock),
      (error) => error instanceof LedgerFault && error.kind === 'older' && /entry 1 is not the one/.test(error.message),
    );
    assert.deepEqual(rows('PRAGMA user_version'), [{ user_version: 1 }], 'it stays as it was');
  });

  it('is made once by two that open it at the same time', async () => {
    const both = await Promise.all([openLedger(folder.file, clock), openLedger(folder.file, clock)]);
    await succeeded(both[0], { target: 'trade:1' });
    await succeeded(both[1], { target: 'trade:2' });
    assert.equal(await both[0].verify(), await both[1].verify());
    for (const ledger of both) {
      await ledger.settled();
      ledger.close();
    }
  });

  it('G6: is durable on the very connection that writes', async () => {
    const { db } = await openChained(folder.file, clock, new FileSeal(folder.file));
    const pragma = (name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    assert.deepEqual(
      ['journal_mode', 'synchronous', 'fullfsync', 'foreign_keys'].map(pragma),
      ['wal', 2, 1, 1], // 2 is FULL
    );
    db.close();
  });
});
