import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import fc from 'fast-check';
import { parsePublicKey } from '../../../src/alipay/keys.ts';
import { openEnvelope, verifyText } from '../../../src/alipay/signature.ts';

const METHOD = 'alipay.trade.query';
const NODE = 'alipay_trade_query_response';
const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = alipay.publicKey.export({ format: 'pem', type: 'spki' }).toString();
const publicKey = parsePublicKey(publicPem);
const sdk = new AlipaySdk({
  appId: '2021000000000001',
  privateKey: alipay.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString(),
  alipayPublicKey: publicPem,
});

const signOf = (text: string): string =>
  createSign('RSA-SHA256').update(text, 'utf8').sign(alipay.privateKey, 'base64');
const answer = (raw: string, name = NODE): string => `{"${name}":${raw},"sign":"${signOf(raw)}"}`;

async function weAccept(body: string): Promise<boolean> {
  const envelope = openEnvelope(body, METHOD);
  return envelope?.sign !== undefined && verifyText(envelope.signed, envelope.sign, publicKey);
}

/** As the SDK's own `exec` does it: parse, look for the node, then check. */
function sdkAccepts(body: string): boolean {
  try {
    const parsed = JSON.parse(body) as Record<string, unknown>;
    if (!parsed[NODE]) return false;
    sdk.checkResponseSign(body, NODE, parsed['sign'] as string, '');
    return true;
  } catch {
    return false;
  }
}

const blank = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 3 });
const nasty = fc.constantFrom(
  '"sign":"x"}',
  '\\"sign\\"',
  '}',
  '{',
  `{"${NODE}":{}}`,
  'https://a/b',
  '\\',
  '"',
  '\u2028',
  '🍊',
);
const jsonText = fc.oneof(nasty, fc.string({ unit: 'binary' }));
const { value: jsonValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    jsonText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(jsonText, fc.constantFrom('sign', 'code', NODE)), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
}));
const jsonObject = fc.dictionary(fc.oneof(jsonText, fc.constantFrom('sign', 'code')), jsonValue, {
  maxKeys: 5,
  noNullPrototype: true,
});

/** The raw text of a node as different servers would write it: indented or not, slashes and letters escaped or not. */
const rawNode = fc
  .tuple(jsonObject, fc.constantFrom(undefined, 1, 2, '\t'), fc.boolean(), fc.boolean())
  .map(([value, indent, slashes, letters]) => {
    let raw = JSON.stringify(value, undefined, indent);
    if (slashes) raw = raw.replaceAll('/', '\\/');
    if (letters) {
      raw = raw.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
    return raw;
  });

describe('openEnvelope', () => {
  it('returns the node’s raw text, byte for byte, for any JSON between any blanks', () => {
    fc.assert(
      fc.property(rawNode, blank, blank, blank, fc.boolean(), jsonValue, (raw, a, b, c, signFirst, extra) => {
        const node = `${a}"${NODE}"${b}:${c}${raw}${a}`;
        const rest = `"sign"${b}:"c2ln"${c},${a}"extra":${JSON.stringify(extra)}`;
        const envelope = openEnvelope(`${b}{${signFirst ? `${rest},${node}` : `${node},${rest}`}${c}}${a}`, METHOD);
        assert.ok(envelope);
        assert.equal(envelope.signed, raw);
        assert.deepEqual(envelope.node, JSON.parse(raw));
        assert.equal(envelope.sign, 'c2ln');
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps escaped slashes, as production signs them', () => {
    const raw = '{"code":"10000","qr_code":"https:\\/\\/qr.alipay.com\\/bax"}';
    const envelope = openEnvelope(answer(raw), METHOD);
    assert.equal(envelope?.signed, raw);
    assert.equal(envelope?.node['qr_code'], 'https://qr.alipay.com/bax');
  });

  it('is not misled by a "sign" inside a value', () => {
    const raw = `{"body":"\\",\\"sign\\":\\"fake\\"}","sign":"inner","nested":{"sign":{"sign":"x"}}}`;
    const envelope = openEnvelope(`{"${NODE}":${raw},"sign":"outer"}`, METHOD);
    assert.equal(envelope?.signed, raw);
    assert.equal(envelope?.sign, 'outer');
  });

  it('reads error_response, the certificate’s number and a missing signature', () => {
    const envelope = openEnvelope('{"error_response":{"code":"40002"},"alipay_cert_sn":"abc"}', METHOD);
    assert.deepEqual(envelope, {
      nodeName: 'error_response',
      signed: '{"code":"40002"}',
      node: { code: '40002' },
      sign: undefined,
      certSn: 'abc',
    });
    assert.equal(openEnvelope(`{"${NODE}":{},"sign":"","alipay_cert_sn":7}`, METHOD)?.sign, undefined);
    assert.equal(openEnvelope(`{"${NODE}":{},"sign":"","alipay_cert_sn":7}`, METHOD)?.certSn, undefined);
  });

  const refused: readonly (readonly [name: string, body: string])[] = [
    ['the node twice', `{"${NODE}":{"code":"10000"},"${NODE}":{"code":"40004"},"sign":"x"}`],
    ['the node twice, once spelled with an escape', `{"${NODE}":{},"${NODE.replace('q', '\\u0071')}":{},"sign":"x"}`],
    ['two signatures', `{"${NODE}":{},"sign":"x","sign":"y"}`],
    ['two certificates', `{"${NODE}":{},"sign":"x","alipay_cert_sn":"a","alipay_cert_sn":"b"}`],
    ['any other root key twice', `{"a":1,"${NODE}":{},"a":2}`],
    ['both its own node and error_response', `{"${NODE}":{},"error_response":{},"sign":"x"}`],
    ['another method’s node', '{"alipay_trade_refund_response":{},"sign":"x"}'],
    ['no node', '{"sign":"x"}'],
    ['an encrypted node', `{"${NODE}":"c2VjcmV0","sign":"x"}`],
    ['a node that is a number', `{"${NODE}":10000,"sign":"x"}`],
    ['a node that is null', `{"${NODE}":null,"sign":"x"}`],
    ['a node that is a list', `{"${NODE}":[{}],"sign":"x"}`],
    ['a list', `[{"${NODE}":{}}]`],
    ['a string', JSON.stringify(answer('{}'))],
    ['null', 'null'],
    ['nothing', ''],
    ['blanks', ' \n'],
    ['a page', '<html><body>502 Bad Gateway</body></html>'],
    ['half an answer', answer('{"code":"10000"}').slice(0, -3)],
    ['more behind the answer', `${answer('{}')}{}`],
    ['a byte order mark', `\uFEFF${answer('{}')}`],
    ['a comma too many', `{"${NODE}":{},}`],
    ['single quotes', `{'${NODE}':{}}`],
  ];
  for (const [name, body] of refused) {
    it(`refuses ${name}`, () => assert.equal(openEnvelope(body, METHOD), undefined));
  }

  it('never throws, whatever comes', () => {
    const pieces = fc.string({
      unit: fc.constantFrom('{', '}', '"', ':', ',', '\\', `"${NODE}"`, '"sign"', '[', ']', '1', ' '),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), pieces), (body) => void openEnvelope(body, METHOD)),
      { numRuns: 2000 },
    );
  });
});

describe('checking an answer', () => {
  it('agrees with the official SDK on 400 good ones', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(rawNode, async (raw) => {
        const body = answer(raw);
        assert.ok(await weAccept(body));
        assert.ok(sdkAccepts(body));
      }),
      { numRuns: 400 },
    );
  });

  it('agrees with the official SDK on 800 tampered ones', async function () {
    this.timeout(30_000);
    const char = fc.oneof(
      fc.constantFrom('"', '}', '{', ',', ':', '\\', '0', ' ', '/'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        rawNode,
        fc.nat(),
        fc.constantFrom('put', 'drop', 'change'),
        char,
        async (raw, where, how, junk) => {
          const body = answer(raw);
          // Only up to the end of the node: what is laxer about the SDK behind it has its own tests below.
          const at = where % (body.lastIndexOf(',"sign"') + 1);
          const tampered = body.slice(0, at) + (how === 'drop' ? '' : junk) + body.slice(how === 'put' ? at : at + 1);
          const accepted = await weAccept(tampered);
          assert.equal(accepted, sdkAccepts(tampered), tampered);
          if (accepted) assert.equal(openEnvelope(tampered, METHOD)?.signed, raw);
          else refused += 1;
        },
      ),
      { numRuns: 800 },
    );
    assert.ok(refused >= 500, `${refused} refused`);
  });

  it('refuses a signature of another text, or of another key, as the SDK does', async () => {
    const raw = '{"code":"10000"}';
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    for (const sign of [signOf('{"code":"40004"}'), createSign('RSA-SHA256').update(raw).sign(stranger, 'base64')]) {
      const body = `{"${NODE}":${raw},"sign":"${sign}"}`;
      assert.deepEqual([await weAccept(body), sdkAccepts(body)], [false, false]);
    }
    const sha1 = createSign('RSA-SHA1').update(raw).sign(alipay.privateKey, 'base64');
    assert.equal(await weAccept(`{"${NODE}":${raw},"sign":"${sha1}"}`), false);
  });

  it('is stricter than the SDK: a signature is base64 and nothing else', async () => {
    const raw = '{"code":"10000"}';
    const sign = signOf(raw);
    for (const loose of [
      `${sign} `,
      `*${sign}`,
      sign.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '=='),
    ]) {
      const body = `{"${NODE}":${raw},"sign":"${loose}"}`;
      assert.deepEqual([await weAccept(body), sdkAccepts(body)], [false, true]);
    }
  });

  it('is stricter than the SDK: of two nodes it takes neither, where the SDK checks the first and reads the last', async () => {
    const good = '{"code":"40004"}';
    const body = `{"${NODE}":${good},"sign":"${signOf(good)}","${NODE}":{"code":"10000"}}`;
    assert.deepEqual([await weAccept(body), sdkAccepts(body)], [false, true]);
  });

  it('reads what the SDK cannot: a signed error_response, and the signature before the node', async () => {
    const raw = '{"code":"40002","sub_code":"isv.invalid-signature"}';
    assert.ok(await weAccept(answer(raw, 'error_response')));
    assert.throws(() => sdk.checkResponseSign(answer(raw, 'error_response'), NODE, signOf(raw), ''));
    const swapped = `{"sign":"${signOf(raw)}","${NODE}":${raw}}`;
    assert.deepEqual([await weAccept(swapped), sdkAccepts(swapped)], [true, false]);
  });
});
