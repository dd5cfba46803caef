import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Merchant } from '../../support/merchant.ts';
import { callBy, type Fields, type MethodCall, type Protocol } from '../../support/sandbox-protocols.ts';
import { bothModes, call, newNumber, type Stage } from '../../support/sandbox-sdk.ts';

const BUYER = '2088621000001001';
const METHODS_FOLDER = resolve(import.meta.dirname, '../../../src/sandbox/methods');

/** The methods a browser or an app opens; they have no path in protocol v3. */
const PAGES = [
  ['alipay.trade.page.pay', 'FAST_INSTANT_TRADE_PAY'],
  ['alipay.trade.wap.pay', 'QUICK_WAP_WAY'],
] as const;

/** Everything a method needs before it can be called, and what its answer must say. */
type Case = (by: (call: MethodCall) => Promise<Fields>, stage: Stage) => Promise<void>;

function order(changes: Fields = {}): Fields {
  return { out_trade_no: newNumber(), total_amount: '12.00', subject: '测试 / "x" & <y>', ...changes };
}

async function pay(stage: Stage, outTradeNo: string): Promise<void> {
  assert.equal((await stage.sandbox.admin('POST', `/trades/${outTradeNo}/pay`)).status, 200);
}

const CASES: Readonly<Record<string, Case>> = {
  'alipay.trade.precreate': async (by) => {
    const content = order();
    const made = await by({ method: 'alipay.trade.precreate', content });
    assert.equal(made.out_trade_no, content.out_trade_no);
    assert.equal((await fetch(made.qr_code)).status, 200);
  },
  'alipay.trade.create': async (by) => {
    const content = order({ buyer_id: BUYER });
    const made = await by({ method: 'alipay.trade.create', content });
    assert.equal(made.out_trade_no, content.out_trade_no);
    assert.match(made.trade_no, /^\d{28}$/);
  },
  'alipay.trade.pay': async (by) => {
    const content = order({ auth_code: '2812345678901234', scene: 'bar_code' });
    assert.equal((await by({ method: 'alipay.trade.pay', content })).receipt_amount, '12.00');
    const large = order({ auth_code: '2812345678901234', total_amount: '2000.01' });
    const waiting = await by({ method: 'alipay.trade.pay', content: large });
    assert.deepEqual([waiting.out_trade_no, waiting.gmt_payment], [large.out_trade_no, undefined]);
  },
  'alipay.trade.query': async (by) => {
    const content = { out_trade_no: '2024040112345', query_options: ['fund_bill_list'] };
    const found = await by({ method: 'alipay.trade.query', content });
    assert.deepEqual([found.trade_status, found.total_amount], ['TRADE_SUCCESS', '299.00']);
    assert.deepEqual(found.fund_bill_list, [{ amount: '299.00', fund_channel: 'ALIPAYACCOUNT' }]);
  },
  'alipay.trade.close': async (by) => {
    const content = order({ buyer_id: BUYER });
    await by({ method: 'alipay.trade.create', content });
    const closed = await by({ method: 'alipay.trade.close', content: { out_trade_no: content.out_trade_no } });
    assert.match(closed.trade_no, /^\d{28}$/);
  },
  'alipay.trade.cancel': async (by, stage) => {
    const content = order();
    await by({ method: 'alipay.trade.precreate', content });
    await pay(stage, content.out_trade_no);
    const cancelled = await by({ method: 'alipay.trade.cancel', content: { out_trade_no: content.out_trade_no } });
    assert.deepEqual([cancelled.action, cancelled.retry_flag], ['refund', 'N']);
  },
  'alipay.trade.refund': async (by, stage) => {
    const content = order();
    await by({ method: 'alipay.trade.precreate', content });
    await pay(stage, content.out_trade_no);
    const refund = { out_trade_no: content.out_trade_no, refund_amount: '2.00', out_request_no: 'R1' };
    const made = await by({ method: 'alipay.trade.refund', content: refund });
    assert.deepEqual([made.fund_change, made.refund_fee], ['Y', '2.00']);
  },
  'alipay.trade.fastpay.refund.query': async (by, stage) => {
    const content = order();
    await by({ method: 'alipay.trade.precreate', content });
    await pay(stage, content.out_trade_no);
    const number = { out_trade_no: content.out_trade_no, out_request_no: 'R1' };
    await by({ method: 'alipay.trade.refund', content: { ...number, refund_amount: '3.00' } });
    const found = await by({ method: 'alipay.trade.fastpay.refund.query', content: number });
    assert.deepEqual([found.refund_status, found.refund_amount], ['REFUND_SUCCESS', '3.00']);
  },
  'alipay.fund.trans.uni.transfer': async (by) => {
    const made = await by({ method: 'alipay.fund.trans.uni.transfer', content: transfer() });
    assert.deepEqual([made.status, made.amount], ['SUCCESS', '1.00']);
  },
  'alipay.fund.trans.common.query': async (by) => {
    const { out_biz_no, product_code, biz_scene, ...rest } = transfer();
    const number = { out_biz_no, product_code, biz_scene };
    const made = await by({ method: 'alipay.fund.trans.uni.transfer', content: { ...number, ...rest } });
    const found = await by({ method: 'alipay.fund.trans.common.query', content: number });
    assert.deepEqual([found.order_id, found.status], [made.order_id, 'SUCCESS']);
  },
  'alipay.fund.account.query': async (by) => {
    const content = { account_type: 'ACCTRANS_ACCOUNT' };
    assert.match((await by({ method: 'alipay.fund.account.query', content })).available_amount, /^\d+\.\d\d$/);
  },
  'alipay.data.dataservice.bill.downloadurl.query': async (by) => {
    const content = { bill_type: 'signcustomer', bill_date: '2024-04-11' };
    const { bill_download_url: url } = await by({ method: 'alipay.data.dataservice.bill.downloadurl.query', content });
    assert.equal((await fetch(url)).status, 200);
  },
  'alipay.system.oauth.token': async (by, stage) => {
    const token = await authorize(by, stage);
    const params = { grant_type: 'refresh_token', refresh_token: token.refresh_token };
    const fresh = await by({ method: 'alipay.system.oauth.token', params });
    assert.equal(fresh.user_id, token.user_id);
    assert.notEqual(fresh.access_token, token.access_token);
  },
  'alipay.user.info.share': async (by, stage) => {
    const token = await authorize(by, stage);
    const shared = await by({ method: 'alipay.user.info.share', params: { auth_token: token.access_token } });
    assert.deepEqual([shared.user_id, shared.open_id], [token.user_id, token.open_id]);
  },
};

function transfer(): Fields {
  return {
    out_biz_no: newNumber(),
    trans_amount: '1.00',
    product_code: 'TRANS_ACCOUNT_NO_PWD',
    biz_scene: 'DIRECT_TRANSFER',
    order_title: '佣金',
    payee_info: { identity: BUYER, identity_type: 'ALIPAY_USER_ID' },
  };
}

async function authorize(by: (call: MethodCall) => Promise<Fields>, stage: Stage): Promise<Fields> {
  const asked = { app_id: stage.sdk.config.appId, scope: 'auth_user' };
  const { json } = await stage.sandbox.admin('POST', '/oauth/codes', asked);
  return by({
    method: 'alipay.system.oauth.token',
    params: { grant_type: 'authorization_code', code: json.auth_code },
  });
}

/** Submits the form of `pageExecute` as a browser would. */
function submit(form: string): Promise<Response> {
  const [, action = ''] = /action="([^"]+)"/.exec(form) ?? [];
  const inputs = [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)];
  const body = new URLSearchParams(
    inputs.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')] as [string, string]),
  );
  return fetch(action, { method: 'POST', body, redirect: 'manual' });
}

/** The cashier an order leads to takes its payment, and the merchant sees it in both protocols. */
async function checkPaid(stage: Stage, sent: Response, outTradeNo: string): Promise<void> {
  assert.equal(sent.status, 302);
  const cashier = sent.headers.get('location') ?? '';
  assert.equal((await fetch(cashier)).status, 200);
  await pay(stage, outTradeNo);
  for (const protocol of ['v2', 'v3'] as const) {
    const found = await callBy(stage, protocol, {
      method: 'alipay.trade.query',
      content: { out_trade_no: outTradeNo },
    });
    assert.equal(found.trade_status, 'TRADE_SUCCESS');
  }
}

bothModes('alipay-sdk, every method', (stage) => {
  const driven = new Set<string>();

  for (const protocol of ['v2', 'v3'] as const satisfies readonly Protocol[]) {
    for (const [method, test] of Object.entries(CASES)) {
      it(`${protocol === 'v2' ? 'exec' : 'curl'} ${method}`, async () => {
        driven.add(method);
        await test((made) => callBy(stage, protocol, made), stage);
      });
    }
  }

  for (const [method, product] of PAGES) {
    it(`pageExecute ${method}, GET and POST`, async () => {
      driven.add(method);
      for (const verb of ['GET', 'POST'] as const) {
        const bizContent = order({ product_code: product });
        const made = stage.sdk.pageExecute(method, verb, { bizContent, returnUrl: 'http://127.0.0.1:9/back' });
        const sent = verb === 'GET' ? await fetch(made, { redirect: 'manual' }) : await submit(made);
        await checkPaid(stage, sent, bizContent.out_trade_no);
      }
    });
  }

  it('sdkExecute alipay.trade.app.pay', async () => {
    driven.add('alipay.trade.app.pay');
    const bizContent = order({ product_code: 'QUICK_MSECURITY_PAY' });
    const orderString = stage.sdk.sdkExecute('alipay.trade.app.pay', { bizContent });
    const opened = new URL(`/cashier/app?${orderString}`, stage.sandbox.line.gateway);
    await checkPaid(stage, await fetch(opened, { redirect: 'manual' }), bizContent.out_trade_no);
  });

  it('says the same of one trade in both protocols', async () => {
    const content = { out_trade_no: '2024040112345' };
    const [v2, v3] = await Promise.all(
      (['v2', 'v3'] as const).map((protocol) => callBy(stage, protocol, { method: 'alipay.trade.query', content })),
    );
    assert.deepEqual(v2, v3);
  });

  it('notifies of an order of either protocol; the SDK accepts it, and rejects a changed one', async () => {
    const merchant = await Merchant.listen();
    try {
      for (const protocol of ['v2', 'v3'] as const) {
        const content = order();
        const params = { notify_url: merchant.url };
        await callBy(stage, protocol, { method: 'alipay.trade.precreate', content, params });
        await pay(stage, content.out_trade_no);
        const notified = merchant.received.at(-1) ?? {};
        assert.equal(notified.out_trade_no, content.out_trade_no);
        assert.equal(stage.sdk.checkNotifySignV2(notified), true);
        assert.equal(stage.sdk.checkNotifySignV2({ ...notified, total_amount: '0.01' }), false);
      }
    } finally {
      merchant.close();
    }
  });

  it('refuses the same in both protocols', async () => {
    const refused = await call(stage.sdk, 'alipay.trade.refund', { out_trade_no: 'NONE', refund_amount: '1.00' });
    assert.equal(refused.subCode, 'ACQ.TRADE_NOT_EXIST');
    await assert.rejects(
      callBy(stage, 'v3', { method: 'alipay.trade.refund', content: { out_trade_no: 'NONE', refund_amount: '1.00' } }),
      { code: 'ACQ.TRADE_NOT_EXIST' },
    );
  });

  it('leaves no method out', () => {
    const named = /'(alipay\.[a-z.]+)'/g;
    const sources = readdirSync(METHODS_FOLDER).map((file) => readFileSync(join(METHODS_FOLDER, file), 'utf8'));
    const names = sources.flatMap((source) => [...source.matchAll(named)].map(([, name = '']) => name));
    assert.deepEqual(driven, new Set(names));
  });
});
