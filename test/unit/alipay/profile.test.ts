import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { parsePrivateKey } from '../../../src/alipay/keys.ts';
import {
  accountOf,
  bandOf,
  isLoopback,
  keyCredentials,
  parseAppId,
  parseGateway,
} from '../../../src/alipay/profile.ts';
import { refusalKey } from '../../support/sentences.ts';

const PRODUCTION = 'https://openapi.alipay.com/gateway.do';
const ALIPAY_SANDBOX = 'https://openapi-sandbox.dl.alipaydev.com/gateway.do';

describe('parseGateway', () => {
  const good = [
    PRODUCTION,
    ALIPAY_SANDBOX,
    'https://gateway.example.com:8443/gateway.do',
    'https://localhost/gateway.do',
    'http://127.0.0.1:8080/gateway.do',
    'http://127.8.9.10/gateway.do',
    'http://[::1]:8080/gateway.do',
    'http://localhost:8080/gateway.do',
    'HTTP://LOCALHOST:8080/gateway.do',
  ];
  for (const value of good) it(`takes ${value}`, () => assert.equal(parseGateway(value).href, new URL(value).href));

  const bad: readonly (readonly [value: string, key: string])[] = [
    ['', 'gateway.not_a_url'],
    ['openapi.alipay.com/gateway.do', 'gateway.not_a_url'],
    ['localhost:8080/gateway.do', 'gateway.not_a_url'],
    ['//openapi.alipay.com/gateway.do', 'gateway.not_a_url'],
    ['ftp://openapi.alipay.com/gateway.do', 'gateway.not_a_url'],
    ['file:///etc/passwd', 'gateway.not_a_url'],
    ['javascript:alert(1)', 'gateway.not_a_url'],
    ['data:text/html,x', 'gateway.not_a_url'],
    ['http://openapi.alipay.com/gateway.do', 'gateway.not_https'],
    ['http://127.0.0.1.evil.com/gateway.do', 'gateway.not_https'],
    ['http://localhost.evil.com/gateway.do', 'gateway.not_https'],
    ['http://evil-localhost/gateway.do', 'gateway.not_https'],
    ['http://localhost./gateway.do', 'gateway.not_https'],
    ['http://sub.localhost/gateway.do', 'gateway.not_https'],
    ['http://evil.com/127.0.0.1', 'gateway.not_https'],
    ['http://evil.com\\localhost/', 'gateway.not_https'],
    ['http://0.0.0.0/gateway.do', 'gateway.not_https'],
    ['http://10.0.0.1/gateway.do', 'gateway.not_https'],
    ['http://192.168.1.1/gateway.do', 'gateway.not_https'],
    ['http://169.254.169.254/gateway.do', 'gateway.not_https'],
    ['http://[::]/gateway.do', 'gateway.not_https'],
    ['http://[::ffff:10.0.0.1]/gateway.do', 'gateway.not_https'],
    ['http://ｌocalhost.evil.com/', 'gateway.not_https'],
    ['http://localhost@evil.com/gateway.do', 'gateway.credentials'],
    ['http://127.0.0.1:80@evil.com/gateway.do', 'gateway.credentials'],
    ['https://user:secret@openapi.alipay.com/gateway.do', 'gateway.credentials'],
    ['https://openapi.alipay.com/gateway.do?charset=utf-8', 'gateway.credentials'],
    ['https://openapi.alipay.com/gateway.do#x', 'gateway.credentials'],
    ['https://openapi.alipay.com./gateway.do', 'gateway.dot'],
    ['https://openapi.alipay.com..//gateway.do', 'gateway.dot'],
    ['https://openapi.alipay.com.:8443/gateway.do', 'gateway.dot'],
    ['https://openapi.alipay.com。/gateway.do', 'gateway.dot'],
  ];
  for (const [value, key] of bad) {
    it(`refuses ${value || 'nothing'}: ${key}`, () => {
      assert.equal(
        refusalKey(() => parseGateway(value)),
        key,
      );
    });
  }

  it('never lets plain http leave this machine, whatever the text', () => {
    const host = fc.stringMatching(/^[a-z0-9.@:[\]\\/#?%-]{0,24}$/);
    const around = fc.tuple(
      host,
      fc.constantFrom('localhost', '127.0.0.1', '[::1]', '2130706433', '0x7f.1', '127.1', ''),
      host,
    );
    fc.assert(
      fc.property(around, (parts) => {
        let url: URL;
        try {
          url = parseGateway(`http://${parts.join('')}`);
        } catch {
          return;
        }
        assert.match(url.hostname, /^(127(\.\d{1,3}){3}|\[::1\]|localhost)$/);
      }),
      { numRuns: 3000 },
    );
  });

  it('says nothing of a password', () => {
    assert.throws(
      () => parseGateway('http://merchant:hunter2@evil.com/'),
      (error: Error) => !error.message.includes('hunter2'),
    );
  });
});

describe('isLoopback', () => {
  it('is true of this machine’s own names only', () => {
    for (const url of [
      'http://127.0.0.1',
      'http://127.1',
      'http://[0:0:0:0:0:0:0:1]',
      'http://localhost',
      'http://2130706433',
    ]) {
      assert.ok(isLoopback(new URL(url)), url);
    }
    for (const url of [
      'http://128.0.0.1',
      'http://[::2]',
      'http://localhost.com',
      'http://127.0.0.1.com',
      'http://a.localhost',
    ]) {
      assert.ok(!isLoopback(new URL(url)), url);
    }
  });
});

describe('bandOf', () => {
  it('is production for everything that is not known to be a sandbox', () => {
    const gateways = [
      PRODUCTION,
      'https://openapi.alipay.com./gateway.do',
      'https://example.com/gateway.do',
      'http://127.0.0.1:8080/gateway.do',
      'http://localhost:8080/gateway.do',
      `${ALIPAY_SANDBOX.replace('.com', '.com.evil.com')}`,
      'https://openapi-sandbox.dl.alipaydev.com:8443/gateway.do',
      'https://openapi.alipaydev.com/gateway.do',
    ];
    for (const gateway of gateways) assert.equal(bandOf(gateway, undefined), 'production', gateway);
    assert.equal(bandOf('http://127.0.0.1:8081/gateway.do', 'http://127.0.0.1:8080/gateway.do'), 'production');
  });

  it('knows Alipay’s sandbox by its host, and ours by its very address', () => {
    assert.equal(bandOf(ALIPAY_SANDBOX, undefined), 'alipay-sandbox');
    assert.equal(bandOf(ALIPAY_SANDBOX.toUpperCase().replace('HTTPS', 'https'), undefined), 'alipay-sandbox');
    assert.equal(bandOf('http://127.0.0.1:8080/gateway.do', 'http://127.0.0.1:8080/gateway.do'), 'local-sandbox');
  });
});

describe('accountOf', () => {
  it('G9: is the same for the same app, however its gateway is written', () => {
    const appId = '2021000000000001';
    const account = accountOf({ gateway: PRODUCTION, appId });
    assert.equal(account, 'openapi.alipay.com/2021000000000001');
    for (const gateway of [
      'https://OPENAPI.alipay.com:443/gateway.do',
      'https://openapi.alipay.com/other',
      'https://openapi.alipay.com./gateway.do',
      'https://openapi.alipay.com..//gateway.do',
    ]) {
      assert.equal(accountOf({ gateway, appId }), account);
    }
    const elsewhere = accountOf({ gateway: 'https://openapi.alipay.com.:8443/gateway.do', appId });
    assert.equal(elsewhere, 'openapi.alipay.com:8443/2021000000000001');
    assert.notEqual(accountOf({ gateway: ALIPAY_SANDBOX, appId }), account);
    assert.notEqual(accountOf({ gateway: PRODUCTION, appId: '2021000000000002' }), account);
  });
});

describe('parseAppId', () => {
  it('takes digits', () => {
    for (const value of ['2021000000000001', '2014072300007148']) assert.equal(parseAppId(value), value);
  });

  it('refuses everything else', () => {
    const bad = [
      '',
      ' 2021000000000001',
      '2021000000000001\n',
      '20210',
      'app',
      '2021-0000-0000-0001',
      '２０２１００００００００',
      '1'.repeat(33),
    ];
    for (const value of bad)
      assert.equal(
        refusalKey(() => parseAppId(value)),
        'profile.app_id',
        value,
      );
  });
});

describe('credentials of key mode', () => {
  const app = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privateKey = parsePrivateKey(app.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  const base64 = (key: typeof app.publicKey): string => key.export({ format: 'der', type: 'spki' }).toString('base64');

  it('hold Alipay’s key, for answers that name no certificate', () => {
    const credentials = keyCredentials(privateKey, base64(alipay.publicKey));
    assert.equal(credentials.alipayKey(undefined)?.base64, base64(alipay.publicKey));
    assert.equal(credentials.alipayKey('0123456789abcdef0123456789abcdef'), undefined);
    assert.equal(credentials.certificateParams, undefined);
  });

  it('refuse the app’s own public key in the place of Alipay’s', () => {
    assert.equal(
      refusalKey(() => keyCredentials(privateKey, base64(app.publicKey))),
      'key.public.is_own',
    );
  });
});
