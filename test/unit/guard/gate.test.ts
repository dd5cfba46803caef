import assert from 'node:assert/strict';
import { ProductError, RefusedError } from '../../../src/alipay/errors.ts';
import type { RefundProposal } from '../../../src/guard/proposal.ts';
import { intentOf } from '../../../src/ledger/index.ts';
import { say, type Sentence } from '../../../src/text/index.ts';
import { approve, deny, refund } from '../../support/hands.ts';
import { LIMITS, proposed, sending, succeeded } from '../../support/ledgers.ts';
import { no, PlayedDesk, QUERIED, SILENCE, slowHand, TRADE_NO, yes } from '../../support/played-desk.ts';

const TRADE_QUERY = 'alipay.trade.query';
const REFUND_QUERY = 'alipay.trade.fastpay.refund.query';
const TARGET = `trade:${TRADE_NO}`;
const MINUTE_MS = 60_000;

describe('the guard’s gate', () => {
  let desk: PlayedDesk;

  afterEach(() => desk.close());

  async function refusedWith(work: Promise<unknown>): Promise<[Sentence, Sentence | undefined]> {
    const error: unknown = await work.then(
      (value) => assert.fail(`not refused: ${JSON.stringify(value)}`),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof RefusedError, String(error));
    return [error.sentence, error.nextStep];
  }

  /** Nobody was asked, nothing was recorded and no money moved. */
  function nothingHappened(): void {
    assert.equal(desk.asked.length, 0);
    assert.equal(desk.gateway.of('alipay.trade.refund').length, 0);
    assert.deepEqual(desk.ledger.ofIntent(desk.account, intentOf({ ...own(), fen: 1_550 })), []);
  }

  const own = (): { account: string; method: string; target: string } => ({
    account: desk.account,
    method: 'alipay.trade.refund',
    target: TARGET,
  });

  describe('refuses before anything is asked, and says what would be right', () => {
    it('G5: where nobody can be asked', async () => {
      desk = await PlayedDesk.open();
      assert.deepEqual(await refusedWith(desk.execute(refund(), undefined)), [
        say('guard.nobody_to_ask'),
        say('guard.nobody_to_ask.next'),
      ]);
      assert.equal(desk.gateway.sent.length, 0);
      nothingHappened();
    });

    for (const level of ['read-only', 'write'] as const) {
      it(`on the level ${level}`, async () => {
        desk = await PlayedDesk.open({}, { level });
        assert.deepEqual(await refusedWith(desk.execute(refund(), approve)), [
          say('level.too_low', { profile: 'My shop', level, needed: 'money-out' }),
          undefined,
        ]);
        nothingHappened();
      });
    }

    it('G9: without limits', async () => {
      desk = await PlayedDesk.open({ limits: undefined });
      assert.deepEqual(await refusedWith(desk.execute(refund(), approve)), [say('guard.no_limits'), undefined]);
      nothingHappened();
    });

    it('G8: under a lock', async () => {
      desk = await PlayedDesk.open({ lock: say('guard.ended') });
      assert.deepEqual(await refusedWith(desk.execute(refund(), approve)), [
        say('guard.ended'),
        say('guard.locked.next'),
      ]);
      nothingHappened();
    });

    it('G3: after its end', async () => {
      desk = await PlayedDesk.open();
      await desk.guard.dispose();
      assert.deepEqual(await refusedWith(desk.execute(refund(), approve)), [say('guard.ended'), undefined]);
      nothingHappened();
    });

    it('G9: with a clock more than ten minutes off, either way, and no longer when it is right again', async () => {
      desk = await PlayedDesk.open();
      for (const [gateway, local, minutes] of [
        [0, 10 * MINUTE_MS + 1, 10],
        [14.6 * MINUTE_MS, 0, 15],
      ] as const) {
        desk.guard.noteGatewayTime(gateway, local);
        assert.deepEqual(await refusedWith(desk.execute(refund(), approve)), [
          say('guard.clock', { minutes }),
          say('guard.clock.next'),
        ]);
      }
      nothingHappened();
      desk.guard.noteGatewayTime(1_000, 1_000 + 10 * MINUTE_MS);
      assert.equal((await desk.execute(refund(), approve)).status, 'succeeded');
    });

    it('G12: when the clock turns out to be wrong by the very answer that is read', async () => {
      desk = await PlayedDesk.open();
      desk.gateway.answers.set(TRADE_QUERY, () => {
        if (desk.gateway.sent.length > 1) desk.guard.noteGatewayTime(0, 11 * MINUTE_MS);
        return yes(QUERIED);
      });
      const [sentence] = await refusedWith(desk.execute(refund(), approve));
      assert.deepEqual(sentence, say('guard.clock', { minutes: 11 }));
      assert.equal(desk.asked.length, 0);
    });

    it('G12: when settings are no longer those it was made with', async () => {
      for (const isCurrent of [() => Promise.resolve(false), () => Promise.reject(new Error('closed'))]) {
        await desk?.close();
        desk = await PlayedDesk.open({ isCurrent });
        assert.deepEqual(await refusedWith(desk.execute(refund(), approve)), [
          say('guard.settings_changed'),
          say('guard.next.try_again'),
        ]);
        assert.equal(desk.asked.length, 0);
      }
    });

    it('G12: what the trade does not allow, and records nothing of it', async () => {
      desk = await PlayedDesk.open();
      desk.gateway.answers.set(TRADE_QUERY, yes({ ...QUERIED, trade_status: 'TRADE_CLOSED' }));
      assert.deepEqual((await refusedWith(desk.execute(refund(), approve)))[0], say('refund.closed'));
      nothingHappened();
    });

    it('G12: what cannot be read', async () => {
      desk = await PlayedDesk.open();
      desk.gateway.answers.set(TRADE_QUERY, SILENCE);
      assert.deepEqual((await refusedWith(desk.execute(refund(), approve)))[0], say('guard.cannot_read'));
      nothingHappened();
    });
  });

  describe('answers a call whose place is taken', () => {
    beforeEach(async () => {
      desk = await PlayedDesk.open();
    });

    const wish = (change: Partial<RefundProposal> = {}): Promise<unknown> => desk.execute(refund(change), approve);

    it('G11: another operation on the trade is under way', async () => {
      const id = await proposed(await desk.window(), { ...own(), fen: 99 });
      assert.deepEqual(await refusedWith(wish()), [say('guard.busy', { operation: id }), say('guard.busy.next')]);
    });

    it('G11: another operation on the trade is in doubt', async () => {
      const id = await sending(desk.ledger, { ...own(), fen: 99 });
      await desk.ledger.move(id, 'unknown');
      assert.deepEqual(await refusedWith(wish()), [
        say('guard.busy_in_doubt', { operation: id }),
        say('guard.busy.next'),
      ]);
    });

    it('G11: the same operation is done, and reported as that', async () => {
      const first = await desk.execute(refund(), approve);
      desk.clock.wall += MINUTE_MS;
      const again = await desk.execute(refund(), deny);
      assert.deepEqual(again, { ...first, status: 'already_done' });
      assert.equal(desk.asked.length, 1);
    });

    it('G11: the whole was refunded, and that is said, not that nothing is left of it', async () => {
      desk.gateway.answers.set('alipay.trade.refund', yes({ fund_change: 'Y', refund_fee: '299.00' }));
      const first = await desk.execute(refund({ fen: 29_900 }), approve);
      const again = await desk.execute(refund({ fen: 29_900 }), approve);
      assert.deepEqual([again.status, again.operationId], ['already_done', first.operationId]);
    });

    it('G3: a window that is closed holds no place: what it left is asked anew', async () => {
      const other = await desk.window();
      const id = await proposed(other, { ...own(), fen: 1_550 });
      other.close();
      assert.equal((await desk.execute(refund(), approve)).status, 'succeeded');
      assert.equal(desk.ledger.get(id)?.state, 'expired');
    });

    it('G3: a fault of ours before anybody is asked is a refusal, and keeps its cause', async () => {
      const boom = new Error('database is not open');
      desk.ledger.standing = () => Promise.reject(boom);
      const error: unknown = await wish().catch((thrown: unknown) => thrown);
      assert.ok(error instanceof RefusedError);
      assert.deepEqual([error.sentence, error.cause], [say('guard.nothing_sent'), boom]);
      assert.deepEqual(desk.asked, []);
    });

    it('G11: something else was done last, or nothing, so there is nothing to repeat', async () => {
      const latest = await succeeded(desk.ledger, { ...own(), fen: 1_550 });
      const [sentence] = await refusedWith(wish({ againAfter: 'op_other' }));
      assert.deepEqual(sentence, say('guard.not_again', { latest }));
      const second = await sending(desk.ledger, { ...own(), fen: 1_550, againAfter: latest });
      await desk.ledger.move(second, 'unknown');
      await desk.ledger.move(second, 'resolved_by_hand');
      assert.deepEqual(await refusedWith(wish({ againAfter: latest })), [
        say('guard.again_in_doubt', { latest, second }),
        say('guard.not_again.next'),
      ]);
      const [nothing] = await refusedWith(wish({ fen: 7, againAfter: latest }));
      assert.deepEqual(nothing, say('guard.nothing_to_repeat'));
    });

    for (const reason of ['not today', undefined]) {
      it(`G11: it was denied three times (${reason})`, async () => {
        for (let times = 0; times < 3; times += 1) {
          const hand = () => ({ verdict: 'denied', ...(reason === undefined ? {} : { reason }) }) as const;
          assert.equal((await desk.execute(refund(), hand)).status, 'denied');
          desk.clock.wall += MINUTE_MS;
        }
        const when = '2024-04-11 10:02:00';
        const last = { amount: '15.50', when };
        const sentence =
          reason === undefined
            ? say('guard.denied_too_often', last)
            : say('guard.denied_too_often_because', { ...last, reason });
        assert.deepEqual((await refusedWith(wish()))[0], sentence);
        assert.equal(desk.asked.length, 3);
      });
    }

    it('G11: another window asks about the same just now', async () => {
      const other = await desk.window();
      const id = await proposed(other, { ...own(), fen: 1_550 });
      const settled = await desk.execute(refund(), approve);
      assert.deepEqual([settled.status, settled.operationId], ['in_progress', id]);
      await desk.ledger.move(id, 'expired');
    });

    it('G11: another window is quicker, between this one’s look and its record', async () => {
      const other = await desk.window();
      const original = desk.ledger.propose.bind(desk.ledger);
      let id = '';
      desk.ledger.propose = async (wanted) => {
        id = await proposed(other, { ...own(), fen: 1_550 });
        return original(wanted);
      };
      const settled = await desk.execute(refund(), approve);
      assert.deepEqual([settled.status, settled.operationId, desk.asked.length], ['in_progress', id, 0]);
    });

    it('G7: another living window has the same in doubt: it asks Alipay, this one waits for nothing', async () => {
      const other = await desk.window();
      const id = await sending(other, { ...own(), fen: 1_550 });
      await other.move(id, 'unknown');
      desk.gateway.sent.length = 0;
      const settled = await desk.execute(refund(), approve);
      assert.deepEqual([settled.status, settled.operationId], ['in_progress', id]);
      desk.guard.recover();
      await desk.clock.advance(1_000);
      assert.deepEqual(desk.gateway.of(REFUND_QUERY), []);
    });
  });

  describe('takes up what is in doubt and nobody’s', () => {
    /** A refund this account sent, in doubt, whose window is gone; and one of another account. */
    async function leftBehind(): Promise<string> {
      const other = await desk.window();
      const id = await sending(other, { ...own(), fen: 1_550 });
      await other.move(id, 'unknown');
      const foreign = await sending(other, { account: 'another/2', target: 'trade:2' });
      await other.move(foreign, 'unknown');
      other.close();
      return id;
    }

    beforeEach(async () => {
      desk = await PlayedDesk.open();
      desk.gateway.answers.set(REFUND_QUERY, yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '15.50' }));
    });

    /** Lets time pass until it is settled. */
    const settledAs = async (id: string): Promise<string | undefined> => {
      for (let times = 0; times < 2_000 && desk.ledger.get(id)?.state === 'unknown'; times += 1) {
        await desk.clock.advance(100);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return desk.ledger.get(id)?.state;
    };

    it('G6: at the start, of its own account only, by asking', async () => {
      const id = await leftBehind();
      desk.guard.recover();
      assert.equal(await settledAs(id), 'succeeded');
      assert.deepEqual(
        desk.gateway.sent.map(({ method, bizContent }) => [method, bizContent['out_request_no']]),
        [[REFUND_QUERY, `R${id}`]],
      );
      assert.equal(desk.ledger.inDoubt().length, 1);
    });

    it('G11: when the same is called again, and answers with it', async () => {
      const id = await leftBehind();
      const call = desk.execute(refund(), approve);
      assert.equal(await settledAs(id), 'succeeded');
      const settled = await call;
      assert.deepEqual([settled.status, settled.operationId], ['already_done', id]);
      assert.equal(desk.asked.length, 0);
    });

    it('G11: also when it is its own from before, and only once for several calls', async () => {
      const id = await sending(desk.ledger, { ...own(), fen: 1_550 });
      await desk.ledger.move(id, 'unknown');
      const calls = [desk.execute(refund(), approve), desk.execute(refund(), approve)];
      assert.equal(await settledAs(id), 'succeeded');
      for (const settled of await Promise.all(calls)) assert.equal(settled.operationId, id);
      assert.equal(desk.gateway.of(REFUND_QUERY).length, 1);
    });

    it('G7: answers the call after its patience, and goes on asking', async () => {
      const id = await leftBehind();
      desk.gateway.answers.set(REFUND_QUERY, SILENCE);
      let status: string | undefined;
      const call = desk.execute(refund(), approve).then((settled) => (status = settled.status));
      for (let times = 0; times < 2_000 && status === undefined; times += 1) {
        await desk.clock.advance(100);
        await new Promise((resolve) => setImmediate(resolve));
      }
      assert.equal(status, 'unknown');
      await call;
      desk.gateway.answers.set(REFUND_QUERY, yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '15.50' }));
      assert.equal(await settledAs(id), 'succeeded');
    });

    it('G7: and never sends it again, not even its own', async () => {
      desk.gateway.answers.set(REFUND_QUERY, yes());
      const id = await sending(desk.ledger, { ...own(), fen: 1_550 });
      await desk.ledger.move(id, 'unknown');
      const call = desk.execute(refund(), approve);
      assert.equal(await settledAs(id), 'not_executed');
      await call;
      assert.equal(desk.gateway.of('alipay.trade.refund').length, 0);
    });

    it('G7: and never sends it again, however absent it is', async () => {
      const id = await leftBehind();
      desk.gateway.answers.set(REFUND_QUERY, yes());
      desk.guard.recover();
      await desk.clock.advance(2_000);
      assert.equal(desk.ledger.get(id)?.state, 'unknown');
      await desk.clock.advance(2 * MINUTE_MS);
      assert.deepEqual(
        [desk.ledger.get(id)?.state, desk.ledger.get(id)?.why],
        ['not_executed', say('guard.never_arrived')],
      );
      assert.equal(desk.gateway.of('alipay.trade.refund').length, 0);
    });

    it('G3: its end ends the asking, and leaves it in doubt', async () => {
      const id = await leftBehind();
      desk.guard.recover();
      await desk.guard.dispose();
      assert.equal(desk.ledger.get(id)?.state, 'unknown');
      assert.deepEqual(desk.gateway.of(REFUND_QUERY), []);
    });
  });

  describe('knows each way money goes out', () => {
    beforeEach(async () => {
      desk = await PlayedDesk.open();
    });

    it('a cancellation', async () => {
      const settled = await desk.execute(
        { method: 'alipay.trade.cancel', trade: { trade_no: TRADE_NO }, againAfter: undefined },
        approve,
      );
      assert.deepEqual([settled.status, settled.fen, settled.number], ['succeeded', 29_900, undefined]);
      assert.deepEqual(desk.gateway.of('alipay.trade.cancel'), [{ trade_no: TRADE_NO }]);
    });

    it('a transfer', async () => {
      const payee = { identity: 'ming@example.com', identityType: 'ALIPAY_LOGON_ID', name: undefined };
      const settled = await desk.execute(
        {
          method: 'alipay.fund.trans.uni.transfer',
          fen: 500,
          payee,
          orderTitle: 't',
          remark: undefined,
          againAfter: undefined,
        },
        approve,
      );
      assert.deepEqual([settled.status, settled.fen], ['succeeded', 500]);
      assert.equal(desk.gateway.of('alipay.fund.trans.uni.transfer')[0]?.['out_biz_no'], settled.number);
      assert.equal(desk.ledger.get(settled.operationId ?? '')?.target, 'payee:ALIPAY_LOGON_ID:ming@example.com');
    });

    it('a refund, whose row says who asked for what', async () => {
      const settled = await desk.execute(refund(), approve);
      const row = desk.ledger.get(settled.operationId ?? '') ?? assert.fail();
      assert.deepEqual(
        [row.account, row.method, row.target, row.fen, row.caller],
        [...Object.values(own()), 1_550, 'Copilot'],
      );
      assert.deepEqual(JSON.parse(row.facts), settled.facts);
    });
  });

  it('a refusal of Alipay’s ends as rejected, with Alipay’s words', async () => {
    desk = await PlayedDesk.open();
    desk.gateway.answers.set('alipay.trade.refund', no('ACQ.SELLER_BALANCE_NOT_ENOUGH'));
    const settled = await desk.execute(refund(), approve);
    assert.deepEqual(
      [settled.status, settled.why, settled.next],
      ['rejected', say('refund.closed'), say('cancel.use_refund')],
    );
  });

  it('G9: limits are held before anybody is asked, in words with both amounts', async () => {
    desk = await PlayedDesk.open({ limits: { ...LIMITS, perOperation: 1_549 } });
    assert.deepEqual(
      (await refusedWith(desk.execute(refund(), approve)))[0],
      say('limit.perOperation', { limit: '15.49', amount: '15.50' }),
    );
    assert.equal(desk.asked.length, 0);
  });

  it('its end waits for everything that waits, and denies it', async () => {
    desk = await PlayedDesk.open();
    const one = slowHand();
    const call = desk.execute(refund(), one.hand);
    const { request, signal } = await one.shown;
    const waiting = desk.execute(refund({ fen: 2 }), approve).catch((error: unknown) => error);
    await desk.guard.dispose();
    assert.equal(signal.aborted, true);
    assert.equal(desk.ledger.get(request.operationId)?.state, 'denied');
    assert.equal((await call).status, 'denied');
    assert.ok((await waiting) instanceof ProductError);
  });
});
