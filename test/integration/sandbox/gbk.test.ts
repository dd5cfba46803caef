import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AlipaySdk } from 'alipay-sdk';
import iconv from 'iconv-lite';
import { rightParams, type RawParams } from '../../support/raw-request.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

const SUBJECT = '沙箱商品·测试 & 更多';

let sandbox: SandboxProcess;

/** Every byte percent-encoded, so that nothing but the charset is left to chance. */
function percent(bytes: Buffer): string {
  return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** A signed form in GBK, as a client of another language would send it. */
function gbkForm(mode: 'key' | 'certificate', params: RawParams): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const content = given
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  const file = mode === 'key' ? sandbox.line.appPrivateKeyFile : sandbox.line.certApp.appPrivateKeyFile;
  const key = createPrivateKey(readFileSync(file, 'utf8'));
  const signature = sign('RSA-SHA256', iconv.encode(content, 'gbk'), key).toString('base64');
  return [...given, ['sign', signature] as const]
    .map(([name, value]) => `${name}=${percent(iconv.encode(value, 'gbk'))}`)
    .join('&');
}

interface GbkAnswer {
  readonly type: string | null;
  readonly node: Readonly<Record<string, string>>;
  readonly good: boolean;
}

/** Takes an answer apart and checks its signature over the bytes as they stand. */
async function read(response: Response): Promise<GbkAnswer> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const latin = bytes.toString('latin1');
  const [, nodeText = '', signature = ''] =
    /^\{"\w+":(\{.*\})(?:,"alipay_cert_sn":"\w+")?,"sign":"([^"]+)"\}$/s.exec(latin) ?? [];
  const node = Buffer.from(nodeText, 'latin1');
  const key = createPublicKey(readFileSync(sandbox.line.alipayPublicKeyFile, 'utf8'));
  return {
    type: response.headers.get('content-type'),
    node: JSON.parse(iconv.decode(node, 'gbk')) as Record<string, string>,
    good: verify('RSA-SHA256', node, key, Buffer.from(signature, 'base64')),
  };
}

function post(form: string, query = ''): Promise<GbkAnswer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=GBK' };
  return fetch(sandbox.line.gateway + query, { method: 'POST', headers, body: form }).then(read);
}

function order(mode: 'key' | 'certificate', change: RawParams = {}): RawParams {
  const content = { out_trade_no: `GBK_${mode}`, total_amount: '1.00', subject: SUBJECT, buyer_id: '2088621000001001' };
  return {
    ...rightParams(sandbox, mode),
    method: 'alipay.trade.create',
    charset: 'GBK',
    biz_content: JSON.stringify(content),
    ...change,
  };
}

describe('the gateway in GBK', function () {
  this.timeout(60_000);
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-gbk', '--seed', 'demo');
  });
  after(() => sandbox.stop());

  for (const mode of ['key', 'certificate'] as const) {
    it(`reads a form signed over its GBK bytes, in ${mode} mode`, async () => {
      const answer = await post(gbkForm(mode, order(mode)));
      assert.deepEqual([answer.type, answer.node.code, answer.good], ['text/html;charset=GBK', '10000', true]);
      const { json } = await sandbox.admin('GET', '/state');
      const made = json.trades.find((trade: { out_trade_no: string }) => trade.out_trade_no === `GBK_${mode}`);
      assert.equal(made.subject, SUBJECT);
    });
  }

  it('reads a query in GBK', async () => {
    const answer = await fetch(`${sandbox.line.gateway}?${gbkForm('key', order('key'))}`).then(read);
    assert.deepEqual([answer.node.code, answer.good], ['10000', true]);
  });

  it('signs a refusal over its GBK bytes', async () => {
    const answer = await post(gbkForm('key', order('key', { method: 'alipay.trade.close', biz_content: '{}' })));
    assert.equal(answer.node.sub_code, 'ACQ.INVALID_PARAMETER');
    assert.match(answer.node.sub_msg ?? '', /^参数无效/);
    assert.ok(answer.good);
  });

  it('shows in isv.invalid-signature the text it read', async () => {
    const form = gbkForm('key', order('key'));
    const answer = await post(form.replace(percent(iconv.encode('1.00', 'gbk')), percent(Buffer.from('2.00'))));
    assert.equal(answer.node.sub_code, 'isv.invalid-signature');
    assert.ok(answer.node.sub_msg?.includes('沙箱商品·测试 &amp; 更多'));
    assert.ok(answer.good);
  });

  it('takes the same charset in query and form, and refuses two', async () => {
    const form = gbkForm('key', order('key'));
    assert.equal((await post(form, '?charset=GBK')).node.code, '10000');
    assert.equal((await post(form, '?charset=utf-8')).node.sub_code, 'isv.invalid-parameter');
  });

  it('refuses bytes that are no text in the charset, whatever they were signed as', async () => {
    for (const [charset, bytes] of [
      ['GBK', '%81'],
      ['GBK', '%ff%ff'],
      ['utf-8', '%b2%e2'],
      ['utf-8', '%ed%a0%80'],
    ] as const) {
      const form = gbkForm('key', order('key', { charset }));
      const response = await fetch(sandbox.line.gateway, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `${form}&body=${bytes}`,
      });
      const text = iconv.decode(Buffer.from(await response.arrayBuffer()), charset);
      assert.equal(response.status, 200);
      assert.match(text, /"sub_code":"isv\.invalid-signature","sub_msg":"验签出错，请确认charset参数/, bytes);
    }
  });

  it('takes raw bytes that were not percent-encoded', async () => {
    const form = gbkForm('key', order('key')).replaceAll(/%([89a-f][0-9a-f])/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=GBK' };
    const response = await fetch(sandbox.line.gateway, { method: 'POST', headers, body: Buffer.from(form, 'latin1') });
    assert.equal((await read(response)).node.code, '10000');
  });

  it('answers the official SDK with charset gbk', async () => {
    const { line } = sandbox;
    const sdk = new AlipaySdk({
      appId: line.appId,
      privateKey: readFileSync(line.appPrivateKeyFile, 'utf8'),
      alipayPublicKey: readFileSync(line.alipayPublicKeyFile, 'utf8'),
      gateway: line.gateway,
      // Its types know of no other charset than the default, its code takes any.
      charset: 'gbk' as 'utf-8',
    });
    const bizContent = { out_trade_no: '2024040112345' };
    const answer = await sdk.exec('alipay.trade.query', { bizContent }, { validateSign: true });
    assert.equal(answer.code, '10000');
    assert.equal(answer.totalAmount, '299.00');
  });
});
