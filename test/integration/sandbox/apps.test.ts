import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { AlipaySdk } from 'alipay-sdk';
import { registerSecret } from '../../support/artifacts.ts';
import { call, newNumber } from '../../support/sandbox-sdk.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

/** One app as GET /credentials and POST /apps show it. */
interface ShownApp {
  readonly appId: string;
  readonly merchantId: string;
  readonly mode: 'key' | 'certificate';
  readonly appPrivateKey?: string;
  readonly alipayPublicKey?: string;
  readonly appCert?: string;
  readonly alipayCert?: string;
  readonly rootCert?: string;
}

const BUYER = '2088621000001001';
let folder: string;
let sandbox: SandboxProcess;

function sdkOf(app: ShownApp, privateKey = app.appPrivateKey): AlipaySdk {
  assert.ok(privateKey);
  const own = { appId: app.appId, privateKey, gateway: sandbox.line.gateway };
  if (app.mode === 'key') {
    assert.ok(app.alipayPublicKey);
    return new AlipaySdk({ ...own, alipayPublicKey: app.alipayPublicKey });
  }
  const { appCert = '', alipayCert = '', rootCert = '' } = app;
  const certificates = {
    appCertContent: appCert,
    alipayPublicCertContent: alipayCert,
    alipayRootCertContent: rootCert,
  };
  return new AlipaySdk({ ...own, ...certificates });
}

async function add(body: object): Promise<ShownApp> {
  const { status, json } = await sandbox.admin('POST', '/apps', body);
  assert.equal(status, 200, JSON.stringify(json));
  if (json.appPrivateKey !== undefined) registerSecret(json.appPrivateKey);
  return json as ShownApp;
}

async function credentials(): Promise<ShownApp[]> {
  const { json } = await sandbox.admin('GET', '/credentials');
  for (const app of json.apps) if (app.appPrivateKey !== undefined) registerSecret(app.appPrivateKey);
  return json.apps as ShownApp[];
}

async function order(sdk: AlipaySdk, number = newNumber(), amount = '7.00'): Promise<string> {
  const made = await call(sdk, 'alipay.trade.create', {
    out_trade_no: number,
    total_amount: amount,
    subject: 'x',
    buyer_id: BUYER,
  });
  assert.equal(made.code, '10000', JSON.stringify(made));
  return number;
}

describe('several apps in one sandbox', function () {
  this.timeout(60_000);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-apps-'));
    sandbox = await SandboxProcess.start('sandbox-apps', '--data', folder, '--seed', 'empty', '--apps', '2');
  });

  after(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  });

  it('are there from the start with --apps, in both modes, each of its own merchant', async () => {
    const apps = await credentials();
    assert.deepEqual(
      apps.map(({ appId, mode }) => [appId, mode]),
      [
        ['9021000100000001', 'key'],
        ['9021000100000002', 'certificate'],
        ['9021000100000003', 'key'],
        ['9021000100000004', 'certificate'],
      ],
    );
    assert.equal(new Set(apps.map(({ merchantId }) => merchantId)).size, 3);
    for (const app of apps) {
      const answer = await call(sdkOf(app), 'alipay.trade.query', { out_trade_no: 'nothing' });
      assert.equal(answer.subCode, 'ACQ.TRADE_NOT_EXIST', app.appId);
    }
  });

  it('share trades within a merchant, and see nothing of another', async () => {
    const [first, second, other] = (await credentials()).map((app) => sdkOf(app));
    assert.ok(first && second && other);
    const number = await order(first);
    assert.equal((await call(second, 'alipay.trade.query', { out_trade_no: number })).tradeStatus, 'WAIT_BUYER_PAY');
    const { tradeNo } = await call(first, 'alipay.trade.query', { out_trade_no: number });
    for (const method of ['query', 'close', 'refund', 'fastpay.refund.query']) {
      for (const name of [{ out_trade_no: number }, { trade_no: tradeNo }]) {
        const content = { ...name, refund_amount: '7.00', out_request_no: 'r' };
        const answer = await call(other, `alipay.trade.${method}`, content);
        assert.equal(answer.subCode, 'ACQ.TRADE_NOT_EXIST', method);
      }
    }
    assert.equal((await call(other, 'alipay.trade.cancel', { trade_no: tradeNo })).action, undefined);
    await order(other, number, '8.00');
    assert.equal((await call(first, 'alipay.trade.query', { out_trade_no: number })).totalAmount, '7.00');
    assert.equal((await call(other, 'alipay.trade.query', { out_trade_no: number })).totalAmount, '8.00');
  });

  it('keep the money, transfers and bills of their merchants apart', async () => {
    const [, second, , other] = (await credentials()).map((app) => sdkOf(app));
    assert.ok(second && other);
    const balance = async (sdk: AlipaySdk) =>
      (await call(sdk, 'alipay.fund.account.query', { account_type: 'ACCTRANS_ACCOUNT' })).availableAmount;
    const before = await balance(second);
    const number = await order(other);
    const merchantId = (await credentials())[3]?.merchantId;
    const noBuyer = await sandbox.admin('POST', `/trades/${number}/pay`, { buyer_user_id: '2088621000000018' });
    assert.equal(noBuyer.status, 404, 'a merchant is no buyer');
    await sandbox.admin('POST', `/trades/${number}/pay`, { seller_id: merchantId });
    const transfer = {
      out_biz_no: newNumber(),
      product_code: 'TRANS_ACCOUNT_NO_PWD',
      biz_scene: 'DIRECT_TRANSFER',
      trans_amount: '2.00',
      order_title: 't',
      payee_info: { identity: BUYER, identity_type: 'ALIPAY_USER_ID' },
    };
    const sent = await call(other, 'alipay.fund.trans.uni.transfer', transfer);
    assert.equal(sent.status, 'SUCCESS');
    assert.deepEqual([await balance(second), await balance(other)], [before, '10000005.00']);
    const { order_title: _title, trans_amount: _amount, payee_info: _payee, ...query } = transfer;
    for (const asked of [query, { order_id: sent.orderId }]) {
      assert.equal((await call(other, 'alipay.fund.trans.common.query', asked)).status, 'SUCCESS');
      assert.equal((await call(second, 'alipay.fund.trans.common.query', asked)).subCode, 'ORDER_NOT_EXIST');
    }
    const again = await call(second, 'alipay.fund.trans.uni.transfer', { ...transfer, trans_amount: '3.00' });
    assert.equal(again.status, 'SUCCESS', 'a number is unique for each merchant');
    const { json } = await sandbox.admin('POST', '/clock', { advance_ms: 48 * 3_600_000 });
    const day = new Date(json.now - 48 * 3_600_000 + 8 * 3_600_000).toISOString().slice(0, 10);
    const codes = await Promise.all(
      [second, other].map((sdk) =>
        call(sdk, 'alipay.data.dataservice.bill.downloadurl.query', { bill_type: 'trade', bill_date: day }),
      ),
    );
    assert.deepEqual(
      codes.map(({ billFileCode }) => billFileCode),
      ['EMPTY_DATA_WITH_BILL_FILE', undefined],
    );
  });

  it('are added by the admin door, also with a key of the developer’s own', async () => {
    const shared = await add({ mode: 'key' });
    const [first] = await credentials();
    assert.equal(shared.merchantId, first?.merchantId);
    assert.notEqual(shared.appPrivateKey, first?.appPrivateKey);
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const own = privateKey.export({ format: 'pem', type: 'pkcs1' }).toString();
    registerSecret(own);
    const brought = await add({
      mode: 'certificate',
      app_id: '2021009999999999',
      merchant_id: 'new',
      public_key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    });
    assert.equal(brought.appPrivateKey, undefined);
    await order(sdkOf(brought, own));
    const refused = [
      [{ app_id: brought.appId }, 409, /already/],
      [{ app_id: '12' }, 400, /16 digits/],
      [{ mode: 'other' }, 400, /"key", "certificate"/],
      [{ merchant_id: BUYER }, 409, /not a merchant/],
      [{ public_key: 'nonsense' }, 400, /public_key/],
      [{ public_key: own }, 400, /private/],
    ] as const;
    for (const [body, status, words] of refused) {
      const answer = await sandbox.admin('POST', '/apps', body);
      assert.equal(answer.status, status, JSON.stringify(body));
      assert.match(answer.json.error, words);
    }
  });

  it('have codes and tokens that are of one app only', async () => {
    const [first, second] = (await credentials()).slice(0, 2).map((app) => sdkOf(app));
    assert.ok(first && second);
    const { json } = await sandbox.admin('POST', '/oauth/codes', { app_id: sandbox.line.appId });
    const exchange = { grant_type: 'authorization_code', code: json.auth_code };
    assert.equal((await second.exec('alipay.system.oauth.token', exchange)).subCode, 'isv.code-invalid');
    const token = await call(first, 'alipay.system.oauth.token', undefined, exchange);
    const info = await call(second, 'alipay.user.info.share', undefined, { auth_token: token.accessToken });
    assert.equal(info.subCode, 'aop.invalid-auth-token');
    const [, , , other] = await credentials();
    assert.ok(other);
    const { json: theirs } = await sandbox.admin('POST', '/oauth/codes', { app_id: other.appId });
    const granted = { grant_type: 'authorization_code', code: theirs.auth_code };
    const seen = await call(sdkOf(other), 'alipay.system.oauth.token', undefined, granted);
    assert.equal(seen.userId, token.userId);
    assert.notEqual(seen.openId, token.openId, 'a person has another open_id at another merchant');
    const refresh = { grant_type: 'refresh_token', refresh_token: token.refreshToken };
    assert.equal((await second.exec('alipay.system.oauth.token', refresh)).subCode, 'isv.unmatched-app-id');
  });

  it('are kept over restarts and resets, for their owner only', async () => {
    const before = await credentials();
    await sandbox.stop();
    sandbox = await SandboxProcess.start('sandbox-apps', '--data', folder, '--apps', '2');
    const sorted = (apps: ShownApp[]) => apps.toSorted((a, b) => a.appId.localeCompare(b.appId));
    // Not deepEqual: its message would show private keys.
    assert.ok(isDeepStrictEqual(sorted(await credentials()), sorted(before)), 'the same apps with the same keys');
    const place = join(folder, 'keys', 'apps');
    for (const name of readdirSync(place, { recursive: true, encoding: 'utf8' })) {
      const stat = statSync(join(place, name));
      assert.equal(stat.mode & 0o777, stat.isDirectory() ? 0o700 : 0o600, name);
    }
    await sandbox.admin('POST', '/reset', { seed: 'empty' });
    const other = before[3];
    assert.ok(other);
    assert.ok(createPublicKey(other.appPrivateKey ?? ''));
    const account = await call(sdkOf(other), 'alipay.fund.account.query', { account_type: 'ACCTRANS_ACCOUNT' });
    assert.equal(account.availableAmount, '10000000.00', 'its merchant has an account again');
  });
});
