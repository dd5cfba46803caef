import assert from 'node:assert/strict';
import { endless, Merchant } from '../../support/merchant.ts';
import { bothModes, call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';

const BUYER = '2088621000001001';
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

type Received = Readonly<Record<string, string>>;

bothModes('the sandbox notifies', (stage) => {
  let merchant: Merchant;
  beforeEach(async () => {
    merchant = await Merchant.listen();
  });
  afterEach(() => merchant.close());

  const ask = async (method: string, content: object) => {
    const answer = await call(stage.sdk, `alipay.${method}`, content);
    assert.equal(answer.code, '10000', JSON.stringify(answer));
  };
  const advance = (ms: number) => stage.sandbox.admin('POST', '/clock', { advance_ms: ms });
  const waiting = async (more: object = {}): Promise<string> => {
    const out_trade_no = newNumber();
    const order = { out_trade_no, total_amount: '9.00', subject: 'x', buyer_id: BUYER, ...more };
    await call(stage.sdk, 'alipay.trade.create', order, { notify_url: merchant.url });
    return out_trade_no;
  };
  const paid = () => paidTrade(stage.sandbox, stage.sdk, '9.00', { notify_url: merchant.url });

  /** The last one that came, when everything due was answered; the SDK accepts it, and rejects it changed. */
  const last = async (): Promise<Received> => {
    await advance(0);
    const received = merchant.received.at(-1) ?? {};
    for (const check of ['checkNotifySign', 'checkNotifySignV2'] as const) {
      assert.equal(stage.sdk[check](received), true, check);
      for (const name of ['trade_status', 'out_trade_no', 'total_amount', 'refund_fee', 'out_biz_no']) {
        assert.equal(stage.sdk[check]({ ...received, [name]: `${received[name] ?? ''}1` }), false, `${check} ${name}`);
      }
    }
    return received;
  };

  it('of a payment', async () => {
    const number = await paid();
    const received = await last();
    assert.deepEqual([received.out_trade_no, received.trade_status], [number, 'TRADE_SUCCESS']);
    assert.match(received.gmt_payment ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    for (const mark of ['refund_fee', 'gmt_refund', 'out_biz_no', 'gmt_close']) assert.equal(mark in received, false);
  });

  for (const how of ['close', 'cancel'] as const) {
    it(`of a trade nobody paid, by ${how}`, async () => {
      const number = await waiting();
      await ask(`trade.${how}`, { out_trade_no: number });
      closedUnpaid(await last(), number);
    });
  }

  it('of a trade nobody paid in time, once', async () => {
    const number = await waiting({ timeout_express: '5m' });
    await advance(4 * MINUTE_MS);
    assert.deepEqual(merchant.received, []);
    await advance(MINUTE_MS);
    closedUnpaid(await last(), number);
    await advance(HOUR_MS);
    assert.equal(merchant.received.length, 1);
  });

  it('of a refund of a part: what went back so far, and under which number', async () => {
    const number = await paid();
    await ask('trade.refund', { out_trade_no: number, refund_amount: '1.00', out_request_no: 'a' });
    assert.equal((await last()).refund_fee, '1.00');
    await ask('trade.refund', { out_trade_no: number, refund_amount: '2.50', out_request_no: 'b' });
    const received = await last();
    assert.deepEqual(
      [received.trade_status, received.refund_fee, received.out_biz_no, received.total_amount],
      ['TRADE_SUCCESS', '3.50', 'b', '9.00'],
    );
    assert.match(received.gmt_refund ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
    await ask('trade.refund', { out_trade_no: number, refund_amount: '2.50', out_request_no: 'b' });
    await last();
    assert.equal(merchant.received.length, 3, 'a repeat is no event');
  });

  for (const [how, more] of [
    ['refund', { refund_amount: '9.00' }],
    ['cancel', {}],
  ] as const) {
    it(`of a ${how} of the whole: the trade is closed`, async () => {
      const number = await paid();
      await ask(`trade.${how}`, { out_trade_no: number, ...more });
      const received = await last();
      assert.deepEqual(
        [received.trade_status, received.refund_fee, received.out_biz_no],
        ['TRADE_CLOSED', '9.00', number],
      );
      assert.ok(received.gmt_close && received.gmt_payment);
    });
  }

  it('of nothing where an order has no notify_url', async () => {
    const number = await paidTrade(stage.sandbox, stage.sdk, '9.00');
    await ask('trade.refund', { out_trade_no: number, refund_amount: '9.00' });
    const { json } = await stage.sandbox.admin('GET', '/state');
    assert.equal(
      json.notifications.some((one: { out_trade_no: string }) => one.out_trade_no === number),
      false,
    );
  });

  it('and reads no more of an answer than it needs, though that never ends', async () => {
    const talker = await Merchant.listen(() => endless('x'.repeat(65_536)));
    try {
      const number = await paidTrade(stage.sandbox, stage.sdk, '9.00', { notify_url: talker.url });
      const { json } = await stage.sandbox.admin('GET', '/state');
      const noted = json.notifications.find((one: { out_trade_no: string }) => one.out_trade_no === number);
      assert.deepEqual([noted.status, noted.attempts, noted.last_answer], ['waiting', 1, 'x'.repeat(200)]);
    } finally {
      talker.close();
    }
  });

  for (const answer of ['fail', 'success\n', 'SUCCESS', '<p>success</p>']) {
    it(`again until exactly success: ${JSON.stringify(answer)} is not`, async () => {
      const deaf = await Merchant.listen(answer);
      try {
        const number = await paidTrade(stage.sandbox, stage.sdk, '9.00', { notify_url: deaf.url });
        await ask('trade.refund', { out_trade_no: number, refund_amount: '1.00', out_request_no: 'a' });
        await advance(25 * HOUR_MS);
        const ids = deaf.received.map(({ notify_id }) => notify_id);
        assert.deepEqual(
          [ids.length, new Set(ids).size],
          [16, 2],
          'the whole schedule of both, when the clock answers',
        );
        for (const received of deaf.received) assert.equal(stage.sdk.checkNotifySignV2(received), true);
        await advance(25 * HOUR_MS);
        assert.equal(deaf.received.length, 16);
      } finally {
        deaf.close();
      }
    });
  }
});

function closedUnpaid(received: Received, number: string): void {
  assert.deepEqual([received.out_trade_no, received.trade_status], [number, 'TRADE_CLOSED']);
  assert.ok(received.gmt_close);
  for (const mark of ['gmt_payment', 'refund_fee', 'out_biz_no']) assert.equal(mark in received, false, mark);
}
