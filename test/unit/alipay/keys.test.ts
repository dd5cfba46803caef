import assert from 'node:assert/strict';
import {
  createPrivateKey,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  randomBytes,
  verify,
  type KeyObject,
} from 'node:crypto';
import { inspect } from 'node:util';
import { parsePrivateKey, parsePublicKey, PrivateKey } from '../../../src/alipay/keys.ts';
import { ProductError } from '../../../src/alipay/errors.ts';
import { render } from '../../../src/text/index.ts';
import { refusal, refusalKey } from '../../support/sentences.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const edwards = generateKeyPairSync('ed25519');
const dsa = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 });

const pem = (key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'spki' | 'sec1'): string =>
  key.export({ format: 'pem', type } as { format: 'pem'; type: 'pkcs8' }).toString();
const bare = (text: string): string => text.replace(/-----[A-Z0-9 ]+-----|\s/g, '');
const encrypted = (type: 'pkcs1' | 'pkcs8'): string =>
  rsa.privateKey.export({ format: 'pem', type, cipher: 'aes-256-cbc', passphrase: 'open sesame' }).toString();
const publicKeyBase64 = bare(pem(rsa.publicKey, 'spki'));

/** Ways in which one and the same PEM text reaches a person's clipboard. */
function forms(text: string): Record<string, string> {
  const base64 = bare(text);
  const [begin = '', end = ''] = text.match(/-----[A-Z ]+-----/g) ?? [];
  return {
    PEM: text,
    'PEM without the last line break': text.trimEnd(),
    'PEM with CRLF': text.replaceAll('\n', '\r\n'),
    'PEM with old Mac line ends': text.replaceAll('\n', '\r'),
    'PEM with a BOM': `\uFEFF${text}`,
    'PEM on one line': text.replaceAll('\n', ''),
    'PEM on one line, blanks for line breaks': text.replaceAll('\n', ' '),
    'PEM with literal \\n': text.replaceAll('\n', '\\n'),
    'PEM with literal \\r\\n': text.replaceAll('\n', '\\r\\n'),
    'PEM, indented and blank lines about': `\n\n  ${text.replaceAll('\n', '\n   \t')}\n\n`,
    'PEM around unbroken base64': `${begin}\n${base64}\n${end}`,
    base64: base64,
    'base64 with a line break after': `${base64}\n`,
    'base64 in lines of 76': base64.replace(/.{76}/g, '$&\r\n'),
    'base64 with stray blanks': base64.replace(/.{100}/g, '$& \u00a0\u200b'),
    'base64 with a BOM': `\uFEFF${base64}`,
    'base64 without its padding': base64.replace(/=+$/, ''),
  };
}

/** Everything of a thrown error that could land in a log. */
function spillOf(error: ProductError): string {
  return [
    error.message,
    error.stack,
    inspect(error, { showHidden: true, depth: 10 }),
    JSON.stringify(error),
    JSON.stringify(error.sentence),
    render('en', error.sentence),
    render('zh', error.sentence),
  ].join('\n');
}

function assertNoPiece(text: string, secret: string, length: number): void {
  for (let at = 0; at + length <= secret.length; at += 1) {
    const piece = secret.slice(at, at + length);
    assert.ok(!text.includes(piece), 'a piece of the key came out');
  }
}

describe('parsePrivateKey', () => {
  for (const type of ['pkcs1', 'pkcs8'] as const) {
    for (const [form, text] of Object.entries(forms(pem(rsa.privateKey, type)))) {
      it(`reads ${type.toUpperCase()} as ${form}`, () => {
        assert.equal(parsePrivateKey(text).publicKeyBase64, publicKeyBase64);
      });
    }
  }

  it('reads a PEM whose label names the other form', () => {
    const mislabelled = pem(rsa.privateKey, 'pkcs8').replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY');
    assert.equal(parsePrivateKey(mislabelled).publicKeyBase64, publicKeyBase64);
  });

  it('signs as node does', async () => {
    const data = randomBytes(1000);
    const signature = await parsePrivateKey(pem(rsa.privateKey, 'pkcs1')).sign(data);
    assert.ok(verify('RSA-SHA256', data, rsa.publicKey, signature));
    assert.deepEqual(signature, createSign('RSA-SHA256').update(data).sign(rsa.privateKey));
  });

  it('knows its other half', () => {
    const key = parsePrivateKey(pem(rsa.privateKey, 'pkcs8'));
    assert.ok(key.matches(parsePublicKey(pem(rsa.publicKey, 'pkcs1'))));
    assert.ok(!key.matches(parsePublicKey(pem(other.publicKey, 'spki'))));
  });
});

describe('what stands in the place of a private key', () => {
  const full = pem(rsa.privateKey, 'pkcs8');
  const whole = bare(full);

  const wrong: readonly (readonly [name: string, text: string, key: string])[] = [
    ['nothing', '', 'key.empty'],
    ['blanks', ' \n\t\uFEFF', 'key.empty'],
    ['a PEM without content', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----', 'key.empty'],
    ['a public key, PEM', pem(rsa.publicKey, 'spki'), 'key.is_public'],
    ['a public key, base64', bare(pem(rsa.publicKey, 'spki')), 'key.is_public'],
    ['a PKCS#1 public key, PEM', pem(rsa.publicKey, 'pkcs1'), 'key.is_public'],
    ['a PKCS#1 public key, base64', bare(pem(rsa.publicKey, 'pkcs1')), 'key.is_public'],
    ['an EC public key, base64', bare(pem(curve.publicKey, 'spki')), 'key.is_public'],
    ['an encrypted PKCS#8 key', encrypted('pkcs8'), 'key.encrypted'],
    ['an encrypted PKCS#8 key, base64', bare(encrypted('pkcs8')), 'key.encrypted'],
    ['an encrypted PKCS#1 key (Proc-Type)', encrypted('pkcs1'), 'key.encrypted'],
    ['an encrypted PKCS#1 key, on one line', encrypted('pkcs1').replaceAll('\n', '\\n'), 'key.encrypted'],
    ['a key of 1024 bits', pem(small.privateKey, 'pkcs1'), 'key.too_short'],
    ['a key of 1024 bits, base64', bare(pem(small.privateKey, 'pkcs8')), 'key.too_short'],
    ['an EC key', pem(curve.privateKey, 'sec1'), 'key.not_rsa'],
    ['an EC key, PKCS#8', pem(curve.privateKey, 'pkcs8'), 'key.not_rsa'],
    ['an EC key, SEC1 in base64', bare(pem(curve.privateKey, 'sec1')), 'key.not_rsa'],
    ['an Ed25519 key', pem(edwards.privateKey, 'pkcs8'), 'key.not_rsa'],
    ['a DSA key', pem(dsa.privateKey, 'pkcs8'), 'key.not_rsa'],
    ['an OpenSSH key', full.replaceAll('PRIVATE', 'OPENSSH PRIVATE'), 'key.not_rsa'],
    ['half a key, base64', whole.slice(0, 800), 'key.truncated'],
    ['a key without its last line', full.replace(/\n[^\n]+\n-----END/, '\n-----END'), 'key.truncated'],
    ['a key without its end', full.slice(0, 900), 'key.truncated'],
    ['a key with a strange character', whole.replace(/^(.{50})./, '$1#'), 'key.not_base64'],
    ['a key cut with an ellipsis', `${whole.slice(0, 200)}…${whole.slice(-200)}`, 'key.not_base64'],
    ['a path', '/home/merchant/app_private_key.pem', 'key.not_base64'],
    ['words', 'my private key', 'key.unreadable'],
    ['a key with its beginning missing', whole.slice(400), 'key.unreadable'],
    ['random bytes', randomBytes(600).fill(0x42, 0, 2).toString('base64'), 'key.unreadable'],
  ];

  for (const [name, text, key] of wrong) {
    it(`${name}: ${key}`, () => {
      assert.equal(
        refusalKey(() => parsePrivateKey(text)),
        key,
      );
    });
  }

  it('names the kind of key and the number of bits', () => {
    assert.deepEqual(refusal(() => parsePrivateKey(pem(small.privateKey, 'pkcs8'))).args, { bits: 1024 });
    assert.deepEqual(refusal(() => parsePrivateKey(pem(curve.privateKey, 'pkcs8'))).args, { kind: 'EC' });
    assert.deepEqual(refusal(() => parsePrivateKey(pem(edwards.privateKey, 'pkcs8'))).args, { kind: 'ED25519' });
    const bytes = Buffer.from(whole, 'base64').length;
    assert.deepEqual(refusal(() => parsePrivateKey(whole.slice(0, 800))).args, { announced: bytes, present: 600 });
  });

  it('G10: no error carries 16 characters of the key', () => {
    const keys = [rsa, small, curve].map(({ privateKey }) => bare(pem(privateKey, 'pkcs8')));
    const mangled = keys.flatMap((base64) => [
      base64.slice(0, 500),
      base64.slice(300),
      base64.slice(0, -1),
      base64.replace(/^(.{40})./, '$1#'),
      base64.replace(/^(.{40})./, '$1密'),
      `${base64}${base64}`,
      `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${base64}\n-----END ENCRYPTED PRIVATE KEY-----`,
      `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`,
      `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----`,
      `-----BEGIN EC PRIVATE KEY-----\n${base64}\n-----END EC PRIVATE KEY-----`,
      `-----BEGIN${base64}`,
      base64,
    ]);
    let refused = 0;
    for (const parse of [parsePrivateKey, parsePublicKey]) {
      for (const text of mangled) {
        try {
          parse(text);
        } catch (error) {
          assert.ok(error instanceof ProductError, String(error));
          assertNoPiece(spillOf(error), bare(text), 16);
          for (const key of keys) {
            assertNoPiece(spillOf(error), key, 16);
            assertNoPiece(spillOf(error), Buffer.from(key, 'base64').toString('hex'), 16);
          }
          refused += 1;
        }
      }
    }
    assert.ok(refused >= 50, `${refused} refused`);
  });
});

describe('a PrivateKey', () => {
  const key = parsePrivateKey(pem(rsa.privateKey, 'pkcs8'));
  const secrets = (['pkcs1', 'pkcs8'] as const).map((type) => bare(pem(rsa.privateKey, type)));

  it('G10: prints nothing of itself', () => {
    const wrapped = { key, list: [key], map: new Map([['key', key]]) };
    const prints = [
      String(key),
      [key].join(),
      key.toString(),
      JSON.stringify(key),
      JSON.stringify(wrapped),
      inspect(key, { showHidden: true, depth: 10, getters: true }),
      inspect(wrapped, { showHidden: true, depth: 10, getters: true }),
      inspect(key, { customInspect: false, showHidden: true, depth: 10, getters: true }),
      inspect(Object.getPrototypeOf(key), { showHidden: true, depth: 10 }),
      JSON.stringify(Object.entries(key)),
      JSON.stringify(Object.getOwnPropertyDescriptors(key)),
    ];
    for (const print of prints)
      for (const secret of secrets) assertNoPiece(print.replaceAll(publicKeyBase64, ''), secret, 24);
    assert.equal(String(key), '[private key]');
    assert.equal(JSON.stringify(wrapped.list), '["[private key]"]');
    assert.equal(inspect(wrapped, { showHidden: true, depth: 10 }).match(/\[private key\]/g)?.length, 3);
  });

  it('G10: has no property but the public half', () => {
    assert.deepEqual(Reflect.ownKeys(key), ['publicKeyBase64']);
    assert.deepEqual(Object.keys(key), ['publicKeyBase64']);
  });

  it('G10: cannot be cloned into another thread or store with its key', () => {
    const clone: unknown = structuredClone(key);
    assert.deepEqual(clone, { publicKeyBase64 });
    assert.ok(!(clone instanceof PrivateKey));
  });
});

describe('parsePublicKey', () => {
  for (const type of ['pkcs1', 'spki'] as const) {
    for (const [form, text] of Object.entries(forms(pem(rsa.publicKey, type)))) {
      it(`reads ${type.toUpperCase()} as ${form}`, () => {
        assert.equal(parsePublicKey(text).base64, publicKeyBase64);
      });
    }
  }

  it('names the key by a fingerprint that is the same for every form', () => {
    const [one, two] = [pem(rsa.publicKey, 'spki'), bare(pem(rsa.publicKey, 'pkcs1'))].map(parsePublicKey);
    assert.match(one?.fingerprint ?? '', /^[0-9a-f]{64}$/);
    assert.equal(one?.fingerprint, two?.fingerprint);
    assert.notEqual(parsePublicKey(pem(other.publicKey, 'spki')).fingerprint, one?.fingerprint);
  });

  it('verifies what the private half signed, and nothing else', async () => {
    const data = randomBytes(500);
    const key = parsePublicKey(publicKeyBase64);
    const signature = await parsePrivateKey(pem(rsa.privateKey, 'pkcs8')).sign(data);
    assert.ok(await key.verify(data, signature));
    assert.ok(!(await key.verify(randomBytes(500), signature)));
    assert.ok(!(await key.verify(data, randomBytes(256))));
    assert.ok(!(await key.verify(data, signature.subarray(1))));
    assert.ok(!(await key.verify(data, Buffer.alloc(0))));
  });

  const wrong: readonly (readonly [name: string, text: string, key: string])[] = [
    ['nothing', '', 'key.empty'],
    ['a private key, PEM', pem(rsa.privateKey, 'pkcs8'), 'key.public.is_private'],
    ['a private key, base64', bare(pem(rsa.privateKey, 'pkcs8')), 'key.public.is_private'],
    ['a PKCS#1 private key, base64', bare(pem(rsa.privateKey, 'pkcs1')), 'key.public.is_private'],
    ['an encrypted PKCS#8 private key', encrypted('pkcs8'), 'key.public.is_private'],
    ['an encrypted PKCS#1 private key (Proc-Type)', encrypted('pkcs1'), 'key.public.is_private'],
    ['an EC private key, base64', bare(pem(curve.privateKey, 'pkcs8')), 'key.public.is_private'],
    ['a public key of 1024 bits', pem(small.publicKey, 'spki'), 'key.too_short'],
    ['an EC public key', pem(curve.publicKey, 'spki'), 'key.not_rsa'],
    ['half a public key', publicKeyBase64.slice(0, 200), 'key.truncated'],
    ['a public key with a strange character', publicKeyBase64.replace(/^(.{50})./, '$1*'), 'key.not_base64'],
    ['words', 'the public key', 'key.public.unreadable'],
  ];
  for (const [name, text, key] of wrong) {
    it(`refuses ${name}: ${key}`, () => {
      assert.equal(
        refusalKey(() => parsePublicKey(text)),
        key,
      );
    });
  }

  it('accepts what node makes of the private key', () => {
    const derived = createPublicKey(createPrivateKey(pem(rsa.privateKey, 'pkcs1')));
    assert.equal(
      parsePublicKey(pem(derived, 'spki')).base64,
      parsePrivateKey(pem(rsa.privateKey, 'pkcs1')).publicKeyBase64,
    );
  });
});
