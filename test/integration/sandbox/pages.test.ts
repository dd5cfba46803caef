import assert from 'node:assert/strict';
import { Merchant } from '../../support/merchant.ts';
import { bothModes, call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';

bothModes('alipay-sdk at the sandbox: pages and notifications', (stage) => {
  it('sends a browser to the cashier, and back with signed parameters', async () => {
    for (const [method, product] of [
      ['page.pay', 'FAST_INSTANT_TRADE_PAY'],
      ['wap.pay', 'QUICK_WAP_WAY'],
    ] as const) {
      const outTradeNo = newNumber();
      const url = stage.sdk.pageExecute(`alipay.trade.${method}`, 'GET', {
        bizContent: {
          out_trade_no: outTradeNo,
          total_amount: '9.90',
          subject: 'page & "pay"',
          product_code: product,
        },
        returnUrl: 'http://127.0.0.1:9/back?keep=1',
      });
      const sent = await fetch(url, { redirect: 'manual' });
      const cashier = sent.headers.get('location') ?? '';
      assert.equal(sent.status, 302);
      assert.equal(
        (await call(stage.sdk, 'alipay.trade.query', { out_trade_no: outTradeNo })).subCode,
        'ACQ.TRADE_NOT_EXIST',
      );
      assert.match(await (await fetch(cashier)).text(), /9\.90/);
      const foreign = await fetch(`${cashier}/pay`, {
        method: 'POST',
        headers: { origin: 'https://evil.example' },
        redirect: 'manual',
      });
      assert.equal(foreign.status, 403);
      const paid = await fetch(`${cashier}/pay`, { method: 'POST', redirect: 'manual' });
      const back = new URL(paid.headers.get('location') ?? '');
      assert.equal(stage.sdk.checkNotifySignV2(Object.fromEntries(back.searchParams)), true);
      assert.equal(back.searchParams.get('method'), `alipay.trade.${method}.return`);
      assert.equal(back.searchParams.get('keep'), '1');
      assert.equal(
        (await call(stage.sdk, 'alipay.trade.query', { out_trade_no: outTradeNo })).tradeStatus,
        'TRADE_SUCCESS',
      );
    }
  });

  it('opens the form of pageExecute and the order string of sdkExecute', async () => {
    const biz = {
      out_trade_no: newNumber(),
      total_amount: '9.90',
      subject: '表单',
      product_code: 'FAST_INSTANT_TRADE_PAY',
    };
    const form = stage.sdk.pageExecute('alipay.trade.page.pay', { bizContent: biz });
    const [, action = ''] = /action="([^"]+)"/.exec(form) ?? [];
    const [, value = ''] = /name="biz_content" value="([^"]+)"/.exec(form) ?? [];
    const posted = await fetch(action, {
      method: 'POST',
      body: new URLSearchParams({ biz_content: value.replaceAll('&quot;', '"'), ...hidden(form) }),
      redirect: 'manual',
    });
    assert.equal(posted.status, 302);
    const order = stage.sdk.sdkExecute('alipay.trade.app.pay', {
      bizContent: {
        out_trade_no: newNumber(),
        total_amount: '9.90',
        subject: 'app',
        product_code: 'QUICK_MSECURITY_PAY',
      },
    });
    const opened = await fetch(`${new URL(stage.sandbox.line.gateway).origin}/cashier/app?${order}`, {
      redirect: 'manual',
    });
    assert.match(opened.headers.get('location') ?? '', /\/cashier\/bax/);
  });

  it('checks the notification of a payment, and rejects a changed one', async () => {
    const merchant = await Merchant.listen();
    try {
      const outTradeNo = await paidTrade(stage.sandbox, stage.sdk, '12.30', { notify_url: merchant.url });
      const [notification = {}] = merchant.received;
      assert.equal(notification.out_trade_no, outTradeNo);
      assert.equal(notification.trade_status, 'TRADE_SUCCESS');
      assert.equal(stage.sdk.checkNotifySignV2(notification), true);
      assert.equal(stage.sdk.checkNotifySign(notification), true);
      assert.equal(stage.sdk.checkNotifySignV2({ ...notification, total_amount: '12.31' }), false);
    } finally {
      merchant.close();
    }
  });

  it('repeats a notification on the platform’s schedule until success, under one notify_id', async () => {
    const merchant = await Merchant.listen('fail');
    try {
      await paidTrade(stage.sandbox, stage.sdk, '1.00', { notify_url: merchant.url });
      assert.equal(merchant.received.length, 1);
      await stage.sandbox.admin('POST', '/clock', { advance_ms: 4 * 60_000 });
      assert.equal(merchant.received.length, 2);
      await stage.sandbox.admin('POST', '/clock', { advance_ms: 25 * 3_600_000 });
      assert.equal(merchant.received.length, 8);
      assert.equal(new Set(merchant.received.map(({ notify_id }) => notify_id)).size, 1);
    } finally {
      merchant.close();
    }
  });
});

/** The hidden fields of an SDK form, but for biz_content. */
function hidden(form: string): Record<string, string> {
  const fields = [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return Object.fromEntries(fields.filter(([name]) => name !== 'biz_content' && !name.startsWith('alipaySDKSubmit')));
}
