import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { acceptAsItIs, LedgerFault, readTrail, startAnew, type AuditEntry } from '../../../src/ledger/index.ts';
import { ledgerFolder, openLedger, proposed, sending, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

describe('the audit trail', () => {
  const clock = new StillClock();
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(() => {
    folder = ledgerFolder();
  });
  afterEach(() => folder.remove());

  /** Writes over the event with the highest number, as only somebody with an SQLite shell can. */
  function forge(column: string, value: SQLInputValue): void {
    const db = new DatabaseSync(folder.file);
    db.exec('DROP TRIGGER IF EXISTS event_stays; DROP TRIGGER IF EXISTS event_remains');
    db.prepare(`UPDATE event SET "${column}" = ? WHERE seq = (SELECT max(seq) FROM event)`).run(value);
    db.close();
  }

  const last = (): AuditEntry => readTrail(folder.file).at(-1) ?? assert.fail('there is no entry');

  it('has each step of an operation, with all that may be told of it', async () => {
    const ledger = await openLedger(folder.file, clock);
    const id = await sending(ledger, { caller: 'Copilot' });
    await ledger.move(id, 'succeeded', { answer: { fund_change: 'Y' } });
    const entries = readTrail(folder.file);
    assert.deepEqual(
      entries.map(({ seq, event }) => [seq, event]),
      [
        [1, 'new'],
        [2, 'proposed'],
        [3, 'shown'],
        [4, 'approved'],
        [5, 'sending'],
        [6, 'succeeded'],
      ],
    );
    assert.deepEqual(entries[0], { seq: 1, beijing_time: '2024-04-11 10:00:00', event: 'new' });
    assert.deepEqual(entries[1], {
      seq: 2,
      beijing_time: '2024-04-11 10:00:00',
      event: 'proposed',
      operation: id,
      account: wanted().account,
      method: 'alipay.trade.refund',
      target: wanted().target,
      amount: '15.50',
      number: `R${id}`,
      state: 'succeeded',
      caller: 'Copilot',
    });
    await ledger.settled();
    ledger.close();
    assert.equal(existsSync(`${folder.file}-wal`), false, 'the reader has left nothing open');
  });

  it('has no number of an operation that has none, and the reason of a denial', async () => {
    const ledger = await openLedger(folder.file, clock);
    const opened = await ledger.propose(wanted());
    assert.ok(opened.kind === 'created');
    await ledger.move(opened.operation.id, 'denied', { reason: 'wrong amount' });
    assert.ok(!('number' in last()));
    assert.equal(last().reason, 'wrong amount');
    ledger.close();
    await ledger.settled();
  });

  it('cuts names and reasons that go on and on', async () => {
    const ledger = await openLedger(folder.file, clock);
    const id = await proposed(ledger, { caller: 'c'.repeat(1_000) });
    await ledger.move(id, 'denied', { reason: 'r'.repeat(1_000) });
    assert.deepEqual([last().caller, last().reason], ['c'.repeat(200), 'r'.repeat(200)]);
    ledger.close();
    await ledger.settled();
  });

  it('says why each seal was set', async () => {
    (await openLedger(folder.file, clock)).close();
    assert.equal(last().event, 'new');
    await acceptAsItIs(folder.file, clock, new FileSeal(folder.file));
    assert.equal(last().event, 'accepted');
    await startAnew(folder.file, clock, new FileSeal(folder.file));
    assert.equal(last().event, 'started anew');
    forge('detail', JSON.stringify({ why: 'carried forward' }));
    assert.equal(last().event, 'carried forward');
    for (const why of ['an agent said so', 7, undefined]) {
      forge('detail', JSON.stringify({ why }));
      assert.equal(last().event, '?', 'not one of our own words');
    }
  });

  it('shows words and times that nobody of ours wrote as a question mark', async () => {
    const ledger = await openLedger(folder.file, clock);
    await proposed(ledger);
    await ledger.settled();
    ledger.close();
    for (const kind of ['resent', 'adopted', 'carried', 'not_executed']) {
      forge('kind', kind);
      assert.equal(last().event, kind);
    }
    forge('kind', 'paid in full');
    assert.equal(last().event, '?');
    forge('at', 8e15 - 1);
    assert.equal(last().beijing_time, formatted(8e15 - 1));
    for (const at of [8e15, -8e15, 9e15]) {
      forge('at', at);
      assert.equal(last().beijing_time, '?');
    }
  });

  const formatted = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

  for (const detail of ['{"reason":7}', '{"other":"x"}', 'null', '"reason"', '[]', 'no JSON at all']) {
    it(`is read on over an entry that says ${detail}, which gives no reason`, async () => {
      const ledger = await openLedger(folder.file, clock);
      const id = await proposed(ledger);
      await ledger.settled();
      ledger.close();
      forge('detail', detail);
      assert.equal(last().operation, id);
      assert.ok(!('reason' in last()));
    });
  }

  it('of a file that is not there is none, and none is made', () => {
    assert.throws(() => readTrail(folder.file));
    assert.equal(existsSync(folder.file), false);
  });

  it('of a file that is no ledger is a fault, not an empty trail', () => {
    writeFileSync(folder.file, 'no database at all, and longer than a header of SQLite is '.repeat(20));
    assert.throws(() => readTrail(folder.file), LedgerFault);
    writeFileSync(folder.file, '');
    assert.throws(() => readTrail(folder.file), LedgerFault);
  });
});
