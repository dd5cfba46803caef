import assert from 'node:assert/strict';
import { newNumber, call, paidTrade } from '../../support/sandbox-sdk.ts';
import { post, rightParams, signed, type RawAnswer } from '../../support/raw-request.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

const REFUND = 'alipay.trade.refund';
let sandbox: SandboxProcess;

/** Sends a refund of 1.00 under its own number; answers undefined where the connection was cut. */
async function refund(outTradeNo: string, mode: 'key' | 'certificate' = 'key'): Promise<RawAnswer | undefined> {
  const biz = { out_trade_no: outTradeNo, refund_amount: '1.00', out_request_no: 'r1' };
  const params = { ...rightParams(sandbox, mode), method: REFUND, biz_content: JSON.stringify(biz) };
  return post(sandbox, signed(sandbox, mode, params)).catch(() => undefined);
}

async function isRefunded(outTradeNo: string): Promise<boolean> {
  const biz = { out_trade_no: outTradeNo, out_request_no: 'r1' };
  const answer = await call(sandbox.sdk('key'), 'alipay.trade.fastpay.refund.query', biz);
  return answer.refundStatus === 'REFUND_SUCCESS';
}

/** How each fault looks from outside, and whether the refund happened. */
const FAULTS: readonly [fault: object, effect: boolean, check: (answer: RawAnswer | undefined) => void][] = [
  [{ fault: 'drop-before' }, false, (answer) => assert.equal(answer, undefined)],
  [{ fault: 'drop-after' }, true, (answer) => assert.equal(answer, undefined)],
  [{ fault: 'http-500' }, false, (answer) => assert.equal(answer?.status, 500)],
  [{ fault: 'http-500-after' }, true, (answer) => assert.equal(answer?.status, 500)],
  [{ fault: 'system-error-before' }, false, (answer) => said(answer, '20000', 'isp.unknow-error')],
  [{ fault: 'system-error-after' }, true, (answer) => said(answer, '20000', 'isp.unknow-error')],
  [{ fault: 'system-error-before', as: '40004' }, false, (answer) => said(answer, '40004', 'ACQ.SYSTEM_ERROR')],
  [{ fault: 'system-error-after', as: '40004' }, true, (answer) => said(answer, '40004', 'ACQ.SYSTEM_ERROR')],
  [
    { fault: 'bad-signature' },
    true,
    (answer) => assert.deepEqual([answer?.signed, answer?.node.code], ['bad', '10000']),
  ],
  [{ fault: 'unsigned' }, true, (answer) => assert.deepEqual([answer?.signed, answer?.node.code], ['none', '10000'])],
  [{ fault: 'garbage' }, true, (answer) => assert.match(answer?.text ?? '', /^<html>/)],
  [{ fault: 'truncated' }, true, (answer) => assert.throws(() => JSON.parse(answer?.text ?? '{}'), SyntaxError)],
];

function said(answer: RawAnswer | undefined, code: string, subCode: string): void {
  assert.deepEqual([answer?.node.code, answer?.node.sub_code, answer?.signed], [code, subCode, 'good']);
}

describe('the sandbox breaks on demand', function () {
  this.timeout(60_000);
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-faults', '--seed', 'empty');
  });
  after(() => sandbox.stop());

  for (const [fault, effect, check] of FAULTS) {
    it(`${JSON.stringify(fault)}: ${effect ? 'the refund happened' : 'nothing happened'}`, async () => {
      const outTradeNo = await paidTrade(sandbox, sandbox.sdk('key'), '5.00');
      assert.equal((await sandbox.admin('POST', '/faults', { method: REFUND, count: 1, ...fault })).status, 200);
      check(await refund(outTradeNo));
      assert.equal(await isRefunded(outTradeNo), effect);
      const { json: entries } = await sandbox.admin('GET', '/journal');
      assert.equal(entries.at(-2).fault, (fault as { fault: string }).fault);
      assert.deepEqual((await sandbox.admin('GET', '/faults')).json, [], 'the fault is used up');
      const again = await refund(outTradeNo);
      assert.deepEqual([again?.node.code, again?.node.fund_change], ['10000', effect ? 'N' : 'Y']);
    });
  }

  it('delay: the answer comes, late', async () => {
    await sandbox.admin('POST', '/faults', { method: 'alipay.trade.query', fault: 'delay', ms: 300 });
    const start = performance.now();
    const answer = await call(sandbox.sdk('key'), 'alipay.trade.query', { out_trade_no: newNumber() });
    assert.equal(answer.subCode, 'ACQ.TRADE_NOT_EXIST');
    assert.ok(performance.now() - start >= 295);
  });

  it('wrong-cert-sn: the certificate named is not ours', async () => {
    const outTradeNo = await paidTrade(sandbox, sandbox.sdk('key'), '5.00');
    const honest = await refund(outTradeNo, 'certificate');
    await sandbox.admin('POST', '/faults', { method: '*', fault: 'wrong-cert-sn' });
    const other = await refund(outTradeNo, 'certificate');
    const sn = (answer: RawAnswer | undefined) => /"alipay_cert_sn":"([0-9a-f]{32})"/.exec(answer?.text ?? '')?.[1];
    assert.ok(sn(honest) && sn(other) && sn(honest) !== sn(other));
  });

  it('clock-skew: only the Date header is moved', async () => {
    await sandbox.admin('POST', '/faults', { method: '*', fault: 'clock-skew', ms: -3_600_000 });
    const answer = await post(sandbox, signed(sandbox, 'key', rightParams(sandbox, 'key')));
    const off = Date.now() - Date.parse(answer.headers.get('date') ?? '');
    assert.ok(off > 3_590_000 && off < 3_700_000, `${off} ms`);
    assert.equal(answer.signed, 'good');
  });

  it('breaks exactly as many requests of exactly that method', async () => {
    await sandbox.admin('POST', '/faults', { method: 'alipay.trade.query', fault: 'http-500', count: 2 });
    const statuses: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      statuses.push((await post(sandbox, signed(sandbox, 'key', rightParams(sandbox, 'key')))).status);
    }
    assert.deepEqual(statuses, [500, 500, 200]);
    await sandbox.admin('POST', '/faults', { method: 'alipay.trade.close', fault: 'http-500', count: 5 });
    assert.equal((await post(sandbox, signed(sandbox, 'key', rightParams(sandbox, 'key')))).status, 200);
    await sandbox.admin('DELETE', '/faults');
    assert.deepEqual((await sandbox.admin('GET', '/faults')).json, []);
  });

  it('says what is wrong with a fault', async () => {
    for (const body of [
      {},
      { method: '*' },
      { method: '*', fault: 'nope' },
      { method: 7, fault: 'delay' },
      { method: '*', fault: 'delay', count: 0 },
    ]) {
      const { status, json } = await sandbox.admin('POST', '/faults', body);
      assert.equal(status, 400);
      assert.match(json.error, /must be/);
    }
  });
});
