import assert from 'node:assert/strict';
import { formatBeijing } from '../../../src/alipay/beijing-time.ts';
import type { CancelProposal, TransferProposal } from '../../../src/guard/proposal.ts';
import type { Settled } from '../../../src/guard/settled.ts';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { say } from '../../../src/text/index.ts';
import { approve, deny, refund } from '../../support/hands.ts';
import { sending } from '../../support/ledgers.ts';
import { no, PlayedDesk, REFUNDED, SILENCE, slowHand, TRADE_NO, turn, yes } from '../../support/played-desk.ts';

const CANCEL = 'alipay.trade.cancel';
const REFUND = 'alipay.trade.refund';
const REFUND_QUERY = 'alipay.trade.fastpay.refund.query';
const TRANSFER = 'alipay.fund.trans.uni.transfer';
const TRANSFER_QUERY = 'alipay.fund.trans.common.query';
const DONE = yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '15.50' });

const CANCELLATION: CancelProposal = { method: CANCEL, trade: { trade_no: TRADE_NO }, againAfter: undefined };
const PAYOUT: TransferProposal = {
  method: TRANSFER,
  fen: 500,
  payee: { identity: '2088102146225135', identityType: 'ALIPAY_USER_ID', name: undefined },
  orderTitle: 'June',
  remark: undefined,
  againAfter: undefined,
};

describe('what went before an operation', () => {
  let desk: PlayedDesk;

  beforeEach(async () => {
    desk = await PlayedDesk.open();
  });
  afterEach(() => desk.close());

  const doubtful = (): string | undefined => desk.ledger.inDoubt()[0]?.id;

  async function outcome(call: Promise<Settled>): Promise<Settled> {
    let settled: Settled | undefined;
    void call.then((value) => (settled = value));
    await desk.until(() => settled !== undefined, 500);
    return settled ?? assert.fail();
  }

  /** An operation whose answer was lost, and that was ended without Alipay's word. */
  async function ended(proposal: Parameters<PlayedDesk['execute']>[0], as: 'not_executed' | 'resolved_by_hand') {
    desk.gateway.answers.set(proposal.method, SILENCE);
    const call = desk.execute(proposal, approve);
    await desk.until(() => doubtful() !== undefined);
    await desk.ledger.move(doubtful() ?? '', as);
    await outcome(call);
  }

  for (const as of ['not_executed', 'resolved_by_hand'] as const) {
    it(`G7: a payout that is ${as} keeps its number also when Alipay refused it since`, async () => {
      await ended(PAYOUT, as);
      desk.gateway.answers.set(TRANSFER, no('PAYER_BALANCE_NOT_ENOUGH'));
      const refused = outcome(desk.execute(PAYOUT, approve));
      await refused;
      await desk.until(() => doubtful() === undefined, 500);
      desk.gateway.answers.set(TRANSFER, yes({ status: 'SUCCESS' }));
      assert.equal((await desk.execute(PAYOUT, approve)).status, 'succeeded');
      const numbers = desk.gateway.of(TRANSFER).map((sent) => sent['out_biz_no']);
      assert.deepEqual([numbers.length, new Set(numbers).size], [3, 1]);
      assert.equal((await desk.execute({ ...PAYOUT, fen: 501 }, approve)).status, 'succeeded');
      assert.notEqual(desk.gateway.of(TRANSFER)[3]?.['out_biz_no'], numbers[0]);
    });

    it(`G7: a payout that is ${as} keeps its number, whatever was refused under another before`, async () => {
      desk.gateway.answers.set(TRANSFER, no('PAYER_BALANCE_NOT_ENOUGH'));
      assert.equal((await desk.execute(PAYOUT, approve)).status, 'rejected');
      await ended(PAYOUT, as);
      desk.gateway.answers.set(TRANSFER, yes({ status: 'SUCCESS' }));
      assert.equal((await desk.execute(PAYOUT, approve)).status, 'succeeded');
      const [first, second, third] = desk.gateway.of(TRANSFER).map((sent) => sent['out_biz_no']);
      assert.notEqual(first, second);
      assert.equal(second, third);
    });

    it(`G7: a refusal of what is ${as} says nothing about the earlier sending: it is asked about`, async () => {
      await ended(refund(), as);
      desk.gateway.answers.set(REFUND, no('ACQ.TRADE_HAS_CLOSE'));
      desk.gateway.answers.set(REFUND_QUERY, () => (desk.gateway.of(REFUND).length > 1 ? DONE : yes()));
      assert.equal((await outcome(desk.execute(refund(), approve))).status, 'succeeded');
      assert.equal(desk.gateway.of(REFUND).length, 2);
    });
  }

  it('G7: such a refusal ends what stays absent, with Alipay’s reason, and nothing is sent again', async () => {
    await ended(refund(), 'resolved_by_hand');
    desk.gateway.answers.set(REFUND, no('ACQ.SELLER_BALANCE_NOT_ENOUGH'));
    const settled = await outcome(desk.execute(refund(), approve));
    assert.deepEqual([settled.status, settled.why], ['unknown', say('refund.closed')]);
    const id = settled.operationId ?? '';
    await desk.until(() => desk.ledger.get(id)?.state === 'not_executed', 500);
    const row = desk.ledger.get(id);
    assert.deepEqual([row?.why, row?.next], [say('refund.closed'), say('cancel.use_refund')]);
    assert.equal(desk.gateway.of(REFUND).length, 2);
  });

  it('a refusal of what was refused before is Alipay’s word', async () => {
    desk.gateway.answers.set(REFUND, no('ACQ.SELLER_BALANCE_NOT_ENOUGH'));
    assert.equal((await desk.execute(refund(), approve)).status, 'rejected');
    assert.equal((await desk.execute(refund(), approve)).status, 'rejected');
  });

  it('a refusal under one number says nothing of what was left under another', async () => {
    await ended(PAYOUT, 'not_executed');
    const left = desk.gateway.of(TRANSFER)[0]?.['out_biz_no'];
    desk.gateway.answers.set(TRANSFER_QUERY, ({ bizContent }) =>
      bizContent?.['out_biz_no'] === left ? yes({ status: 'FAIL' }) : no('ORDER_NOT_EXIST'),
    );
    desk.gateway.answers.set(TRANSFER, no('PAYER_BALANCE_NOT_ENOUGH'));
    assert.equal((await desk.execute(PAYOUT, approve)).status, 'rejected');
    assert.notEqual(desk.gateway.of(TRANSFER)[1]?.['out_biz_no'], left);
  });

  it('G7: a payout under its left number that Alipay has not finished says so', async () => {
    await ended(PAYOUT, 'resolved_by_hand');
    desk.gateway.answers.set(TRANSFER_QUERY, yes({ status: 'DEALING' }));
    await assert.rejects(
      desk.execute(PAYOUT, approve),
      (error) => error instanceof RefusedError && error.sentence.key === 'transfer.under_way',
    );
  });

  it('G11: meets a colleague’s refund of a day, where another number was used here', async () => {
    await desk.execute(refund({ outRequestNo: 'MINE1' }), approve);
    desk.clock.wall += 25 * 3_600_000;
    const gmt_refund_pay = formatBeijing(desk.clock.now() - 3_600_000);
    desk.gateway.answers.set(REFUND_QUERY, ({ bizContent }) =>
      String(bizContent?.['out_request_no']).startsWith('R')
        ? yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '15.50', gmt_refund_pay })
        : yes(),
    );
    assert.equal((await desk.execute(refund(), approve)).status, 'already_done');
    assert.equal(desk.gateway.of(REFUND).length, 1);
  });

  it('G7: what a closed window left in doubt is asked about when it stands in a call’s way', async () => {
    const window = await desk.window();
    const id = await sending(window, { account: desk.account, target: `trade:${TRADE_NO}`, fen: 99 });
    await window.move(id, 'unknown');
    window.close();
    desk.gateway.answers.set(REFUND_QUERY, ({ bizContent }) =>
      bizContent?.['out_request_no'] === desk.ledger.get(id)?.number
        ? yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '0.99' })
        : yes(),
    );
    const busy = (error: unknown): boolean =>
      error instanceof RefusedError && error.sentence.key === 'guard.busy_in_doubt';
    await assert.rejects(desk.execute(refund(), approve), busy);
    await assert.rejects(desk.execute(refund(), approve), busy); // one asking is enough
    await desk.until(() => desk.ledger.get(id)?.state === 'succeeded', 100);
    assert.equal(desk.gateway.of(REFUND_QUERY).length, 1);
    desk.gateway.answers.set(REFUND, yes({ ...REFUNDED, refund_fee: '16.49' }));
    assert.equal((await desk.execute(refund(), approve)).status, 'succeeded');
  });

  for (const time of ['2024-04-11 24:00:00', '0000-00-00 00:00:00', 'yesterday', 7]) {
    it(`a time that is none (${time}) takes nothing from what Alipay says`, async () => {
      desk.gateway.answers.set(REFUND, SILENCE);
      const done = yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '15.50', gmt_refund_pay: time });
      desk.gateway.answers.set(REFUND_QUERY, () => (desk.gateway.of(REFUND).length > 0 ? done : yes()));
      assert.equal((await outcome(desk.execute(refund(), approve))).status, 'succeeded');
    });
  }

  it('a cancellation that changed nothing is said to have changed nothing: it has no number to keep', async () => {
    desk.gateway.answers.set(CANCEL, yes({ retry_flag: 'N' }));
    const { operationId = '' } = await outcome(desk.execute(CANCELLATION, approve));
    await desk.until(() => desk.ledger.get(operationId)?.state === 'not_executed', 500);
    assert.deepEqual(desk.ledger.get(operationId)?.why, say('cancel.not_there'));
  });

  it('G11: three calls given up are no person’s denials, and are not asked about again for now either', async () => {
    const give = async (): Promise<void> => {
      const stop = new AbortController();
      const one = slowHand();
      const call = desk.execute(refund(), one.hand, { signal: stop.signal });
      await one.shown;
      stop.abort();
      await call;
    };
    for (let times = 0; times < 3; times += 1) await give();
    const when = formatBeijing(desk.clock.now());
    await assert.rejects(desk.execute(refund(), approve), (error) => {
      assert.ok(error instanceof RefusedError);
      assert.deepEqual(error.sentence, say('guard.given_up_too_often', { amount: '15.50', when }));
      return true;
    });
  });

  it('G3: what was sent and is in doubt when the guard ends is told as that', async () => {
    desk.gateway.answers.set(REFUND, SILENCE);
    const call = desk.execute(refund(), approve);
    await desk.until(() => doubtful() !== undefined);
    await desk.guard.dispose();
    assert.equal((await call).status, 'unknown');
  });

  it('G3: what was never sent is told as it ended, whoever altered its row since', async () => {
    desk.ledger.vouches = () => Promise.resolve(false);
    assert.equal((await desk.execute(refund(), deny)).status, 'denied');
  });

  it('G7: recovery asks also where the ledger cannot be written just now, and is silent where it cannot be read', async () => {
    const id = await sending(desk.ledger, { account: desk.account, target: `trade:${TRADE_NO}` });
    await desk.ledger.move(id, 'unknown');
    desk.ledger.sweep = () => Promise.reject(new RefusedError(say('ledger.busy')));
    desk.gateway.answers.set(REFUND_QUERY, DONE);
    desk.guard.recover();
    await desk.until(() => desk.ledger.get(id)?.state === 'succeeded', 100);
    desk.ledger.inDoubt = () => {
      throw new Error('database is not open');
    };
    desk.guard.recover();
    await turn();
  });

  it('G3: what waits when the guard ends hears why', async () => {
    const one = slowHand();
    const call = desk.execute(refund(), one.hand);
    await one.shown;
    await desk.guard.dispose();
    const settled = await call;
    assert.deepEqual([settled.status, settled.why], ['denied', say('guard.ended')]);
  });

  it('G3: a guard that ends while it looks refuses, and writes nothing', async () => {
    const gate = Promise.withResolvers<void>();
    desk.gateway.answers.set('alipay.trade.query', async () => {
      await gate.promise;
      return yes();
    });
    const call = desk.execute(CANCELLATION, deny);
    await desk.guard.dispose();
    gate.resolve();
    await assert.rejects(call, RefusedError);
  });
});
