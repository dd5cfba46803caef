import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { LedgerFault, type Ledger } from '../../../src/ledger/index.ts';
import { LIMITS, ledgerFolder, MovedClock, openLedger, proposed, sending, succeeded } from '../../support/ledgers.ts';

const HOUR_MS = 3_600_000;

/** Each is done under cover of another window's events: between two looks of this one at what came since. */
describe('a ledger somebody tampers with while two windows write it', () => {
  let clock: MovedClock;
  let folder: ReturnType<typeof ledgerFolder>;
  let ledger: Ledger;
  let other: Ledger;

  beforeEach(async () => {
    clock = new MovedClock();
    folder = ledgerFolder();
    clock.offset = -72 * HOUR_MS;
    ledger = await openLedger(folder.file, clock);
    await ledger.move(await sending(ledger, { target: 'trade:doubtful' }), 'unknown');
    await succeeded(ledger, { target: 'trade:long-ago' });
    clock.offset = -23 * HOUR_MS;
    await succeeded(ledger, { target: 'trade:lately' });
    clock.offset = 0;
    other = await openLedger(folder.file, clock);
    await succeeded(other, { target: 'trade:elsewhere' });
  });

  afterEach(async () => {
    for (const one of [ledger, other]) {
      await one.settled();
      one.close();
    }
    folder.remove();
  });

  function tamper(statement: string): void {
    const db = new DatabaseSync(folder.file);
    db.exec(statement);
    db.close();
  }

  async function send(target: string): Promise<void> {
    const id = await proposed(ledger, { target, fen: 77 });
    await ledger.approve(id, 'd1', LIMITS);
    await ledger.redeem(id, 'd1', LIMITS, () => undefined);
  }

  for (const [what, target, statement] of [
    [
      'what would answer a call of the same intent',
      'trade:lately',
      `UPDATE operation SET state = 'denied' WHERE target = 'trade:lately'`,
    ],
    [
      'what has been in doubt for days',
      'trade:doubtful',
      `UPDATE operation SET state = 'denied' WHERE target = 'trade:doubtful'`,
    ],
    [
      'the history of a payee',
      'trade:new',
      `UPDATE operation SET target = 'trade:new' WHERE target = 'trade:long-ago'`,
    ],
    [
      'a rule is added that hides what counts today',
      'trade:new',
      `CREATE TRIGGER hide AFTER UPDATE OF spent_day ON operation
        BEGIN UPDATE operation SET spent_day = '2000-01-01' WHERE id = new.id; END`,
    ],
    [
      'a rule is added that does nothing yet',
      'trade:new',
      'CREATE TRIGGER more AFTER UPDATE OF caller ON operation BEGIN SELECT 1; END',
    ],
    ['a rule is dropped', 'trade:new', 'DROP INDEX one_live_per_target'],
  ] as const) {
    it(`G8: ${what}: found before money goes on`, async () => {
      tamper(statement);
      await assert.rejects(send(target), LedgerFault);
      assert.ok(ledger.isBroken);
    });
  }

  it('what came to an end meanwhile is no fault, nor what did not', async () => {
    await ledger.move(other.inDoubt()[0]?.id ?? '', 'resolved_by_hand', { reason: 'seen in the console' });
    await other.move(await sending(other, { target: 'trade:doubtful' }), 'unknown');
    await succeeded(other, { target: 'trade:elsewhere', fen: 78 });
    await send('trade:new');
    assert.equal(ledger.inDoubt().length, 1);
  });
});
