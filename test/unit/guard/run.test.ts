import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { say } from '../../../src/text/index.ts';
import { approve, deny, refund, type Hand } from '../../support/hands.ts';
import {
  no,
  PlayedDesk,
  QUERIED,
  REFUNDED,
  SILENCE,
  slowHand,
  TRADE_NO,
  turn,
  yes,
} from '../../support/played-desk.ts';

const REFUND = 'alipay.trade.refund';
const REFUND_QUERY = 'alipay.trade.fastpay.refund.query';
const DONE = yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '15.50' });

describe('an operation on its way', () => {
  let desk: PlayedDesk;

  beforeEach(async () => {
    desk = await PlayedDesk.open();
  });
  afterEach(() => desk.close());

  const stateOf = (id: string | undefined): string | undefined => desk.ledger.get(id ?? '')?.state;
  /** The one operation that was brought before a person. */
  const asked = (): string => desk.asked[0]?.operationId ?? assert.fail('nobody was asked');

  it('G3: is reported with everything there is to report', async () => {
    const settled = await desk.execute(refund(), approve);
    assert.deepEqual(settled, {
      status: 'succeeded',
      operationId: asked(),
      fen: 1_550,
      number: desk.gateway.of(REFUND)[0]?.['out_request_no'],
      at: desk.clock.now(),
      facts: {
        kind: 'trade',
        tradeNo: TRADE_NO,
        outTradeNo: '2024040112345',
        tradeStatus: 'TRADE_SUCCESS',
        totalFen: 29_900,
        refundedFen: 0,
        paidAt: '2024-04-11 09:00:00',
        buyer: '159****5620',
      },
      answer: REFUNDED,
      why: undefined,
      reason: undefined,
      next: undefined,
    });
    assert.deepEqual(desk.told, [say('guard.waiting'), say('guard.sending')]);
  });

  it('tells everybody who waits how far it is, and who joins what was told last', async () => {
    const one = slowHand();
    const first = desk.execute(refund(), one.hand);
    await one.shown;
    const told: unknown[] = [];
    const second = desk.execute(refund(), deny, { progress: (message) => void told.push(message) });
    await desk.until(() => told.length > 0);
    assert.deepEqual(told, [say('guard.waiting')]);
    desk.gateway.answers.set(REFUND, SILENCE);
    desk.gateway.answers.set(REFUND_QUERY, DONE);
    one.click(true);
    await desk.until(() => stateOf(asked()) === 'succeeded', 100);
    assert.deepEqual(
      [(await first).status, (await second).status],
      ['succeeded', 'already_done'],
      'who joins is told that it was under way',
    );
    assert.deepEqual(told, [say('guard.waiting'), say('guard.sending'), say('guard.settling')]);
    assert.deepEqual(desk.told, told);
  });

  it('G3: a denial has the person’s words, and no reason of ours beside them', async () => {
    const settled = await desk.execute(refund(), deny);
    assert.deepEqual([settled.status, settled.reason, settled.why], ['denied', 'not today', undefined]);
  });

  it('G3: an end without an answer is said as that', async () => {
    const settled = await desk.execute(refund(), () => ({ verdict: 'expired' }));
    assert.deepEqual([settled.status, settled.why], ['expired', say('guard.expired')]);
  });

  it('G1: another digest is a denial', async () => {
    const settled = await desk.execute(refund(), () => ({ verdict: 'approved', digest: 'd1' }));
    assert.deepEqual([settled.status, settled.reason], ['denied', undefined]);
    assert.equal(desk.gateway.of(REFUND).length, 0);
  });

  it('G3: the caller that leaves denies it, in words of ours', async () => {
    const stop = new AbortController();
    const one = slowHand();
    const call = desk.execute(refund(), one.hand, { signal: stop.signal });
    const { signal } = await one.shown;
    stop.abort();
    assert.equal(signal.aborted, true, 'the panel is told');
    const settled = await call;
    assert.deepEqual([settled.status, settled.why], ['denied', say('guard.caller_left')]);
    one.click(true);
    await turn();
    assert.equal(desk.gateway.of(REFUND).length, 0);
  });

  it('G3: a caller that has left already is never asked for', async () => {
    const settled = await desk.execute(refund(), approve, { signal: AbortSignal.abort() });
    assert.deepEqual([settled.status, settled.why], ['denied', say('guard.caller_left')]);
    assert.equal(desk.asked.length, 0);
  });

  it('G11: one of two leaving changes nothing', async () => {
    const stop = new AbortController();
    const one = slowHand();
    const first = desk.execute(refund(), one.hand, { signal: stop.signal });
    const { signal } = await one.shown;
    let joined = false;
    const second = desk.execute(refund(), deny, { progress: () => void (joined = true) });
    await desk.until(() => joined);
    stop.abort();
    assert.equal(signal.aborted, false);
    one.click(true);
    assert.equal((await second).status, 'already_done');
    await first;
  });

  it('G3: a caller that leaves after the sending takes nothing back', async () => {
    const stop = new AbortController();
    desk.gateway.answers.set(REFUND, () => {
      stop.abort();
      return yes(REFUNDED);
    });
    const settled = await desk.execute(refund(), approve, { signal: stop.signal });
    assert.equal(settled.status, 'succeeded');
  });

  for (const [clock, ms, isVoid] of [
    ['wall', 10_000, false],
    ['wall', 10_001, true],
    ['mono', 10_000, false],
    ['mono', 10_001, true],
  ] as const) {
    it(`G2: a click is ${isVoid ? 'void' : 'good'} ${ms} ms later by the ${clock} clock`, async () => {
      const original = desk.ledger.approve.bind(desk.ledger);
      desk.ledger.approve = async (...args) => {
        await original(...args);
        desk.clock[clock] += ms;
      };
      const call = desk.execute(refund(), approve);
      if (isVoid)
        await assert.rejects(
          call,
          (error) => error instanceof RefusedError && error.sentence.key === 'guard.grant_void',
        );
      else assert.equal((await call).status, 'succeeded');
      assert.equal(stateOf(asked()), isVoid ? 'expired' : 'succeeded');
      if (isVoid) assert.deepEqual(desk.ledger.get(asked())?.why, say('guard.grant_void'));
      assert.equal(desk.gateway.of(REFUND).length, isVoid ? 0 : 1);
    });
  }

  it('G3: a caller that leaves between click and sending is in time', async () => {
    const stop = new AbortController();
    const original = desk.ledger.approve.bind(desk.ledger);
    desk.ledger.approve = async (...args) => {
      await original(...args);
      stop.abort();
    };
    await assert.rejects(desk.execute(refund(), approve, { signal: stop.signal }), RefusedError);
    assert.equal(stateOf(asked()), 'expired');
    assert.equal(desk.gateway.of(REFUND).length, 0);
  });

  it('G2: what another window ended between click and sending is not sent', async () => {
    const other = await desk.window();
    const original = desk.ledger.approve.bind(desk.ledger);
    desk.ledger.approve = async (...args) => {
      await original(...args);
      await other.move(args[0], 'expired');
    };
    await assert.rejects(desk.execute(refund(), approve), RefusedError);
    assert.equal(desk.gateway.of(REFUND).length, 0);
  });

  it('G3: an error of ours before the sending ends it as expired, and is the caller’s error', async () => {
    const boom = new Error('boom');
    desk.ledger.approve = () => Promise.reject(boom);
    await assert.rejects(desk.execute(refund(), approve), (error) => error === boom);
    assert.deepEqual([stateOf(asked()), desk.ledger.get(asked())?.why], ['expired', say('guard.interrupted')]);
  });

  for (const [error, why] of [
    [new Error('boom'), say('guard.interrupted')],
    [new RefusedError(say('guard.ended')), say('guard.ended')],
  ] as const) {
    it(`G7: an error after the sending (${error.message}) leaves it in doubt, never says that it failed, and is settled`, async () => {
      desk.gateway.answers.set(REFUND, () => Promise.reject(error));
      desk.gateway.answers.set(REFUND_QUERY, () => (desk.gateway.of(REFUND).length === 0 ? yes() : SILENCE));
      const call = desk.execute(refund(), approve);
      await desk.until(() => stateOf(desk.asked[0]?.operationId) === 'unknown');
      await desk.clock.advance(10_000);
      const settled = await call;
      assert.deepEqual([settled.status, settled.why], ['unknown', why]);
      desk.gateway.answers.set(REFUND_QUERY, DONE);
      await desk.until(() => stateOf(asked()) === 'succeeded', 100);
      assert.equal(desk.gateway.of(REFUND).length, 1);
    });
  }

  it('G6: a ledger that fails altogether is the caller’s error, and the row stays for the next start', async () => {
    const boom = new Error('the disk is full');
    desk.ledger.approve = () => Promise.reject(boom);
    desk.ledger.move = () => Promise.reject(new Error('still full'));
    await assert.rejects(desk.execute(refund(), approve), (error) => error === boom);
    assert.equal(stateOf(asked()), 'proposed');
  });

  it('lets the next one in, however the one before ended', async () => {
    desk.gateway.answers.set('alipay.trade.query', ({ bizContent }) =>
      yes({ ...QUERIED, trade_no: String(bizContent?.['trade_no']) }),
    );
    const wish = (trade_no: string, hand: Hand): Promise<unknown> =>
      desk.execute(refund({ trade: { trade_no } }), hand).catch((error: unknown) => error);
    const hands: Hand[] = [
      deny,
      () => ({ verdict: 'expired' }),
      () => Promise.reject(new Error('closed')),
      approve,
      approve,
    ];
    await Promise.all(hands.map((hand, index) => wish(`${index + 1}`, hand)));
    assert.equal(desk.asked.length, 5);
    assert.deepEqual(
      desk.asked.map(({ queueLength }) => queueLength),
      [4, 3, 2, 1, 0],
      'each is told how many wait behind it',
    );
  });

  describe('in doubt', () => {
    beforeEach(() => desk.gateway.answers.set(REFUND, SILENCE));

    it('G7: answers a call after its patience, counted from the sending, and goes on asking', async () => {
      const one = slowHand();
      const start = desk.clock.mono;
      let settled: string | undefined;
      const call = desk.execute(refund(), one.hand).then((value) => {
        settled = value.status;
        return value;
      });
      await one.shown;
      await desk.clock.advance(200_000);
      one.click(true);
      desk.gateway.answers.set(REFUND_QUERY, no('ISP.UNKNOWN'));
      await desk.until(() => desk.asked.length > 0 && stateOf(asked()) === 'unknown');
      await desk.clock.advance(9_000);
      await turn();
      assert.equal(settled, undefined);
      await desk.until(() => settled !== undefined, 100);
      assert.ok(desk.clock.mono - start <= 200_000 + 10_000 + 1_000);
      assert.deepEqual([settled, (await call).why], ['unknown', say('outcome.network')]);
      desk.gateway.answers.set(REFUND_QUERY, DONE);
      await desk.until(() => stateOf(asked()) === 'succeeded', 100);
    });

    it('G7: is sent again with the very same bytes, once it is absent', async () => {
      const call = desk.execute(refund(), approve);
      await desk.until(() => desk.gateway.of(REFUND).length === 1);
      desk.gateway.answers.set(REFUND, yes(REFUNDED));
      await desk.until(() => desk.gateway.of(REFUND).length === 2, 100);
      assert.equal((await call).status, 'succeeded');
      const [first, second] = desk.gateway.of(REFUND);
      assert.deepEqual(second, first);
      assert.equal(JSON.stringify(first), desk.asked[0]?.bizContent);
    });

    it('G3: and the guard ends: the call is answered, and it stays in doubt', async () => {
      desk.gateway.answers.set(REFUND_QUERY, ({ bizContent }) =>
        desk.gateway.of(REFUND).length > 0 && bizContent ? SILENCE : yes(),
      );
      const call = desk.execute(refund(), approve);
      await desk.until(() => desk.asked.length > 0 && stateOf(asked()) === 'unknown');
      await desk.guard.dispose();
      assert.equal((await call).status, 'unknown');
      assert.equal(stateOf(asked()), 'unknown');
    });
  });

  it('G11: what Alipay did under the same number before is taken up, as done, without asking', async () => {
    desk.gateway.answers.set(
      REFUND_QUERY,
      yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '15.50', gmt_refund_pay: '2024-04-11 08:00:00' }),
    );
    const settled = await desk.execute(refund(), approve);
    assert.equal(settled.status, 'already_done');
    assert.equal(desk.asked.length, 0);
    const adopted = desk.ledger.get(settled.operationId ?? '') ?? assert.fail();
    assert.equal(adopted.sentAt, Date.parse('2024-04-11T08:00:00+08:00'), 'at the time Alipay says');
    assert.equal(adopted.number, settled.number);
    const [proposal] = desk.ledger.ofIntent(desk.account, adopted.intent);
    assert.equal(proposal?.state, 'expired');
  });

  it('G11: what Alipay did before without saying when is taken up as of now', async () => {
    desk.gateway.answers.set(REFUND_QUERY, DONE);
    const settled = await desk.execute(refund(), approve);
    assert.deepEqual([settled.status, settled.at], ['already_done', desk.clock.now()]);
  });
});
