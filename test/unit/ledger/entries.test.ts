import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { acceptAsItIs, LedgerFault, type FaultKind, type Ledger } from '../../../src/ledger/index.ts';
import { LIMITS, ledgerFolder, openLedger, proposed, sending, succeeded, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

const HOUR_MS = 3_600_000;

/** An index shows limits and joining what they see: what was taken out of one is hidden, and the row still as it was. */
describe('G8: what was taken out of an index of the ledger', () => {
  let clock: StillClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(async () => {
    clock = new StillClock();
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
    const first = await succeeded(ledger, { target: 'trade:1' });
    await ledger.move(await sending(ledger, { target: 'trade:2' }), 'unknown');
    await succeeded(ledger, { target: 'trade:1', againAfter: first });
    clock.wall += HOUR_MS;
    await ledger.move(await proposed(ledger, { target: 'trade:3' }), 'denied');
  });

  afterEach(async () => {
    ledger.close();
    await ledger.settled();
    folder.remove();
  });

  const connect = (): DatabaseSync =>
    new DatabaseSync(folder.file, { enableForeignKeyConstraints: false, defensive: false });

  /** Takes rows out and puts them back as they were, while SQLite does not know that there is this index. */
  function hide(index: string, table: string, where: string): void {
    let db = connect();
    const kept = `name IN ('${index}', 'event_stays', 'event_remains')`;
    const rules = db.prepare(`SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE ${kept}`).all();
    db.exec(`DROP TRIGGER event_stays; DROP TRIGGER event_remains;
      CREATE TABLE aside AS SELECT rowid AS place, * FROM ${table} WHERE ${where};
      DELETE FROM ${table} WHERE ${where}; PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE ${kept}`);
    db.close();
    db = connect();
    const names = db.prepare('SELECT name FROM pragma_table_info(?)').all(table);
    const columns = names.map(({ name }) => `"${String(name)}"`).join(', ');
    db.exec(`INSERT INTO ${table} (rowid, ${columns}) SELECT place, ${columns} FROM aside; DROP TABLE aside;
      PRAGMA writable_schema = ON`);
    const insert = db.prepare('INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)');
    for (const rule of rules) insert.run(...Object.values(rule));
    db.close();
  }

  async function otherWindow(target = 'trade:elsewhere'): Promise<void> {
    const other = await openLedger(folder.file, clock);
    await succeeded(other, { target });
    await other.settled();
    other.close();
  }

  const refuses =
    (kind: FaultKind, words: RegExp) =>
    (error: unknown): boolean =>
      error instanceof LedgerFault && error.kind === kind && words.test(error.message);

  const cases: [index: string, table: string, where: string][] = [
    ['by_day', 'operation', `target = 'trade:1'`],
    ['by_intent', 'operation', `target = 'trade:1'`],
    ['by_intent', 'operation', `target = 'trade:3'`],
    ['one_live_per_target', 'operation', `target = 'trade:2'`],
    ['one_per_number', 'operation', `target = 'trade:1'`],
    ['one_second', 'operation', 'again_after IS NOT NULL'],
    ['event_at', 'event', 'at = (SELECT max(at) FROM event)'],
  ];

  for (const [index, table, where] of cases) {
    it(`${index} (${where}): opening finds it`, async () => {
      hide(index, table, where);
      await assert.rejects(
        openLedger(folder.file, clock),
        refuses('damaged', new RegExp(`indexes and rules do not fit.*${index}`)),
      );
      await assert.rejects(
        acceptAsItIs(folder.file, clock, new FileSeal(folder.file)),
        refuses('damaged', /indexes and rules do not fit/),
      );
    });

    it(`${index} (${where}): found before money goes on, though nobody else wrote`, async () => {
      hide(index, table, where);
      await assert.rejects(
        ledger.propose(wanted({ target: 'trade:new' })),
        refuses('damaged', new RegExp(`indexes and rules do not fit.*${index}`)),
      );
      assert.equal(ledger.isBroken, true);
    });

    it(`${index} (${where}): found before money goes on, also under cover of another window’s work`, async () => {
      await otherWindow();
      hide(index, table, where);
      await assert.rejects(
        ledger.propose(wanted({ target: 'trade:new' })),
        refuses('damaged', new RegExp(`indexes and rules do not fit.*${index}`)),
      );
      assert.equal(ledger.isBroken, true);
    });
  }

  it('what is in doubt for days, and what was done to a payee long ago, are looked for as well', async () => {
    clock.wall += 100 * HOUR_MS;
    await otherWindow();
    hide('one_live_per_target', 'operation', `target = 'trade:2'`);
    await assert.rejects(ledger.propose(wanted({ target: 'trade:new' })), refuses('damaged', /one_live_per_target/));
  });

  it('the events of an operation that was put back as it was before are read from the table', async () => {
    const id = await sending(ledger, { target: 'trade:4' });
    await ledger.move(id, 'succeeded', { answer: {} });
    await otherWindow();
    hide('event_of', 'event', `operation = '${id}' AND kind = 'succeeded'`);
    const db = connect();
    db.exec(`UPDATE operation SET state = 'sending', settled_at = NULL WHERE id = '${id}'`);
    db.close();
    await assert.rejects(ledger.propose(wanted({ target: 'trade:new' })), refuses('altered', new RegExp(id)));
  });

  it('G9: nothing is missed where two windows work as they should', async () => {
    await otherWindow();
    await ledger.propose(wanted({ target: 'trade:new' }));
    await otherWindow('trade:6');
    await assert.rejects(ledger.approve(await proposed(ledger, { target: 'trade:5' }), 'd1', { ...LIMITS, perDay: 1 }));
    assert.equal(ledger.isBroken, false);
  });
});
