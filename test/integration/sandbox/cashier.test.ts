import assert from 'node:assert/strict';
import { SandboxProcess } from '../../support/sandbox-process.ts';
import { call, newNumber } from '../../support/sandbox-sdk.ts';

const RETURN_URL = 'http://127.0.0.1:9/back?keep=1';

describe('the cashier and the consent page of the sandbox', function () {
  this.timeout(60_000);
  let sandbox: SandboxProcess;
  before(async () => (sandbox = await SandboxProcess.start('sandbox-cashier')));
  after(async () => assert.equal(await sandbox.stop(), 0));

  const statusOf = async (outTradeNo: string) => {
    const answer = await call(sandbox.sdk('key'), 'alipay.trade.query', { out_trade_no: outTradeNo });
    return answer.tradeStatus ?? answer.subCode;
  };
  /** A payment page's order, and where its browser was sent. */
  const order = async (amount: string, returnUrl?: string) => {
    const outTradeNo = newNumber();
    const url = sandbox.sdk('key').pageExecute('alipay.trade.page.pay', 'GET', {
      bizContent: {
        out_trade_no: outTradeNo,
        total_amount: amount,
        subject: 'x',
        product_code: 'FAST_INSTANT_TRADE_PAY',
      },
      ...(returnUrl !== undefined && { returnUrl }),
    });
    const sent = await fetch(url, { redirect: 'manual' });
    return { outTradeNo, cashier: sent.headers.get('location') ?? '' };
  };
  const press = (cashier: string, button: 'pay' | 'fail') =>
    fetch(`${cashier}/${button}`, { method: 'POST', redirect: 'manual' });

  it('lets a payment fail: the trade waits on, and can be paid on the same page', async () => {
    const { outTradeNo, cashier } = await order('9.90', RETURN_URL);
    const failed = await press(cashier, 'fail');
    assert.equal(failed.status, 200);
    assert.match(await failed.text(), /The payment failed.*Try again: pay 9\.90 CNY/s);
    assert.equal(await statusOf(outTradeNo), 'WAIT_BUYER_PAY');
    assert.equal((await press(cashier, 'pay')).status, 302);
    assert.equal(await statusOf(outTradeNo), 'TRADE_SUCCESS');
  });

  it('says that the balance is not enough, and takes nothing', async () => {
    const { outTradeNo, cashier } = await order('20000000.00');
    for (let turn = 0; turn < 2; turn += 1) {
      const failed = await press(cashier, 'pay');
      assert.equal(failed.status, 200);
      assert.match(await failed.text(), /role="alert">\s*The buyer’s balance is not enough.*The payment failed/s);
      assert.equal(await statusOf(outTradeNo), 'WAIT_BUYER_PAY');
    }
  });

  it('never says that a paid order failed', async () => {
    const { outTradeNo, cashier } = await order('1.00');
    assert.match(await (await press(cashier, 'pay')).text(), /<h1>Paid<\/h1>/);
    for (const button of ['fail', 'pay'] as const) {
      const page = await (await press(cashier, button)).text();
      assert.match(page, /<h1>Paid<\/h1>/);
      assert.doesNotMatch(page, /<form/);
    }
    assert.equal(await statusOf(outTradeNo), 'TRADE_SUCCESS');
  });

  it('can be left without paying: to the merchant, or by closing the page where no address was named', async () => {
    const named = await order('1.00', RETURN_URL);
    const page = await (await fetch(named.cashier)).text();
    assert.match(page, /href="http:\/\/127\.0\.0\.1:9\/back\?keep=1" rel="noreferrer">\s*Leave without paying/);
    assert.doesNotMatch(page, /close this page/);
    const unnamed = await order('1.00');
    assert.match(await (await fetch(unnamed.cashier)).text(), /close this page to leave/);
    assert.equal(await statusOf(named.outTradeNo), 'ACQ.TRADE_NOT_EXIST');
  });

  it('is what a QR opens: opening it is scanning it', async () => {
    const outTradeNo = newNumber();
    const qr = await call(sandbox.sdk('key'), 'alipay.trade.precreate', {
      out_trade_no: outTradeNo,
      total_amount: '3.00',
      subject: 'x',
    });
    assert.equal(await statusOf(outTradeNo), 'ACQ.TRADE_NOT_EXIST');
    assert.match(await (await fetch(String(qr.qrCode))).text(), /Pay 3\.00 CNY/);
    assert.equal(await statusOf(outTradeNo), 'WAIT_BUYER_PAY');
    assert.match(await (await press(String(qr.qrCode), 'pay')).text(), /<h1>Paid<\/h1>/);
  });

  describe('at the consent page', () => {
    const asked = () => ({
      app_id: sandbox.line.appId,
      scope: 'auth_user',
      redirect_uri: 'http://127.0.0.1:9/signed-in?keep=1',
      state: 's&1',
    });
    const origin = () => new URL(sandbox.line.gateway).origin;
    const decide = (decision: string, more: Readonly<Record<string, string>> = {}, headers = {}) =>
      fetch(`${origin()}/oauth2/agree`, {
        method: 'POST',
        body: new URLSearchParams({ ...asked(), user_id: '2088621000001002', decision, ...more }),
        redirect: 'manual',
        headers,
      });

    it('agreeing leads back with a code for the chosen person', async () => {
      const back = new URL((await decide('agree')).headers.get('location') ?? '');
      const { keep, state, app_id: app, auth_code: code = '' } = Object.fromEntries(back.searchParams);
      assert.deepEqual([keep, state, app], ['1', 's&1', sandbox.line.appId]);
      const token = await sandbox
        .sdk('key')
        .exec('alipay.system.oauth.token', { grant_type: 'authorization_code', code }, { validateSign: true });
      assert.equal(token.userId, '2088621000001002');
    });

    it('refusing leads back without one', async () => {
      const back = new URL((await decide('refuse')).headers.get('location') ?? '');
      assert.deepEqual([back.searchParams.get('state'), back.searchParams.get('auth_code')], ['s&1', null]);
    });

    it('says what is wrong with an address or a form, and grants nothing', async () => {
      for (const [change, words] of [
        [{ app_id: '1' }, /app_id must be one of its apps/],
        [{ scope: 'everything' }, /auth_user, auth_base/],
        [{ redirect_uri: 'javascript:alert(1)' }, /whole http or https address/],
      ] as const) {
        const query = new URLSearchParams({ ...asked(), ...change }).toString();
        const page = await fetch(`${origin()}/oauth2/publicAppAuthorize.htm?${query}`);
        assert.equal(page.status, 400);
        assert.match(await page.text(), words);
      }
      const foreign = await decide('agree', {}, { origin: 'https://evil.example' });
      assert.deepEqual([foreign.status, foreign.headers.get('location')], [403, null]);
      assert.match(await foreign.text(), /Nothing was granted/);
      assert.equal((await decide('agree', { user_id: '2088000000000000' })).status, 400);
    });
  });
});
