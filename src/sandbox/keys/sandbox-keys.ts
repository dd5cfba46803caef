import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { CERT_APP_ID, MERCHANT_ID } from '../identity.ts';
import { createAuthority, generateRsaKey, issueCertificate, type Issuer } from './authority.ts';

/** Every key of a sandbox. Private keys stay `KeyObject`s; text is made only for the roots that ask for it. */
export interface SandboxKeys {
  /** The pair of the app in key mode. */
  readonly keyApp: KeyObject;
  /** The pair of the app in certificate mode. */
  readonly certApp: KeyObject;
  /** The pair the gateway signs with. */
  readonly alipay: KeyObject;
  /** What certificates of further apps are issued with. Keys made by an older version have none. */
  readonly issuer: Issuer | undefined;
  /** The certificates of certificate mode, as the console hands them out. */
  readonly certificates: SandboxCertificates;
}

interface SandboxCertificates {
  readonly appCert: string;
  readonly alipayCert: string;
  readonly rootCert: string;
}

/** The same as texts: private keys in PKCS#1 PEM (what every SDK but Java's takes), public ones in SPKI PEM. */
export interface SandboxKeyTexts extends SandboxCertificates {
  readonly keyAppPrivateKey: string;
  readonly certAppPrivateKey: string;
  readonly alipayPrivateKey: string;
  readonly alipayPublicKey: string;
  readonly issuingPrivateKey?: string;
  readonly issuingCert?: string;
}

/** Makes the keys of a new sandbox, in the thread pool; its certificates are valid from the day before `now` (ms). */
export async function generateSandboxKeys(now: number): Promise<SandboxKeys> {
  const [authority, keyApp, certApp, alipay] = await Promise.all([
    createAuthority(now),
    generateRsaKey(),
    generateRsaKey(),
    generateRsaKey(),
  ]);
  const { issuer } = authority;
  const alipayName = { organisation: 'Local Sandbox', unit: 'Alipay', commonName: 'Local Sandbox Alipay' };
  return {
    keyApp,
    certApp,
    alipay,
    issuer,
    certificates: {
      appCert: issueAppCertificate(
        issuer,
        { merchantId: MERCHANT_ID, appId: CERT_APP_ID },
        createPublicKey(certApp),
        now,
      ),
      alipayCert: issueCertificate(issuer, alipayName, createPublicKey(alipay), now),
      rootCert: authority.rootPem,
    },
  };
}

/** Issues the certificate of an app, by the names the console puts into one. @param now ms */
export function issueAppCertificate(
  issuer: Issuer,
  { merchantId, appId }: { merchantId: string; appId: string },
  publicKey: KeyObject,
  now: number,
): string {
  const name = { organisation: 'Local Sandbox Merchant', unit: 'Alipay', commonName: `${merchantId}-${appId}` };
  return issueCertificate(issuer, name, publicKey, now);
}

/** The keys as PEM texts, for a root that writes files or fills a vault, and for the admin door's credentials. */
export function sandboxKeyTexts(keys: SandboxKeys): SandboxKeyTexts {
  const privatePem = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs1' }).toString();
  return {
    keyAppPrivateKey: privatePem(keys.keyApp),
    certAppPrivateKey: privatePem(keys.certApp),
    alipayPrivateKey: privatePem(keys.alipay),
    alipayPublicKey: createPublicKey(keys.alipay).export({ format: 'pem', type: 'spki' }).toString(),
    ...keys.certificates,
    ...(keys.issuer ? { issuingPrivateKey: privatePem(keys.issuer.key), issuingCert: keys.issuer.pem } : {}),
  };
}

/** Reads back what `sandboxKeyTexts` gave. @throws when a text is not what it was. */
export function parseSandboxKeys(texts: Omit<SandboxKeyTexts, 'alipayPublicKey'>): SandboxKeys {
  const { appCert, alipayCert, rootCert, issuingPrivateKey, issuingCert } = texts;
  return {
    keyApp: createPrivateKey(texts.keyAppPrivateKey),
    certApp: createPrivateKey(texts.certAppPrivateKey),
    alipay: createPrivateKey(texts.alipayPrivateKey),
    issuer:
      issuingPrivateKey === undefined || issuingCert === undefined
        ? undefined
        : { key: createPrivateKey(issuingPrivateKey), pem: issuingCert },
    certificates: { appCert, alipayCert, rootCert },
  };
}
