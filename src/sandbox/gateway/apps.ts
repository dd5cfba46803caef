import { createPublicKey, type KeyObject } from 'node:crypto';
import { parseCertificates, rootCertSn } from '../../alipay/certificates.ts';
import { PrivateKey, PublicKey } from '../../alipay/keys.ts';
import { CERT_APP_ID, KEY_APP_ID } from '../identity.ts';
import { aesKeyOf } from '../keys/aes-key.ts';
import type { SandboxKeys } from '../keys/sandbox-keys.ts';

/** An application as the gateway knows it. */
export interface App {
  readonly id: string;
  readonly publicKey: PublicKey;
  /** What its contents are encrypted with, when they are. */
  readonly aesKey: Buffer;
  /** Certificate mode: what its requests must name, and what its answers do. */
  readonly certificates: { readonly appSn: string; readonly rootSn: string; readonly alipaySn: string } | undefined;
}

/** The gateway's own side: the apps it knows and the key it signs with. */
export interface Registry {
  readonly alipayKey: PrivateKey;
  app(id: string): App | undefined;
}

/** The two apps of every sandbox. */
export function createRegistry(keys: SandboxKeys): Registry {
  const { appCert, alipayCert, rootCert } = keys.certificates;
  const certificates = {
    appSn: firstSn(appCert),
    alipaySn: firstSn(alipayCert),
    rootSn: rootCertSn(parseCertificates(rootCert)),
  };
  const apps = new Map<string, App>([
    [KEY_APP_ID, { ...appOf(KEY_APP_ID, keys.keyApp), certificates: undefined }],
    [CERT_APP_ID, { ...appOf(CERT_APP_ID, keys.certApp), certificates }],
  ]);
  return { alipayKey: new PrivateKey(keys.alipay), app: (id) => apps.get(id) };
}

function appOf(id: string, key: KeyObject): Omit<App, 'certificates'> {
  return { id, publicKey: new PublicKey(createPublicKey(key)), aesKey: aesKeyOf(key) };
}

function firstSn(pem: string): string {
  const [certificate] = parseCertificates(pem);
  if (!certificate) throw new Error('a certificate file without a certificate');
  return certificate.sn;
}
