import assert from 'node:assert/strict';
import { formatBeijing } from '../../../src/alipay/beijing-time.ts';
import { post, rightParams, signed, type RawParams } from '../../support/raw-request.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

let sandbox: SandboxProcess;

/** What is changed before signing, and the refusal it meets. */
const REFUSALS: readonly [
  what: string,
  mode: 'key' | 'certificate',
  change: RawParams,
  code: string,
  subCode: string,
][] = [
  ['no method', 'key', { method: undefined }, '40001', 'isv.missing-method'],
  ['an unknown method', 'key', { method: 'alipay.trade.nothing' }, '40002', 'isv.invalid-method'],
  [
    'a method that is never sent to the gateway',
    'key',
    { method: 'alipay.trade.app.pay' },
    '40002',
    'isv.invalid-method',
  ],
  ['no sign_type', 'key', { sign_type: undefined }, '40001', 'isv.missing-signature-type'],
  ['RSA instead of RSA2', 'key', { sign_type: 'RSA' }, '40002', 'isv.invalid-signature-type'],
  ['no timestamp', 'key', { timestamp: undefined }, '40001', 'isv.missing-timestamp'],
  ['a timestamp in ISO form', 'key', { timestamp: '2026-01-01T00:00:00Z' }, '40002', 'isv.invalid-timestamp'],
  ['a day that does not exist', 'key', { timestamp: '2026-02-30 00:00:00' }, '40002', 'isv.invalid-timestamp'],
  [
    'a timestamp of two days ago',
    'key',
    { timestamp: formatBeijing(Date.now() - 2 * 86_400_000) },
    '40002',
    'isv.invalid-timestamp',
  ],
  ['no version', 'key', { version: undefined }, '40001', 'isv.missing-version'],
  ['another charset', 'key', { charset: 'latin1' }, '40002', 'isv.invalid-charset'],
  ['XML', 'key', { format: 'XML' }, '40002', 'isv.invalid-format'],
  ['biz_content that is no JSON', 'key', { biz_content: '{"out_trade_no":' }, '40002', 'isv.illegal-json'],
  ['biz_content that is a list', 'key', { biz_content: '[]' }, '40002', 'isv.illegal-json'],
  ['no number at all', 'key', { biz_content: '{}' }, '40004', 'ACQ.INVALID_PARAMETER'],
  ['a number that is an object', 'key', { biz_content: '{"out_trade_no":{"a":1}}' }, '40004', 'ACQ.INVALID_PARAMETER'],
  [
    'a number of 65 characters',
    'key',
    { biz_content: `{"out_trade_no":"${'1'.repeat(65)}"}` },
    '40004',
    'ACQ.INVALID_PARAMETER',
  ],
  ['no app certificate', 'certificate', { app_cert_sn: undefined }, '40001', 'isv.missing-app-cert-sn'],
  [
    'no root certificate',
    'certificate',
    { alipay_root_cert_sn: undefined },
    '40001',
    'isv.missing-alipay-root-cert-sn',
  ],
  ['another app certificate', 'certificate', { app_cert_sn: 'f'.repeat(32) }, '40002', 'isv.app-cert-not-exist'],
  ['another root', 'certificate', { alipay_root_cert_sn: 'f'.repeat(32) }, '40002', 'isv.invalid-alipay-root-cert-sn'],
];

/** Fields of trade.precreate that are refused, in an order that is right otherwise. */
const BAD_ORDERS: readonly [field: string, value: unknown, subCode: string][] = [
  ['total_amount', '0', 'ACQ.INVALID_PARAMETER'],
  ['total_amount', '1.001', 'ACQ.INVALID_PARAMETER'],
  ['total_amount', '-1.00', 'ACQ.INVALID_PARAMETER'],
  ['total_amount', '1e2', 'ACQ.INVALID_PARAMETER'],
  ['total_amount', '1,000.00', 'ACQ.INVALID_PARAMETER'],
  ['total_amount', true, 'ACQ.INVALID_PARAMETER'],
  ['total_amount', '100000000.01', 'ACQ.TOTAL_FEE_EXCEED'],
  ['subject', '', 'ACQ.INVALID_PARAMETER'],
  ['subject', 'x'.repeat(257), 'ACQ.INVALID_PARAMETER'],
  ['body', 'x'.repeat(129), 'ACQ.INVALID_PARAMETER'],
  ['out_trade_no', 'with blank', 'ACQ.INVALID_PARAMETER'],
  ['timeout_express', '0m', 'ACQ.INVALID_PARAMETER'],
  ['timeout_express', '16d', 'ACQ.INVALID_PARAMETER'],
  ['timeout_express', '1.5h', 'ACQ.INVALID_PARAMETER'],
  ['time_expire', '2020-01-01 00:00:00', 'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR'],
  ['seller_id', '2088000000000000', 'ACQ.SELLER_NOT_EXIST'],
  ['product_code', 'ANYTHING', 'ACQ.INVALID_PARAMETER'],
];

describe('the gateway refuses as the platform does', function () {
  this.timeout(60_000);
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-errors', '--seed', 'demo');
  });
  after(() => sandbox.stop());

  it('answers a right request in the platform’s form', async () => {
    for (const mode of ['key', 'certificate'] as const) {
      const answer = await post(sandbox, signed(sandbox, mode, rightParams(sandbox, mode)));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-type'), 'text/html;charset=utf-8');
      assert.match(answer.headers.get('trace_id') ?? '', /^[0-9a-f]{30}$/);
      assert.equal(answer.nodeName, 'alipay_trade_query_response');
      assert.deepEqual(Object.keys(answer.node).slice(0, 2), ['code', 'msg']);
      assert.equal(answer.signed, 'good');
      assert.equal(/"alipay_cert_sn":"[0-9a-f]{32}","sign":/.test(answer.text), mode === 'certificate');
    }
  });

  for (const [what, mode, change, code, subCode] of REFUSALS) {
    it(`${subCode}: ${what}`, async () => {
      const answer = await post(sandbox, signed(sandbox, mode, { ...rightParams(sandbox, mode), ...change }));
      assert.equal(answer.status, 200);
      assert.deepEqual([answer.node.code, answer.node.sub_code], [code, subCode]);
      assert.equal(answer.signed, 'good');
      assert.deepEqual(Object.keys(answer.node), ['code', 'msg', 'sub_code', 'sub_msg']);
    });
  }

  for (const [field, value, subCode] of BAD_ORDERS) {
    it(`${subCode}: ${field} ${JSON.stringify(value)?.slice(0, 24)}`, async () => {
      const order = { out_trade_no: 'BAD1', total_amount: '1.00', subject: 'x', [field]: value };
      const params = {
        ...rightParams(sandbox, 'key'),
        method: 'alipay.trade.precreate',
        biz_content: JSON.stringify(order),
      };
      const answer = await post(sandbox, signed(sandbox, 'key', params));
      assert.deepEqual([answer.node.code, answer.node.sub_code, answer.signed], ['40004', subCode, 'good']);
    });
  }

  it('isv.invalid-app-id comes before the signature, unsigned', async () => {
    const answer = await post(sandbox, { method: 'alipay.trade.query', app_id: '2021000000000000' });
    assert.deepEqual([answer.node.code, answer.node.sub_code, answer.signed], ['40002', 'isv.invalid-app-id', 'none']);
    assert.equal(answer.nodeName, 'alipay_trade_query_response');
  });

  it('isv.invalid-signature says, HTML-escaped and signed, which text was verified', async () => {
    const params = { ...signed(sandbox, 'key', rightParams(sandbox, 'key')), notify_url: 'http://127.0.0.1/changed' };
    const answer = await post(sandbox, params);
    assert.equal(answer.node.sub_code, 'isv.invalid-signature');
    assert.equal(answer.signed, 'good');
    assert.match(
      answer.node.sub_msg ?? '',
      /app_id=\d+&amp;biz_content=\{&quot;out_trade_no&quot;:.*&amp;notify_url=http:\/\/127/,
    );
    assert.ok(answer.text.includes('http:\\/\\/127.0.0.1\\/changed'), 'slashes are escaped on the wire');
    for (const sign of ['', 'AAAA', 'not base64!', ' '.repeat(10)]) {
      const refused = await post(sandbox, { ...params, sign });
      assert.equal(refused.node.sub_code, sign === '' ? 'isv.missing-signature' : 'isv.invalid-signature');
    }
  });

  it('refuses a parameter with two values, and takes the same one in query and form', async () => {
    const params = signed(sandbox, 'key', rightParams(sandbox, 'key'));
    const { charset = '' } = params;
    assert.equal((await post(sandbox, params, `?charset=${charset}`)).node.code, '10000');
    assert.equal((await post(sandbox, params, '?charset=gbk')).node.sub_code, 'isv.invalid-parameter');
    const twice = new URLSearchParams(params);
    twice.append('biz_content', '{}');
    assert.equal((await post(sandbox, twice)).node.sub_code, 'isv.invalid-parameter');
  });

  it('answers an error_response where there is no such method', async () => {
    const answer = await post(sandbox, signed(sandbox, 'key', { ...rightParams(sandbox, 'key'), method: 'alipay.x' }));
    assert.equal(answer.nodeName, 'error_response');
  });

  it('notes local time in the journal', async () => {
    await sandbox.admin('POST', '/journal/clear');
    const local = { ...rightParams(sandbox, 'key'), timestamp: formatBeijing(Date.now() - 8 * 3_600_000) };
    assert.equal((await post(sandbox, signed(sandbox, 'key', local))).node.code, '10000');
    const { json } = await sandbox.admin('GET', '/journal');
    assert.equal(json.length, 1);
    assert.match(json[0].notes[0], /480 minutes off/);
    assert.equal(json[0].verdict, 'verified');
    assert.equal(json[0].params.sign, undefined);
    assert.match(json[0].verified, /^app_id=\d+&biz_content=/);
  });

  it('refuses a request larger than any, and goes on', async () => {
    const answer = await post(sandbox, {
      ...signed(sandbox, 'key', rightParams(sandbox, 'key')),
      extra: 'x'.repeat(2_000_000),
    });
    assert.equal(answer.node.code, '40002');
    assert.equal((await post(sandbox, signed(sandbox, 'key', rightParams(sandbox, 'key')))).node.code, '10000');
  });

  it('shows a refused page request as a page', async () => {
    const params = { ...rightParams(sandbox, 'key'), method: 'alipay.trade.page.pay', biz_content: '{"subject":"x"}' };
    const query = new URLSearchParams(signed(sandbox, 'key', params));
    const response = await fetch(`${sandbox.line.gateway}?${query.toString()}`, { redirect: 'manual' });
    assert.equal(response.status, 200);
    assert.match(await response.text(), /ACQ\.INVALID_PARAMETER/);
  });
});
