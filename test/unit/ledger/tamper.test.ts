import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { acceptAsItIs, LedgerFault, startAnew, type FaultKind, type Ledger } from '../../../src/ledger/index.ts';
import { LIMITS, ledgerFolder, MovedClock, openLedger, proposed, sending, succeeded } from '../../support/ledgers.ts';

const clock = new MovedClock();
const EVENTS_STAY = ['event_stays', 'event_remains'];

/** Changes a ledger's file as somebody with an SQLite shell would, and puts the triggers back. */
function tamper(file: string, ...statements: readonly (string | [string, ...SQLInputValue[]])[]): void {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  db.exec('PRAGMA ignore_check_constraints = ON');
  const names = EVENTS_STAY.map((name) => `'${name}'`).join();
  const triggers = db.prepare(`SELECT sql FROM sqlite_schema WHERE name IN (${names})`).all();
  for (const name of EVENTS_STAY) db.exec(`DROP TRIGGER IF EXISTS ${name}`);
  for (const statement of statements) {
    const [sql, ...args] = typeof statement === 'string' ? [statement] : statement;
    db.prepare(sql).run(...args);
  }
  for (const { sql } of triggers) db.exec(String(sql));
  db.close();
}

function columnsOf(file: string, table: string): { name: string; type: string }[] {
  const db = new DatabaseSync(file);
  const columns = db.prepare('SELECT name, type FROM pragma_table_info(?)').all(table);
  db.close();
  return columns.map(({ name, type }) => ({ name: String(name), type: String(type) }));
}

/** A ledger with a denied, a succeeded and an in-doubt operation, closed, its head written. */
async function written(file: string): Promise<void> {
  const ledger = await openLedger(file, clock);
  await ledger.move(await proposed(ledger, { target: 'trade:1' }), 'denied', { reason: 'no' });
  await succeeded(ledger, { target: 'trade:2' });
  await ledger.move(await sending(ledger, { target: 'trade:3' }), 'unknown', {});
  await close(ledger);
}

async function close(ledger: Ledger): Promise<void> {
  await ledger.settled();
  ledger.close();
}

async function faultOf(file: string): Promise<LedgerFault> {
  try {
    (await openLedger(file, clock)).close();
  } catch (error) {
    assert.ok(error instanceof LedgerFault, String(error));
    return error;
  }
  return assert.fail('nothing was found');
}

const refuses =
  (kind: FaultKind) =>
  (error: unknown): boolean =>
    error instanceof LedgerFault && error.kind === kind;

describe('a ledger somebody tampers with', () => {
  let folder: ReturnType<typeof ledgerFolder>;
  const at = (name: string): string => join(dirname(folder.file), name);

  beforeEach(async () => {
    folder = ledgerFolder();
    await written(folder.file);
  });

  afterEach(() => folder.remove());

  it('opens when nothing was done to it, again and again', async () => {
    for (let times = 0; times < 3; times += 1) {
      const ledger = await openLedger(folder.file, clock);
      assert.ok((await ledger.verify()) > 10);
      await close(ledger);
    }
  });

  it('G8: finds any changed column of any operation and any event', async () => {
    const clean = readFileSync(folder.file);
    for (const table of ['operation', 'event', 'chain']) {
      for (const { name, type } of columnsOf(folder.file, table)) {
        if (name === 'one') continue; // a constant, held by the schema
        const value = type === 'INTEGER' ? `coalesce("${name}", 0) + 1000` : `coalesce("${name}", '') || 'x'`;
        const where = table === 'chain' ? '' : `WHERE rowid = (SELECT max(rowid) FROM ${table})`;
        tamper(folder.file, `UPDATE ${table} SET "${name}" = ${value} ${where}`);
        const { kind } = await faultOf(folder.file);
        assert.equal(kind, table === 'chain' ? 'no_key' : 'altered', `${table}.${name}`);
        writeFileSync(folder.file, clean);
      }
    }
    (await openLedger(folder.file, clock)).close();
  });

  it('G8: says at which event it was altered, and when that was', async () => {
    tamper(folder.file, `UPDATE event SET detail = '{}' WHERE seq = 4`);
    assert.match(
      (await faultOf(folder.file)).message,
      /altered at entry 4 \(denied, \d{4}-\d\d-\d\d .* Beijing time\)/,
    );
  });

  it('G8: finds an event that was taken out, and says before which', async () => {
    tamper(folder.file, 'DELETE FROM event WHERE seq = 5');
    assert.match((await faultOf(folder.file)).message, /cut before entry 6/);
  });

  it('G8: finds a cut tail, by the head in the vault alone', async () => {
    tamper(folder.file, `DELETE FROM event WHERE operation = (SELECT id FROM operation WHERE target = 'trade:3')`, [
      'DELETE FROM operation WHERE target = ?',
      'trade:3',
    ]);
    assert.equal((await faultOf(folder.file)).kind, 'older');
  });

  it('G8: finds a deleted, an added and a doubled operation', async () => {
    const clean = readFileSync(folder.file);
    const columns = columnsOf(folder.file, 'operation').map(({ name }) => name);
    const rest = columns.filter((name) => name !== 'id').join(', ');
    for (const statement of [
      `DELETE FROM operation WHERE target = 'trade:2'`,
      `INSERT INTO operation (id, ${rest}) SELECT 'op_added', ${rest} FROM operation WHERE target = 'trade:1'`,
    ]) {
      tamper(folder.file, statement);
      assert.equal((await faultOf(folder.file)).kind, 'altered', statement);
      writeFileSync(folder.file, clean);
    }
  });

  it('G8: finds an older copy put back, also one whose own chain is whole', async () => {
    copyFileSync(folder.file, at('old.sqlite'));
    const ledger = await openLedger(folder.file, clock);
    await succeeded(ledger, { target: 'trade:4' });
    await close(ledger);
    copyFileSync(at('old.sqlite'), folder.file);
    assert.equal((await faultOf(folder.file)).kind, 'older');
  });

  it('G8: finds another ledger in its place, whole as that is, and a file with nothing in it', async () => {
    const other = ledgerFolder();
    await written(other.file);
    copyFileSync(other.file, folder.file);
    other.remove();
    assert.equal((await faultOf(folder.file)).kind, 'no_key');
    rmSync(folder.file);
    writeFileSync(folder.file, '');
    assert.equal((await faultOf(folder.file)).kind, 'missing');
  });

  it('G8: a missing, damaged or newer file is said, and nothing is made or changed', async () => {
    renameSync(folder.file, at('elsewhere.sqlite'));
    assert.equal((await faultOf(folder.file)).kind, 'missing');
    assert.equal(existsSync(folder.file), false);
    writeFileSync(
      folder.file,
      'no database at all, and longer than a header of SQLite is, so that it is looked at'.repeat(20),
    );
    const damaged = readFileSync(folder.file);
    assert.equal((await faultOf(folder.file)).kind, 'damaged');
    assert.deepEqual(readFileSync(folder.file), damaged);
    renameSync(at('elsewhere.sqlite'), folder.file);
    tamper(folder.file, 'PRAGMA user_version = 99');
    assert.equal((await faultOf(folder.file)).kind, 'newer');
  });

  it('G8: finds rules that were dropped', async () => {
    tamper(folder.file, 'DROP INDEX one_per_number');
    assert.equal((await faultOf(folder.file)).kind, 'damaged');
  });

  it('G8: a key or a head that is not there is not made anew', async () => {
    const seals = readdirSync(dirname(folder.file)).filter((name) => /seal-[0-9a-f]{32}$/.test(name));
    for (const name of seals) rmSync(at(name));
    assert.equal((await faultOf(folder.file)).kind, 'no_key');
  });

  it('G8: a head of a window that lags behind is no fault, and never replaces a newer one', async () => {
    const seal = new FileSeal(folder.file);
    const newest = await seal.readHead();
    const db = new DatabaseSync(folder.file);
    const mac = String(db.prepare('SELECT mac FROM event WHERE seq = 3').get()?.['mac']);
    db.close();
    await seal.writeHead({ epoch: 0, count: 3, mac });
    await close(await openLedger(folder.file, clock));
    assert.deepEqual(await seal.readHead(), newest);
  });

  describe('while it is open', () => {
    let ledger: Ledger;
    let id: string;

    beforeEach(async () => {
      ledger = await openLedger(folder.file, clock);
      id = await proposed(ledger, { target: 'trade:5' });
      await ledger.approve(id, 'd1', LIMITS);
    });

    afterEach(() => close(ledger));

    const redeem = (): Promise<void> => ledger.redeem(id, 'd1', LIMITS, () => undefined);

    for (const [what, statement] of [
      [
        'the amount of what was approved',
        'UPDATE operation SET fen = 1 WHERE rowid = (SELECT max(rowid) FROM operation)',
      ],
      ['what counts today', `UPDATE operation SET spent_day = '2020-01-01' WHERE target = 'trade:2'`],
      ['an event long verified', `UPDATE event SET kind = 'denied' WHERE seq = 2`],
      ['the last event', 'DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)'],
    ] as const) {
      it(`G8: ${what} changes: the approval is not redeemed, nor anything after it`, async () => {
        tamper(folder.file, statement);
        await assert.rejects(redeem(), LedgerFault);
        await assert.rejects(proposed(ledger, { target: 'trade:6' }), LedgerFault);
        assert.equal(ledger.get(id)?.state, 'approved');
      });
    }

    it('G8: what counts today is changed under cover of another window’s events: found as well', async () => {
      const other = await openLedger(folder.file, clock);
      await succeeded(other, { target: 'trade:7' });
      tamper(folder.file, `UPDATE operation SET spent_day = '2020-01-01' WHERE target = 'trade:2'`);
      await assert.rejects(redeem(), refuses('altered'));
      await close(other);
    });

    it('G8: the file is taken away or replaced', async () => {
      renameSync(folder.file, at('elsewhere.sqlite'));
      await assert.rejects(redeem(), refuses('missing'));
      copyFileSync(at('elsewhere.sqlite'), folder.file);
      await assert.rejects(redeem(), refuses('missing'));
    });

    it('G8: an operation altered under way does not become clean by its next event, which is still recorded', async () => {
      await redeem();
      tamper(folder.file, 'UPDATE operation SET fen = 1 WHERE rowid = (SELECT max(rowid) FROM operation)');
      await ledger.move(id, 'succeeded', { answer: {} });
      assert.equal(ledger.get(id)?.state, 'succeeded');
      await assert.rejects(proposed(ledger, { target: 'trade:6' }), refuses('altered'));
      await ledger.settled();
      assert.match((await faultOf(folder.file)).message, new RegExp(`operation ${id}`));
    });

    it('what another window did is no fault', async () => {
      const other = await openLedger(folder.file, clock);
      await succeeded(other, { target: 'trade:7' });
      await redeem();
      assert.equal(ledger.get(id)?.state, 'sending');
      await close(other);
    });
  });

  describe('and a person decides', () => {
    const seal = (): FileSeal => new FileSeal(folder.file);

    it('G8: to go on with it as it stands: that is an event, and the rest is vouched for anew', async () => {
      tamper(folder.file, `UPDATE operation SET fen = 1 WHERE target = 'trade:2'`, 'DELETE FROM event WHERE seq = 5');
      await faultOf(folder.file);
      await acceptAsItIs(folder.file, clock, seal());
      const ledger = await openLedger(folder.file, clock);
      await succeeded(ledger, { target: 'trade:8' });
      await close(ledger);
      tamper(folder.file, `UPDATE event SET kind = 'denied' WHERE seq = 2`);
      assert.match((await faultOf(folder.file)).message, /altered (at|before) entry/);
    });

    it('G8: to go on with an older copy: windows that remember more believe the decision', async () => {
      copyFileSync(folder.file, at('old.sqlite'));
      const ledger = await openLedger(folder.file, clock);
      await succeeded(ledger, { target: 'trade:4' });
      await close(ledger);
      copyFileSync(at('old.sqlite'), folder.file);
      const before = await seal().readHead();
      await acceptAsItIs(folder.file, clock, seal());
      await close(await openLedger(folder.file, clock));
      await seal().writeHead(before ?? assert.fail());
      await close(await openLedger(folder.file, clock));
    });

    it('G8: to begin anew: the old file is set aside, whole, and the one before the decision is found', async () => {
      copyFileSync(folder.file, at('old.sqlite'));
      writeFileSync(folder.file, 'damaged '.repeat(1_000));
      const name = await startAnew(folder.file, clock, seal());
      assert.match(name ?? '', /^ledger\.set-aside-\d{8}-\d{6}\.sqlite$/);
      assert.equal(readFileSync(at(name ?? ''), 'utf8'), 'damaged '.repeat(1_000));
      const ledger = await openLedger(folder.file, clock);
      assert.equal(await ledger.verify(), 1);
      await close(ledger);
      copyFileSync(at('old.sqlite'), folder.file);
      assert.equal((await faultOf(folder.file)).kind, 'older');
    });

    it('G8: to begin anew where the file is gone', async () => {
      rmSync(folder.file);
      assert.equal(await startAnew(folder.file, clock, seal()), undefined);
      await close(await openLedger(folder.file, clock));
    });
  });
});
