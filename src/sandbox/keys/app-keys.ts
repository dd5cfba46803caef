import { createPrivateKey, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { parsePublicKey } from '../../alipay/keys.ts';
import { generateRsaKey, type Issuer } from './authority.ts';
import { issueAppCertificate } from './sandbox-keys.ts';

/** Who a further app is. */
export interface AppIdentity {
  readonly appId: string;
  readonly merchantId: string;
  readonly mode: 'key' | 'certificate';
}

/** A further app with its keys; the private one is the merchant's own where they brought a public key. */
export interface AppKeys extends AppIdentity {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject | undefined;
  /** AES-128, for encrypted contents. */
  readonly aesKey: Buffer;
  /** Certificate mode only. */
  readonly appCert: string | undefined;
}

/** The same as texts, for a root that writes files: PEM, private keys in PKCS#1. */
export interface AppKeyTexts extends AppIdentity {
  readonly appPublicKey: string;
  /** Base64. */
  readonly aesKey: string;
  readonly appPrivateKey?: string;
  readonly appCert?: string;
}

/**
 * Makes the keys of a further app, or takes the public key its developer has.
 *
 * @param issuer what certifies the key; undefined in key mode.
 * @param own PEM or bare base64 of a public key.
 * @param now ms, for the certificate's dates.
 * @throws SetupError where `own` is no public key
 */
export async function makeAppKeys(
  app: AppIdentity,
  issuer: Issuer | undefined,
  own: string | undefined,
  now: number,
): Promise<AppKeys> {
  const privateKey = own === undefined ? await generateRsaKey() : undefined;
  const publicKey = privateKey ? createPublicKey(privateKey) : publicKeyOf(own ?? '');
  const appCert = issuer && issueAppCertificate(issuer, app, publicKey, now);
  return { ...app, publicKey, privateKey, aesKey: randomBytes(16), appCert };
}

export function appKeyTexts(keys: AppKeys): AppKeyTexts {
  const { appId, merchantId, mode, publicKey, privateKey, aesKey, appCert } = keys;
  return {
    appId,
    merchantId,
    mode,
    appPublicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    aesKey: aesKey.toString('base64'),
    ...(privateKey ? { appPrivateKey: privateKey.export({ format: 'pem', type: 'pkcs1' }).toString() } : {}),
    ...(appCert === undefined ? {} : { appCert }),
  };
}

/** Reads back what `appKeyTexts` gave. @throws when a text is not what it was */
export function parseAppKeys(texts: AppKeyTexts): AppKeys {
  const { appId, merchantId, mode, appPublicKey, appPrivateKey, appCert } = texts;
  return {
    appId,
    merchantId,
    mode,
    publicKey: createPublicKey(appPublicKey),
    privateKey: appPrivateKey === undefined ? undefined : createPrivateKey(appPrivateKey),
    aesKey: Buffer.from(texts.aesKey, 'base64'),
    appCert,
  };
}

function publicKeyOf(text: string): KeyObject {
  return createPublicKey({ key: Buffer.from(parsePublicKey(text).base64, 'base64'), format: 'der', type: 'spki' });
}
