import assert from 'node:assert/strict';
import { AlipaySdk } from 'alipay-sdk';
import { parsePrivateKey } from '../../../src/alipay/keys.ts';
import { certificateCredentials, keyCredentials } from '../../../src/alipay/profile.ts';
import {
  generateSandboxKeys,
  parseSandboxKeys,
  sandboxKeyTexts,
  type SandboxKeyTexts,
} from '../../../src/sandbox/index.ts';
import { registerSecret } from '../../support/artifacts.ts';

describe('the keys of a sandbox', function () {
  this.timeout(30_000);
  let texts: SandboxKeyTexts;

  before(async () => {
    texts = sandboxKeyTexts(await generateSandboxKeys(Date.now()));
    for (const secret of [texts.keyAppPrivateKey, texts.certAppPrivateKey, texts.alipayPrivateKey])
      registerSecret(secret);
  });

  it('make credentials of both modes, chain and dates checked', () => {
    const key = parsePrivateKey(texts.certAppPrivateKey);
    const credentials = certificateCredentials(key, texts, Date.now());
    assert.match(credentials.certificateParams?.app_cert_sn ?? '', /^[0-9a-f]{32}$/);
    assert.throws(() => certificateCredentials(key, texts, Date.now() - 40 * 86_400_000));
    assert.throws(() => certificateCredentials(key, { ...texts, appCert: texts.alipayCert }, Date.now()));
    keyCredentials(parsePrivateKey(texts.keyAppPrivateKey), texts.alipayPublicKey);
  });

  it('have the serial numbers the official SDK reads', () => {
    const sdk = new AlipaySdk({
      appId: '1',
      privateKey: texts.certAppPrivateKey,
      appCertContent: texts.appCert,
      alipayPublicCertContent: texts.alipayCert,
      alipayRootCertContent: texts.rootCert,
    });
    const credentials = certificateCredentials(parsePrivateKey(texts.certAppPrivateKey), texts, Date.now());
    assert.equal(sdk.config.appCertSn, credentials.certificateParams?.app_cert_sn);
    assert.equal(sdk.config.alipayRootCertSn, credentials.certificateParams?.alipay_root_cert_sn);
    assert.ok(credentials.alipayKey(sdk.config.alipayCertSn));
  });

  it('survive being texts', () => {
    assert.deepEqual(sandboxKeyTexts(parseSandboxKeys(texts)), texts);
  });
});
