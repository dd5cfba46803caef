import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import {
  acceptAsItIs,
  isAcceptable,
  LedgerFault,
  readTrail,
  startAnew,
  type FaultKind,
} from '../../../src/ledger/index.ts';
import { ledgerFolder, openLedger, succeeded } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

describe('what a person decides about a ledger', () => {
  const clock = new StillClock();
  let folder: ReturnType<typeof ledgerFolder>;
  const at = (name: string): string => join(dirname(folder.file), name);
  const seal = (): FileSeal => new FileSeal(folder.file);
  const epoch = async (): Promise<number | undefined> => (await seal().readHead())?.epoch;

  /** A closed ledger in which these trades were refunded. */
  async function written(...trades: string[]): Promise<void> {
    const ledger = await openLedger(folder.file, clock);
    for (const trade of trades) await succeeded(ledger, { target: `trade:${trade}` });
    await ledger.settled();
    ledger.close();
  }

  function change(sql: string): void {
    const db = new DatabaseSync(folder.file, { enableForeignKeyConstraints: false });
    db.exec(sql);
    db.close();
  }

  beforeEach(() => {
    folder = ledgerFolder();
  });
  afterEach(() => folder.remove());

  const acceptable: Record<FaultKind, boolean> = {
    older: true,
    altered: true,
    no_key: true,
    damaged: false,
    missing: false,
    newer: false,
    ahead: true,
  };
  for (const [kind, may] of Object.entries(acceptable) as [FaultKind, boolean][]) {
    it(`G8: a ledger that is ${kind} can ${may ? '' : 'not '}be gone on with`, () =>
      assert.equal(isAcceptable(kind), may));
  }

  it('G8: sets aside as often as it must in one second, each under a name of its own, with what SQLite keeps beside', async () => {
    for (const [count, name] of [
      'ledger.set-aside-20240411-100000.sqlite',
      'ledger.set-aside-20240411-100000-1.sqlite',
      'ledger.set-aside-20240411-100000-2.sqlite',
    ].entries()) {
      writeFileSync(folder.file, `file ${count}`);
      writeFileSync(`${folder.file}-wal`, `wal ${count}`);
      writeFileSync(`${folder.file}-shm`, `shm ${count}`);
      assert.equal(await startAnew(folder.file, clock, seal()), name);
      assert.deepEqual(
        ['', '-wal', '-shm'].map((part) => readFileSync(at(name + part), 'utf8')),
        [`file ${count}`, `wal ${count}`, `shm ${count}`],
      );
      assert.equal(statSync(folder.file).mode & 0o777, 0o600);
      const db = new DatabaseSync(folder.file);
      assert.equal(db.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal', 'as durable as any');
      db.close();
      await written(); // the new one opens
    }
    assert.equal(readdirSync(dirname(folder.file)).filter((name) => name.endsWith('.sqlite')).length, 4);
  });

  it('G8: each decision is a new epoch, and the vault knows it at once', async () => {
    await written('1');
    assert.equal(await epoch(), 0);
    await acceptAsItIs(folder.file, clock, seal());
    assert.equal(await epoch(), 1);
    await acceptAsItIs(folder.file, clock, seal());
    assert.equal(await epoch(), 2);
    await startAnew(folder.file, clock, seal());
    assert.equal(await epoch(), 3, 'a new file knows no epoch: the vault does');
  });

  it('G8: a vault that lags behind the file does not make an old epoch again', async () => {
    await written('1');
    const first = await seal().readHead();
    await acceptAsItIs(folder.file, clock, seal());
    await seal().writeHead(first ?? assert.fail());
    await acceptAsItIs(folder.file, clock, seal());
    assert.equal(await epoch(), 2);
    await written('2');
  });

  it('G8: accepting vouches anew for the altered operations, and only for those', async () => {
    await written('1', '2');
    change(`UPDATE operation SET fen = 99 WHERE target = 'trade:2'`);
    await acceptAsItIs(folder.file, clock, seal());
    const carried = readTrail(folder.file).filter(({ event }) => event === 'carried');
    assert.deepEqual(
      carried.map(({ target, amount }) => [target, amount]),
      [['trade:2', '0.99']],
    );
    await written('3');
    change(`UPDATE operation SET fen = 98 WHERE target = 'trade:2'`);
    await assert.rejects(written(), LedgerFault);
  });

  it('G8: an operation that was gone when the rest was accepted is missed no longer; the next one that goes is', async () => {
    await written('1', '2', '3');
    change(`DELETE FROM operation WHERE target = 'trade:2'`);
    await assert.rejects(written(), LedgerFault);
    await acceptAsItIs(folder.file, clock, seal());
    await written('4');
    change(`DELETE FROM operation WHERE target = 'trade:3'`);
    await assert.rejects(written(), /has entries and is gone/);
  });

  it('G8: what was accepted cannot be put back as it was before', async () => {
    await written('1');
    copyFileSync(folder.file, at('before.sqlite'));
    change(`UPDATE operation SET fen = 99 WHERE target = 'trade:1'`);
    await acceptAsItIs(folder.file, clock, seal());
    copyFileSync(at('before.sqlite'), folder.file);
    await assert.rejects(written(), LedgerFault);
  });

  it('G8: what was accepted can be changed in no part of any entry', async () => {
    await written('1');
    await acceptAsItIs(folder.file, clock, seal());
    const clean = readFileSync(folder.file);
    for (const set of [`mac = 'x'`, `kind = 'denied'`, 'at = at + 1', `detail = '{}'`, `row = 'x'`]) {
      change(`DROP TRIGGER event_stays; UPDATE event SET ${set} WHERE seq = 3;
        CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are never changed'); END;`);
      await assert.rejects(written(), /altered (at|before) entry/, set);
      writeFileSync(folder.file, clean);
    }
    await written();
  });

  it('G8: a file of a later version is not accepted, and stays as it is', async () => {
    await written('1');
    change('PRAGMA user_version = 99');
    const before = readFileSync(folder.file);
    await assert.rejects(
      acceptAsItIs(folder.file, clock, seal()),
      (error) => error instanceof LedgerFault && error.kind === 'newer',
    );
    assert.deepEqual(readFileSync(folder.file), before);
    assert.equal(await epoch(), 0);
    assert.equal(existsSync(`${folder.file}-wal`), false, 'nothing is left open');
  });
});
