import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import type { Outcome } from '../../../src/alipay/outcome.ts';
import type { Playbook, Verdict } from '../../../src/guard/playbook.ts';
import { judgeAnswer, record, settle, type Settling } from '../../../src/guard/settle.ts';
import type { Ledger, Operation } from '../../../src/ledger/index.ts';
import { say } from '../../../src/text/index.ts';
import { LIMITS, ledgerFolder, openLedger, wanted } from '../../support/ledgers.ts';
import { no, PlayedGateway, SILENCE, yes } from '../../support/played-desk.ts';
import { StillClock } from '../../support/still-clock.ts';

const ABSENT: Verdict = { verdict: 'absent', why: say('refund.not_there') };
const UNCLEAR: Verdict = { verdict: 'unclear', why: say('refund.unproven') };
const DONE: Verdict = { verdict: 'succeeded', answer: { refund_fee: '15.50' } };
const MINUTE_MS = 60_000;
const REFUND = 'alipay.trade.refund';
const BIZ = { trade_no: '1', refund_amount: '15.50', out_request_no: 'R1' };

/** A clock on which each wait takes just as long as it was asked to, and is remembered. */
class EagerClock extends StillClock {
  override mono = 1_000_000_000;
  readonly waits: number[] = [];
  override wait = (ms: number, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    this.waits.push(ms);
    this.wall += ms;
    this.mono += ms;
    return Promise.resolve();
  };
}

const may = (): Promise<boolean> => Promise.resolve(true);

describe('G7: what settles an operation', () => {
  let clock: EagerClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;
  let gateway: PlayedGateway;
  let stop: AbortController;

  beforeEach(async () => {
    clock = new EagerClock();
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
    gateway = new PlayedGateway();
    stop = new AbortController();
  });

  afterEach(async () => {
    ledger.close();
    await ledger.settled();
    folder.remove();
  });

  const row = (id: string): Operation => ledger.get(id) ?? assert.fail();

  /** An operation that was just sent: its digest is that of its bytes. */
  async function sent(): Promise<Operation> {
    const opened = await ledger.propose(wanted());
    assert.ok(opened.kind === 'created');
    const { id } = opened.operation;
    const { digest, bizContent = '' } = gateway.prepare({ method: REFUND, bizContent: BIZ });
    await ledger.describe(id, { number: 'R1', digest, bizContent, facts: '{}' });
    await ledger.approve(id, digest, LIMITS);
    await ledger.redeem(id, digest, LIMITS, () => undefined);
    return row(id);
  }

  const doubtful = async (): Promise<Operation> => ledger.move((await sent()).id, 'unknown', { why: SILENCE.meaning });

  const resending = (isAllowed = may, bizContent: Record<string, string> = BIZ): Settling['resending'] => ({
    prepared: gateway.prepare({ method: REFUND, bizContent }),
    isAllowed,
  });

  /** With the answers of successive queries; when there are none left, the asking is stopped. */
  function settling(answers: Verdict[] = [], change: Partial<Settling> = {}): Settling {
    const playbook = {
      ask: () => {
        const answer = answers.shift();
        if (!answer) stop.abort(new Error('stopped'));
        return Promise.resolve(answer ?? UNCLEAR);
      },
      confirm: (node: Record<string, unknown>) =>
        node['fund_change'] === 'Y' ? DONE : { ...UNCLEAR, answer: { half: true } },
    } as unknown as Playbook;
    return {
      sources: { client: gateway.client, ledger, account: wanted().account },
      playbook,
      clock,
      waits: { queries: [10, 20, 40], absentForSure: 30 * MINUTE_MS, answerWithin: 1_000 },
      resending: resending(),
      signal: stop.signal,
      ...change,
    };
  }

  describe('is a verdict, written down', () => {
    it('that it succeeded: with what was said before and now', async () => {
      const { id } = await sent();
      await record(settling(), row(id), { ...UNCLEAR, answer: { refund_fee: '1.00', buyer: 'x' } });
      assert.deepEqual(
        [row(id).state, row(id).why, row(id).answer],
        ['unknown', say('refund.unproven'), '{"refund_fee":"1.00","buyer":"x"}'],
      );
      const settled = await record(settling(), row(id), DONE);
      assert.deepEqual([settled.state, settled.answer], ['succeeded', '{"refund_fee":"15.50","buyer":"x"}']);
    });

    it('that it was rejected: with why, and what to do', async () => {
      const next = say('cancel.use_refund');
      const settled = await record(settling(), await sent(), { verdict: 'rejected', why: say('refund.closed'), next });
      assert.deepEqual([settled.state, settled.why, settled.next], ['rejected', say('refund.closed'), next]);
    });

    for (const verdict of [ABSENT, UNCLEAR]) {
      it(`that it is ${verdict.verdict}: in doubt, and nothing new where it was that already`, async () => {
        const operation = await record(settling(), await sent(), verdict);
        assert.deepEqual(
          [operation.state, operation.why, operation.answer],
          ['unknown', 'why' in verdict && verdict.why, '{}'],
        );
        assert.equal(await record(settling(), operation, verdict), operation);
      });
    }
  });

  it('is asked after each wait in turn, the last one for ever', async () => {
    const operation = await settle(settling([UNCLEAR, UNCLEAR, UNCLEAR, UNCLEAR, DONE]), await doubtful());
    assert.equal(operation.state, 'succeeded');
    assert.deepEqual(clock.waits, [10, 20, 40, 40, 40]);
  });

  it('is asked at once where there are no waits', async () => {
    const waits = { queries: [], absentForSure: 1, answerWithin: 1 };
    await settle(settling([DONE], { waits }), await doubtful());
    assert.deepEqual(clock.waits, [0]);
  });

  it('is not asked about when it is settled', async () => {
    const { id } = await sent();
    const operation = await ledger.move(id, 'rejected');
    assert.equal(await settle(settling([DONE]), operation), operation);
    assert.deepEqual(clock.waits, []);
  });

  it('is over when a person resolves it by hand meanwhile: nothing is asked or sent any more', async () => {
    const { id } = await doubtful();
    const { playbook } = settling([ABSENT, ABSENT, ABSENT]);
    const byHand = {
      ...playbook,
      ask: async (...args: Parameters<typeof playbook.ask>) => {
        const verdict = await playbook.ask(...args);
        if (clock.waits.length === 2) await ledger.move(id, 'resolved_by_hand', { reason: 'seen in the console' });
        return verdict;
      },
    };
    const operation = await settle(settling([], { playbook: byHand }), row(id));
    assert.deepEqual([operation.state, operation.reason], ['resolved_by_hand', 'seen in the console']);
    assert.deepEqual([clock.waits.length, gateway.sent.length], [2, 0]);
  });

  it('stops at the end of the guard, and leaves it in doubt', async () => {
    const operation = await doubtful();
    await assert.rejects(settle(settling([UNCLEAR]), operation), /stopped/);
    assert.equal(row(operation.id).state, 'unknown');
  });

  describe('is sent again', () => {
    const sends = (): number => gateway.of(REFUND).length;

    it('with the same method and bytes, and what that answers counts', async () => {
      gateway.answers.set(REFUND, yes({ fund_change: 'Y' }));
      clock.wall += 5 * MINUTE_MS;
      const before = await doubtful();
      const operation = await settle(settling([ABSENT, ABSENT]), before);
      assert.deepEqual(gateway.sent, [{ method: REFUND, bizContent: BIZ }]);
      assert.equal(operation.state, 'succeeded');
      assert.equal(operation.sentAt, (before.sentAt ?? 0) + 30, 'and it was sent then');
    });

    it('as often as it is absent twice in a row', async () => {
      gateway.answers.set(REFUND, SILENCE);
      await assert.rejects(settle(settling([ABSENT, ABSENT, ABSENT, UNCLEAR, ABSENT, ABSENT]), await doubtful()));
      assert.equal(sends(), 2);
    });

    it('not once more where that was refused: the first may still arrive', async () => {
      gateway.answers.set(REFUND, no('ACQ.TRADE_HAS_FINISHED'));
      const operation = await doubtful();
      await assert.rejects(settle(settling([ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT]), operation));
      assert.equal(sends(), 1);
      assert.equal(row(operation.id).state, 'unknown');
    });

    it('and, refused and absent for sure in the end, was not executed', async () => {
      gateway.answers.set(REFUND, no('ACQ.TRADE_HAS_FINISHED'));
      const waits = { queries: [(16 * MINUTE_MS) / 4], absentForSure: 12 * MINUTE_MS, answerWithin: 1 };
      const operation = await settle(settling(Array(8).fill(ABSENT) as Verdict[], { waits }), await doubtful());
      assert.deepEqual([operation.next, sends()], [say('cancel.use_refund'), 1]);
      assert.deepEqual([operation.state, operation.why, sends()], ['not_executed', say('refund.closed'), 1]);
    });

    it('not where one of two absences in a row was lost on the way', async () => {
      const answers: (Verdict | Error)[] = [ABSENT, new Error('boom'), ABSENT, UNCLEAR];
      const playbook = {
        ask: () => {
          const answer = answers.shift() ?? UNCLEAR;
          if (answers.length === 0) stop.abort(new Error('stopped'));
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
        },
      } as unknown as Playbook;
      await assert.rejects(settle(settling([], { playbook }), await doubtful()), /stopped/);
      assert.equal(sends(), 0);
    });

    it('and is absent for sure only long after that', async () => {
      gateway.answers.set(REFUND, SILENCE);
      const waits = { queries: [3 * MINUTE_MS], absentForSure: 12 * MINUTE_MS, answerWithin: 1 };
      const operation = await doubtful();
      await assert.rejects(settle(settling(Array(5).fill(ABSENT) as Verdict[], { waits }), operation), /stopped/);
      assert.deepEqual([row(operation.id).state, sends()], ['unknown', 1]);
      stop = new AbortController();
      const later = await settle(
        settling(Array(9).fill(ABSENT) as Verdict[], { waits, resending: undefined }),
        row(operation.id),
      );
      assert.equal(later.state, 'not_executed');
    });

    it('not where its bytes are not those that were approved', async () => {
      const operation = await doubtful();
      const more = resending(may, { ...BIZ, refund_amount: '99.00' });
      await assert.rejects(settle(settling([ABSENT, ABSENT], { resending: more }), operation), /stopped/);
      assert.deepEqual([sends(), row(operation.id).state], [0, 'unknown']);
    });

    it('with the bytes a person approved, whatever the row has come to say', async () => {
      gateway.answers.set(REFUND, yes({ fund_change: 'Y' }));
      const operation = await doubtful();
      const { digest, bizContent = '' } = gateway.prepare({
        method: REFUND,
        bizContent: { ...BIZ, refund_amount: '99.00' },
      });
      const altered = new DatabaseSync(folder.file);
      altered.prepare('UPDATE operation SET digest = ?, biz_content = ?').run(digest, bizContent);
      altered.close();
      await assert.rejects(settle(settling([ABSENT, ABSENT, ABSENT]), operation), /stopped/);
      assert.deepEqual(gateway.of(REFUND), []);
    });

    it('not without its approval’s own process, nor by another one', async () => {
      const operation = await doubtful();
      await assert.rejects(settle(settling([ABSENT, ABSENT], { resending: undefined }), operation));
      assert.equal(sends(), 0);
      const other = await openLedger(folder.file, clock);
      const sources = { client: gateway.client, ledger: other, account: wanted().account };
      stop = new AbortController();
      await assert.rejects(settle(settling([ABSENT, ABSENT], { sources }), operation));
      assert.equal(sends(), 0);
      other.close();
      await other.settled();
    });

    for (const [wait, times] of [
      [5 * MINUTE_MS - 1, 1],
      [5 * MINUTE_MS, 0],
    ] as const) {
      it(`${times ? 'until' : 'not from'} ten minutes after the approval (${2 * wait} ms)`, async () => {
        gateway.answers.set(REFUND, SILENCE);
        const waits = { queries: [wait], absentForSure: 60 * MINUTE_MS, answerWithin: 1 };
        await assert.rejects(settle(settling([ABSENT, ABSENT], { waits }), await doubtful()));
        assert.equal(sends(), times);
      });
    }

    it('never once settings, lock or clock have changed', async () => {
      const mayNot = (): Promise<boolean> => Promise.resolve(false);
      await assert.rejects(settle(settling([ABSENT, ABSENT], { resending: resending(mayNot) }), await doubtful()));
      assert.equal(sends(), 0);
    });

    it('never when the guard ends in the moment before', async () => {
      const ends = (): Promise<boolean> => {
        stop.abort(new Error('the guard ended'));
        return Promise.resolve(true);
      };
      await assert.rejects(
        settle(settling([ABSENT, ABSENT], { resending: resending(ends) }), await doubtful()),
        /guard ended/,
      );
      assert.equal(sends(), 0);
    });

    it('never without an approval', async () => {
      const { id } = await doubtful();
      const unapproved = { ...row(id), approvedAt: undefined };
      const sources = {
        client: gateway.client,
        account: wanted().account,
        ledger: new Proxy(ledger, {
          get: (target, name) =>
            name === 'get' ? () => unapproved : (Reflect.get(target, name, target) as () => unknown).bind(target),
        }),
      };
      await assert.rejects(settle(settling([ABSENT, ABSENT], { sources }), unapproved));
      assert.equal(sends(), 0);
    });
  });

  describe('is over when it is absent for sure', () => {
    const ending = async (wait: number, again: Settling['resending']): Promise<string> => {
      const waits = { queries: [wait], absentForSure: 20 * MINUTE_MS, answerWithin: 1 };
      const { id } = await doubtful();
      await settle(settling([ABSENT, ABSENT], { waits, resending: again }), row(id)).catch(() => undefined);
      return row(id).state;
    };

    it('long enough after it was sent, to the millisecond', async () => {
      assert.equal(await ending(10 * MINUTE_MS - 1, undefined), 'unknown');
    });
    it('long enough, and no sooner', async () => {
      assert.equal(await ending(10 * MINUTE_MS, undefined), 'not_executed');
    });
    it('also in its own process, where no time is left to send it again', async () => {
      assert.equal(await ending(10 * MINUTE_MS, resending()), 'not_executed');
    });

    it('not where it was absent once only, or somebody said something else', async () => {
      clock.wall += 60 * MINUTE_MS;
      const { id } = await doubtful();
      clock.wall += 60 * MINUTE_MS;
      await assert.rejects(settle(settling([ABSENT, UNCLEAR, ABSENT], { resending: undefined }), row(id)));
      assert.equal(row(id).state, 'unknown');
    });
  });

  it('is the outcome of a rejected answer to the query', async () => {
    const rejected: Verdict = { verdict: 'rejected', why: say('transfer.failed'), next: undefined };
    assert.equal((await settle(settling([UNCLEAR, rejected]), await doubtful())).state, 'rejected');
  });

  it('is Alipay’s answer, judged by the playbook, when it succeeded; else by its kind', () => {
    const judged = (outcome: Outcome): string => judgeAnswer(settling().playbook, {} as Operation, outcome).verdict;
    assert.deepEqual([yes({ fund_change: 'Y' }), yes(), no('X'), SILENCE].map(judged), [
      'succeeded',
      'unclear',
      'rejected',
      'unclear',
    ]);
  });
});
