import { createPublicKey } from 'node:crypto';
import { parseCertificates, rootCertSn } from '../../alipay/certificates.ts';
import { PrivateKey, PublicKey } from '../../alipay/keys.ts';
import { CERT_APP_ID, KEY_APP_ID, MERCHANT_ID } from '../identity.ts';
import { aesKeyOf } from '../keys/aes-key.ts';
import type { AppKeys } from '../keys/app-keys.ts';
import type { SandboxKeys } from '../keys/sandbox-keys.ts';

/** An application as the gateway knows it. */
export interface App {
  readonly id: string;
  /** Whose app it is: apps of one merchant see the same trades. */
  readonly merchantId: string;
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
  /** Every app with its keys, in the order they came. */
  apps(): readonly AppKeys[];
  /** Lets the gateway know a further app. */
  add(app: AppKeys): void;
}

/** The two apps of every sandbox; more can be added. */
export function createRegistry(keys: SandboxKeys): Registry {
  const { appCert, alipayCert, rootCert } = keys.certificates;
  const platform = { alipaySn: firstSn(alipayCert), rootSn: rootCertSn(parseCertificates(rootCert)) };
  const known = new Map<string, { readonly keys: AppKeys; readonly app: App }>();
  const add = (app: AppKeys) => void known.set(app.appId, { keys: app, app: asKnown(app, platform) });
  const own = (appId: string, privateKey: SandboxKeys['keyApp']) => ({
    appId,
    merchantId: MERCHANT_ID,
    privateKey,
    publicKey: createPublicKey(privateKey),
    aesKey: aesKeyOf(privateKey),
  });
  add({ ...own(KEY_APP_ID, keys.keyApp), mode: 'key', appCert: undefined });
  add({ ...own(CERT_APP_ID, keys.certApp), mode: 'certificate', appCert });
  return {
    alipayKey: new PrivateKey(keys.alipay),
    app: (id) => known.get(id)?.app,
    apps: () => [...known.values()].map((one) => one.keys),
    add,
  };
}

function asKnown(keys: AppKeys, platform: { readonly alipaySn: string; readonly rootSn: string }): App {
  const { appId: id, merchantId, aesKey, appCert } = keys;
  const certificates = appCert === undefined ? undefined : { ...platform, appSn: firstSn(appCert) };
  return { id, merchantId, publicKey: new PublicKey(keys.publicKey), aesKey, certificates };
}

function firstSn(pem: string): string {
  const [certificate] = parseCertificates(pem);
  if (!certificate) throw new Error('a certificate file without a certificate');
  return certificate.sn;
}
