import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { DAY_MS } from '../../../src/alipay/beijing-time.ts';
import { RefusedError } from '../../../src/alipay/errors.ts';
import type { Ledger, State } from '../../../src/ledger/index.ts';
import { MOVES } from '../../../src/ledger/states.ts';
import { say } from '../../../src/text/index.ts';
import {
  LIMITS,
  ledgerFolder,
  MovedClock,
  openLedger,
  proposed,
  sending,
  succeeded,
  wanted,
} from '../../support/ledgers.ts';

describe('the ledger', () => {
  let clock: MovedClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(async () => {
    clock = new MovedClock();
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
  });

  afterEach(() => {
    ledger.close();
    folder.remove();
  });

  const state = (id: string): State | undefined => ledger.get(id)?.state;
  const pass = (): void => undefined;

  it('keeps its file for its owner alone, in WAL with synchronous=FULL', () => {
    assert.equal(statSync(folder.file).mode & 0o777, 0o600);
    const db = new DatabaseSync(folder.file);
    assert.equal(db.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
    db.close();
  });

  it('G2: an approval is redeemed once, with its own digest only', async () => {
    const id = await proposed(ledger);
    await ledger.approve(id, 'd1', LIMITS);
    await assert.rejects(ledger.redeem(id, 'another', LIMITS, pass), RefusedError);
    await ledger.redeem(id, 'd1', LIMITS, pass);
    await assert.rejects(ledger.redeem(id, 'd1', LIMITS, pass), RefusedError);
    assert.equal(state(id), 'sending');
  });

  it('G2: a second process that opened the same file cannot redeem it again', async () => {
    const id = await proposed(ledger);
    await ledger.approve(id, 'd1', LIMITS);
    const other = await openLedger(folder.file, clock);
    const results = await Promise.allSettled([
      ledger.redeem(id, 'd1', LIMITS, pass),
      other.redeem(id, 'd1', LIMITS, pass),
    ]);
    assert.deepEqual(results.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    other.close();
  });

  it('G2: a grant that became void inside the transaction sends nothing', async () => {
    const id = await proposed(ledger);
    await ledger.approve(id, 'd1', LIMITS);
    const tooLate = (): never => {
      throw new Error('too late');
    };
    await assert.rejects(ledger.redeem(id, 'd1', LIMITS, tooLate), /too late/);
    assert.equal(state(id), 'approved');
  });

  it('G3: what is not approved with the digest that was shown is not approved', async () => {
    const id = await proposed(ledger);
    await assert.rejects(ledger.approve(id, 'another', LIMITS), RefusedError);
    await ledger.move(id, 'denied');
    await assert.rejects(ledger.approve(id, 'd1', LIMITS), RefusedError);
  });

  it('G3, G6: at the next start, what a dead process left unredeemed is expired and what it was sending is unknown', async () => {
    const script = `
      import { Ledger } from '${import.meta.resolve('../../../src/ledger/index.ts')}';
      import { systemClock } from '${import.meta.resolve('../../../src/alipay/clock.ts')}';
      import { LIMITS, openLedger, proposed, sending } from '${import.meta.resolve('../../support/ledgers.ts')}';
      const ledger = await openLedger(process.argv[1], systemClock);
      const ids = [await proposed(ledger, { target: 'trade:1' }), await proposed(ledger, { target: 'trade:2' }),
        await sending(ledger, { target: 'trade:3' })];
      await ledger.approve(ids[1], 'd1', LIMITS);
      console.log(JSON.stringify(ids));
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder.file], { encoding: 'utf8' });
    const ids = JSON.parse(child.stdout) as string[];
    assert.deepEqual(ids.map(state), ['proposed', 'approved', 'sending']);
    await ledger.sweep();
    assert.deepEqual(ids.map(state), ['expired', 'expired', 'unknown']);
  });

  it('G6: a living process keeps what it holds when another one starts', async () => {
    const child = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { systemClock } from '${import.meta.resolve('../../../src/alipay/clock.ts')}';
         import { openLedger } from '${import.meta.resolve('../../support/ledgers.ts')}';
         const id = process.argv[2];
         const ledger = await openLedger(process.argv[1], systemClock);
         console.log(ledger.get(id).state);`,
        folder.file,
        await proposed(ledger, { target: 'trade:held' }),
      ],
      { encoding: 'utf8' },
    );
    assert.equal(child.stdout.trim(), 'proposed', child.stderr);
  });

  it('G9: no order of approvals passes the limit of a day, an operation or a payee', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ fen: fc.integer({ min: 1, max: 40_000 }), target: fc.integer({ min: 1, max: 3 }) }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (wishes) => {
          const own = ledgerFolder();
          const here = await openLedger(own.file, clock);
          const there = await openLedger(own.file, clock);
          const spent = new Map<string, number>();
          for (const [index, wish] of wishes.entries()) {
            const target = `payee:ALIPAY_LOGON_ID:${wish.target}`;
            const side = index % 2 === 0 ? here : there;
            const fen = wish.fen * wishes.length + index; // no two wishes are one intent
            try {
              await succeededIfAllowed(side, target, fen);
              spent.set(target, (spent.get(target) ?? 0) + fen);
            } catch (error) {
              assert.ok(error instanceof RefusedError);
            }
          }
          const total = [...spent.values()].reduce((sum, fen) => sum + fen, 0);
          assert.ok(total <= LIMITS.perDay && [...spent.values()].every((fen) => fen <= LIMITS.perPayee));
          here.close();
          there.close();
          own.remove();
        },
      ),
      { numRuns: 15 },
    );
  });

  async function succeededIfAllowed(side: Ledger, target: string, fen: number): Promise<void> {
    const id = await proposed(side, { target, fen });
    try {
      await side.approve(id, 'd1', LIMITS);
    } catch (error) {
      await side.move(id, 'expired');
      throw error;
    }
    await side.redeem(id, 'd1', LIMITS, pass);
    await side.move(id, 'succeeded', { answer: {} });
  }

  it('G9: what is approved, in flight or in doubt counts like what is done', async () => {
    const limits = { ...LIMITS, perDay: 3_000 };
    await sending(ledger, { target: 'trade:1' }, limits);
    const second = await proposed(ledger, { target: 'trade:2' });
    await assert.rejects(ledger.approve(second, 'd1', limits), /today \(Beijing\)/);
  });

  it('G9: the limit is held again inside the redeeming transaction', async () => {
    const id = await proposed(ledger);
    await ledger.approve(id, 'd1', LIMITS);
    await assert.rejects(ledger.redeem(id, 'd1', { ...LIMITS, perDay: 100 }, pass), /today \(Beijing\)/);
    assert.equal(state(id), 'approved');
  });

  it('G9: ledger time never goes back, so a clock set back gives no new day', async () => {
    const before = ledger.now();
    await succeeded(ledger, { fen: 90_000 });
    clock.offset = -2 * DAY_MS;
    assert.ok(ledger.now() >= before);
    assert.equal(ledger.spent(wanted().account, wanted().target, undefined).today, 90_000);
  });

  it('G9: what is approved before midnight and sent after it counts on the day it is sent', async () => {
    const id = await proposed(ledger, { fen: 90_000 });
    await ledger.approve(id, 'd1', LIMITS);
    clock.offset = DAY_MS;
    await ledger.redeem(id, 'd1', LIMITS, pass);
    assert.equal(ledger.spent(wanted().account, wanted().target).today, 90_000);
  });

  it('G9: a new Beijing day counts anew', async () => {
    await succeeded(ledger, { fen: 90_000 });
    clock.offset = DAY_MS;
    assert.equal(ledger.spent(wanted().account, wanted().target, undefined).today, 0);
  });

  it('G11: a call of the same intent joins what is under way, whoever makes it and whatever it says', async () => {
    const id = await proposed(ledger);
    const again = await ledger.propose(wanted({ caller: 'somebody else', facts: '{"other":1}' }));
    assert.ok(again.kind === 'join' && again.operation.id === id);
  });

  it('G11: at most one operation per trade is between proposed and settled', async () => {
    await proposed(ledger);
    assert.equal((await ledger.propose(wanted({ fen: 1 }))).kind, 'busy');
    assert.equal((await ledger.propose(wanted({ method: 'alipay.trade.cancel' }))).kind, 'busy');
    assert.equal((await ledger.propose(wanted({ target: 'trade:other' }))).kind, 'created');
  });

  it('G11: it answers for 24 hours after it succeeded, and then no longer', async () => {
    const id = await succeeded(ledger);
    clock.offset = DAY_MS - 60_000;
    const within = await ledger.propose(wanted());
    assert.ok(within.kind === 'done' && within.operation.id === id);
    clock.offset = DAY_MS + 60_000;
    assert.equal((await ledger.propose(wanted())).kind, 'created');
  });

  it('G11: denied, expired and rejected operations are never joined', async () => {
    for (const end of ['denied', 'expired'] as const) await ledger.move(await proposed(ledger), end);
    await ledger.move(await sending(ledger), 'rejected');
    assert.equal((await ledger.propose(wanted())).kind, 'created');
  });

  it('G11: a deliberate second one names the latest succeeded operation, and each name serves once', async () => {
    const first = await succeeded(ledger);
    assert.equal((await ledger.propose(wanted({ againAfter: 'op_unknown' }))).kind, 'not_again');
    assert.equal((await ledger.propose(wanted({ fen: 1, againAfter: first }))).kind, 'not_again', 'another intent');
    const second = await succeeded(ledger, { againAfter: first });
    const retried = await ledger.propose(wanted({ againAfter: first }));
    assert.ok(retried.kind === 'done' && retried.operation.id === second, 'a retry of the second is the second');
    const latest = await ledger.propose(wanted());
    assert.ok(latest.kind === 'done' && latest.operation.id === second);
  });

  it('G11: a name is not used up by a second one that was denied', async () => {
    const first = await succeeded(ledger);
    await ledger.move(await proposed(ledger, { againAfter: first }), 'denied');
    assert.equal((await ledger.propose(wanted({ againAfter: first }))).kind, 'created');
  });

  it('G11: after three denials in ten minutes nobody is asked; later they are', async () => {
    for (let times = 0; times < 3; times += 1) await ledger.move(await proposed(ledger), 'denied', { reason: 'no' });
    assert.equal((await ledger.propose(wanted())).kind, 'denied_too_often');
    clock.offset = 11 * 60_000;
    assert.equal((await ledger.propose(wanted())).kind, 'created');
  });

  it('a state changes only as the state machine says, whatever is asked of it', async () => {
    const all = Object.keys(MOVES) as State[];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...all), { maxLength: 8 }), async (wishes) => {
        const id = await proposed(ledger, { target: `trade:${Math.random()}` });
        for (const to of wishes) {
          const from = state(id) ?? assert.fail();
          const allowed = MOVES[from].includes(to);
          if (allowed) await ledger.move(id, to);
          else await assert.rejects(ledger.move(id, to), RefusedError);
          assert.equal(state(id), allowed ? to : from);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a failing transaction leaves nothing half done', async () => {
    const id = await sending(ledger);
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    await assert.rejects(ledger.move(id, 'succeeded', { answer: cyclic }), TypeError);
    assert.equal(state(id), 'sending');
  });

  it('events are appended and never changed', async () => {
    await succeeded(ledger);
    const db = new DatabaseSync(folder.file);
    const kinds = db
      .prepare('SELECT kind FROM event WHERE operation IS NOT NULL ORDER BY seq')
      .all()
      .map(({ kind }) => kind);
    assert.deepEqual(kinds, ['proposed', 'shown', 'approved', 'sending', 'succeeded']);
    assert.throws(() => db.exec(`UPDATE event SET kind = 'denied'`), /never changed/);
    assert.throws(() => db.exec('DELETE FROM event'), /never deleted/);
    db.close();
  });

  it('adopts what Alipay did while the ledger was lost: the proposal ends, the operation stands as succeeded', async () => {
    const id = await proposed(ledger);
    const adopted = await ledger.adopt(id, 'Rabc', { refund_amount: '15.50' }, clock.now() - 1_000);
    assert.equal(state(id), 'expired');
    assert.equal(adopted.state, 'succeeded');
    const again = await ledger.propose(wanted());
    assert.ok(again.kind === 'done' && again.operation.id === adopted.id);
  });

  it('G6: writes down what has happened also when others keep it waiting long; what is only wanted gives up', async () => {
    const id = await sending(ledger);
    const other = new DatabaseSync(folder.file);
    let waits = 0;
    clock.wait = () => {
      waits += 1;
      clock.monotonicOffset += 1_000;
      if (waits === 30) other.exec('COMMIT');
      return Promise.resolve();
    };
    other.exec('BEGIN IMMEDIATE');
    await assert.rejects(
      ledger.propose(wanted({ target: 'trade:2' })),
      new RefusedError(say('ledger.busy'), say('ledger.busy.next')),
    );
    assert.equal((await ledger.move(id, 'succeeded')).state, 'succeeded');
    assert.equal(waits, 30);
    other.close();
  });

  it('refuses a file of a version it does not know, and leaves it as it is', async () => {
    const db = new DatabaseSync(folder.file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await assert.rejects(openLedger(folder.file, clock), /format is 99/);
  });
});
