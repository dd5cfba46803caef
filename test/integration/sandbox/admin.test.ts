import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { call, newNumber } from '../../support/sandbox-sdk.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

let sandbox: SandboxProcess;

/** A request with a Host header of the caller's choice, which fetch does not allow. */
function statusWithHost(host: string): Promise<number> {
  const { hostname, port } = new URL(sandbox.line.admin);
  return new Promise((resolve, reject) => {
    request({
      hostname,
      port,
      path: '/admin/state',
      headers: { host, authorization: `Bearer ${sandbox.line.adminToken}` },
    })
      .on('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
      .on('error', reject)
      .end();
  });
}

describe('the admin door', function () {
  this.timeout(60_000);
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-admin');
  });
  after(() => sandbox.stop());

  it('opens to the token alone, and answers JSON to everybody', async () => {
    const { admin, adminToken } = sandbox.line;
    for (const authorization of ['', 'Bearer', `Bearer ${adminToken}x`, `Bearer ${adminToken.slice(1)}`, adminToken]) {
      const response = await fetch(`${admin}/state`, { headers: { authorization } });
      assert.equal(response.status, 401);
      assert.match(((await response.json()) as { error: string }).error, /Bearer/);
    }
    assert.equal((await sandbox.admin('GET', '/nothing')).status, 404);
    assert.equal((await sandbox.admin('PUT', '/state')).status, 404);
    const broken = await fetch(`${admin}/clock`, {
      method: 'POST',
      body: '{',
      headers: { authorization: `Bearer ${adminToken}` },
    });
    assert.equal(broken.status, 400);
  });

  it('refuses a foreign Host', async () => {
    const { host, port } = new URL(sandbox.line.admin);
    assert.equal(await statusWithHost(host), 200);
    assert.equal(await statusWithHost(`localhost:${port}`), 200);
    for (const foreign of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1.evil.example:${port}`]) {
      assert.equal(await statusWithHost(foreign), 421, foreign);
    }
  });

  it('proves to whoever knows the token that it is this sandbox, without being shown it', async () => {
    const { admin, adminToken, gateway } = sandbox.line;
    const nonce = 'ab'.repeat(16);
    const response = await fetch(`${admin}/prove`, { method: 'POST', body: JSON.stringify({ nonce }) });
    const answer = (await response.json()) as { gateway: string; proof: string };
    assert.equal(answer.gateway, gateway);
    assert.equal(answer.proof, createHmac('sha256', adminToken).update(`${nonce}\n${gateway}`).digest('hex'));
    for (const bad of ['ab'.repeat(15), 'ab'.repeat(65), 'zz'.repeat(16), undefined]) {
      const refused = await fetch(`${admin}/prove`, { method: 'POST', body: JSON.stringify({ nonce: bad }) });
      assert.equal(refused.status, 400);
    }
  });

  it('hands out credentials that work', async () => {
    const { json } = await sandbox.admin('GET', '/credentials');
    assert.equal(json.keyApp.appId, sandbox.line.appId);
    assert.match(json.certApp.appCert, /BEGIN CERTIFICATE/);
    assert.match(json.keyApp.appPrivateKey, /BEGIN RSA PRIVATE KEY/);
  });

  it('shows everything, and lets a buyer pay', async () => {
    const { json: state } = await sandbox.admin('GET', '/state');
    const waiting = state.trades.filter((trade: { trade_status: string }) => trade.trade_status === 'WAIT_BUYER_PAY');
    assert.ok(waiting.length >= 1);
    const scanned = await sandbox.admin('POST', '/trades/SANDBOXQR01/scan');
    assert.equal(scanned.json.trade_status, 'WAIT_BUYER_PAY');
    const paid = await sandbox.admin('POST', '/trades/SANDBOXQR01/pay');
    assert.deepEqual([paid.status, paid.json.trade_status, paid.json.total_amount], [200, 'TRADE_SUCCESS', '99.00']);
    const again = await sandbox.admin('POST', '/trades/SANDBOXQR01/pay');
    assert.equal(again.status, 409);
    assert.match(again.json.error, /TRADE_SUCCESS/);
    assert.equal((await sandbox.admin('POST', '/trades/nothing/pay')).status, 404);
  });

  it('moves the clock: what nobody paid closes, what is old finishes', async () => {
    const sdk = sandbox.sdk('key');
    const [unpaid, paid] = [newNumber(), newNumber()];
    const order = {
      out_trade_no: unpaid,
      total_amount: '1.00',
      subject: 'x',
      timeout_express: '30m',
      buyer_id: '2088621000001001',
    };
    await call(sdk, 'alipay.trade.create', order);
    await call(sdk, 'alipay.trade.create', { ...order, out_trade_no: paid });
    await sandbox.admin('POST', `/trades/${paid}/pay`);
    await sandbox.admin('POST', '/clock', { advance_ms: 29 * 60_000 });
    assert.equal((await call(sdk, 'alipay.trade.query', { out_trade_no: unpaid })).tradeStatus, 'WAIT_BUYER_PAY');
    await sandbox.admin('POST', '/clock', { advance_ms: 2 * 60_000 });
    assert.equal((await call(sdk, 'alipay.trade.query', { out_trade_no: unpaid })).tradeStatus, 'TRADE_CLOSED');
    assert.equal((await call(sdk, 'alipay.trade.cancel', { out_trade_no: paid })).action, 'refund');
    const { json } = await sandbox.admin('POST', '/clock', { now: '2030-01-01 00:00:00' });
    assert.match(json.beijing, /^2030-01-01 00:00:0/);
    const old = await call(sdk, 'alipay.trade.refund', { out_trade_no: 'SANDBOXQR01', refund_amount: '99.00' });
    assert.equal(old.subCode, 'ACQ.TRADE_HAS_FINISHED');
    assert.equal((await sandbox.admin('POST', '/clock', { now: 'tomorrow' })).status, 400);
    const { json: before } = await sandbox.admin('GET', '/state');
    for (const nonsense of [
      {},
      { advance_ms: -1 },
      { advance_ms: 1.5 },
      { advance_ms: '5' },
      { advance_ms: 100 * 366 * 86_400_000 },
      { advance_ms: 1, now: '2031-01-01 00:00:00' },
      { now: -1 },
      { now: 0 },
      { now: '1999-12-31 23:59:59' },
      { now: '2100-01-01 00:00:01' },
      { now: 9e15 },
      { now: null },
      { now: '2031-02-30 00:00:00' },
    ]) {
      assert.equal((await sandbox.admin('POST', '/clock', nonsense)).status, 400, JSON.stringify(nonsense));
    }
    const { json: after } = await sandbox.admin('GET', '/state');
    assert.equal(after.clock.offset_ms, before.clock.offset_ms);
    const far = await sandbox.admin('POST', '/clock', { now: '2099-12-31 23:00:00' });
    assert.equal(far.status, 200);
    assert.equal((await sandbox.admin('POST', '/clock', { advance_ms: 2 * 3_600_000 })).status, 400);
  });

  it('refuses to arm a delay of less than nothing', async () => {
    const delay = { method: '*', fault: 'delay', ms: -1 };
    assert.equal((await sandbox.admin('POST', '/faults', delay)).status, 400);
    assert.equal((await sandbox.admin('POST', '/faults', { ...delay, fault: 'clock-skew' })).status, 200);
    await sandbox.admin('DELETE', '/faults');
  });

  it('refuses a field it does not know, and names what a field can be', async () => {
    const refused: [verb: string, path: string, body: object, error: RegExp][] = [
      ['POST', '/faults', { method: '*', fault: 'http-500', cuont: 2 }, /no field “cuont” here; .*count/],
      [
        'POST',
        '/faults',
        { method: 'alipay.trade.refnd', fault: 'http-500' },
        /no method alipay\.trade\.refnd; .*refund/,
      ],
      ['POST', '/trades/SANDBOXQR01/pay', { buyer: '2088621000001002' }, /no field “buyer” here; .*buyer_user_id/],
      ['POST', '/oauth/codes', { scope: 'all' }, /“scope” must be one of "auth_user", "auth_base"/],
      ['PATCH', '/switches', { 'refund-pacing': '1s' }, /“refund-pacing” must be one of "off", "3s"/],
      ['POST', '/reset', { seed: 'dmeo' }, /“seed” must be "demo", "empty" or a whole number/],
    ];
    for (const [verb, path, body, error] of refused) {
      const { status, json } = await sandbox.admin(verb, path, body);
      assert.equal(status, 400, path);
      assert.match(json.error, error);
    }
    assert.deepEqual((await sandbox.admin('GET', '/faults')).json, [], 'nothing is armed');
  });

  it('resets to the seed it is given', async () => {
    await sandbox.admin('POST', '/reset', { seed: 'empty' });
    const { json: empty } = await sandbox.admin('GET', '/state');
    assert.deepEqual([empty.trades.length, empty.clock.offset_ms], [0, 0]);
    await sandbox.admin('POST', '/reset');
    const { json: demo } = await sandbox.admin('GET', '/state');
    assert.ok(demo.trades.some((trade: { out_trade_no: string }) => trade.out_trade_no === '2024040112345'));
    assert.equal((await sandbox.admin('POST', '/reset', { seed: 'nothing' })).status, 400);
  });
});
