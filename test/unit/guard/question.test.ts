import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { say } from '../../../src/text/index.ts';
import { approve, refund, type Hand } from '../../support/hands.ts';
import { LIMITS, proposed, succeeded } from '../../support/ledgers.ts';
import { APP, PlayedDesk, QUERIED, REFUNDED, slowHand, TRADE_NO, yes } from '../../support/played-desk.ts';

const REFUND = 'alipay.trade.refund';
const QUERY = 'alipay.trade.query';
const FIVE_MINUTES = 300_000;

describe('the question before a person', () => {
  let desk: PlayedDesk;

  beforeEach(async () => {
    desk = await PlayedDesk.open();
  });
  afterEach(() => desk.close());

  const own = { method: REFUND, target: `trade:${TRADE_NO}` };
  const cancel = { method: 'alipay.trade.cancel', trade: { trade_no: TRADE_NO }, againAfter: undefined } as const;

  it('G1: has everything that will be signed, and what it does, and whose words are whose', async () => {
    await succeeded(desk.ledger, { ...own, account: desk.account, fen: 5_000 });
    desk.gateway.answers.set(REFUND, yes({ ...REFUNDED, refund_fee: '65.50' }));
    desk.effect = (proposal, facts) => [
      say('guard.busy', { operation: `${proposal.method} ${facts.kind === 'trade' ? facts.refundedFen : ''}` }),
    ];
    const settled = await desk.execute(refund(), approve);
    const [request] = desk.asked;
    assert.ok(request);
    assert.deepEqual(request, {
      operationId: settled.operationId,
      digest: desk.ledger.get(settled.operationId ?? '')?.digest,
      gateway: 'https://openapi.example/gateway.do',
      appId: APP,
      method: REFUND,
      bizContent: JSON.stringify({
        trade_no: TRADE_NO,
        refund_amount: '15.50',
        refund_reason: 'defective item',
        out_request_no: settled.number,
      }),
      params: {},
      profileLabel: 'My shop',
      band: 'local-sandbox',
      fen: 1_550,
      isSecond: false,
      effect: [say('guard.busy', { operation: `${REFUND} 5000` })],
      warnings: [],
      agentWords: [{ field: 'refund_reason', text: 'defective item' }],
      limitsLeft: {
        perOperation: LIMITS.perOperation,
        today: LIMITS.perDay - 5_000,
        payeeToday: LIMITS.perPayee - 5_000,
      },
      caller: 'Copilot',
      expiresAt: desk.clock.now() + FIVE_MINUTES,
      queueLength: 0,
      changed: false,
    });
    const row = desk.ledger.get(settled.operationId ?? '');
    assert.deepEqual([row?.bizContent, row?.number], [request.bizContent, settled.number]);
    assert.match(request.digest, /^[0-9a-f]{64}$/);
  });

  it('G11: says of a deliberate second one that it is one', async () => {
    const first = await desk.execute(refund(), approve);
    desk.gateway.answers.set(REFUND, yes({ ...REFUNDED, refund_fee: '31.00' }));
    await desk.execute(refund({ againAfter: first.operationId }), approve);
    assert.deepEqual(
      desk.asked.map(({ isSecond }) => isSecond),
      [false, true],
    );
  });

  for (const [clock, ms, status] of [
    ['wall', FIVE_MINUTES - 1, 'succeeded'],
    ['wall', FIVE_MINUTES, 'expired'],
    ['mono', FIVE_MINUTES - 1, 'succeeded'],
    ['mono', FIVE_MINUTES, 'expired'],
  ] as const) {
    it(`G3: a click after ${ms} ms by the ${clock} clock counts as ${status}`, async () => {
      const late: Hand = (request) => {
        desk.clock[clock] += ms;
        return { verdict: 'approved', digest: request.digest };
      };
      assert.equal((await desk.execute(refund(), late)).status, status);
    });
  }

  it('G3: a denial after five minutes is still the person’s denial', async () => {
    const late: Hand = () => {
      desk.clock.wall += FIVE_MINUTES;
      return { verdict: 'denied', reason: 'late, but no' };
    };
    const settled = await desk.execute(refund(), late);
    assert.deepEqual([settled.status, settled.reason], ['denied', 'late, but no']);
  });

  it('G3: nobody’s answer for five minutes is an end, and the panel is told', async () => {
    const one = slowHand();
    const call = desk.execute(refund(), one.hand);
    const { signal } = await one.shown;
    await desk.clock.advance(FIVE_MINUTES - 1);
    assert.equal(signal.aborted, false);
    await desk.clock.advance(1);
    const settled = await call;
    assert.deepEqual([settled.status, settled.why], ['expired', say('guard.expired')]);
    assert.equal(signal.aborted, true);
  });

  it('G3: the panel is told that it is over once it has answered', async () => {
    let over: AbortSignal | undefined;
    await desk.execute(refund(), (request, signal) => {
      over = signal;
      return { verdict: 'approved', digest: request.digest };
    });
    assert.equal(over?.aborted, true);
  });

  it('G3: a caller that leaves while the question is made is not asked for any more', async () => {
    const stop = new AbortController();
    desk.gateway.answers.set('alipay.trade.fastpay.refund.query', () => {
      stop.abort();
      return yes();
    });
    const settled = await desk.execute(refund(), approve, { signal: stop.signal });
    assert.deepEqual([settled.status, settled.why], ['denied', say('guard.caller_left')]);
    assert.equal(desk.asked.length, 0);
  });

  it('G12: is asked again, and says so, when a shown fact is another at the click', async () => {
    const status: Hand = (request) => {
      if (!request.changed) desk.gateway.answers.set(QUERY, yes({ ...QUERIED, buyer_logon_id: '138****0000' }));
      return { verdict: 'approved', digest: request.digest };
    };
    assert.equal((await desk.execute(refund(), status)).status, 'succeeded');
    assert.deepEqual(
      desk.asked.map(({ changed }) => changed),
      [false, true],
    );
    assert.equal(desk.gateway.of(REFUND).length, 1);
  });

  it('G12: is asked again when the limits left are others', async () => {
    const other = await desk.window();
    const spend: Hand = async (request) => {
      if (!request.changed) await succeeded(other, { account: desk.account, target: 'trade:2', fen: 700 });
      return { verdict: 'approved', digest: request.digest };
    };
    await desk.execute(refund(), spend);
    assert.deepEqual(
      desk.asked.map(({ limitsLeft }) => limitsLeft.today),
      [LIMITS.perDay, LIMITS.perDay - 700],
    );
  });

  it('G12: is void when the amount itself is another: that is another operation', async () => {
    const late: Hand = (request) => {
      desk.gateway.answers.set(QUERY, yes({ ...QUERIED, total_amount: '300.00' }));
      return { verdict: 'approved', digest: request.digest };
    };
    await assert.rejects(
      desk.execute(cancel, late),
      (error) => error instanceof RefusedError && error.sentence.key === 'guard.moved_on',
    );
    assert.equal(desk.gateway.of('alipay.trade.cancel').length, 0);
  });

  it('G12: is void when the number now names another trade', async () => {
    const late: Hand = (request) => {
      desk.gateway.answers.set(QUERY, yes({ ...QUERIED, trade_no: '2024040122001400000000000002' }));
      return { verdict: 'approved', digest: request.digest };
    };
    await assert.rejects(desk.execute(refund(), late), /changed while the request waited/);
  });

  it('G12: is void when the trade allows it no longer, or settings or limits do not', async () => {
    let isCurrent = true;
    await desk.close();
    desk = await PlayedDesk.open({ isCurrent: () => Promise.resolve(isCurrent) });
    const closed: Hand = (request) => {
      desk.gateway.answers.set(QUERY, yes({ ...QUERIED, trade_status: 'TRADE_CLOSED' }));
      return { verdict: 'approved', digest: request.digest };
    };
    await assert.rejects(desk.execute(refund(), closed), /closed/);
    desk.gateway.answers.set(QUERY, yes(QUERIED));
    let asked = 0;
    const changed: Hand = (request) => {
      isCurrent = false;
      asked = desk.gateway.sent.length;
      return { verdict: 'approved', digest: request.digest };
    };
    await assert.rejects(desk.execute(refund(), changed), /changed meanwhile/);
    assert.equal(desk.gateway.sent.length, asked, 'Alipay is asked nothing more under settings that hold no longer');
    isCurrent = true;
    const other = await desk.window();
    const spent: Hand = async (request) => {
      for (const target of ['trade:2', 'trade:3', 'trade:4'])
        await succeeded(other, { account: desk.account, target, fen: 99_900 });
      return { verdict: 'approved', digest: request.digest };
    };
    await assert.rejects(desk.execute(refund(), spent), /today \(Beijing\)/);
    assert.equal(desk.gateway.of(REFUND).length, 0);
  });

  it('G3: an approver that throws at once, or answers nothing it may, is a denial', async () => {
    const throwing = { ask: () => Promise.reject(new Error('closed')) };
    const settled = await desk.execute(refund(), undefined, { approver: throwing });
    assert.deepEqual([settled.status, settled.reason], ['denied', undefined]);
  });

  it('G9: has the limits left without itself, also where it is one of several', async () => {
    await proposed(desk.ledger, { account: desk.account, target: 'trade:2', fen: 900 });
    await desk.execute(refund(), approve);
    assert.equal(desk.asked[0]?.limitsLeft.today, LIMITS.perDay, 'what is only proposed counts nowhere');
  });
});
