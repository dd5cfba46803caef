import assert from 'node:assert/strict';
import { beijingDate, formatBeijing } from '../../../src/alipay/beijing-time.ts';
import { acceptAsItIs, LedgerFault, type Ledger } from '../../../src/ledger/index.ts';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { say } from '../../../src/text/index.ts';
import { LIMITS, ledgerFolder, openLedger, proposed, sending, succeeded, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

describe('G9: the time of a ledger', () => {
  let clock: StillClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(async () => {
    clock = new StillClock();
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
  });
  afterEach(async () => {
    ledger.close();
    await ledger.settled();
    folder.remove();
  });

  const { account } = wanted();
  const spent = (target = 'trade:a'): { today: number; payeeToday: number } => ledger.spent(account, target);

  /** Writes an entry at a moment of the clock, about nothing that counts, and sets the clock back to where it was. */
  async function writeAt(ms: number): Promise<void> {
    clock.wall += ms;
    await proposed(ledger, { account: 'elsewhere/1', target: `trade:${clock.wall}` });
    clock.wall -= ms;
  }

  it('is never before its last entry', async () => {
    assert.equal(ledger.now(), clock.now());
    await writeAt(5_000);
    assert.equal(ledger.now(), clock.now() + 5_000);
    await writeAt(2_000);
    assert.equal(ledger.now(), clock.now() + 5_000);
    clock.wall += 6_000;
    assert.equal(ledger.now(), clock.now());
  });

  for (const [ms, isAhead] of [
    [10 * MINUTE_MS, false],
    [10 * MINUTE_MS + 1, true],
  ] as const) {
    it(`is ${isAhead ? '' : 'not '}of a time to come ${ms} ms after the clock’s`, async () => {
      await writeAt(ms);
      assert.equal(ledger.isAhead, isAhead);
      if (!isAhead) {
        ledger.holdTime();
        return void (await ledger.verify());
      }
      const isFault = (error: unknown): boolean => {
        assert.ok(error instanceof LedgerFault && error.kind === 'ahead');
        assert.deepEqual(
          error.sentence,
          say('ledger.fault.ahead', { when: formatBeijing(clock.wall + ms), minutes: 10 }),
        );
        return true;
      };
      assert.throws(() => ledger.holdTime(), isFault);
      await assert.rejects(ledger.verify(), isFault);
      assert.equal(ledger.isBroken, false, 'it ends when the time has come, or the clock is right');
      clock.wall += 1;
      assert.ok((await ledger.verify()) > 0);
    });
  }

  it('goes on by the clock once a person has accepted it as it stands', async () => {
    await writeAt(365 * DAY_MS);
    ledger.close();
    await ledger.settled();
    await acceptAsItIs(folder.file, clock, new FileSeal(folder.file));
    ledger = await openLedger(folder.file, clock);
    assert.equal(ledger.now(), clock.now());
    assert.equal(ledger.isAhead, false);
    await ledger.verify();
  });

  it('leaves denials of a time to come out of those of the last ten minutes', async () => {
    const denials = async (ms: number): Promise<string> => {
      for (let times = 0; times < 3; times += 1) {
        clock.wall += ms;
        await ledger.move(await proposed(ledger), 'denied');
        clock.wall -= ms;
        ledger.close();
        await ledger.settled();
        await acceptAsItIs(folder.file, clock, new FileSeal(folder.file));
        ledger = await openLedger(folder.file, clock);
      }
      return (await ledger.standing(wanted()))?.kind ?? 'none';
    };
    assert.equal(await denials(1), 'none');
    assert.equal(await denials(0), 'denied_too_often');
  });

  describe('makes the day that counts', () => {
    it('what was let go today, by the clock, whatever day the ledger is of', async () => {
      await writeAt(3 * DAY_MS);
      await succeeded(ledger, { target: 'trade:a', fen: 100 });
      assert.deepEqual(spent(), { today: 100, payeeToday: 100 });
      assert.deepEqual(spent('trade:b'), { today: 100, payeeToday: 0 });
      await proposed(ledger, { target: 'trade:c', fen: 7 });
      assert.equal(spent().today, 100, 'what is only proposed does not count');
    });

    it('what was let go on a day to come, by a clock that was wrong, until that day is over', async () => {
      clock.wall += DAY_MS;
      await succeeded(ledger, { target: 'trade:a', fen: 100 });
      clock.wall -= DAY_MS;
      assert.deepEqual(spent(), { today: 100, payeeToday: 100 });
      clock.wall += DAY_MS;
      assert.equal(spent().today, 100);
      clock.wall += DAY_MS;
      assert.deepEqual(spent(), { today: 0, payeeToday: 0 });
    });

    it('what was let go earlier and may still move, and no longer when it is settled', async () => {
      const approvedOnly = await proposed(ledger, { target: 'trade:a', fen: 1 });
      await ledger.approve(approvedOnly, 'd1', LIMITS);
      const lost = await sending(ledger, { target: 'trade:b', fen: 20 });
      const doubtful = await sending(ledger, { target: 'trade:c', fen: 300 });
      await ledger.move(doubtful, 'unknown');
      await succeeded(ledger, { target: 'trade:d', fen: 4_000 });
      assert.equal(spent().today, 4_321);
      clock.wall += DAY_MS;
      assert.deepEqual(spent('trade:c'), { today: 321, payeeToday: 300 });
      assert.equal(ledger.spent(account, 'trade:c', doubtful).today, 21, 'all but the one it is asked for');
      assert.equal(ledger.spent('elsewhere/1', 'trade:c').today, 0);
      await ledger.move(approvedOnly, 'expired');
      await ledger.move(lost, 'succeeded', { answer: {} });
      await ledger.move(doubtful, 'resolved_by_hand');
      assert.equal(spent().today, 0);
    });

    it('what is sent once more, on that day', async () => {
      clock.wall = Date.parse('2024-04-11T23:59:30+08:00');
      const id = await sending(ledger, { target: 'trade:a', fen: 100 });
      await ledger.move(id, 'unknown');
      clock.wall += MINUTE_MS;
      await ledger.resend(id, 'd1', () => undefined);
      await ledger.move(id, 'succeeded', { answer: {} });
      assert.equal(spent().today, 100);
      assert.equal(beijingDate(ledger.get(id)?.sentAt ?? 0), '2024-04-12');
    });

    it('approved before midnight and sent after it, on the day it was sent', async () => {
      clock.wall = Date.parse('2024-04-11T23:59:58+08:00');
      const id = await proposed(ledger, { target: 'trade:a', fen: 100 });
      await ledger.approve(id, 'd1', LIMITS);
      clock.wall += 4_000;
      await ledger.redeem(id, 'd1', LIMITS, () => undefined);
      await ledger.move(id, 'succeeded', { answer: {} });
      assert.equal(spent().today, 100);
    });
  });

  it('settles what is left by its owner only where it is said to be', async () => {
    const [one, two] = [await sending(ledger, { target: 'trade:a' }), await proposed(ledger, { target: 'trade:b' })];
    await ledger.sweep();
    assert.deepEqual([ledger.get(one)?.state, ledger.get(two)?.state], ['sending', 'proposed']);
    await ledger.sweep(({ id }) => id === one);
    assert.deepEqual([ledger.get(one)?.state, ledger.get(two)?.state], ['unknown', 'proposed']);
    await ledger.sweep(() => true);
    assert.deepEqual([ledger.get(one)?.state, ledger.get(two)?.state], ['unknown', 'expired']);
  });
});
