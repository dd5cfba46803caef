import assert from 'node:assert/strict';
import { checkChain, checkValidity, parseCertificates, type Certificate } from '../../../src/alipay/certificates.ts';
import { parsePrivateKey } from '../../../src/alipay/keys.ts';
import { certificateCredentials } from '../../../src/alipay/profile.ts';
import { render } from '../../../src/text/index.ts';
import { issue } from '../../support/certificates.ts';
import { refusal, refusalKey } from '../../support/sentences.ts';

const NOW = Date.UTC(2024, 3, 11);

function only(pem: string): Certificate {
  const [certificate, ...others] = parseCertificates(pem);
  assert.ok(certificate && others.length === 0);
  return certificate;
}

describe('credentials of certificate mode', () => {
  const root = issue('Test Root');
  const appAuthority = issue('Test Class 1', root, { ca: true });
  const authority = issue('Test Class 2', root, { ca: true });
  const app = issue('2088000000000000-2021000000000001', appAuthority);
  const alipay = issue('支付宝(中国)网络技术有限公司', authority);
  const appKey = parsePrivateKey(app.key.export({ format: 'pem', type: 'pkcs8' }).toString());
  const files = { appCert: app.pem, alipayCert: alipay.pem + authority.pem, rootCert: root.pem };
  const credentials = (changed: Partial<typeof files> = {}, now = NOW): ReturnType<typeof certificateCredentials> =>
    certificateCredentials(appKey, { ...files, ...changed }, now);

  it('hold the numbers of the files, and Alipay’s key under its own number only', () => {
    const made = credentials();
    const alipaySn = parseCertificates(alipay.pem)[0]?.sn;
    assert.deepEqual(made.certificateParams, {
      app_cert_sn: only(app.pem).sn,
      alipay_root_cert_sn: only(root.pem).sn,
    });
    assert.equal(
      made.alipayKey(alipaySn)?.base64,
      alipay.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    );
    assert.equal(made.alipayKey(undefined), undefined);
    assert.equal(made.alipayKey(only(authority.pem).sn), undefined);
  });

  it('take an app certificate without its issuer, which is how the console hands it out', () => {
    assert.ok(credentials({ appCert: app.pem }));
    assert.ok(credentials({ appCert: app.pem + appAuthority.pem }));
  });

  it('refuse an app certificate of another key', () => {
    assert.equal(
      refusalKey(() => credentials({ appCert: issue('another', appAuthority).pem })),
      'cert.not_a_pair',
    );
  });

  it('refuse the app’s own certificate as Alipay’s', () => {
    assert.equal(
      refusalKey(() => credentials({ alipayCert: app.pem + appAuthority.pem })),
      'cert.own_as_alipay',
    );
  });

  it('refuse an Alipay certificate from outside the root’s chain, by name', () => {
    const stranger = issue('Strange Root');
    const forged = issue('Forged', stranger);
    const sentence = refusal(() => credentials({ alipayCert: forged.pem }));
    assert.deepEqual(sentence, { key: 'cert.not_in_chain', args: { name: 'Forged' } });
    assert.equal(
      refusalKey(() => credentials({ alipayCert: forged.pem + stranger.pem })),
      'cert.not_in_chain',
    );
    assert.equal(
      refusalKey(() => credentials({ rootCert: stranger.pem })),
      'cert.not_in_chain',
    );
    assert.equal(
      refusalKey(() => credentials({ alipayCert: alipay.pem })),
      'cert.not_in_chain',
    );
  });

  it('refuse an issuer of the right name with another key', () => {
    const twin = { ...issue('Test Class 2'), name: authority.name };
    const forged = issue('Forged', twin);
    assert.equal(
      refusalKey(() => credentials({ alipayCert: forged.pem + authority.pem })),
      'cert.not_in_chain',
    );
  });

  it('refuse an issuer that may not issue: a certificate for an app is no authority', () => {
    const forged = issue('Forged', app);
    const sentence = refusal(() => credentials({ alipayCert: forged.pem + app.pem + appAuthority.pem }));
    assert.deepEqual(sentence, { key: 'cert.not_in_chain', args: { name: 'Forged' } });
  });

  it('find the way through the file in any order, and end where certificates issue each other', () => {
    const noise = issue('noise', root);
    checkChain(
      parseCertificates(alipay.pem + noise.pem + appAuthority.pem + authority.pem),
      parseCertificates(root.pem),
    );
    const loop = issue('loop');
    assert.equal(
      refusalKey(() => checkChain(parseCertificates(loop.pem + loop.pem), parseCertificates(root.pem))),
      'cert.not_in_chain',
    );
    assert.equal(
      refusalKey(() => checkChain([], parseCertificates(root.pem))),
      'cert.none',
    );
  });

  it('refuse certificates out of their time, with the date in Beijing time', () => {
    const to = Date.UTC(2024, 3, 10, 16, 30);
    const old = issue('old', authority, { to });
    const sentence = refusal(() => credentials({ alipayCert: old.pem + authority.pem }, to + 1000));
    assert.deepEqual(sentence, { key: 'cert.expired', args: { name: 'old', date: '2024-04-11 00:30:00' } });
    assert.equal(render('en', sentence), 'The certificate old expired on 2024-04-11 00:30:00 (Beijing time).');
    assert.ok(credentials({ alipayCert: old.pem + authority.pem }, to));

    const from = Date.UTC(2030, 0, 1);
    const young = parseCertificates(issue('young', authority, { from }).pem)[0];
    assert.ok(young);
    assert.equal(
      refusalKey(() => checkValidity(young, from - 1000)),
      'cert.not_yet',
    );
    checkValidity(young, from);
  });

  it('refuse an app certificate or an intermediate out of its time too', () => {
    assert.equal(
      refusalKey(() => credentials({}, Date.UTC(2034, 0, 2))),
      'cert.expired',
    );
    const past = issue('past authority', root, { ca: true, to: Date.UTC(2024, 1, 1) });
    const leaf = issue('leaf', past);
    const sentence = refusal(() => credentials({ alipayCert: leaf.pem + past.pem }));
    assert.deepEqual([sentence.key, sentence.args['name']], ['cert.expired', 'past authority']);
  });

  it('refuse files that hold no certificate', () => {
    for (const file of ['appCert', 'alipayCert', 'rootCert'] as const) {
      assert.equal(
        refusalKey(() => credentials({ [file]: 'nothing' })),
        'cert.none',
      );
    }
  });
});
