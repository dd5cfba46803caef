import assert from 'node:assert/strict';
import { bothModes, call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';

bothModes('alipay-sdk at the sandbox: trades', (stage) => {
  it('creates a trade of a known buyer', async () => {
    const outTradeNo = newNumber();
    const order = {
      out_trade_no: outTradeNo,
      total_amount: '88.88',
      subject: '测试 / "quotes" & more',
      buyer_id: '2088621000001001',
    };
    const created = await call(stage.sdk, 'alipay.trade.create', order);
    assert.equal(created.code, '10000');
    assert.match(created.tradeNo, /^\d{28}$/);
    const again = await call(stage.sdk, 'alipay.trade.create', order);
    assert.equal(again.tradeNo, created.tradeNo);
    const queried = await call(stage.sdk, 'alipay.trade.query', { trade_no: created.tradeNo });
    assert.equal(queried.tradeStatus, 'WAIT_BUYER_PAY');
    assert.equal(queried.outTradeNo, outTradeNo);
    assert.equal(queried.buyerPayAmount, '0.00');
    assert.equal(queried.sendPayDate, undefined);
  });

  it('makes a QR whose trade exists once it is scanned, and is paid once it is paid', async () => {
    const outTradeNo = newNumber();
    const order = { out_trade_no: outTradeNo, total_amount: '299.00', subject: 'Premium Subscription' };
    const { qrCode } = await call(stage.sdk, 'alipay.trade.precreate', order);
    assert.equal(
      (await call(stage.sdk, 'alipay.trade.query', { out_trade_no: outTradeNo })).subCode,
      'ACQ.TRADE_NOT_EXIST',
    );
    assert.equal(
      (await call(stage.sdk, 'alipay.trade.close', { out_trade_no: outTradeNo })).subCode,
      'ACQ.TRADE_NOT_EXIST',
    );
    assert.equal((await fetch(qrCode)).status, 200);
    assert.equal(
      (await call(stage.sdk, 'alipay.trade.query', { out_trade_no: outTradeNo })).tradeStatus,
      'WAIT_BUYER_PAY',
    );
    await stage.sandbox.admin('POST', `/trades/${outTradeNo}/pay`);
    const paid = await call(stage.sdk, 'alipay.trade.query', {
      out_trade_no: outTradeNo,
      query_options: ['fund_bill_list'],
    });
    assert.equal(paid.tradeStatus, 'TRADE_SUCCESS');
    assert.equal(paid.buyerPayAmount, '299.00');
    assert.deepEqual(paid.fundBillList, [{ amount: '299.00', fundChannel: 'ALIPAYACCOUNT' }]);
    assert.equal((await call(stage.sdk, 'alipay.trade.precreate', order)).subCode, 'ACQ.TRADE_HAS_SUCCESS');
    assert.equal(
      (await call(stage.sdk, 'alipay.trade.close', { out_trade_no: outTradeNo })).subCode,
      'ACQ.TRADE_STATUS_ERROR',
    );
  });

  it('refuses another order under a number that waits', async () => {
    const outTradeNo = newNumber();
    const order = { out_trade_no: outTradeNo, total_amount: '1.00', subject: 'a' };
    await call(stage.sdk, 'alipay.trade.precreate', order);
    const other = await call(stage.sdk, 'alipay.trade.precreate', { ...order, total_amount: '2.00' });
    assert.equal(other.subCode, 'ACQ.CONTEXT_INCONSISTENT');
  });

  it('pays by barcode at once up to 2000, and waits for the password above', async () => {
    const small = await call(stage.sdk, 'alipay.trade.pay', {
      out_trade_no: newNumber(),
      total_amount: '2000.00',
      subject: 'x',
      auth_code: '2812345678901234',
      scene: 'bar_code',
    });
    assert.equal(small.code, '10000');
    assert.equal(small.receiptAmount, '2000.00');
    const large = await call(stage.sdk, 'alipay.trade.pay', {
      out_trade_no: newNumber(),
      total_amount: '2000.01',
      subject: 'x',
      auth_code: '2812345678901234',
    });
    assert.equal(large.code, '10003');
    const bad = await call(stage.sdk, 'alipay.trade.pay', {
      out_trade_no: newNumber(),
      total_amount: '1.00',
      subject: 'x',
      auth_code: '12',
    });
    assert.equal(bad.subCode, 'ACQ.PAYMENT_AUTH_CODE_INVALID');
  });

  it('refunds once per number', async () => {
    const outTradeNo = await paidTrade(stage.sandbox, stage.sdk);
    const refund = (biz: object) => call(stage.sdk, 'alipay.trade.refund', { out_trade_no: outTradeNo, ...biz });
    const first = await refund({ refund_amount: '15.50', out_request_no: 'r1', refund_reason: 'defective' });
    assert.deepEqual([first.code, first.fundChange, first.refundFee], ['10000', 'Y', '15.50']);
    const repeat = await refund({ refund_amount: '15.5', out_request_no: 'r1' });
    assert.deepEqual([repeat.code, repeat.fundChange, repeat.refundFee], ['10000', 'N', '15.50']);
    assert.equal(
      (await refund({ refund_amount: '15.51', out_request_no: 'r1' })).subCode,
      'ACQ.DISCORDANT_REPEAT_REQUEST',
    );
    assert.equal((await refund({ refund_amount: '1.00' })).subCode, 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL');
    assert.equal(
      (await refund({ refund_amount: '283.51', out_request_no: 'r2' })).subCode,
      'ACQ.REASON_TRADE_REFUND_FEE_ERR',
    );
    assert.equal(
      (await call(stage.sdk, 'alipay.trade.cancel', { out_trade_no: outTradeNo })).subCode,
      'ACQ.REASON_TRADE_REFUND_FEE_ERR',
    );
    const rest = await refund({ refund_amount: '283.50', out_request_no: 'r3' });
    assert.deepEqual([rest.fundChange, rest.refundFee], ['Y', '299.00']);
    assert.equal(
      (await call(stage.sdk, 'alipay.trade.query', { out_trade_no: outTradeNo })).tradeStatus,
      'TRADE_CLOSED',
    );
    assert.equal((await refund({ refund_amount: '0.01', out_request_no: 'r4' })).subCode, 'ACQ.TRADE_HAS_CLOSE');
    const queried = await call(stage.sdk, 'alipay.trade.fastpay.refund.query', {
      out_trade_no: outTradeNo,
      out_request_no: 'r1',
    });
    assert.deepEqual(
      [queried.refundStatus, queried.refundAmount, queried.totalAmount],
      ['REFUND_SUCCESS', '15.50', '299.00'],
    );
    const none = await call(stage.sdk, 'alipay.trade.fastpay.refund.query', {
      out_trade_no: outTradeNo,
      out_request_no: 'r9',
    });
    assert.deepEqual([none.code, none.refundStatus, none.outRequestNo], ['10000', undefined, undefined]);
  });

  it('cancels: closes an unpaid trade, refunds a paid one, answers the same when repeated', async () => {
    const unpaid = newNumber();
    await call(stage.sdk, 'alipay.trade.create', {
      out_trade_no: unpaid,
      total_amount: '5.00',
      subject: 'x',
      buyer_id: '2088621000001002',
    });
    for (const turn of ['first', 'second']) {
      const closed = await call(stage.sdk, 'alipay.trade.cancel', { out_trade_no: unpaid });
      assert.deepEqual([closed.action, closed.retryFlag], ['close', 'N'], turn);
    }
    const paid = await paidTrade(stage.sandbox, stage.sdk);
    for (const turn of ['first', 'second']) {
      const refunded = await call(stage.sdk, 'alipay.trade.cancel', { out_trade_no: paid });
      assert.deepEqual([refunded.action, refunded.retryFlag], ['refund', 'N'], turn);
    }
    const nothing = await call(stage.sdk, 'alipay.trade.cancel', { out_trade_no: newNumber() });
    assert.deepEqual([nothing.code, nothing.action, nothing.tradeNo], ['10000', undefined, undefined]);
    assert.equal(
      (await call(stage.sdk, 'alipay.trade.cancel', { out_trade_no: '2024040112345' })).subCode,
      'ACQ.TRADE_CANCEL_TIME_OUT',
    );
  });

  it('closes an unpaid trade once', async () => {
    const outTradeNo = newNumber();
    await call(stage.sdk, 'alipay.trade.create', {
      out_trade_no: outTradeNo,
      total_amount: '5.00',
      subject: 'x',
      buyer_id: '2088621000001002',
    });
    assert.equal((await call(stage.sdk, 'alipay.trade.close', { out_trade_no: outTradeNo })).code, '10000');
    assert.equal(
      (await call(stage.sdk, 'alipay.trade.close', { out_trade_no: outTradeNo })).subCode,
      'ACQ.TRADE_STATUS_ERROR',
    );
    assert.equal(
      (await call(stage.sdk, 'alipay.trade.query', { out_trade_no: outTradeNo })).tradeStatus,
      'TRADE_CLOSED',
    );
  });
});
