import assert from 'node:assert/strict';
import { Merchant } from '../../support/merchant.ts';
import { call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

const BUYER = '2088621000001001';
const REFUND = 'alipay.trade.refund';
const HOUR_MS = 3_600_000;

describe('the sandbox bends notifications and the clock on demand', function () {
  this.timeout(60_000);
  let sandbox: SandboxProcess;
  let merchant: Merchant;
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-notification-faults', '--seed', 'empty');
  });
  after(() => sandbox.stop());
  beforeEach(async () => {
    merchant = await Merchant.listen();
  });
  afterEach(async () => {
    merchant.close();
    await sandbox.admin('DELETE', '/faults');
  });

  const arm = async (fault: string, method: string, more: object = {}) => {
    const answer = await sandbox.admin('POST', '/faults', { method, fault, ...more });
    assert.equal(answer.status, 200, JSON.stringify(answer.json));
  };
  const advance = (ms: number) => sandbox.admin('POST', '/clock', { advance_ms: ms });
  const paid = () => paidTrade(sandbox, sandbox.sdk('key'), '9.00', { notify_url: merchant.url });
  const refund = (out_trade_no: string, out_request_no = 'a') =>
    call(sandbox.sdk('key'), REFUND, { out_trade_no, out_request_no, refund_amount: '1.00' });
  /** What came after the payment, in order, when everything due was answered. */
  const came = async () => {
    await advance(0);
    return merchant.received.map(({ out_biz_no }) => out_biz_no ?? 'payment');
  };
  const listed = async (number: string) => {
    const { json } = await sandbox.admin('GET', '/state');
    const all = json.notifications as { out_trade_no: string; status: string; fault: string | null }[];
    return all.filter((one) => one.out_trade_no === number).map(({ status, fault }) => [status, fault]);
  };

  it('duplicate-notification: once more after success, under the same id', async () => {
    await arm('duplicate-notification', REFUND);
    const number = await paid();
    await refund(number);
    assert.deepEqual(await came(), ['payment', 'a', 'a']);
    assert.equal(merchant.received[1]?.notify_id, merchant.received[2]?.notify_id);
    for (const received of merchant.received) assert.equal(sandbox.sdk('key').checkNotifySignV2(received), true);
    await advance(25 * HOUR_MS);
    assert.equal(merchant.received.length, 3);
    assert.deepEqual(await listed(number), [
      ['delivered', null],
      ['delivered', 'duplicate-notification'],
    ]);
  });

  it('late-notification: ms of virtual time later, and the next one on time', async () => {
    await arm('late-notification', REFUND, { ms: HOUR_MS });
    const number = await paid();
    await refund(number, 'a');
    await refund(number, 'b');
    assert.deepEqual(await came(), ['payment', 'b']);
    await advance(HOUR_MS);
    assert.deepEqual(await came(), ['payment', 'b', 'a']);
  });

  it('out-of-order-notification: after the next one of its order', async () => {
    await arm('out-of-order-notification', REFUND);
    const number = await paid();
    await refund(number, 'a');
    await refund(await paid(), 'other');
    assert.deepEqual(await came(), ['payment', 'payment', 'other']);
    await refund(number, 'b');
    assert.deepEqual(await came(), ['payment', 'payment', 'other', 'b', 'a']);
  });

  it('out-of-order-notification: where none follows, after ms', async () => {
    await arm('out-of-order-notification', REFUND, { ms: HOUR_MS });
    await refund(await paid());
    assert.deepEqual(await came(), ['payment']);
    await advance(HOUR_MS);
    assert.deepEqual(await came(), ['payment', 'a']);
  });

  it('lost-notification: never, for as many as were armed', async () => {
    await arm('lost-notification', '*', { count: 2 });
    const number = await paid();
    await refund(number, 'a');
    await refund(number, 'b');
    await advance(25 * HOUR_MS);
    assert.deepEqual(await came(), ['b']);
    assert.deepEqual(await listed(number), [
      ['lost', 'lost-notification'],
      ['lost', 'lost-notification'],
      ['delivered', null],
    ]);
  });

  it('counts a payment and a time-out as the method that made the order, and requests use nothing up', async () => {
    await arm('lost-notification', 'alipay.trade.precreate');
    await arm('lost-notification', 'alipay.trade.create');
    const number = await paid();
    assert.deepEqual(await listed(number), [['lost', 'lost-notification']]);
    const waiting = newNumber();
    const order = { out_trade_no: waiting, total_amount: '9.00', subject: 'x', buyer_id: BUYER, timeout_express: '5m' };
    await call(sandbox.sdk('key'), 'alipay.trade.create', order, { notify_url: merchant.url });
    await advance(HOUR_MS);
    assert.deepEqual(await listed(waiting), [['lost', 'lost-notification']]);
    assert.deepEqual((await sandbox.admin('GET', '/faults')).json, []);
    assert.deepEqual(merchant.received, []);
  });

  it('clock-jump: virtual time jumps when the method is called, once', async () => {
    const offset = async () => (await sandbox.admin('GET', '/state')).json.clock.offset_ms as number;
    const number = newNumber();
    const order = { out_trade_no: number, total_amount: '9.00', subject: 'x', buyer_id: BUYER, timeout_express: '5m' };
    await call(sandbox.sdk('key'), 'alipay.trade.create', order, { notify_url: merchant.url });
    const before = await offset();
    await arm('clock-jump', 'alipay.trade.query', { ms: 2 * HOUR_MS });
    const query = () => call(sandbox.sdk('key'), 'alipay.trade.query', { out_trade_no: number });
    assert.equal((await query()).tradeStatus, 'TRADE_CLOSED');
    assert.equal((await query()).code, '10000');
    assert.equal((await offset()) - before, 2 * HOUR_MS);
    await arm('clock-jump', 'alipay.trade.query', { ms: -HOUR_MS });
    await query();
    assert.equal((await offset()) - before, HOUR_MS);
    await advance(0);
    assert.equal(merchant.received[0]?.trade_status, 'TRADE_CLOSED');
    const { json: entries } = await sandbox.admin('GET', '/journal');
    assert.equal(entries.at(-1).fault, 'clock-jump');
  });
});
