import assert from 'node:assert/strict';
import { bothModes, call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';
import { sendV3, v3Error, v3Sdk, type V3Request } from '../../support/sandbox-v3.ts';

const BUYER = '2088621000001001';

bothModes('alipay-sdk curl at the sandbox', (stage) => {
  it('creates, queries and closes a trade', async () => {
    const sdk = v3Sdk(stage.sandbox, stage.mode);
    const outTradeNo = newNumber();
    const body = { out_trade_no: outTradeNo, total_amount: '12.30', subject: '测试 / v3', buyer_id: BUYER };
    const created = await sdk.curl('POST', '/v3/alipay/trade/create', { body });
    assert.equal(created.responseHttpStatus, 200);
    assert.deepEqual(Object.keys(created.data).toSorted(), ['out_trade_no', 'trade_no']);
    assert.match(created.traceId, /^[0-9a-f]{30}$/);
    const queried = await sdk.curl('POST', '/v3/alipay/trade/query', { body: { trade_no: created.data.trade_no } });
    assert.equal(queried.data.trade_status, 'WAIT_BUYER_PAY');
    await sdk.curl('POST', '/v3/alipay/trade/close', { body: { out_trade_no: outTradeNo } });
    const closed = await call(stage.sdk, 'alipay.trade.query', { out_trade_no: outTradeNo });
    assert.equal(closed.tradeStatus, 'TRADE_CLOSED');
  });

  it('refunds in v3 what was paid in v2, and tells both', async () => {
    const sdk = v3Sdk(stage.sandbox, stage.mode);
    const outTradeNo = await paidTrade(stage.sandbox, stage.sdk, '30.00');
    const refund = { out_trade_no: outTradeNo, refund_amount: '10.00', out_request_no: 'R1' };
    const refunded = await sdk.curl('POST', '/v3/alipay/trade/refund', { body: refund });
    assert.deepEqual([refunded.data.fund_change, refunded.data.refund_fee], ['Y', '10.00']);
    const again = await call(stage.sdk, 'alipay.trade.refund', refund);
    assert.deepEqual([again.fundChange, again.refundFee], ['N', '10.00']);
    const asked = { out_trade_no: outTradeNo, out_request_no: 'R1' };
    const found = await sdk.curl('POST', '/v3/alipay/trade/fastpay/refund/query', { body: asked });
    assert.equal(found.data.refund_status, 'REFUND_SUCCESS');
  });

  it('transfers, and reads the queries of GET', async () => {
    const sdk = v3Sdk(stage.sandbox, stage.mode);
    const body = {
      out_biz_no: newNumber(),
      trans_amount: '1.50',
      product_code: 'TRANS_ACCOUNT_NO_PWD',
      biz_scene: 'DIRECT_TRANSFER',
      order_title: '佣金 & 更多',
      payee_info: { identity: '13800001001', identity_type: 'ALIPAY_LOGON_ID', name: '张小满' },
    };
    const made = await sdk.curl('POST', '/v3/alipay/fund/trans/uni/transfer', { body });
    assert.equal(made.data.status, 'SUCCESS');
    const query = { out_biz_no: body.out_biz_no, product_code: body.product_code, biz_scene: body.biz_scene };
    const found = await sdk.curl('GET', '/v3/alipay/fund/trans/common/query', { query });
    assert.equal(found.data.trans_amount, '1.50');
    const balance = await sdk.curl('GET', '/v3/alipay/fund/account/query', {
      query: { account_type: 'ACCTRANS_ACCOUNT' },
    });
    assert.match(balance.data.available_amount, /^\d+\.\d\d$/);
    const bill = await sdk.curl('GET', '/v3/alipay/data/dataservice/bill/downloadurl/query', {
      query: { bill_type: 'trade', bill_date: '2024-04-11' },
    });
    assert.equal((await fetch(bill.data.bill_download_url)).status, 200);
  });

  it('waits for the password with HTTP 202', async () => {
    const sdk = v3Sdk(stage.sandbox, stage.mode);
    const body = { out_trade_no: newNumber(), total_amount: '2000.01', subject: 'x', auth_code: '2812345678901234' };
    const waiting = await sdk.curl('POST', '/v3/alipay/trade/pay', { body });
    assert.equal(waiting.responseHttpStatus, 202);
    assert.equal(waiting.data.out_trade_no, body.out_trade_no);
    assert.equal(waiting.data.gmt_payment, undefined);
  });

  it('exchanges a code and shares a user, the token in the body or in the query', async () => {
    const sdk = v3Sdk(stage.sandbox, stage.mode);
    const appId = sdk.config.appId;
    const { json } = await stage.sandbox.admin('POST', '/oauth/codes', { app_id: appId, scope: 'auth_user' });
    const grant = { grant_type: 'authorization_code', code: json.auth_code };
    const token = await sdk.curl('POST', '/v3/alipay/system/oauth/token', { body: grant });
    const auth = { auth_token: token.data.access_token };
    for (const options of [{ body: auth }, { query: auth }]) {
      const shared = await sdk.curl('POST', '/v3/alipay/user/info/share', options);
      assert.equal(shared.data.user_id, token.data.user_id);
    }
    const refused = await v3Error(sdk.curl('POST', '/v3/alipay/system/oauth/token', { body: grant }));
    assert.deepEqual([refused.responseHttpStatus, refused.code], [400, 'code-invalid']);
    const journal = JSON.stringify((await stage.sandbox.admin('GET', '/journal')).json);
    assert.ok(!journal.includes(token.data.access_token) && !journal.includes(grant.code), 'secrets are masked');
  });

  it('encrypts with AES', async () => {
    const { json } = await stage.sandbox.admin('GET', '/credentials');
    const key = (stage.mode === 'key' ? json.keyApp : json.certApp).aesKey;
    const sdk = v3Sdk(stage.sandbox, stage.mode, key);
    const outTradeNo = await paidTrade(stage.sandbox, stage.sdk, '9.99');
    const options = { body: { out_trade_no: outTradeNo }, needEncrypt: true };
    const queried = await sdk.curl('POST', '/v3/alipay/trade/query', options);
    assert.equal(queried.data.total_amount, '9.99');
    const refused = await v3Error(
      sdk.curl('POST', '/v3/alipay/trade/query', { body: { out_trade_no: 'NONE' }, needEncrypt: true }),
    );
    assert.equal(refused.code, 'ACQ.TRADE_NOT_EXIST');
    const other = v3Sdk(stage.sandbox, stage.mode, Buffer.alloc(16, 5).toString('base64'));
    assert.equal(
      (await v3Error(other.curl('POST', '/v3/alipay/trade/query', options))).code,
      'decryption-error-unknown',
    );
  });

  it('says what it refuses, with status, code and a link', async () => {
    const sdk = v3Sdk(stage.sandbox, stage.mode);
    const none = await v3Error(sdk.curl('POST', '/v3/alipay/trade/query', { body: { out_trade_no: 'NONE' } }));
    assert.deepEqual([none.responseHttpStatus, none.code, none.links?.length], [400, 'ACQ.TRADE_NOT_EXIST', 1]);
    assert.match(none.message, /^交易不存在/);
    const token = await v3Error(sdk.curl('POST', '/v3/alipay/user/info/share', { body: { auth_token: 'x' } }));
    assert.deepEqual([token.responseHttpStatus, token.code], [401, 'invalid-auth-token']);
    assert.match(token.message, /无效的访问令牌/);
    for (const [verb, path] of [
      ['POST', '/v3/alipay/trade/nothing'],
      ['POST', '/v3/alipay.trade.query'],
      ['POST', '/v3/alipay/trade/page/pay'],
      ['GET', '/v3/alipay/trade/query'],
      ['POST', '/v3/alipay/fund/account/query'],
    ] as const) {
      const error = await v3Error(sdk.curl(verb, path));
      assert.deepEqual([error.responseHttpStatus, error.code], [404, 'invalid-method'], `${verb} ${path}`);
    }
  });
});

/** What is wrong with a request, and the refusal it meets. */
const REFUSALS: readonly [what: string, request: V3Request, status: number, code: string][] = [
  ['no authorization', { authorization: '' }, 400, 'missing-timestamp'],
  ['another scheme', { authorization: 'Bearer x' }, 400, 'invalid-signature-type'],
  ['no app id', { auth: { app_id: undefined } }, 400, 'missing-app-id'],
  ['an unknown app', { auth: { app_id: '2021000000000000' } }, 400, 'invalid-app-id'],
  ['no timestamp', { auth: { timestamp: undefined } }, 400, 'missing-timestamp'],
  ['a timestamp in words', { auth: { timestamp: '2026-01-01 00:00:00' } }, 400, 'invalid-timestamp'],
  ['eleven minutes ago', { auth: { timestamp: String(Date.now() - 660_000) } }, 400, 'invalid-timestamp'],
  [
    'two minutes ago, good for one',
    { auth: { timestamp: String(Date.now() - 120_000), expired_seconds: '60' } },
    400,
    'invalid-timestamp',
  ],
  ['no nonce', { auth: { nonce: undefined } }, 400, 'invalid-parameter'],
  [
    'no signature',
    { authorization: 'ALIPAY-SHA256withRSA app_id=9021000100000001,nonce=1,timestamp=1' },
    400,
    'missing-signature',
  ],
  ['a body that is no JSON', { body: '{"out_trade_no":' }, 400, 'illegal-json'],
  ['a body that is a list', { body: '[]' }, 400, 'illegal-json'],
  ['a body that is no utf-8', { body: Buffer.from('{"out_trade_no":"\xff"}', 'latin1') }, 400, 'illegal-json'],
  [
    'a query with a name twice',
    { verb: 'GET', url: '/v3/alipay/fund/account/query?a=1&a=2' },
    400,
    'invalid-parameter',
  ],
  ['another algorithm', { headers: { 'alipay-encrypt-type': 'SM4' } }, 400, 'decryption-error-not-valid-encrypt-type'],
  ['plain text called encrypted', { headers: { 'alipay-encrypt-type': 'AES' } }, 400, 'decryption-error-unknown'],
  ['a token that was not signed', { headers: { 'alipay-app-auth-token': 'x' } }, 400, 'invalid-signature'],
];

describe('protocol v3 refuses', function () {
  this.timeout(60_000);
  let sandbox: SandboxProcess;
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-v3', '--seed', 'demo');
  });
  after(() => sandbox.stop());

  for (const [what, request, status, code] of REFUSALS) {
    it(`${code}: ${what}`, async () => {
      const answer = await sendV3(sandbox, request);
      assert.deepEqual([answer.status, answer.json().code], [status, code]);
      assert.deepEqual(Object.keys(answer.json()), ['code', 'message', 'links']);
      assert.equal(answer.headers.get('alipay-signature'), null, 'refusals are not signed');
    });
  }

  it('asks for an app’s certificate, and for the right root where one is named', async () => {
    const sdk = v3Sdk(sandbox, 'certificate');
    const { appCertSn, alipayRootCertSn } = sdk.config;
    const query = (config: object) => {
      Object.assign(sdk.config, { appCertSn, alipayRootCertSn, ...config });
      return sdk.curl('POST', '/v3/alipay/trade/query', { body: { out_trade_no: '2024040112345' } });
    };
    assert.equal((await query({})).responseHttpStatus, 200);
    assert.equal((await query({ alipayRootCertSn: '' })).responseHttpStatus, 200, 'as the PHP SDK');
    const other = 'f'.repeat(32);
    assert.equal((await v3Error(query({ appCertSn: '' }))).code, 'missing-app-cert-sn');
    assert.equal((await v3Error(query({ appCertSn: other }))).code, 'app-cert-not-exist');
    assert.equal((await v3Error(query({ alipayRootCertSn: other }))).code, 'invalid-alipay-root-cert-sn');
  });

  it('signs what it answers, over timestamp, nonce and body', async () => {
    const answer = await sendV3(sandbox);
    assert.equal(answer.status, 200);
    assert.equal(answer.json().out_trade_no, '2024040112345');
    assert.equal(answer.json().code, undefined);
    for (const name of ['alipay-timestamp', 'alipay-nonce', 'alipay-signature', 'alipay-trace-id'])
      assert.ok(answer.headers.get(name), name);
  });

  it('shows the text it verified, and notes a nonce that comes again', async () => {
    await sandbox.admin('POST', '/journal/clear');
    const request = { auth: { nonce: 'the same' } };
    assert.equal((await sendV3(sandbox, request)).status, 200);
    assert.equal((await sendV3(sandbox, request)).status, 200);
    const { json } = await sandbox.admin('GET', '/journal');
    assert.deepEqual(json[0].notes, []);
    assert.deepEqual(json[1].notes, ['nonce was seen before']);
    assert.match(json[1].verified, /^app_id=\d+,nonce=the same,timestamp=\d+\nPOST\n\/v3\/alipay\/trade\/query\n\{/);
    assert.deepEqual([json[1].method, json[1].verdict], ['alipay.trade.query', 'verified']);
    const bad = await sendV3(sandbox, { headers: { 'alipay-app-auth-token': 'x' } });
    assert.match(bad.json().message, /验签出错，建议.*POST\n\/v3\/alipay\/trade\/query\n\{&quot;out_trade_no/s);
  });

  it('the journal keeps no merchant’s token: it opens that merchant’s account', async () => {
    const token = 'TOKEN5f3c0a9d';
    await sendV3(sandbox, { auth: { app_auth_token: token }, headers: { 'alipay-app-auth-token': token } });
    const { json } = await sandbox.admin('GET', '/journal');
    assert.match(json.at(-1).verified, /,app_auth_token=\*\*\*\nPOST\n[^]*\n\*\*\*\n$/);
    assert.ok(!JSON.stringify(json).includes(token));
  });

  it('encrypts the answer of a GET that asks for it, as the PHP SDK does', async () => {
    const { json } = await sandbox.admin('GET', '/credentials');
    const request = { verb: 'GET', url: '/v3/alipay/fund/account/query?account_type=ACCTRANS_ACCOUNT' };
    const answer = await sendV3(sandbox, { ...request, headers: { 'alipay-encrypt-type': 'AES' } });
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(v3Sdk(sandbox, 'key', json.keyApp.aesKey).aesDecrypt(answer.text), /"available_amount":"\d/);
  });

  it('breaks as it is told', async () => {
    const sdk = v3Sdk(sandbox, 'certificate');
    const query = () => sdk.curl('POST', '/v3/alipay/trade/query', { body: { out_trade_no: '2024040112345' } });
    for (const [fault, status, code] of [
      ['system-error-after', 500, 'unknow-error'],
      ['bad-signature', 200, 'response-signature-verify-error'],
      ['wrong-cert-sn', 200, 'response-alipay-sn-verify-error'],
    ] as const) {
      await sandbox.admin('POST', '/faults', { method: 'alipay.trade.query', fault, as: '20000' });
      const error = await v3Error(query());
      assert.deepEqual([error.responseHttpStatus, error.code], [status, code]);
    }
    assert.equal((await query()).responseHttpStatus, 200);
  });
});
