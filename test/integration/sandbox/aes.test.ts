import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import iconv from 'iconv-lite';
import { withFolder } from '../../support/folders.ts';
import { post, rightParams, signed, type RawParams } from '../../support/raw-request.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

type Mode = 'key' | 'certificate';
const MODES: readonly Mode[] = ['key', 'certificate'];

let sandbox: SandboxProcess;
let keys: Record<Mode, string>;

/** The official SDK with an app's AES key. */
function sdkOf(mode: Mode, encryptKey = keys[mode]): AlipaySdk {
  const sdk = sandbox.sdk(mode);
  return new AlipaySdk({ ...sdk.config, privateKey: sdk.config.privateKey, encryptKey });
}

function encrypt(text: Buffer | string, mode: Mode): string {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(keys[mode], 'base64'), Buffer.alloc(16));
  return Buffer.concat([cipher.update(text), cipher.final()]).toString('base64');
}

function decrypt(text: string, mode: Mode): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(keys[mode], 'base64'), Buffer.alloc(16));
  return Buffer.concat([decipher.update(text, 'base64'), decipher.final()]);
}

/** Sends a request and answers its raw text. */
async function send(params: Record<string, string>): Promise<string> {
  const body = new URLSearchParams(params);
  return (await fetch(sandbox.line.gateway, { method: 'POST', body })).text();
}

function request(mode: Mode, change: RawParams): Record<string, string> {
  return signed(sandbox, mode, { ...rightParams(sandbox, mode), encrypt_type: 'AES', ...change });
}

describe('contents encrypted with AES', function () {
  this.timeout(60_000);
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-aes', '--seed', 'demo');
    const { json } = await sandbox.admin('GET', '/credentials');
    keys = { key: json.keyApp.aesKey, certificate: json.certApp.aesKey };
  });
  after(() => sandbox.stop());

  it('gives each app a key of 128 bits', () => {
    for (const mode of MODES) assert.equal(Buffer.from(keys[mode], 'base64').length, 16);
    assert.notEqual(keys.key, keys.certificate);
  });

  for (const mode of MODES) {
    it(`answers the official SDK’s needEncrypt, in ${mode} mode`, async () => {
      const bizContent = {
        out_trade_no: `AES_${mode}`,
        total_amount: '8.00',
        subject: '加密',
        buyer_id: '2088621000001001',
      };
      const made = await sdkOf(mode).exec('alipay.trade.create', { bizContent, needEncrypt: true });
      assert.equal(made.code, '10000');
      assert.equal(made.outTradeNo, `AES_${mode}`);
      const refused = await sdkOf(mode).exec('alipay.trade.query', {
        bizContent: { out_trade_no: 'NONE' },
        needEncrypt: true,
      });
      assert.equal(refused.subCode, 'ACQ.TRADE_NOT_EXIST');
    });

    it(`signs the encrypted node, quotes and all, in ${mode} mode`, async () => {
      const text = await send(request(mode, { biz_content: encrypt('{"out_trade_no":"2024040112345"}', mode) }));
      const pattern = /^\{"alipay_trade_query_response":("([^"]+)")(?:,"alipay_cert_sn":"(\w+)")?,"sign":"([^"]+)"\}$/;
      const [, node = '', content = '', certSn, sign = ''] = pattern.exec(text) ?? [];
      assert.ok(sdkOf(mode).rsaCheck(node, sign));
      assert.equal(certSn !== undefined, mode === 'certificate');
      assert.equal(JSON.parse(decrypt(content, mode).toString('utf8')).total_amount, '299.00');
    });
  }

  it('opens an encrypted page order of the official SDK', async () => {
    const url = sdkOf('key').pageExecute('alipay.trade.page.pay', 'GET', {
      needEncrypt: true,
      bizContent: {
        out_trade_no: 'AES_PAGE',
        total_amount: '1.00',
        subject: '页面',
        product_code: 'FAST_INSTANT_TRADE_PAY',
      },
    });
    const response = await fetch(url, { redirect: 'manual' });
    assert.equal(response.status, 302);
    assert.match(response.headers.get('location') ?? '', /\/cashier\//);
  });

  it('encrypts GBK', async () => {
    const biz = JSON.stringify({ out_trade_no: 'AES_GBK', total_amount: '1.00', subject: '中文', buyer_id: 'x' });
    const params = {
      charset: 'GBK',
      method: 'alipay.trade.create',
      biz_content: encrypt(iconv.encode(biz, 'gbk'), 'key'),
    };
    const [, content = ''] = /_response":"([^"]+)"/.exec(await send(request('key', params))) ?? [];
    const refused = iconv.decode(decrypt(content, 'key'), 'gbk');
    assert.match(refused, /"sub_code":"ACQ\.BUYER_NOT_EXIST","sub_msg":"买家不存在"/);
  });

  it('leaves answers in the open where the request was', async () => {
    const answer = await post(sandbox, signed(sandbox, 'key', rightParams(sandbox, 'key')));
    assert.deepEqual([answer.node.code, answer.signed], ['10000', 'good']);
  });

  it('refuses in the open what it cannot open', async () => {
    const other = Buffer.alloc(16, 7).toString('base64');
    const wrong = await sdkOf('key', other).exec(
      'alipay.trade.query',
      { bizContent: { out_trade_no: '2024040112345' }, needEncrypt: true },
      { validateSign: true },
    );
    assert.deepEqual(
      [wrong.code, wrong.subCode, wrong.subMsg],
      ['40003', 'isv.decryption-error-unknown', '解密出错, 未知错误'],
    );
    const content = encrypt('{"out_trade_no":"2024040112345"}', 'key');
    for (const [change, code, subCode] of [
      [{ biz_content: '{"out_trade_no":"2024040112345"}' }, '40003', 'isv.decryption-error-unknown'],
      [{ biz_content: content.slice(0, -4) }, '40003', 'isv.decryption-error-unknown'],
      [{ biz_content: encrypt(Buffer.from([0xff, 0xfe]), 'key') }, '40003', 'isv.decryption-error-unknown'],
      [{ biz_content: content, encrypt_type: 'SM4' }, '40002', 'isv.decryption-error-not-valid-encrypt-type'],
      [{ biz_content: content, encrypt_type: undefined }, '40001', 'isv.decryption-error-missing-encrypt-type'],
    ] as const) {
      const answer = await post(sandbox, request('key', change));
      assert.deepEqual([answer.node.code, answer.node.sub_code, answer.signed], [code, subCode, 'good']);
    }
  });

  it('keeps an app’s key with its data folder', () =>
    withFolder(async (folder) => {
      const starts: string[] = [];
      for (let start = 0; start < 2; start += 1) {
        const other = await SandboxProcess.start('sandbox-aes', '--seed', 'empty', '--data', folder);
        starts.push((await other.admin('GET', '/credentials')).json.keyApp.aesKey);
        await other.stop();
      }
      assert.equal(starts[0], starts[1]);
      assert.notEqual(starts[0], keys.key);
    }));
});
