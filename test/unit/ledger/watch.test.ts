import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { DAY_MS } from '../../../src/alipay/beijing-time.ts';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { LedgerFault, type FaultKind, type Ledger } from '../../../src/ledger/index.ts';
import { LIMITS, ledgerFolder, openLedger, proposed, sending, succeeded, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

/** What another connection can do to the file while the ledger is open, and what is found before money goes on. */
describe('G8: an open ledger', () => {
  let clock: StillClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(async () => {
    clock = new StillClock();
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
    await succeeded(ledger, { target: 'trade:1' });
    await succeeded(ledger, { target: 'trade:2' });
  });

  afterEach(async () => {
    ledger.close();
    await ledger.settled();
    folder.remove();
  });

  /** Changes the file from another connection, without the rules that keep events. */
  function change(sql: string): void {
    const db = new DatabaseSync(folder.file, { enableForeignKeyConstraints: false });
    const triggers = db.prepare(`SELECT sql FROM sqlite_schema WHERE type = 'trigger'`).all();
    db.exec(`DROP TRIGGER event_stays; DROP TRIGGER event_remains; ${sql}`);
    for (const { sql: trigger } of triggers) db.exec(String(trigger));
    db.close();
  }

  /** Another window that refunds a trade; what it wrote is in order. */
  async function otherWindow(trade: string): Promise<void> {
    const other = await openLedger(folder.file, clock);
    await succeeded(other, { target: `trade:${trade}` });
    other.close();
    await other.settled();
  }

  async function found(kind: FaultKind, words: RegExp): Promise<void> {
    assert.equal(ledger.isBroken, false);
    const fault: unknown = await ledger.propose(wanted({ target: 'trade:new' })).catch((error: unknown) => error);
    assert.ok(fault instanceof LedgerFault, `nothing was found: ${JSON.stringify(fault)}`);
    assert.match(fault.message, words);
    assert.equal(fault.kind, kind);
    assert.equal(ledger.isBroken, true);
    // From then on every time, also when the file is as it was.
    await assert.rejects(ledger.propose(wanted({ target: 'trade:new' })), (error) => error === fault);
    await assert.rejects(ledger.verify(), (error) => error === fault);
  }

  it('finds nothing where only other windows worked', async () => {
    await otherWindow('3');
    await proposed(ledger, { target: 'trade:new' });
    await otherWindow('4');
    assert.equal(ledger.isBroken, false);
    assert.equal(await ledger.verify(), 1 + 4 * 5 + 2);
    await proposed(ledger, { target: 'trade:5' });
  });

  it('finds that the last entry was taken out', async () => {
    change('DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)');
    await found('older', /older or another one.*entry 11 .*the file has 0/);
  });

  it('finds that another stands in its place', async () => {
    change(`UPDATE event SET mac = 'x' WHERE seq = (SELECT max(seq) FROM event)`);
    await found('older', /entry 11 is not the one it wrote.*the file has 11/);
  });

  it('finds an entry nobody with the key wrote', async () => {
    change(`INSERT INTO event SELECT seq + 1, at, operation, 'approved', detail, row, mac FROM event
      WHERE seq = (SELECT max(seq) FROM event)`);
    await found('altered', /altered at entry 12 \(approved, 2024-04-11 10:00:00/);
  });

  it('finds that entries were cut before what another window wrote', async () => {
    await otherWindow('3');
    change('DELETE FROM event WHERE seq = 13');
    await found('altered', /cut before entry 14/);
  });

  it('finds an old entry altered, when whoever did it wrote nothing else', async () => {
    change(`UPDATE event SET detail = '{}' WHERE seq = 3`);
    await found('altered', /altered at entry 3/);
  });

  it('finds rules that were taken away', async () => {
    change('DROP INDEX one_live_per_target');
    await found('damaged', /tables and rules/);
  });

  it('finds, among what other windows did, an operation of today altered or gone', async () => {
    await otherWindow('3');
    change(`UPDATE operation SET fen = 1 WHERE target = 'trade:1'`);
    await found('altered', /operation op_\w+ is not as its last entry left it/);
  });

  it('finds, among what other windows did, an operation of today gone', async () => {
    await otherWindow('3');
    change(`DELETE FROM operation WHERE target = 'trade:1'`);
    await found('altered', /has entries and is gone/);
  });

  it('looks, at work, only at the day’s operations; verifying looks at all', async () => {
    clock.wall += 2 * DAY_MS;
    await succeeded(ledger, { target: 'trade:3' });
    await otherWindow('4');
    change(`UPDATE operation SET fen = 1 WHERE target = 'trade:1'`);
    await proposed(ledger, { target: 'trade:5' });
    await assert.rejects(ledger.verify(), /operation op_\w+ is not as/);
  });

  it('finds nothing where another connection wrote and changed nothing', async () => {
    change('UPDATE chain SET key = key');
    await proposed(ledger, { target: 'trade:new' });
    assert.equal(ledger.isBroken, false);
  });

  it('looks at all again when, after other windows’ work, somebody wrote who is no ledger', async () => {
    await otherWindow('3');
    await proposed(ledger, { target: 'trade:4' });
    change(`UPDATE event SET detail = '{}' WHERE seq = 3`);
    await found('altered', /altered at entry 3/);
  });

  it('looks at what is about to be sent, also when it was approved yesterday', async () => {
    const id = await proposed(ledger, { target: 'trade:3' });
    await ledger.approve(id, 'd1', LIMITS);
    clock.wall += DAY_MS;
    await otherWindow('4');
    change(`UPDATE operation SET facts = '{"other":1}' WHERE target = 'trade:3'`);
    await assert.rejects(
      ledger.redeem(id, 'd1', LIMITS, () => undefined),
      /is not as its last entry left it/,
    );
  });

  it('looks at what is about to be approved, also when it was proposed yesterday', async () => {
    const id = await proposed(ledger, { target: 'trade:3' });
    clock.wall += DAY_MS;
    await otherWindow('4');
    change(`UPDATE operation SET facts = '{"other":1}' WHERE target = 'trade:3'`);
    await assert.rejects(ledger.approve(id, 'd1', LIMITS), /is not as its last entry left it/);
  });

  it('looks once at what came since, and not at it again each time', async () => {
    clock.wall += 2 * DAY_MS;
    await otherWindow('3');
    change(`UPDATE operation SET fen = 1 WHERE target = 'trade:1'`);
    for (const trade of ['4', '5', '6']) await proposed(ledger, { target: `trade:${trade}` });
    assert.equal(ledger.isBroken, false, 'that is for the verification to find');
  });

  it('records the outcome of what was altered meanwhile, and lets nothing more go on', async () => {
    const id = await sending(ledger, { target: 'trade:3' });
    change(`UPDATE operation SET fen = 1 WHERE target = 'trade:3'`);
    await ledger.move(id, 'unknown');
    assert.equal(ledger.get(id)?.state, 'unknown');
    assert.equal(ledger.isBroken, true, 'though nothing was asked of it yet');
    await assert.rejects(
      ledger.resend(id, 'd1', () => undefined),
      /is not as its last entry left it/,
    );
    await ledger.move(id, 'succeeded', { answer: {} });
    await ledger.settled();
    await assert.rejects(openLedger(folder.file, clock), LedgerFault);
  });

  it('tells the vault no head behind an operation that was altered', async () => {
    const id = await sending(ledger, { target: 'trade:3' });
    await ledger.settled();
    const seal = new FileSeal(folder.file);
    const good = await seal.readHead();
    change(`UPDATE operation SET fen = 1 WHERE target = 'trade:3'`);
    await ledger.move(id, 'succeeded', { answer: {} });
    await ledger.settled();
    assert.deepEqual(await seal.readHead(), good);
  });

  it('tells the vault no head of a chain that is broken', async () => {
    await ledger.settled();
    const seal = new FileSeal(folder.file);
    const before = await seal.readHead();
    const id = await proposed(ledger, { target: 'trade:3' });
    await ledger.settled();
    assert.notDeepEqual(await seal.readHead(), before);
    const good = await seal.readHead();
    change('DELETE FROM event WHERE seq = 4');
    change(`UPDATE event SET mac = 'x' WHERE seq = (SELECT max(seq) FROM event)`);
    await ledger.move(id, 'denied');
    await ledger.settled();
    assert.deepEqual(await seal.readHead(), good);
  });

  it('is told apart from another file under its name, and from none', async () => {
    renameSync(folder.file, `${folder.file}.away`);
    assert.equal(ledger.isBroken, true);
    await assert.rejects(ledger.propose(wanted({ target: 'trade:new' })), /is gone.*11 entries/);
    renameSync(`${folder.file}.away`, folder.file);
    assert.equal(ledger.isBroken, false);
    await proposed(ledger, { target: 'trade:new' });
  });

  for (const part of ['-wal', '-shm']) {
    it(`finds that what SQLite keeps beside it was removed (${part}): another window would not see what it writes`, async () => {
      const id = await proposed(ledger, { target: 'trade:3' });
      await ledger.approve(id, 'd1', LIMITS);
      rmSync(folder.file + part);
      assert.equal(ledger.isBroken, true);
      for (const goesOn of [
        (): Promise<unknown> => ledger.propose(wanted({ target: 'trade:new' })),
        (): Promise<unknown> => ledger.redeem(id, 'd1', LIMITS, () => undefined),
        (): Promise<unknown> => ledger.verify(),
      ]) {
        await assert.rejects(
          goesOn,
          (error) => error instanceof LedgerFault && error.kind === 'missing' && /-wal and -shm/.test(error.message),
        );
      }
      assert.equal(ledger.get(id)?.state, 'approved');
    });
  }

  it('finds nothing where another window closes: what SQLite keeps beside it stays', async () => {
    await otherWindow('3');
    const script = `const db = new (require('node:sqlite').DatabaseSync)(process.argv[1]);
      db.exec('SELECT * FROM event'); db.close()`;
    assert.equal(spawnSync(process.execPath, ['-e', script, folder.file]).status, 0);
    assert.equal(ledger.isBroken, false);
    await proposed(ledger, { target: 'trade:new' });
  });

  it('G9: counts what other windows spend within one transaction', async () => {
    const limits = { ...LIMITS, perDay: 5_000 };
    const id = await proposed(ledger, { target: 'trade:new', fen: 1_000 });
    await otherWindow('3');
    await assert.rejects(ledger.approve(id, 'd1', limits), /today \(Beijing\)/);
  });
});
