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

interface Signer {
  readonly name: CertificateName;
  readonly key: KeyObject;
}

/** An authority shaped like Alipay's: a root, an issuing authority under it, and certificates for applications. */
export interface Authority {
  /** The root alone: what `alipay_root_cert_sn` is computed from. */
  readonly rootPem: string;
  /** The authority under it, with its key: what certificates for applications are issued with. */
  readonly issuer: Issuer;
}

/** What issues certificates: a key, and the PEM of the certificate that goes behind each of them. */
export interface Issuer {
  readonly key: KeyObject;
  readonly pem: string;
}

const ISSUING_NAME = authorityName('Class 2 R1');

const generateRsa = promisify(generateKeyPair);

/** An RSA-2048 pair, made in the thread pool. */
export async function generateRsaKey(): Promise<KeyObject> {
  return (await generateRsa('rsa', { modulusLength: 2048 })).privateKey;
}

/**
 * Makes an authority whose certificates are valid from the day before `now` (ms). The root's private key is gone when
 * this is done: nothing but the issuing authority is ever under it.
 */
export async function createAuthority(now: number): Promise<Authority> {
  const [rootKey, issuingKey] = await Promise.all([generateRsaKey(), generateRsaKey()]);
  const root: Signer = { key: rootKey, name: authorityName('R1') };
  const from = now - DAY_MS;
  const rootPem = certify(root, root.name, createPublicKey(rootKey), { from, days: ROOT_DAYS, authority: true });
  const issuingPem = certify(root, ISSUING_NAME, createPublicKey(issuingKey), {
    from,
    days: ROOT_DAYS,
    authority: true,
  });
  return { rootPem, issuer: { key: issuingKey, pem: issuingPem } };
}

/** Issues a certificate for a public key, valid from the day before `now` (ms): its PEM, with the issuer's behind it. */
export function issueCertificate(issuer: Issuer, name: CertificateName, publicKey: KeyObject, now: number): string {
  const signer = { key: issuer.key, name: ISSUING_NAME };
  return `${certify(signer, name, publicKey, { from: now - DAY_MS, days: LEAF_DAYS, authority: false })}${issuer.pem}`;
}

function authorityName(rank: string): CertificateName {
  return {
    organisation: 'Local Sandbox',
    unit: 'Certification Authority',
    commonName: `Local Sandbox Certification Authority ${rank}`,
  };
}

function certify(
  issuer: Signer,
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
