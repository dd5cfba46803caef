import { createHash, X509Certificate } from 'node:crypto';
import { say } from '../text/index.ts';
import { formatBeijing } from './beijing-time.ts';
import { readDer, readOid, type DerValue } from './der.ts';
import { SetupError } from './errors.ts';
import { PublicKey } from './keys.ts';

/** RSA signature algorithms all lie under this arc; the root file also holds SM2 and ECDSA certificates. */
const RSA_SIGNATURES = '1.2.840.113549.1.1';

/** Short names of the attributes that occur in Alipay's names, as its serial-number rule spells them. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '1.2.840.113549.1.9.1': 'E',
};

export interface Certificate {
  /** Alipay's serial number: md5 of issuer name and decimal serial, 32 hex digits. */
  readonly sn: string;
  /** The subject's common name, for sentences. */
  readonly name: string;
  readonly x509: X509Certificate;
  /** Whether it was signed with RSA; only such roots count for `alipay_root_cert_sn`. */
  readonly rsaSigned: boolean;
}

/** Reads every certificate of a PEM file, in its order. @throws SetupError when there is none or one is damaged. */
export function parseCertificates(pem: string): Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  if (!blocks) throw new SetupError(say('cert.none'));
  return blocks.map(readCertificate);
}

/** The RSA public key in a certificate. @throws SetupError when it holds another kind of key. */
export function certificateKey(certificate: Certificate): PublicKey {
  const { publicKey } = certificate.x509;
  if (publicKey.asymmetricKeyType !== 'rsa') {
    throw new SetupError(say('key.not_rsa', { kind: (publicKey.asymmetricKeyType ?? '?').toUpperCase() }));
  }
  return new PublicKey(publicKey);
}

/** `alipay_root_cert_sn`: the serial numbers of the RSA-signed roots, joined with `_`. */
export function rootCertSn(roots: readonly Certificate[]): string {
  const numbers = roots.filter((root) => root.rsaSigned).map((root) => root.sn);
  if (numbers.length === 0) throw new SetupError(say('cert.no_rsa_root'));
  return numbers.join('_');
}

/** @throws SetupError when `certificate` is not valid at `now` (ms). */
export function checkValidity(certificate: Certificate, now: number): void {
  const { name, x509 } = certificate;
  const [from, to] = [Date.parse(x509.validFrom), Date.parse(x509.validTo)];
  if (now > to) throw new SetupError(say('cert.expired', { name, date: formatBeijing(to) }));
  if (now < from) throw new SetupError(say('cert.not_yet', { name, date: formatBeijing(from) }));
}

/** @throws SetupError unless the first of `chain` leads, through the others, to one of `roots`, signature by signature. */
export function checkChain(chain: readonly Certificate[], roots: readonly Certificate[]): void {
  const [leaf, ...intermediates] = chain;
  if (!leaf) throw new SetupError(say('cert.none'));
  const issuers = [...intermediates, ...roots];
  let current = leaf;
  for (let depth = 0; depth <= issuers.length; depth += 1) {
    if (roots.some((root) => root.x509.fingerprint256 === current.x509.fingerprint256)) return;
    const issuer = issuers.find((other) => isIssuedBy(current, other));
    if (!issuer) break;
    current = issuer;
  }
  throw new SetupError(say('cert.not_in_chain', { name: leaf.name }));
}

function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    // OpenSSL's checkIssued() does not ask whether the issuer may issue: any app certificate could play the part.
    return (
      issuer.x509.ca && certificate.x509.checkIssued(issuer.x509) && certificate.x509.verify(issuer.x509.publicKey)
    );
  } catch {
    return false; // A key type this OpenSSL cannot verify with (SM2) vouches for nothing.
  }
}

function readCertificate(pem: string): Certificate {
  try {
    const x509 = new X509Certificate(pem);
    const { issuer, subject, serial, signatureOid } = readTbs(x509.raw);
    // RFC 2253 order: the last attribute comes first. No separator before the serial.
    const name = issuer
      .map(([oid, value]) => `${SHORT_NAMES[oid] ?? oid}=${value}`)
      .toReversed()
      .join(',');
    return {
      sn: createHash('md5').update(`${name}${serial}`, 'utf8').digest('hex'),
      name: subject.find(([oid]) => oid === '2.5.4.3')?.[1] ?? 'without a name',
      x509,
      rsaSigned: signatureOid.startsWith(RSA_SIGNATURES),
    };
  } catch (cause) {
    throw Object.assign(new SetupError(say('cert.unreadable')), { cause });
  }
}

type Attribute = readonly [oid: string, value: string];

/**
 * Reads what the serial-number rule needs straight from the DER: Node prints an issuer with escapes of its own, and the
 * signature algorithm's OID only in recent versions.
 */
function readTbs(raw: Buffer): { issuer: Attribute[]; subject: Attribute[]; serial: string; signatureOid: string } {
  const [tbs, algorithm] = readDer(part(readDer(raw), 0).content);
  const fields = readDer(must(tbs).content);
  const at = fields[0]?.tag === 0xa0 ? 1 : 0; // the version is optional
  return {
    serial: BigInt(`0x${part(fields, at).content.toString('hex')}`).toString(10),
    issuer: readName(part(fields, at + 2)),
    subject: readName(part(fields, at + 4)),
    signatureOid: readOid(part(readDer(must(algorithm).content), 0).content),
  };
}

function readName(name: DerValue): Attribute[] {
  return readDer(name.content).flatMap((set) =>
    readDer(set.content).map((attribute): Attribute => {
      const [oid, value] = readDer(attribute.content);
      return [readOid(must(oid).content), readText(must(value))];
    }),
  );
}

function readText({ tag, content }: DerValue): string {
  if (tag === 0x1e) return Buffer.from(content).swap16().toString('utf16le'); // BMPString
  return content.toString(tag === 0x14 ? 'latin1' : 'utf8'); // T61String, else UTF8String and its ASCII relatives
}

function part(values: readonly DerValue[], index: number): DerValue {
  return must(values[index]);
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('malformed certificate');
  return value;
}
