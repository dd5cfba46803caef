import assert from 'node:assert/strict';
import { DAY_MS } from '../../../src/alipay/beijing-time.ts';
import { makeGrant } from '../../../src/alipay/grant.ts';
import { RefusedError } from '../../../src/alipay/errors.ts';
import type { TradeFacts } from '../../../src/guard/proposal.ts';
import type { Settled } from '../../../src/guard/settled.ts';
import { openLedger } from '../../support/ledgers.ts';
import { approve, deny, Desk, refund, type Hand } from '../../support/desk.ts';

const REFUND = 'alipay.trade.refund';
const QUERY = 'alipay.trade.query';
const TRADE = { out_trade_no: '2024040112345' };

describe('the guard', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  const sent = async (): Promise<number> => (await desk.requests(REFUND)).length;
  const refunded = async (): Promise<number> => {
    const { refunds } = await desk.admin<{ refunds: { out_trade_no: string; refund_amount: string }[] }>(
      'GET',
      '/state',
    );
    return refunds
      .filter(({ out_trade_no }) => out_trade_no === TRADE.out_trade_no)
      .reduce((sum, { refund_amount }) => sum + Math.round(Number(refund_amount) * 100), 0);
  };

  it('moves money once a person approved, and reports it as moved', async () => {
    const settled = await desk.execute(refund(), approve);
    assert.equal(settled.status, 'succeeded');
    assert.equal(settled.answer['refund_fee'], '15.50');
    assert.equal(await sent(), 1);
    assert.equal(await refunded(), 1_550);
  });

  it('G1: the person is shown the digest, the exact bytes and the facts of what is then signed', async () => {
    await desk.execute(refund(), approve);
    const [shown] = desk.asked;
    assert.ok(shown);
    const [request] = await desk.requests(REFUND);
    assert.ok(
      JSON.stringify(request).includes(JSON.stringify(shown.bizContent).slice(1, -1)),
      'the journal has those bytes',
    );
    assert.match(shown.digest, /^[0-9a-f]{64}$/);
    assert.equal(JSON.parse(shown.bizContent).refund_amount, '15.50');
    assert.deepEqual(shown.agentWords, [{ field: 'refund_reason', text: 'defective item' }]);
  });

  it('G1: approving another digest than the one shown approves nothing', async () => {
    const settled = await desk.execute(refund(), () => ({ verdict: 'approved', digest: '0'.repeat(64) }));
    assert.equal(settled.status, 'denied');
    assert.equal(await sent(), 0);
  });

  const denials: Record<string, Hand> = {
    'a denial': deny,
    'an exception in the approver': () => {
      throw new Error('boom');
    },
    'a rejected promise': () => Promise.reject(new Error('closed')),
    'an end by expiry': () => ({ verdict: 'expired' }),
  };
  for (const [name, hand] of Object.entries(denials)) {
    it(`G3: ${name} sends nothing`, async () => {
      const settled = await desk.execute(refund(), hand);
      assert.ok(settled.status === 'denied' || settled.status === 'expired');
      assert.equal(await sent(), 0);
    });
  }

  it('G3: a denial’s reason goes back to the caller', async () => {
    assert.equal((await desk.execute(refund(), deny)).reason, 'not today');
  });

  it('G3: a caller that leaves before the decision is a denial, even if the click comes later', async () => {
    const stop = new AbortController();
    const late = Promise.withResolvers<void>();
    const hand: Hand = async ({ digest }) => {
      stop.abort();
      await late.promise;
      return { verdict: 'approved', digest };
    };
    const settled = await desk.execute(refund(), hand, { signal: stop.signal });
    late.resolve();
    assert.equal(settled.status, 'denied');
    assert.equal(await sent(), 0);
  });

  it('G3: an approval that comes after five minutes by either clock is void', async () => {
    for (const move of [{ offset: 301_000 }, { monotonicOffset: 301_000 }]) {
      const settled = await desk.execute(refund(), (request) => {
        Object.assign(desk.clock, move);
        return approve(request, AbortSignal.abort());
      });
      assert.equal(settled.status, 'expired', JSON.stringify(move));
      Object.assign(desk.clock, { offset: 0, monotonicOffset: 0 });
    }
    assert.equal(await sent(), 0);
  });

  it('G3: the end of the guard denies what waits', async () => {
    const settled = await desk.execute(refund(), (_request, signal) => {
      void desk.guard.dispose();
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('over'))));
    });
    assert.equal(settled.status, 'denied');
    assert.equal(await sent(), 0);
  });

  it('G3: a call stopped after the click stops only the waiting, and the outcome is recorded', async () => {
    const stop = new AbortController();
    const original = desk.ledger.redeem.bind(desk.ledger);
    desk.ledger.redeem = async (...args) => {
      await original(...args);
      stop.abort();
    };
    await desk.execute(refund(), approve, { signal: stop.signal });
    assert.equal(stop.signal.aborted, true);
    assert.equal(await refunded(), 1_550);
    assert.equal(desk.ledger.get(desk.asked[0]?.operationId ?? '')?.state, 'succeeded');
  });

  it('G6: the operation and its number are in the file before anything leaves', async () => {
    const original = desk.client.send.bind(desk.client);
    let before: [string | undefined, string | undefined, number] | undefined;
    desk.client.send = async (prepared, options) =>
      original(
        prepared,
        options?.grant && {
          grant: makeGrant(async (digest) => {
            await options.grant?.redeem(digest);
            const other = await openLedger(desk.folder.file, desk.clock);
            const operation = other.get(desk.asked[0]?.operationId ?? '');
            before = [operation?.state, operation?.number, await sent()];
            other.close();
            await other.settled();
          }),
        },
      );
    const settled = await desk.execute(refund(), approve);
    assert.deepEqual(before, ['sending', settled.number, 0]);
    assert.equal(await sent(), 1);
  });

  it('G2: a grant that is not redeemed within ten seconds of the click is void', async () => {
    const original = desk.ledger.approve.bind(desk.ledger);
    desk.ledger.approve = async (...args) => {
      await original(...args);
      desk.clock.monotonicOffset += 11_000; // the machine slept between click and sending
    };
    await assert.rejects(desk.execute(refund(), approve), RefusedError);
    assert.equal(await sent(), 0);
    assert.equal(desk.ledger.inDoubt(`${new URL(desk.sandbox.gateway).host}/${desk.sandbox.certAppId}`).length, 0);
  });

  it('G2: the same by the wall clock, since the other one may stand still while a machine sleeps', async () => {
    const original = desk.ledger.approve.bind(desk.ledger);
    desk.ledger.approve = async (...args) => {
      await original(...args);
      desk.clock.offset += 11_000;
    };
    await assert.rejects(desk.execute(refund(), approve), /Too much time passed/);
    assert.equal(await sent(), 0);
  });

  it('G5: without an approver nobody is asked and nothing moves', async () => {
    await assert.rejects(desk.execute(refund(), undefined), /needs VS Code/);
    assert.equal(await sent(), 0);
  });

  it('G11: the same call again is the same refund: asked once, sent once', async () => {
    const first = await desk.execute(refund(), approve);
    const second = await desk.execute(
      refund({ reason: 'another text', trade: { trade_no: (first.facts as TradeFacts).tradeNo } }),
      approve,
    );
    assert.equal(second.status, 'already_done');
    assert.equal(second.operationId, first.operationId);
    assert.equal(desk.asked.length, 1);
    assert.equal(await refunded(), 1_550);
  });

  it('G11: calls at the same time join one operation, and only the last one leaving is a denial', async () => {
    const leaving = new AbortController();
    const shown = Promise.withResolvers<void>();
    const click = Promise.withResolvers<void>();
    const hand: Hand = async ({ digest }) => {
      shown.resolve();
      await click.promise;
      return { verdict: 'approved', digest };
    };
    const first = desk.execute(refund(), hand, { signal: leaving.signal });
    await shown.promise;
    const joined = Promise.withResolvers<void>();
    const second = desk.execute(refund(), hand, { progress: () => joined.resolve() });
    await joined.promise;
    leaving.abort();
    click.resolve();
    await first;
    assert.equal((await second).status, 'already_done');
    assert.equal(desk.asked.length, 1);
    assert.equal(await sent(), 1);
  });

  it('G11: a deliberate second one is asked as such and moves money again', async () => {
    const first = await desk.execute(refund(), approve);
    const second = await desk.execute(refund({ againAfter: first.operationId }), approve);
    assert.equal(second.status, 'succeeded');
    assert.notEqual(second.number, first.number);
    assert.equal(desk.asked[1]?.isSecond, true);
    assert.equal(await refunded(), 3_100);
    const retried = await desk.execute(refund({ againAfter: first.operationId }), approve);
    assert.deepEqual([retried.status, retried.operationId], ['already_done', second.operationId]);
    await assert.rejects(desk.execute(refund({ againAfter: 'op_other' }), approve), RefusedError);
    assert.equal(await refunded(), 3_100);
  });

  it('G11: a lost ledger meets the same number at Alipay instead of paying twice', async () => {
    await desk.execute(refund(), approve);
    desk.folder.remove();
    await desk.restart();
    const again = await desk.execute(refund(), approve);
    assert.equal(again.status, 'already_done');
    assert.equal(desk.asked.length, 1, 'nobody was asked');
    assert.equal(await refunded(), 1_550);
  });

  it('G11: a number the agent gives is refused when it belongs to another refund', async () => {
    await desk.execute(refund({ outRequestNo: 'MINE1' }), approve);
    await assert.rejects(desk.execute(refund({ outRequestNo: 'MINE1', fen: 100 }), approve), /already belongs/);
    assert.equal(await refunded(), 1_550);
  });

  it('G11: three denials in ten minutes, and the fourth call is refused without asking', async () => {
    for (let times = 0; times < 3; times += 1) await desk.execute(refund(), deny);
    await assert.rejects(desk.execute(refund(), approve), /three times/);
    assert.equal(desk.asked.length, 3);
    assert.ok(desk.asked[1]?.warnings.some(({ key }) => key === 'warn.denied_because'));
  });

  it('G9: limits are checked before anybody is asked', async () => {
    await desk.close();
    desk = await Desk.open({ limits: { perOperation: 1_000, perDay: 10_000, perPayee: 10_000 } });
    await assert.rejects(desk.execute(refund(), approve), /limit of 10.00 CNY for one operation/);
    assert.equal(desk.asked.length, 0);
  });

  it('G9: no limits set means that no money moves', async () => {
    await desk.close();
    desk = await Desk.open({ limits: undefined });
    await assert.rejects(desk.execute(refund(), approve), /No limits are set/);
  });

  it('G9: a clock more than ten minutes from the gateway’s locks money-out and says so', async () => {
    desk.clock.offset = 15 * 60_000;
    await assert.rejects(desk.execute(refund(), approve), /15 minutes away/);
    assert.equal(desk.asked.length, 0);
    await assert.rejects(desk.execute(refund(), approve), /15 minutes away/);
    desk.clock.offset = 0;
    assert.equal((await desk.execute(refund(), approve)).status, 'succeeded', 'set right, and called again');
  });

  it('G12: a fact that changed between showing and clicking voids the click, and the person is asked again', async () => {
    const window = await desk.window();
    let clicks = 0;
    const hand: Hand = async ({ digest, changed }) => {
      clicks += 1;
      assert.equal(changed, clicks > 1);
      // Another window spends from the same limits meanwhile, so the limits left that were shown are true no longer.
      if (clicks === 1) await window.execute(other, () => [], desk.caller(approve));
      return { verdict: 'approved', digest };
    };
    const other = refund({ trade: { out_trade_no: 'AP2024041200987' }, fen: 5_000 });
    assert.equal((await desk.execute(refund(), hand)).status, 'succeeded');
    assert.equal(clicks, 2);
  });

  it('G12: what can no longer be done at the click is refused, and nothing is sent', async () => {
    const hand: Hand = async (request) => {
      await desk.client.send(desk.client.prepare({ method: QUERY, bizContent: TRADE }));
      await desk.fault(QUERY, 'http-500');
      return approve(request, AbortSignal.abort());
    };
    await assert.rejects(desk.execute(refund(), hand), /could not be read/);
    assert.equal(await sent(), 0);
  });

  it('shows one request at a time, and refuses a client’s sixth waiting one', async () => {
    const hold = Promise.withResolvers<void>();
    const hand: Hand = async () => {
      await hold.promise;
      return { verdict: 'denied' };
    };
    const calls: Promise<Settled>[] = [];
    for (let index = 0; index < 6; index += 1)
      calls.push(desk.execute(refund({ fen: 100, trade: await paidTrade(index) }), hand));
    while (desk.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const seventh = desk.execute(refund({ fen: 100, trade: await paidTrade(6) }), hand);
    await assert.rejects(seventh, /wait for a person/);
    hold.resolve();
    const all = await Promise.all(calls);
    assert.ok(all.every(({ status }) => status === 'denied'));
    assert.equal(desk.asked.length, 6);
  });

  async function paidTrade(index: number): Promise<{ out_trade_no: string }> {
    const { trades } = await desk.admin<{ trades: { out_trade_no: string; trade_status: string }[] }>('GET', '/state');
    const paid = trades.filter(
      ({ trade_status, out_trade_no }) => trade_status === 'TRADE_SUCCESS' && out_trade_no !== TRADE.out_trade_no,
    );
    return { out_trade_no: paid[index]?.out_trade_no ?? assert.fail('too few paid trades') };
  }

  it('refuses before asking what cannot be: too much, unpaid, closed, unknown', async () => {
    await assert.rejects(desk.execute(refund({ fen: 99_999_999 }), approve), /more than the/);
    await assert.rejects(desk.execute(refund({ trade: { out_trade_no: 'NOSUCHORDER1' } }), approve), RefusedError);
    assert.equal(desk.asked.length, 0);
  });

  it('a refund made elsewhere is in the sum that Alipay tells, and the next preflight knows it', async () => {
    const { out_trade_no } = await desk.paidOrder();
    const elsewhere = await Desk.open({ over: desk });
    await elsewhere.execute(refund({ trade: { out_trade_no }, fen: 5_000 }), approve);
    const first = await desk.execute(refund({ trade: { out_trade_no } }), approve);
    assert.equal(first.status, 'succeeded');
    assert.equal(first.answer['refund_fee'], '65.50');
    const second = await desk.execute(refund({ trade: { out_trade_no }, fen: 100 }), approve);
    assert.equal((second.facts as TradeFacts).refundedFen, 6_550);
    await elsewhere.close();
  });

  it('a day later the same refund is a new question', async () => {
    const first = await desk.execute(refund(), approve);
    await desk.admin('POST', '/clock', { advance_ms: DAY_MS + 60_000 });
    desk.clock.offset = DAY_MS + 60_000;
    const second = await desk.execute(refund(), approve).catch((error: unknown) => error);
    // The sandbox's Date header may stay with the real clock: then the clock check speaks first, as it must.
    if (second instanceof RefusedError) assert.match(second.message, /minutes away/);
    else assert.notEqual((second as Settled).operationId, first.operationId);
  });
});
