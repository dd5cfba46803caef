import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import fc from 'fast-check';
import { parsePrivateKey, parsePublicKey } from '../../../src/alipay/keys.ts';
import { signContent, signParams, verifyNotification, type Params } from '../../../src/alipay/signature.ts';

const METHOD = 'alipay.trade.refund';
const app = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = app.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString();
const publicPem = app.publicKey.export({ format: 'pem', type: 'spki' }).toString();
const privateKey = parsePrivateKey(privatePem);
const publicKey = parsePublicKey(publicPem);
/** The official SDK; one key plays both parts, so that it checks what it is shown against what we sign. */
const sdk = new AlipaySdk({ appId: '2021000000000001', privateKey: privatePem, alipayPublicKey: publicPem });

/** Text as people and shops write it, with everything that has ever broken a signature. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      "'",
      '&',
      '=',
      '%',
      '+',
      '\n',
      '\r',
      '\t',
      ' ',
      '\\',
      '/',
      '{',
      '}',
      '<',
      '\0',
      '🍊',
      '元',
      '%20',
    ),
  }),
  fc.constantFrom(
    '退款：商品有瑕疵',
    '👨‍👩‍👧 & "Söhne" 100%',
    '{"a":"b&c=d"}',
    '＋８６',
    '\u202e15.50',
    'a+b c%2B',
    'null',
  ),
);
const someText = text.filter((value) => value !== '');
const halfCharacters = fc
  .array(fc.oneof(fc.integer({ min: 0xd800, max: 0xdfff }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 8 })
  .map((codes) => String.fromCharCode(...codes));
const bizValue = fc.oneof(
  text,
  halfCharacters,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }),
);
const bizContent = fc.dictionary(
  fc.oneof(fc.constantFrom('out_trade_no', 'refund_amount', 'goodsDetail', 'a.b'), text),
  bizValue,
  {
    noNullPrototype: true,
  },
);
const PUBLIC_NAMES = ['notify_url', 'return_url', 'app_auth_token', 'auth_token', 'app_cert_sn', 'alipay_root_cert_sn'];
const publicParams = fc.dictionary(fc.constantFrom(...PUBLIC_NAMES), someText, { noNullPrototype: true });

/** The parameters the SDK would send, its `sign` among them; `timestamp` is given, or it would use this machine's zone. */
function signedBySdk(biz: object, others: Params): Record<string, string> {
  const query = sdk.sdkExecute(
    METHOD,
    { ...others, timestamp: '2024-04-11 09:30:00', bizContent: biz },
    { bizContentAutoSnakeCase: false },
  );
  return Object.fromEntries(
    query.split('&').map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
    }),
  );
}

function ours(biz: object, others: Params): Params {
  return {
    ...others,
    app_id: '2021000000000001',
    method: METHOD,
    charset: 'utf-8',
    version: '1.0',
    sign_type: 'RSA2',
    timestamp: '2024-04-11 09:30:00',
    biz_content: JSON.stringify(biz),
  };
}

describe('signing a request', () => {
  // PKCS#1 v1.5 has no randomness: equal signatures are equal bytes signed.
  it('gives the official SDK’s parameters and signature for 1,200 random requests', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(bizContent, publicParams, async (biz, others) => {
        const { sign, ...theirs } = signedBySdk(biz, others);
        const params = ours(biz, others);
        assert.deepEqual(theirs, params);
        assert.equal(await signParams(params, privateKey), sign);
      }),
      { numRuns: 1200 },
    );
  });

  it('sorts by name, leaves sign and empty values out and joins raw', () => {
    const params = { sign: 'x', b: '2&3=%', a: '中文 "+"', Z: '1', empty: '', sign_type: 'RSA2', a_b: '0', aa: ' ' };
    assert.equal(signContent(params), 'Z=1&a=中文 "+"&a_b=0&aa= &b=2&3=%&sign_type=RSA2');
  });

  it('drops empty values where the SDK keeps them: the platform does not sign them (§1.4)', async () => {
    const empty = { notify_url: '' };
    const params = ours({}, empty);
    assert.equal(await signParams(params, privateKey), await signParams(ours({}, {}), privateKey));
    assert.notEqual(await signParams(params, privateKey), signedBySdk({}, empty)['sign']);
  });
});

describe('checking a notification', () => {
  const name = fc.oneof(
    fc.constantFrom('out_trade_no', 'trade_status', 'total_amount', 'subject', 'fund_bill_list', 'body'),
    fc.stringMatching(/^[a-z_]{1,12}$/),
  );
  const fields = fc
    .dictionary(name, someText, { minKeys: 1, noNullPrototype: true })
    .map(({ sign: _sign, sign_type: _signType, ...rest }) => rest)
    .filter((rest) => Object.keys(rest).length > 0);

  async function signed(rest: Params, keepSignType: boolean): Promise<Params> {
    const sign = await signParams(keepSignType ? { ...rest, sign_type: 'RSA2' } : rest, privateKey);
    return { ...rest, sign, sign_type: 'RSA2' };
  }

  it('agrees with the official SDK on 300 good ones of both kinds', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(fields, fc.boolean(), async (rest, keepSignType) => {
        const params = await signed(rest, keepSignType);
        assert.ok(sdk.checkNotifySignV2(params));
        assert.ok(await verifyNotification(params, publicKey, { keepSignType }));
        assert.ok(!(await verifyNotification(params, publicKey, { keepSignType: !keepSignType })));
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with the official SDK on 600 tampered ones', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(fields, fc.boolean(), fc.nat(), fc.nat(), someText, async (rest, keep, which, where, junk) => {
        const params: Record<string, string> = { ...(await signed(rest, keep)) };
        const names = Object.keys(rest);
        const target = names[which % names.length] ?? '';
        const value = params[target] ?? '';
        const at = where % (value.length + 1);
        const tampering = where % 4;
        if (tampering === 0) params[target] = value.slice(0, at) + junk + value.slice(at);
        if (tampering === 1) delete params[target];
        if (tampering === 2) params[`${target}_`] = junk;
        if (tampering === 3)
          params['sign'] = (params['sign'] ?? '').replace(/^./, (char) => (char === 'A' ? 'B' : 'A'));
        assert.equal(sdk.checkNotifySignV2(params), false);
        for (const keepSignType of [true, false]) {
          assert.equal(await verifyNotification(params, publicKey, { keepSignType }), false);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('is stricter than the SDK: each kind of notification has its own rule, and the SDK tries both', async () => {
    const message = await signed({ notify_id: '1', msg_method: 'alipay.fund.trans.order.changed' }, true);
    assert.ok(sdk.checkNotifySignV2(message));
    assert.equal(await verifyNotification(message, publicKey), false);
  });

  it('is stricter than the SDK: it does not add a sign_type that was taken away', async () => {
    const { sign_type: _, ...without } = await signed({ notify_id: '1' }, true);
    assert.ok(sdk.checkNotifySignV2(without));
    assert.equal(await verifyNotification(without, publicKey, { keepSignType: true }), false);
  });

  it('is stricter than the SDK: a signature is base64 and nothing else', async () => {
    const params = await signed({ notify_id: '1' }, false);
    const sign = params['sign'] ?? '';
    for (const loose of [`${sign}\n`, ` ${sign}`, `${sign.slice(0, 9)}*${sign.slice(9)}`]) {
      assert.ok(sdk.checkNotifySignV2({ ...params, sign: loose }));
      assert.equal(await verifyNotification({ ...params, sign: loose }, publicKey), false);
    }
  });

  it('takes a missing or empty signature for none', async () => {
    for (const params of [{ a: '1' }, { a: '1', sign: '' }, { a: '1', sign: 'x' }, { a: '1', sign: '====' }]) {
      assert.equal(await verifyNotification(params, publicKey), false);
    }
  });

  it('does not take the app’s key for Alipay’s', async () => {
    const stranger = parsePublicKey(
      generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    );
    assert.equal(await verifyNotification(await signed({ a: '1' }, false), stranger), false);
  });
});
