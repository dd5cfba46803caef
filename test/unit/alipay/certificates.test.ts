import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import fc from 'fast-check';
import { certificateKey, parseCertificates, rootCertSn, type Certificate } from '../../../src/alipay/certificates.ts';
import { parsePrivateKey, parsePublicKey } from '../../../src/alipay/keys.ts';
import {
  BMP,
  C,
  CN,
  EMAIL,
  issue,
  L,
  makeCertificate,
  O,
  OU,
  PRINTABLE,
  SERIAL_NUMBER,
  ST,
  type NamePart,
} from '../../support/certificates.ts';
import { refusal, refusalKey } from '../../support/sentences.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const privatePem = rsa.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString();

/** A self-signed certificate: its subject is its issuer, so a test of issuers needs no second one. */
function selfSigned(subject: readonly NamePart[], serial: bigint, v1 = false): string {
  return makeCertificate({ subject, serial, key: rsa.publicKey, privateKey: rsa.privateKey, ca: true, v1 });
}

function only(pem: string): Certificate {
  const [certificate, ...others] = parseCertificates(pem);
  assert.ok(certificate && others.length === 0);
  return certificate;
}

/** The serial numbers as the official SDK computes them from the same files. */
function sdkNumbers(cert: string, roots: string): { certSn: unknown; rootSn: unknown } {
  const { config } = new AlipaySdk({
    appId: '2021000000000001',
    privateKey: privatePem,
    appCertContent: cert,
    alipayPublicCertContent: cert,
    alipayRootCertContent: roots,
  });
  assert.equal(config.appCertSn, config.alipayCertSn);
  return { certSn: config.appCertSn, rootSn: config.alipayRootCertSn };
}

describe('the serial number of a certificate', () => {
  const names: Readonly<Record<string, readonly NamePart[]>> = {
    'an Alipay-like name': [
      [C, 'CN', PRINTABLE],
      [O, 'Ant Financial'],
      [OU, 'Certification Authority'],
      [CN, 'Ant Financial Certification Authority Class 1 R1'],
    ],
    'a Chinese name': [
      [C, 'CN', PRINTABLE],
      [ST, '浙江'],
      [L, '杭州'],
      [O, '支付宝（中国）网络技术有限公司'],
      [CN, '测试 🍊 证书'],
    ],
    'commas, quotes, signs and blanks': [
      [C, 'CN', PRINTABLE],
      [O, 'Fruit, Sons + "Daughters" = #1; <Ltd> \\ '],
      [CN, ' spaced, '],
    ],
    'several units': [
      [OU, 'one'],
      [OU, 'two, three'],
      [OU, 'two, three'],
      [CN, 'units'],
      [C, 'CN', PRINTABLE],
    ],
    'an address': [
      [CN, 'mail'],
      [EMAIL, 'ca@example.com', 0x16],
    ],
  };
  for (const [name, subject] of Object.entries(names)) {
    it(`is the SDK’s for ${name}`, () => {
      const pem = selfSigned(subject, 0x1234567890abcdef1234567890abcdefn);
      const { certSn, rootSn } = sdkNumbers(pem, pem);
      assert.match(only(pem).sn, /^[0-9a-f]{32}$/);
      assert.equal(only(pem).sn, certSn);
      assert.equal(rootCertSn(parseCertificates(pem)), rootSn);
    });
  }

  it('is the SDK’s for random names and numbers', function () {
    this.timeout(30_000);
    const part = fc.tuple(
      fc.constantFrom(C, ST, L, O, OU, CN),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
    );
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        fc.bigInt({ min: 0n, max: 2n ** 159n }),
        fc.boolean(),
        (subject, serial, v1) => {
          const pem = selfSigned(subject, serial, v1);
          assert.equal(only(pem).sn, sdkNumbers(pem, pem).certSn);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is the public one of Alipay’s own certificates, made of the same issuer and number', () => {
    const ant = (commonName: string): NamePart[] => [
      [C, 'CN', PRINTABLE],
      [O, 'Ant Financial'],
      [OU, 'Certification Authority'],
      [CN, commonName],
    ];
    const iTrus: NamePart[] = [
      [C, 'CN', PRINTABLE],
      [O, 'iTrusChina'],
      [OU, 'China Trust Network'],
      [CN, 'iTrusChina Class 2 Root CA - G3'],
    ];
    const sn = (subject: readonly NamePart[], serial: bigint): string => only(selfSigned(subject, serial)).sn;
    const authority = 'Ant Financial Certification Authority';
    assert.equal(
      sn(ant(`${authority} Class 1 R1`), 42701552708448241360226107228231049510n),
      '866efef280dec9137a87d047ac446315',
    );
    assert.equal(
      sn(ant(`${authority} Class 2 R1`), 42701552432456004857627230056898180491n),
      '7513daaaa48aa3ba2e4018d84402479c',
    );
    const roots = [
      selfSigned(ant(`${authority} R1`), 2292228364100439313n),
      selfSigned(iTrus, 95790491425698859646659490580052089075020051350n),
    ];
    assert.equal(
      rootCertSn(parseCertificates(roots.join(''))),
      '687b59193f3f462dd5336e5abf83c5d8_02941eef3187dddf3d3b83462e1dfcf6',
    );
  });

  it('counts only the RSA-signed roots of the file, in its order', () => {
    const named = (name: string): NamePart[] => [[CN, name]];
    const ec = makeCertificate({
      subject: named('E1'),
      key: curve.publicKey,
      privateKey: curve.privateKey,
      algorithm: 'ecdsaWithSha256',
    });
    const sha1 = makeCertificate({
      subject: named('G3'),
      key: rsa.publicKey,
      privateKey: rsa.privateKey,
      algorithm: 'sha1WithRsa',
    });
    const r1 = selfSigned(named('R1'), 7n);
    const file = [ec, r1, ec, sha1].join('');
    const roots = parseCertificates(file);
    assert.deepEqual(
      roots.map(({ name, rsaSigned }) => [name, rsaSigned]),
      [
        ['E1', false],
        ['R1', true],
        ['E1', false],
        ['G3', true],
      ],
    );
    assert.equal(rootCertSn(roots), `${only(r1).sn}_${only(sha1).sn}`);
    assert.equal(rootCertSn(roots), sdkNumbers(r1, file).rootSn);
    assert.equal(
      refusalKey(() => rootCertSn(parseCertificates(ec))),
      'cert.no_rsa_root',
    );
  });

  it('reads names of other types, and says when there is none', () => {
    assert.equal(only(selfSigned([[CN, '证书', BMP]], 1n)).name, '证书');
    assert.equal(only(selfSigned([[SERIAL_NUMBER, '42']], 1n)).name, 'without a name');
  });
});

describe('reading certificate files', () => {
  const { pem } = issue('leaf');

  it('takes CRLF, blanks about and words between', () => {
    const file = `\uFEFFsubject: leaf\r\n${pem.replaceAll('\n', '\r\n')}\r\n\r\n${pem}`;
    assert.equal(parseCertificates(file).length, 2);
  });

  it('refuses what is none, each with its sentence', () => {
    const base64 = pem.replace(/-----[A-Z ]+-----|\s/g, '');
    assert.equal(
      refusalKey(() => parseCertificates('')),
      'cert.none',
    );
    assert.equal(
      refusalKey(() => parseCertificates(base64)),
      'cert.none',
    );
    assert.equal(
      refusalKey(() => parseCertificates(privatePem)),
      'cert.none',
    );
    assert.equal(
      refusalKey(() => parseCertificates(pem.slice(0, 300))),
      'cert.none',
    );
    assert.equal(
      refusalKey(() => parseCertificates(pem.replace(/(.{64}\n){3}/, ''))),
      'cert.unreadable',
    );
    assert.equal(
      refusalKey(() => parseCertificates(`${pem}${pem.replace('MII', 'XII')}`)),
      'cert.unreadable',
    );
  });

  it('says that a certificate stands in the place of a key', () => {
    const base64 = pem.replace(/-----[A-Z ]+-----|\s/g, '');
    for (const text of [pem, base64]) {
      assert.equal(
        refusalKey(() => parsePrivateKey(text)),
        'key.is_certificate',
      );
      assert.equal(
        refusalKey(() => parsePublicKey(text)),
        'key.public.is_certificate',
      );
    }
  });

  it('gives the key inside, when it is an RSA key', () => {
    const holder = issue('holder');
    const spki = holder.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    assert.equal(certificateKey(only(holder.pem)).base64, spki);
    const ec = makeCertificate({
      subject: [[CN, 'ec']],
      key: curve.publicKey,
      privateKey: curve.privateKey,
      algorithm: 'ecdsaWithSha256',
    });
    assert.deepEqual(
      refusal(() => certificateKey(only(ec))),
      { key: 'key.not_rsa', args: { kind: 'EC' } },
    );
  });
});
