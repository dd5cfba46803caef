import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** An attribute of a name: OID, text, and the ASN.1 type it is written as (UTF8String unless told). */
export type NamePart = readonly [oid: string, text: string, tag?: number];

export const CN = '2.5.4.3';
export const SERIAL_NUMBER = '2.5.4.5';
export const C = '2.5.4.6';
export const L = '2.5.4.7';
export const ST = '2.5.4.8';
export const O = '2.5.4.10';
export const OU = '2.5.4.11';
export const EMAIL = '1.2.840.113549.1.9.1';

export const PRINTABLE = 0x13;
export const BMP = 0x1e;

/** Signature algorithms, by the OID a certificate names. */
const ALGORITHMS = {
  sha256WithRsa: ['1.2.840.113549.1.1.11', 'sha256'],
  sha1WithRsa: ['1.2.840.113549.1.1.5', 'sha1'],
  ecdsaWithSha256: ['1.2.840.10045.4.3.2', 'sha256'],
} as const;

interface Wanted {
  readonly subject: readonly NamePart[];
  readonly key: KeyObject;
  /** Self-signed when absent. */
  readonly issuer?: { readonly name: readonly NamePart[]; readonly key: KeyObject };
  readonly serial?: bigint;
  readonly algorithm?: keyof typeof ALGORITHMS;
  /** ms; from 2024-01-01 to 2034-01-01 when absent. */
  readonly from?: number;
  readonly to?: number;
  readonly ca?: boolean;
  /** Whether it has the version field (X.509 v3); v1 certificates have none. */
  readonly v1?: boolean;
}

/** Writes a certificate by hand, in PEM, so that a test decides every byte of its names and numbers. */
export function makeCertificate(wanted: Wanted & { readonly privateKey: KeyObject }): string {
  const { subject, key, issuer, serial = 1n, algorithm = 'sha256WithRsa', ca = false, v1 = false } = wanted;
  const [oid, digest] = ALGORITHMS[algorithm];
  const algorithmId = tlv(0x30, tlv(0x06, oidBytes(oid)), ...(oid.startsWith('1.2.840.113549') ? [tlv(0x05)] : []));
  const constraints = tlv(
    0x30,
    tlv(0x06, oidBytes('2.5.29.19')),
    tlv(0x01, Buffer.of(0xff)),
    tlv(0x04, tlv(0x30, ...(ca ? [tlv(0x01, Buffer.of(0xff))] : []))),
  );
  const tbs = tlv(
    0x30,
    ...(v1 ? [] : [tlv(0xa0, tlv(0x02, Buffer.of(2)))]),
    tlv(0x02, integerBytes(serial)),
    algorithmId,
    nameBytes(issuer?.name ?? subject),
    tlv(0x30, timeBytes(wanted.from ?? Date.UTC(2024, 0, 1)), timeBytes(wanted.to ?? Date.UTC(2034, 0, 1))),
    nameBytes(subject),
    key.export({ format: 'der', type: 'spki' }),
    ...(v1 ? [] : [tlv(0xa3, tlv(0x30, constraints))]),
  );
  const signature = sign(digest, tbs, issuer?.key ?? wanted.privateKey);
  const der = tlv(0x30, tbs, algorithmId, tlv(0x03, Buffer.of(0), signature));
  const lines = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

export interface Holder {
  readonly name: readonly NamePart[];
  readonly key: KeyObject;
  readonly publicKey: KeyObject;
  readonly pem: string;
}

/** A certificate with a fresh RSA key, issued by `issuer` or by itself. */
export function issue(
  commonName: string,
  issuer?: Holder,
  options: Partial<Pick<Wanted, 'from' | 'to' | 'ca' | 'serial'>> = {},
): Holder {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name: NamePart[] = [
    [C, 'CN', PRINTABLE],
    [O, 'Test Financial'],
    [CN, commonName],
  ];
  const pem = makeCertificate({
    subject: name,
    key: publicKey,
    privateKey,
    ca: issuer === undefined,
    ...options,
    ...(issuer ? { issuer } : {}),
  });
  return { name, key: privateKey, publicKey, pem };
}

function tlv(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length = content.length;
  const header = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...header]), content]);
}

function integerBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]);
}

function oidBytes(oid: string): Buffer {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number);
  return Buffer.from(
    [first * 40 + second, ...rest].flatMap((arc) => {
      const bytes = [arc & 0x7f];
      for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
        bytes.unshift((left & 0x7f) | 0x80);
      return bytes;
    }),
  );
}

function nameBytes(parts: readonly NamePart[]): Buffer {
  const rdns = parts.map(([oid, text, tag = 0x0c]) => {
    const value = tag === BMP ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf8');
    return tlv(0x31, tlv(0x30, tlv(0x06, oidBytes(oid)), tlv(tag, value)));
  });
  return tlv(0x30, ...rdns);
}

function timeBytes(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, '');
  const generalized = new Date(ms).getUTCFullYear() >= 2050;
  return tlv(generalized ? 0x18 : 0x17, Buffer.from(generalized ? digits : digits.slice(2), 'latin1'));
}
