import assert from 'node:assert/strict';
import type { Call } from '../../../src/alipay/prepared.ts';
import { answered, Bench, lost, NOON, refused } from '../../support/tool-bench.ts';

const CREATE = { total_amount: '299.00', subject: 'Premium Subscription' };
const OURS = 'AP202404120000012345';
const PAID = {
  trade_no: '2024041222001400000000000001',
  out_trade_no: OURS,
  trade_status: 'TRADE_SUCCESS',
  total_amount: '299.00',
  buyer_pay_amount: '299',
  receipt_amount: '298.5',
  buyer_logon_id: '159****5620',
  send_pay_date: '2024-04-12 09:58:00',
};
const WAITING = { ...PAID, trade_status: 'WAIT_BUYER_PAY', send_pay_date: undefined };

function precreated({ bizContent }: Call) {
  return answered({ out_trade_no: bizContent?.['out_trade_no'], qr_code: 'https://qr.alipay.com/bax1' });
}

function contents({ calls }: Bench): Record<string, unknown>[] {
  return calls.map((call) => ({ ...call.bizContent }));
}

describe('create_trade', () => {
  it('makes the brief’s trade: a QR code, a number of its own, the webhook, half an hour', async () => {
    const bench = new Bench().answer('alipay.trade.precreate', precreated);
    const result = await bench.run('create_trade', { ...CREATE, notify_url: 'https://shop.example.com/hook' });
    const order = String(result['out_trade_no']);
    assert.match(order, /^AP20240412\d{10}$/);
    assert.deepEqual(contents(bench), [
      {
        out_trade_no: order,
        total_amount: '299.00',
        subject: 'Premium Subscription',
        product_code: 'QR_CODE_OFFLINE',
        timeout_express: '30m',
      },
    ]);
    assert.deepEqual(bench.calls[0]?.params, { notify_url: 'https://shop.example.com/hook' });
    assert.equal(result.status, 'succeeded');
    assert.equal(result['qr_code'], 'https://qr.alipay.com/bax1');
    assert.equal(result['closes_at'], '2024-04-12 10:30:00');
    assert.equal(result['notify_url'], 'https://shop.example.com/hook');
    assert.match(
      result.message,
      /299\.00 CNY.*2024-04-12 10:30:00 \(Beijing time\).*https:\/\/shop\.example\.com\/hook/,
    );
    assert.match(String(result.next_step), new RegExp(`query_trade with out_trade_no "${order}" and wait_seconds`));
  });

  it('gives each product what its buyer pays with', async () => {
    const cases = [
      ['page', 'alipay.trade.page.pay', 'FAST_INSTANT_TRADE_PAY', 'payment_link'],
      ['wap', 'alipay.trade.wap.pay', 'QUICK_WAP_WAY', 'payment_link'],
      ['app', 'alipay.trade.app.pay', 'QUICK_MSECURITY_PAY', 'order_string'],
      ['jsapi', 'alipay.trade.create', 'JSAPI_PAY', 'trade_no'],
    ] as const;
    for (const [product, method, code, gives] of cases) {
      const bench = new Bench().answer('alipay.trade.create', answered({ trade_no: '2024', out_trade_no: 'A1' }));
      const buyer = product === 'jsapi' ? { buyer_open_id: 'o1' } : {};
      const result = await bench.run('create_trade', { ...CREATE, ...buyer, product, out_trade_no: 'A1' });
      assert.equal(result.status, 'succeeded', product);
      assert.equal(bench.calls[0]?.method, method);
      assert.equal(contents(bench)[0]?.['product_code'], code);
      assert.ok(String(result[gives]).length > 0, gives);
    }
  });

  it('repeats the same bytes once when no definite answer came, and no other number', async () => {
    const bench = new Bench().answer('alipay.trade.precreate', lost, precreated);
    const result = await bench.run('create_trade', CREATE);
    assert.equal(result.status, 'succeeded');
    const [first, second] = contents(bench);
    assert.deepEqual(first, second);
    assert.equal(result['out_trade_no'], first?.['out_trade_no']);
    assert.match(bench.progress.join(), /under the same number/);
  });

  it('reports an outcome that stays unknown with the number to call again with', async () => {
    const bench = new Bench().answer('alipay.trade.precreate', lost);
    const result = await bench.run('create_trade', CREATE);
    assert.equal(bench.calls.length, 2);
    assert.equal(result.status, 'unknown');
    const order = String(result['out_trade_no']);
    assert.match(order, /^AP/);
    assert.match(String(result.next_step), new RegExp(`create_trade again with out_trade_no "${order}"`));
  });

  it('does not repeat for a caller that is gone, nor after a definite refusal', async () => {
    const gone = new Bench();
    gone.answer('alipay.trade.precreate', () => {
      gone.abort.abort();
      return lost;
    });
    assert.equal((await gone.run('create_trade', CREATE)).status, 'unknown');
    assert.equal(gone.calls.length, 1);
    const no = new Bench().answer('alipay.trade.precreate', refused('ACQ.ACCESS_FORBIDDEN'));
    assert.equal((await no.run('create_trade', CREATE)).status, 'rejected');
    assert.equal(no.calls.length, 1);
  });

  it('takes no success without what the buyer pays with', async () => {
    const bench = new Bench().answer('alipay.trade.precreate', answered({ out_trade_no: 'A1' }));
    assert.equal((await bench.run('create_trade', { ...CREATE, out_trade_no: 'A1' })).status, 'unknown');
  });

  it('refuses fields that belong to another product', async () => {
    const cases: [Record<string, unknown>, RegExp][] = [
      [{ return_url: 'https://a.example/' }, /return_url is only for product page, wap/],
      [{ buyer_id: '2088102146225135' }, /buyer_id is only for product jsapi/],
      [{ product: 'jsapi' }, /needs the buyer/],
      [{ product: 'jsapi', buyer_id: '2088', buyer_open_id: 'o' }, /not both/],
      [{ timeout_express: '16d' }, /from 1m to 15d; 16d/],
      [{ timeout_express: '21601m' }, /from 1m to 15d/],
    ];
    for (const [extra, says] of cases) {
      const bench = new Bench();
      const { status, message } = await bench.run('create_trade', { ...CREATE, ...extra });
      assert.equal(status, 'invalid_input');
      assert.match(message, says);
      assert.deepEqual(bench.calls, []);
    }
  });

  it('knows when the order closes by itself', async () => {
    const cases = [
      ['qr', '1m', '2024-04-12 10:01:00'],
      ['qr', '2h', '2024-04-12 12:00:00'],
      ['page', '15d', '2024-04-27 10:00:00'],
      ['qr', '1c', '2024-04-13 00:00:00'],
      ['wap', '1m', '2024-04-12 10:05:00'],
      ['app', '6m', '2024-04-12 10:06:00'],
    ] as const;
    for (const [product, timeout_express, closes] of cases) {
      const bench = new Bench().answer('alipay.trade.precreate', precreated);
      const result = await bench.run('create_trade', { ...CREATE, product, timeout_express });
      assert.equal(result['closes_at'], closes, `${product} ${timeout_express}`);
    }
  });

  it('keeps to the 15 hours of Alipay’s own sandbox', async () => {
    const inSandbox = () =>
      new Bench({ profile: { band: 'alipay-sandbox' } }).answer('alipay.trade.precreate', precreated);
    assert.equal((await inSandbox().run('create_trade', { ...CREATE, timeout_express: '15h' })).status, 'succeeded');
    assert.equal(
      (await inSandbox().run('create_trade', { ...CREATE, timeout_express: '16h' })).status,
      'invalid_input',
    );
  });
});

describe('query_trade', () => {
  it('says whether it is paid, with the amounts', async () => {
    const bench = new Bench().answer('alipay.trade.query', answered(PAID));
    const result = await bench.run('query_trade', { out_trade_no: OURS });
    assert.deepEqual(contents(bench), [{ out_trade_no: OURS }]);
    assert.deepEqual(
      ['trade_status', 'paid', 'total_amount', 'buyer_pay_amount', 'receipt_amount'].map((fact) => result[fact]),
      ['TRADE_SUCCESS', true, '299.00', '299.00', '298.50'],
    );
    assert.match(result.message, /It is paid and can be refunded\. The order is over 299\.00 CNY\./);
  });

  it('tells the two ways of being closed apart', async () => {
    for (const [sendPayDate, paid, refunded, says] of [
      [undefined, false, '0.00', /closed without being paid/],
      ['2024-04-12 09:58:00', true, '299.00', /everything went back/],
    ] as const) {
      const closed = answered({ ...PAID, trade_status: 'TRADE_CLOSED', send_pay_date: sendPayDate });
      const result = await new Bench()
        .answer('alipay.trade.query', closed)
        .run('query_trade', { trade_no: PAID.trade_no });
      assert.deepEqual([result['paid'], result['refunded']], [paid, refunded]);
      assert.match(result.message, says);
    }
  });

  it('sends only trade_no when both numbers are given, says so, and says when they disagree', async () => {
    const bench = new Bench().answer('alipay.trade.query', answered(PAID));
    const same = await bench.run('query_trade', { trade_no: PAID.trade_no, out_trade_no: OURS });
    assert.deepEqual(contents(bench), [{ trade_no: PAID.trade_no }]);
    assert.match(same.message, /trade_no was asked for/);
    const other = await bench.run('query_trade', { trade_no: PAID.trade_no, out_trade_no: 'B2' });
    assert.match(other.message, /belongs to order AP202404120000012345, not to the out_trade_no B2/);
    assert.match((await bench.run('query_trade', {})).message, /Say which trade/);
  });

  it('takes a trade_no that cannot be Alipay’s for the order number it must be', async () => {
    const bench = new Bench().answer('alipay.trade.query', answered({ ...PAID, out_trade_no: '2024040112345' }));
    await bench.run('query_trade', { trade_no: '2024040112345' });
    await bench.run('query_trade', { trade_no: '2024040112345', out_trade_no: '2024040112345' });
    await bench.run('query_trade', { trade_no: OURS });
    await bench.run('query_trade', { trade_no: '1234567890123456' });
    assert.deepEqual(contents(bench), [
      { out_trade_no: '2024040112345' },
      { out_trade_no: '2024040112345' },
      { out_trade_no: OURS },
      { trade_no: '1234567890123456' },
    ]);
    const two = await bench.run('query_trade', { trade_no: '123456789012345', out_trade_no: 'B2' });
    assert.deepEqual([two.status, bench.calls.length], ['invalid_input', 4]);
    assert.match(two.message, /cannot be Alipay’s own number/);
  });

  it('reads a number of ours that Alipay does not know as not scanned yet; another one as unknown', async () => {
    const bench = new Bench().answer('alipay.trade.query', refused('ACQ.TRADE_NOT_EXIST'));
    const ours = await bench.run('query_trade', { out_trade_no: OURS });
    assert.deepEqual([ours.status, ours['trade_status'], ours['paid']], ['succeeded', 'TRADE_NOT_EXIST', false]);
    assert.match(ours.message, /Nobody has scanned or opened it yet/);
    const theirs = await bench.run('query_trade', { out_trade_no: 'X1' });
    assert.equal(theirs.status, 'rejected');
    assert.match(String(theirs.next_step), /until somebody scans or opens it/);
    const number = await bench.run('query_trade', { trade_no: PAID.trade_no });
    assert.equal(number.status, 'rejected');
    assert.match(String(number.next_step), /out_trade_no instead/);
  });

  it('watches every three seconds until the buyer pays', async () => {
    const notYet = refused('ACQ.TRADE_NOT_EXIST');
    const bench = new Bench().answer('alipay.trade.query', notYet, lost, answered(WAITING), answered(PAID));
    const result = await bench.run('query_trade', { out_trade_no: OURS, wait_seconds: 120 });
    assert.equal(result['paid'], true);
    assert.equal(bench.calls.length, 4);
    assert.equal(bench.now - NOON, 9_000);
    assert.match(bench.progress[0] ?? '', /120 s left\./);
    assert.equal(bench.progress.length, 3);
  });

  it('stops watching when the time is up, and says so', async () => {
    const bench = new Bench().answer('alipay.trade.query', answered(WAITING));
    const result = await bench.run('query_trade', { trade_no: PAID.trade_no, wait_seconds: 10 });
    assert.equal(bench.now - NOON, 10_000);
    assert.deepEqual([result['trade_status'], result['paid']], ['WAIT_BUYER_PAY', false]);
    assert.match(result.message, /until the end of wait_seconds/);
    assert.ok(result.next_step);
  });

  it('stops watching when nobody waits any longer', async () => {
    const bench = new Bench();
    bench.answer('alipay.trade.query', () => {
      if (bench.calls.length === 3) bench.abort.abort();
      return answered(WAITING);
    });
    const result = await bench.run('query_trade', { trade_no: PAID.trade_no, wait_seconds: 120 });
    assert.equal(bench.calls.length, 3);
    assert.equal(result['trade_status'], 'WAIT_BUYER_PAY');
  });

  it('does not wait for a trade that can no longer be paid', async () => {
    for (const outcome of [answered({ ...PAID, trade_status: 'TRADE_CLOSED' }), refused('ACQ.TRADE_NOT_EXIST')]) {
      const bench = new Bench().answer('alipay.trade.query', outcome);
      await bench.run('query_trade', { trade_no: PAID.trade_no, wait_seconds: 120 });
      assert.equal(bench.calls.length, 1);
    }
  });

  it('adds what became of one refund', async () => {
    const done = answered({
      refund_status: 'REFUND_SUCCESS',
      refund_amount: '15.5',
      gmt_refund_pay: '2024-04-12 09:59:00',
    });
    const bench = new Bench()
      .answer('alipay.trade.query', answered(PAID))
      .answer('alipay.trade.fastpay.refund.query', done, answered({}), lost);
    const input = { trade_no: PAID.trade_no, out_request_no: 'R1' };
    const refunded = await bench.run('query_trade', input);
    assert.deepEqual([refunded['refund_status'], refunded['refund_amount']], ['REFUND_SUCCESS', '15.50']);
    const none = await bench.run('query_trade', input);
    assert.equal(none['refund_status'], undefined);
    assert.match(none.message, /no refund R1.*too early/);
    assert.match((await bench.run('query_trade', input)).message, /could not be learned/);
  });
});

describe('close_trade', () => {
  it('closes an unpaid trade', async () => {
    const bench = new Bench().answer('alipay.trade.close', answered({ trade_no: PAID.trade_no, out_trade_no: OURS }));
    const result = await bench.run('close_trade', { out_trade_no: OURS });
    assert.equal(result.status, 'succeeded');
    assert.match(result.message, /No money moved/);
  });

  it('says what to do instead, by the state the trade is in', async () => {
    const cases = [
      ['TRADE_SUCCESS', 'rejected', /is paid, so it cannot be closed/, /refund_trade, or cancel_trade/],
      ['TRADE_FINISHED', 'rejected', /refund period is over/, undefined],
      ['TRADE_CLOSED', 'already_done', /was closed before; there is nothing to do/, undefined],
    ] as const;
    for (const code of ['ACQ.TRADE_STATUS_ERROR', 'ACQ.REASON_TRADE_STATUS_INVALID', 'ACQ.REASON_ILLEGAL_STATUS']) {
      for (const [state, status, says, next] of cases) {
        const bench = new Bench()
          .answer('alipay.trade.close', refused(code))
          .answer('alipay.trade.query', answered({ ...PAID, trade_status: state }));
        const result = await bench.run('close_trade', { trade_no: PAID.trade_no });
        assert.deepEqual([result.status, result['trade_status']], [status, state]);
        assert.match(result.message, says);
        if (next) assert.match(String(result.next_step), next);
      }
    }
  });

  it('keeps to the refusal when the state cannot be read', async () => {
    const bench = new Bench()
      .answer('alipay.trade.close', refused('ACQ.TRADE_STATUS_ERROR'))
      .answer('alipay.trade.query', lost);
    const result = await bench.run('close_trade', { trade_no: PAID.trade_no });
    assert.deepEqual([result.status, result['sub_code']], ['rejected', 'ACQ.TRADE_STATUS_ERROR']);
  });

  it('says that there is nothing to close before anybody scanned, and what an unknown outcome needs', async () => {
    const missing = new Bench().answer('alipay.trade.close', refused('ACQ.TRADE_NOT_EXIST'));
    assert.match((await missing.run('close_trade', { out_trade_no: OURS })).message, /can still be paid/);
    const other = await missing.run('close_trade', { out_trade_no: 'X1' });
    assert.equal(other.status, 'rejected');
    assert.match(String(other.next_step), /until somebody scans or opens it/);
    const unsure = await new Bench().answer('alipay.trade.close', lost).run('close_trade', { trade_no: PAID.trade_no });
    assert.equal(unsure.status, 'unknown');
    assert.match(String(unsure.next_step), /query_trade/);
  });
});
