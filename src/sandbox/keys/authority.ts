import { createPublicKey, generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import asn1 from 'node-forge/lib/asn1.js';
import pki from 'node-forge/lib/x509.js';
import { DAY_MS } from '../../alipay/beijing-time.ts';

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const ROOT_DAYS = 30 * 365;
const LEAF_DAYS = 5 * 365;

/** A certificate to issue, by its names; the attributes stand in Alipay's order: C, O, OU, CN. */
interface CertificateName {
  readonly organisation: string;
  readonly unit: string;
  readonly commonName: string;
}

interface Issuer {
  readonly name: CertificateName;
  readonly key: KeyObject;
}

/** An authority shaped like Alipay's: a root, an issuing authority under it, and certificates for applications. */
export interface Authority {
  /** The root alone: what `alipay_root_cert_sn` is computed from. */
  readonly rootPem: string;
  /** Issues a certificate for a public key: its PEM, with the issuing authority's behind it. */
  issue(name: CertificateName, publicKey: KeyObject): string;
}

const generateRsa = promisify(generateKeyPair);

/** An RSA-2048 pair, made in the thread pool. */
export async function generateRsaKey(): Promise<KeyObject> {
  return (await generateRsa('rsa', { modulusLength: 2048 })).privateKey;
}

/**
 * Makes an authority whose certificates are valid from the day before `now` (ms). Its private keys live only in the
 * object that comes back: nothing is issued again after a start.
 */
export async function createAuthority(now: number): Promise<Authority> {
  const [rootKey, issuingKey] = await Promise.all([generateRsaKey(), generateRsaKey()]);
  const root: Issuer = { key: rootKey, name: authorityName('R1') };
  const issuing: Issuer = { key: issuingKey, name: authorityName('Class 2 R1') };
  const from = now - DAY_MS;
  const rootPem = certify(root, root.name, createPublicKey(rootKey), { from, days: ROOT_DAYS, authority: true });
  const issuingPem = certify(root, issuing.name, createPublicKey(issuingKey), {
    from,
    days: ROOT_DAYS,
    authority: true,
  });
  return {
    rootPem,
    issue: (name, publicKey) => {
      const pem = certify(issuing, name, publicKey, { from, days: LEAF_DAYS, authority: false });
      return `${pem}${issuingPem}`;
    },
  };
}

function authorityName(rank: string): CertificateName {
  return {
    organisation: 'Local Sandbox',
    unit: 'Certification Authority',
    commonName: `Local Sandbox Certification Authority ${rank}`,
  };
}

function certify(
  issuer: Issuer,
  subject: CertificateName,
  publicKey: KeyObject,
  { from, days, authority }: { from: number; days: number; authority: boolean },
): string {
  const certificate = pki.createCertificate();
  certificate.serialNumber = positiveSerial();
  certificate.validity = { notBefore: new Date(from), notAfter: new Date(from + days * DAY_MS) };
  certificate.publicKey = pki.publicKeyFromPem(publicKey.export({ format: 'pem', type: 'spki' }).toString());
  certificate.setSubject(attributes(subject));
  certificate.setIssuer(attributes(issuer.name));
  certificate.setExtensions([
    { name: 'basicConstraints', cA: authority, critical: true },
    authority
      ? { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }
      : { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
  ]);
  // The library would sign with a key of its own kind; ours never leaves its KeyObject.
  certificate.signatureOid = SHA256_WITH_RSA;
  certificate.siginfo.algorithmOid = SHA256_WITH_RSA;
  certificate.tbsCertificate = pki.getTBSCertificate(certificate);
  const signed = Buffer.from(asn1.toDer(certificate.tbsCertificate).getBytes(), 'latin1');
  certificate.signature = sign('RSA-SHA256', signed, issuer.key).toString('latin1');
  return pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}

function attributes({ organisation, unit, commonName }: CertificateName): { shortName: string; value: string }[] {
  return [
    { shortName: 'C', value: 'CN' },
    { shortName: 'O', value: organisation },
    { shortName: 'OU', value: unit },
    { shortName: 'CN', value: commonName },
  ];
}

/** 16 random bytes in hex, the first of them 0x40–0x7f: positive, and without leading zeros to lose. */
function positiveSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
