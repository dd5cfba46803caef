import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { DAY_MS } from '../../../src/alipay/beijing-time.ts';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { Ledger, type Operation } from '../../../src/ledger/index.ts';
import { say, type Sentence } from '../../../src/text/index.ts';
import { LIMITS, ledgerFolder, openLedger, proposed, sending, succeeded, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

const MINUTE_MS = 60_000;

describe('the rows of the ledger', () => {
  let clock: StillClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;
  let commits: number;

  beforeEach(async () => {
    clock = new StillClock();
    folder = ledgerFolder();
    commits = 0;
    ledger = await Ledger.open(folder.file, clock, new FileSeal(folder.file), () => (commits += 1));
  });

  afterEach(async () => {
    ledger.close();
    await ledger.settled();
    folder.remove();
  });

  const row = (id: string): Operation => ledger.get(id) ?? assert.fail(`there is no ${id}`);

  /** What the last event says beside when and about what. */
  function lastEvent(): { kind: unknown; detail: unknown } {
    const db = new DatabaseSync(folder.file);
    const event = db.prepare('SELECT kind, detail FROM event ORDER BY seq DESC LIMIT 1').get();
    db.close();
    return { kind: event?.['kind'], detail: JSON.parse(String(event?.['detail'])) as unknown };
  }

  async function refusedWith(work: Promise<unknown>): Promise<Sentence> {
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    assert.ok(error instanceof RefusedError, String(error));
    return error.sentence;
  }

  it('keep what was asked, shown, sent and answered, with the time of each', async () => {
    const id = await proposed(ledger, { facts: '{"kind":"trade"}', caller: 'Copilot' });
    assert.deepEqual(lastEvent(), { kind: 'shown', detail: { digest: 'd1', number: `R${id}` } });
    const start = clock.now();
    assert.equal(row(id).proposedAt, start);
    for (const [at, step] of [
      [1, () => ledger.approve(id, 'd1', LIMITS)],
      [2, () => ledger.redeem(id, 'd1', LIMITS, () => undefined)],
      [3, () => ledger.move(id, 'unknown', { why: say('outcome.network') })],
      [4, () => ledger.move(id, 'succeeded', { answer: { fund_change: 'Y' }, next: say('guard.next.try_again') })],
    ] as const) {
      clock.wall = start + at;
      await step();
    }
    const { owner: _owner, ...kept } = row(id);
    assert.deepEqual(kept, {
      id,
      ...wanted({ caller: 'Copilot' }),
      intent: JSON.stringify([wanted().account, wanted().method, wanted().target, wanted().fen]),
      state: 'succeeded',
      number: `R${id}`,
      digest: 'd1',
      bizContent: '{}',
      facts: '{}',
      answer: '{"fund_change":"Y"}',
      why: say('outcome.network'),
      next: say('guard.next.try_again'),
      reason: undefined,
      proposedAt: start,
      approvedAt: start + 1,
      sentAt: start + 2,
      settledAt: start + 4,
    });
  });

  it('have no time of settling until they are settled', async () => {
    const id = await sending(ledger);
    await ledger.move(id, 'unknown');
    assert.equal(row(id).settledAt, undefined);
    await ledger.move(id, 'resolved_by_hand', { reason: 'seen in the console' });
    assert.deepEqual([row(id).settledAt, row(id).reason], [clock.now(), 'seen in the console']);
  });

  it('name with each event who asked for what, and why it ended', async () => {
    const opened = await ledger.propose(wanted({ caller: 'Copilot' }));
    assert.ok(opened.kind === 'created');
    const detail = { caller: 'Copilot', fen: 1_550, target: wanted().target };
    assert.deepEqual(lastEvent(), { kind: 'proposed', detail });
    await ledger.move(opened.operation.id, 'denied', { reason: 'not today', why: say('guard.expired') });
    assert.deepEqual(lastEvent(), { kind: 'denied', detail: { why: 'guard.expired', reason: 'not today' } });
    const other = await proposed(ledger);
    await ledger.move(other, 'expired');
    assert.deepEqual(lastEvent(), { kind: 'expired', detail: { why: null, reason: null } });
  });

  it('that nobody knows are found as nothing, and not changed', async () => {
    assert.equal(ledger.get('op_none'), undefined);
    assert.deepEqual(await refusedWith(ledger.move('op_none', 'denied')), say('ledger.gone'));
  });

  it('G1: are described only while they are proposed', async () => {
    const id = await proposed(ledger);
    await ledger.approve(id, 'd1', LIMITS);
    const other = { number: 'R2', digest: 'd2', bizContent: '{"fen":2}', facts: '{}' };
    assert.deepEqual(await refusedWith(ledger.describe(id, other)), say('ledger.gone'));
    assert.equal(row(id).digest, 'd1');
  });

  it('tell each commit, so that windows can show it', async () => {
    const id = await proposed(ledger);
    assert.equal(commits, 2);
    assert.equal((await ledger.move(id, 'denied')).state, 'denied');
    assert.equal(commits, 3);
    await refusedWith(ledger.move(id, 'approved'));
    assert.equal(commits, 3);
  });

  describe('in doubt', () => {
    it('are found by account, or all of them, oldest first', async () => {
      for (const account of ['b', 'a', 'b']) {
        clock.wall += 1;
        const target = `trade:${clock.wall}`;
        await ledger.move(await sending(ledger, { account, target }), 'unknown');
      }
      await sending(ledger, { account: 'a' });
      const accounts = (some: readonly Operation[]): string[] => some.map(({ account }) => account);
      assert.deepEqual(accounts(ledger.inDoubt()), ['b', 'a', 'b']);
      assert.deepEqual(accounts(ledger.inDoubt('a')), ['a']);
      assert.deepEqual(accounts(ledger.inDoubt('c')), []);
    });

    for (const end of ['succeeded', 'rejected', 'not_executed', 'resolved_by_hand'] as const) {
      it(`G7: can end as ${end}, and then stay that`, async () => {
        const id = await sending(ledger);
        await ledger.move(id, 'unknown');
        assert.equal((await ledger.move(id, end, { reason: 'seen' })).state, end);
        await refusedWith(ledger.move(id, 'unknown'));
      });
    }

    it('G7: are sent again by their owner only, with the same digest, and say so', async () => {
      const id = await sending(ledger);
      await refusedWith(ledger.resend(id, 'd1', () => undefined));
      await ledger.move(id, 'unknown');
      assert.deepEqual(await refusedWith(ledger.resend(id, 'd2', () => undefined)), say('ledger.gone'));
      const other = await openLedger(folder.file, clock);
      assert.deepEqual(await refusedWith(other.resend(id, 'd1', () => undefined)), say('ledger.gone'));
      assert.deepEqual([ledger.owns(row(id)), other.owns(row(id))], [true, false]);
      other.close();
      await other.settled();
      clock.wall += 5_000;
      await ledger.resend(id, 'd1', () => undefined);
      assert.deepEqual(lastEvent(), { kind: 'resent', detail: { digest: 'd1' } });
      assert.deepEqual([row(id).state, row(id).sentAt, row(id).number], ['unknown', clock.now(), `R${id}`]);
    });

    it('G8: are not sent again once they were altered', async () => {
      const id = await sending(ledger);
      await ledger.move(id, 'unknown');
      const db = new DatabaseSync(folder.file);
      db.prepare('UPDATE operation SET fen = 1 WHERE id = ?').run(id);
      db.close();
      await assert.rejects(
        ledger.resend(id, 'd1', () => undefined),
        /altered/,
      );
    });
  });

  describe('that a process holds', () => {
    const dead = (): number => spawnSync(process.execPath, ['--version']).pid;
    const held = (owner: string, minutes: Partial<Record<'proposedAt' | 'approvedAt' | 'sentAt', number>>): boolean => {
      const now = ledger.now();
      const ago = Object.fromEntries(Object.entries(minutes).map(([name, count]) => [name, now - count * MINUTE_MS]));
      return ledger.isHeld({ approvedAt: undefined, sentAt: undefined, ...ago, owner } as Operation);
    };

    it('G6: are left alone while it lives and for half an hour after they were last taken on', () => {
      const living = `${process.ppid}:abc`;
      assert.equal(held(living, { proposedAt: 1 }), true);
      assert.equal(held(living, { proposedAt: 30 }), true);
      assert.equal(held(living, { proposedAt: 31 }), false, 'the number of the process now names another');
      assert.equal(held(living, { proposedAt: 40, approvedAt: 10 }), true);
      assert.equal(held(living, { proposedAt: 40, approvedAt: 35, sentAt: 10 }), true);
      assert.equal(held(living, { proposedAt: 10, approvedAt: 35, sentAt: 40 }), false);
    });

    it('G6: are anybody’s when it is dead, or was another life of this process', () => {
      assert.equal(held(`${dead()}:abc`, { proposedAt: 1 }), false);
      assert.equal(held(`${process.pid}:abc`, { proposedAt: 1 }), false);
    });

    it('G6: are held by a window of this process however long, until it closes', async () => {
      const other = await openLedger(folder.file, clock);
      const id = await proposed(other);
      clock.wall += DAY_MS;
      assert.equal(ledger.isHeld(row(id)), true);
      other.close();
      await other.settled();
      assert.equal(ledger.isHeld(row(id)), false);
      await ledger.sweep();
      assert.deepEqual([row(id).state, row(id).why], ['expired', say('ledger.left_behind')]);
    });
  });

  it('G3: that a closed window left unredeemed are expired when the next one opens', async () => {
    const other = await openLedger(folder.file, clock);
    const id = await proposed(other);
    const work = other.approve(id, 'd1', LIMITS);
    other.close(); // right behind the commit: no error of the approval’s
    await work;
    await other.settled();
    assert.equal(row(id).state, 'approved');
    const next = await openLedger(folder.file, clock);
    assert.equal(row(id).state, 'expired');
    next.close();
    await next.settled();
  });

  describe('that this ledger did not make', () => {
    it('G11: are adopted as Alipay did them, count on that day, and end the proposal that met them', async () => {
      const id = await proposed(ledger);
      const yesterday = clock.now() - DAY_MS;
      const adopted = await ledger.adopt(id, 'R0', { refund_amount: '15.50' }, yesterday);
      assert.deepEqual(
        [adopted.state, adopted.number, adopted.answer, adopted.sentAt, adopted.settledAt, adopted.againAfter],
        ['succeeded', 'R0', '{"refund_amount":"15.50"}', yesterday, yesterday, undefined],
      );
      assert.deepEqual(lastEvent(), { kind: 'adopted', detail: { number: 'R0' } });
      assert.deepEqual([row(id).state, row(id).why], ['expired', say('ledger.adopted')]);
      assert.deepEqual(ledger.spent(wanted().account, wanted().target), { today: 0, payeeToday: 0 });
      const other = await proposed(ledger, { target: 'trade:2' });
      await ledger.adopt(other, 'R1', {}, clock.now());
      assert.deepEqual(ledger.spent(wanted().account, 'trade:2'), { today: 1_550, payeeToday: 1_550 });
      assert.equal(ledger.byNumber(wanted().account, wanted().method, 'R1')?.state, 'succeeded');
    });
  });

  it('G9: say which limit breaks, with its amount and the one asked for', async () => {
    const limits = { perOperation: 2_000, perDay: 3_000, perPayee: 2_500 };
    const limit = async (fen: number, target: string): Promise<Sentence> => {
      const id = await proposed(ledger, { fen, target });
      const sentence = await refusedWith(ledger.approve(id, 'd1', limits));
      await ledger.move(id, 'expired');
      return sentence;
    };
    await succeeded(ledger, { fen: 1_500, target: 'trade:1' }, limits);
    assert.deepEqual(await limit(2_001, 'trade:2'), say('limit.perOperation', { limit: '20.00', amount: '20.01' }));
    assert.deepEqual(await limit(1_501, 'trade:2'), say('limit.perDay', { limit: '30.00', amount: '15.01' }));
    assert.deepEqual(await limit(1_001, 'trade:1'), say('limit.perPayee', { limit: '25.00', amount: '10.01' }));
    await succeeded(ledger, { fen: 1_000, target: 'trade:1' }, limits);
  });

  it('G11: answer for 24 hours to the millisecond, and remember denials for ten minutes', async () => {
    const id = await succeeded(ledger);
    clock.wall += DAY_MS - 1;
    assert.equal((await ledger.standing(wanted()))?.kind, 'done');
    clock.wall += 1;
    assert.equal(await ledger.standing(wanted()), undefined);
    for (let times = 0; times < 3; times += 1) {
      assert.equal(await ledger.standing(wanted({ againAfter: id })), undefined);
      await ledger.move(await proposed(ledger), 'denied', { reason: `no ${times}` });
    }
    const again = await ledger.standing(wanted({ againAfter: id }));
    assert.ok(again?.kind === 'denied_too_often' && again.last.reason === 'no 2');
    clock.wall += 10 * MINUTE_MS - 1;
    assert.equal((await ledger.standing(wanted()))?.kind, 'denied_too_often');
    clock.wall += 1;
    assert.equal(await ledger.standing(wanted()), undefined);
  });

  it('G11: are repeated only after the latest that succeeded', async () => {
    const first = await succeeded(ledger);
    const second = await succeeded(ledger, { againAfter: first });
    const other = await ledger.standing(wanted({ againAfter: 'op_other' }));
    assert.ok(other?.kind === 'not_again' && other.latest?.id === second && other.second === undefined);
    const unknown = await ledger.standing(wanted({ fen: 7, againAfter: first }));
    assert.ok(unknown?.kind === 'not_again' && unknown.latest === undefined);
    assert.equal(await ledger.standing(wanted({ againAfter: second })), undefined);
  });

  it('G11: are repeated once, also where a person had to close the second', async () => {
    const first = await succeeded(ledger);
    const second = await sending(ledger, { againAfter: first });
    await ledger.move(second, 'unknown');
    await ledger.move(second, 'resolved_by_hand', { reason: 'seen in the console' });
    await ledger.move(await proposed(ledger, { fen: 9, target: 'trade:2' }), 'denied');
    const standing = await ledger.standing(wanted({ againAfter: first }));
    assert.ok(standing?.kind === 'not_again' && standing.latest?.id === first && standing.second?.id === second);
  });

  it('G11: a deliberate second one answers its own retries for a day', async () => {
    const first = await succeeded(ledger);
    const second = await succeeded(ledger, { againAfter: first });
    const third = await succeeded(ledger, { againAfter: second });
    clock.wall += DAY_MS - 1;
    for (const [againAfter, id] of [
      [first, second],
      [second, third],
    ] as const) {
      const retried = await ledger.standing(wanted({ againAfter }));
      assert.ok(retried?.kind === 'done' && retried.operation.id === id);
    }
    clock.wall += 1;
    const late = await ledger.standing(wanted({ againAfter: first }));
    assert.ok(late?.kind === 'not_again' && late.latest?.id === third && late.second?.id === second);
  });

  it('G11: answer from when they succeeded, however long that took', async () => {
    const id = await sending(ledger);
    clock.wall += DAY_MS;
    await ledger.move(id, 'succeeded', { answer: {} });
    clock.wall += DAY_MS - 1;
    assert.equal((await ledger.standing(wanted()))?.kind, 'done');
  });

  it('that succeeded are found by trade or payee, and by method, of one account', async () => {
    const [account, other] = [wanted().account, 'another/1'];
    const one = await succeeded(ledger, { target: 'trade:1' });
    const two = await succeeded(ledger, { target: 'trade:2', method: 'alipay.trade.cancel' });
    clock.wall += 1;
    const three = await succeeded(ledger, { target: 'trade:1', fen: 7 });
    await succeeded(ledger, { target: 'trade:1', account: other });
    await ledger.move(await sending(ledger, { target: 'trade:1', fen: 8 }), 'rejected');
    const ids = (some: readonly Operation[]): string[] => some.map(({ id }) => id);
    assert.deepEqual(ids(ledger.succeededOn(account, 'trade:1')), [one, three]);
    assert.deepEqual(ids(ledger.succeededOn(account, 'trade:2')), [two]);
    assert.deepEqual(ids(ledger.succeededOn(account, 'trade:3')), []);
    assert.deepEqual(ids(ledger.succeededOf(account, wanted().method)), [one, three]);
    assert.equal(ledger.succeededOf(other, wanted().method).length, 1);
  });

  it('G11: that were sent under a number are found by it, the last one first', async () => {
    const { account, method } = wanted();
    const id = await proposed(ledger);
    assert.equal(ledger.byNumber(account, method, `R${id}`), undefined, 'it was only shown');
    await ledger.approve(id, 'd1', LIMITS);
    await ledger.redeem(id, 'd1', LIMITS, () => undefined);
    assert.equal(ledger.byNumber(account, method, `R${id}`)?.id, id);
    for (const [other, number] of [
      [{ account: 'another/1', method }, `R${id}`],
      [{ account, method: 'alipay.trade.cancel' }, `R${id}`],
      [{ account, method }, 'R0'],
    ] as const)
      assert.equal(ledger.byNumber(other.account, other.method, number), undefined);
    await ledger.move(id, 'unknown');
    await ledger.move(id, 'not_executed');
    const again = await ledger.propose(wanted());
    assert.ok(again.kind === 'created');
    const shown = { number: `R${id}`, digest: 'd1', bizContent: '{}', facts: '{}' };
    await ledger.describe(again.operation.id, shown);
    await ledger.approve(again.operation.id, 'd1', LIMITS);
    await ledger.redeem(again.operation.id, 'd1', LIMITS, () => undefined);
    assert.equal(ledger.byNumber(account, method, `R${id}`)?.id, again.operation.id);
  });

  it('G9: have ledger time, which is never before the last event', async () => {
    await proposed(ledger);
    const before = clock.now();
    clock.wall -= 5_000;
    assert.equal(ledger.now(), before);
    clock.wall += 6_000;
    assert.equal(ledger.now(), before + 1_000);
  });
});
