import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { LedgerFault, type FaultKind, type Ledger } from '../../../src/ledger/index.ts';
import { schemaOf } from '../../../src/ledger/links.ts';
import { LIMITS, ledgerFolder, openLedger, proposed, sending, succeeded, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

/** What ledgers that exist have in their sealed entries. */
const SCHEMA_OF_VERSION_2 = '56d7053bb37ccd26249d777eefe494de3ba814ba7d53f8b766dc738a580ac46b';

const hide = (name: string): string => `CREATE TRIGGER ${name} AFTER UPDATE OF spent_day ON operation
  WHEN new.spent_day IS NOT NULL BEGIN UPDATE operation SET spent_day = '2000-01-01' WHERE id = new.id; END`;

describe('the rules of a ledger', () => {
  const clock = new StillClock();
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(async () => {
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
    await succeeded(ledger, { target: 'trade:1' });
  });

  afterEach(async () => {
    await ledger.settled();
    ledger.close();
    folder.remove();
  });

  function change(sql: string): void {
    const db = new DatabaseSync(folder.file, { defensive: false });
    db.exec(sql);
    db.close();
  }

  /** Puts words where SQLite keeps its rules, under any kind and name. */
  function enter(kind: string, name: string, words: string): void {
    const quoted = words.replaceAll("'", "''");
    change(`PRAGMA writable_schema = ON; INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)
      VALUES ('${kind}', '${name}', 'operation', 0, '${quoted}')`);
  }

  const refuses =
    (kind: FaultKind, words: RegExp) =>
    (error: unknown): boolean =>
      error instanceof LedgerFault && error.kind === kind && words.test(error.message);

  it('G8: have the digest that existing ledgers were sealed with', () => {
    const db = new DatabaseSync(folder.file);
    assert.equal(schemaOf(db), SCHEMA_OF_VERSION_2);
    db.close();
  });

  for (const [what, add] of [
    ['whose name only begins like one of SQLite’s own', () => change(hide('sqlitexhide'))],
    ['with a name of SQLite’s own', () => enter('trigger', 'sqlite_hide', hide('sqlite_hide'))],
    ['entered as SQLite’s own table', () => enter('table', 'sqlite_sequence', hide('sqlite_sequence'))],
  ] as const) {
    it(`G8: a rule ${what} is found before money goes on, and when the ledger is opened`, async () => {
      add();
      await assert.rejects(ledger.propose(wanted({ target: 'trade:2' })), refuses('damaged', /tables and rules/));
      await assert.rejects(openLedger(folder.file, clock), refuses('damaged', /tables and rules|SQLite cannot read/));
    });
  }

  describe('when one that is not ours changes what is being written', () => {
    const alter = (when: string, set = 'fen = 1'): void =>
      change(
        `CREATE TRIGGER alter_it AFTER ${when} ON operation BEGIN UPDATE operation SET ${set} WHERE id = new.id; END`,
      );

    it('G8: what became of something sent is recorded, vouched for by nothing, and nothing more goes on', async () => {
      const id = await sending(ledger, { target: 'trade:2' });
      alter('UPDATE OF state');
      await ledger.move(id, 'unknown');
      assert.equal(ledger.get(id)?.state, 'unknown');
      assert.equal(await ledger.vouches(id), false);
      assert.equal(ledger.isBroken, true);
      change('DROP TRIGGER alter_it');
      await assert.rejects(openLedger(folder.file, clock), refuses('altered', new RegExp(`operation ${id}`)));
    });

    it('G8: what was not sent yet is not written at all', async () => {
      const id = await proposed(ledger, { target: 'trade:2' });
      alter('UPDATE OF digest');
      const shown = { number: 'R2', digest: 'd2', bizContent: '{}', facts: '{}' };
      await assert.rejects(ledger.describe(id, shown), refuses('damaged', /tables and rules/));
      assert.equal(ledger.isBroken, true);
      assert.deepEqual([ledger.get(id)?.digest, ledger.get(id)?.fen], ['d1', 1_550]);
      await assert.rejects(ledger.approve(id, 'd1', LIMITS), refuses('damaged', /tables and rules/));
    });

    it('G8: nor is what one takes back while it is written', async () => {
      const id = await proposed(ledger, { target: 'trade:2' });
      change(`CREATE TRIGGER keep BEFORE UPDATE OF state ON operation BEGIN SELECT raise(IGNORE); END`);
      await assert.rejects(ledger.move(id, 'denied'), refuses('damaged', /tables and rules/));
    });

    it('G8: nor a column the change does not write', async () => {
      const id = await proposed(ledger, { target: 'trade:2' });
      alter('UPDATE OF state', `spent_day = '2000-01-01'`);
      await assert.rejects(ledger.move(id, 'denied'), refuses('damaged', /tables and rules/));
    });

    it('G8: nor a new operation', async () => {
      const id = await proposed(ledger, { target: 'trade:2' });
      alter('INSERT', `spent_day = '2000-01-01'`);
      await assert.rejects(ledger.adopt(id, 'R9', {}, 1), refuses('damaged', /tables and rules/));
      assert.equal(ledger.get(id)?.state, 'proposed');
    });

    it('G8: nor a sending that would be one more', async () => {
      const id = await sending(ledger, { target: 'trade:2' });
      await ledger.move(id, 'unknown');
      alter('UPDATE OF sent_at');
      await assert.rejects(
        ledger.resend(id, 'd1', () => undefined),
        refuses('damaged', /tables and rules/),
      );
    });
  });
});
