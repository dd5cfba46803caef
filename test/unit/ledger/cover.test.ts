import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { DAY_MS } from '../../../src/alipay/beijing-time.ts';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { acceptedAt, LedgerFault, type AuditEntry, type Ledger } from '../../../src/ledger/index.ts';
import { digestOf } from '../../../src/ledger/links.ts';
import { openChained } from '../../../src/ledger/open.ts';
import { say } from '../../../src/text/index.ts';
import { ledgerFolder, openLedger, proposed, sending, succeeded, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

const HOUR_MS = 3_600_000;
const NEW = wanted({ target: 'trade:new' });

/** It is 10:00. What is altered here is never what the next operation is about, and another window has written meanwhile. */
describe('a ledger altered under cover of another window’s events', () => {
  let clock: StillClock;
  let folder: ReturnType<typeof ledgerFolder>;
  /** The window that saw everything happen. */
  let ledger: Ledger;
  /** The window opened today. */
  let later: Ledger;

  beforeEach(async () => {
    clock = new StillClock();
    const now = clock.wall;
    folder = ledgerFolder();
    clock.wall = now - 3 * DAY_MS;
    ledger = await openLedger(folder.file, clock);
    await ledger.move(await sending(ledger, { target: 'trade:doubtful' }), 'unknown');
    const resent = await sending(ledger, { target: 'trade:resent' });
    await ledger.move(resent, 'unknown');
    await ledger.resend(resent, 'd1', () => undefined);
    await ledger.move(await proposed(ledger, { target: 'trade:denied' }), 'denied');
    await succeeded(ledger, { target: 'trade:long-ago' });
    clock.wall = now - DAY_MS;
    await succeeded(ledger, { target: 'trade:a-day-ago' });
    clock.wall = now - 20 * HOUR_MS;
    await succeeded(ledger, { target: 'trade:yesterday' });
    clock.wall = now;
    later = await openLedger(folder.file, clock);
    await succeeded(later, { target: 'trade:today' });
    await succeeded(ledger, { target: 'trade:today', fen: 1 });
  });

  afterEach(async () => {
    for (const one of [ledger, later]) {
      await one.settled();
      one.close();
    }
    folder.remove();
  });

  function tamper(work: string | ((db: DatabaseSync) => void)): void {
    const db = new DatabaseSync(folder.file);
    if (typeof work === 'string') db.exec(work);
    else work(db);
    db.close();
  }

  const alter = (target: string): void => tamper(`UPDATE operation SET fen = 1 WHERE target = '${target}'`);
  const idOf = (target: string): string =>
    ledger.inDoubt().find((operation) => operation.target === target)?.id ?? assert.fail(target);
  /** The window that saw everything has looked at what the other wrote last, and this one comes on top of it. */
  const cover = (): Promise<string> => succeeded(later, { target: 'trade:today', fen: 2 });

  for (const target of ['trade:doubtful', 'trade:resent'])
    for (const [which, window] of [
      ['that saw it happen', (): Ledger => ledger],
      ['opened since', (): Ledger => later],
    ] as const)
      it(`G8: ${target}, not settled for days: is found by a window ${which}`, async () => {
        if (window() === ledger) await cover();
        alter(target);
        await assert.rejects(window().propose(NEW), /operation op_\w+ is not as its last entry left it/);
        assert.equal(window().isBroken, true);
      });

  for (const target of ['trade:a-day-ago', 'trade:yesterday'])
    it(`G8: ${target}, which may answer a call or count: is found before another operation begins`, async () => {
      await cover();
      alter(target);
      await assert.rejects(ledger.propose(NEW), /operation op_\w+ is not as its last entry left it/);
    });

  it('G8: the history of a trade or payee is found altered before more goes to it', async () => {
    await cover();
    alter('trade:long-ago');
    await assert.rejects(ledger.propose(wanted({ target: 'trade:long-ago', fen: 7 })), LedgerFault);
  });

  it('G8: what was denied and is edited to succeeded is never answered as done, however late it is asked for', async () => {
    await cover();
    tamper(`UPDATE operation SET state = 'succeeded', settled_at = ${clock.wall} WHERE target = 'trade:denied'`);
    await proposed(ledger, { target: 'trade:new' }); // an old row that this one does not rest on
    assert.equal(ledger.isBroken, false);
    const again = wanted({ target: 'trade:denied' });
    await assert.rejects(ledger.standing(again), /operation op_\w+ is not as its last entry left it/);
    await assert.rejects(ledger.propose(again), LedgerFault);
    await assert.rejects(ledger.propose(wanted({ target: 'trade:other' })), LedgerFault, 'from then on every time');
  });

  it('G8: what is under way is joined, whatever else is altered', async () => {
    await cover();
    alter('trade:yesterday');
    await assert.rejects(ledger.propose(NEW), LedgerFault);
    assert.equal((await ledger.propose(wanted({ target: 'trade:doubtful' }))).kind, 'join');
    assert.equal((await ledger.standing(wanted({ target: 'trade:doubtful' })))?.kind, 'join');
  });

  it('G8: a row is vouched for exactly while it is as its last event left it', async () => {
    const [altered, good] = [idOf('trade:doubtful'), idOf('trade:resent')];
    assert.equal(await ledger.vouches(altered), true);
    alter('trade:doubtful');
    assert.equal(await ledger.vouches(altered), false);
    assert.equal(await ledger.vouches(good), true);
  });

  it('G8: a row is not vouched for by an event that nobody with the key has written', async () => {
    const id = idOf('trade:doubtful');
    tamper((db) => {
      db.prepare(`UPDATE operation SET state = 'succeeded' WHERE id = ?`).run(id);
      const row = db.prepare('SELECT * FROM operation WHERE id = ?').get(id) ?? assert.fail();
      db.prepare(`INSERT INTO event SELECT seq + 1, at, ?, 'succeeded', detail, ?, mac FROM event
        ORDER BY seq DESC LIMIT 1`).run(id, digestOf(row));
    });
    assert.equal(await ledger.vouches(id), false);
    assert.equal(ledger.isBroken, true);
  });

  it('G7: what is no longer valid is not sent again, and stays in doubt as it was', async () => {
    const id = idOf('trade:doubtful');
    const before = ledger.get(id);
    const ended = new RefusedError(say('guard.ended'));
    await assert.rejects(
      ledger.resend(id, 'd1', () => {
        throw ended;
      }),
      (error) => error === ended,
    );
    assert.deepEqual(ledger.get(id), before);
  });

  it('G11: an intent has its own operations, oldest first, and no other’s', async () => {
    const first = await succeeded(ledger, { target: 'trade:mine' });
    const second = await sending(ledger, { target: 'trade:mine', againAfter: first });
    await succeeded(ledger, { target: 'trade:mine', account: 'another' });
    const { account, intent } = ledger.get(first) ?? assert.fail();
    assert.deepEqual(
      ledger.ofIntent(account, intent).map(({ id }) => id),
      [first, second],
    );
  });

  it('passes on an error that says nothing about what was altered, and never after a commit', async () => {
    const { db, chain } = await openChained(folder.file, clock, new FileSeal(folder.file));
    db.close();
    const isClosed = { code: 'ERR_INVALID_STATE' };
    assert.throws(() => chain.vouches('op_1'), isClosed);
    assert.equal(chain.follow(), undefined);
  });
});

describe('when a person last went on with an altered ledger', () => {
  const entry = (seq: number, event: string): AuditEntry => ({ seq, event, beijing_time: `2024-04-1${seq} 10:00:00` });

  it('G8: is the time of the last acceptance, whatever came after it', () => {
    const words = ['new', 'accepted', 'proposed', 'accepted', 'denied'];
    assert.equal(acceptedAt(words.map((word, seq) => entry(seq, word))), '2024-04-13 10:00:00');
  });

  it('G8: is no time where nobody did', () => {
    assert.equal(acceptedAt([entry(0, 'new'), entry(1, 'carried forward')]), undefined);
    assert.equal(acceptedAt([]), undefined);
  });
});
