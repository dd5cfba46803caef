import { say } from '../text/index.ts';
import { certificateKey, checkChain, checkValidity, parseCertificates, rootCertSn } from './certificates.ts';
import { InputError, SetupError } from './errors.ts';
import { parsePublicKey, type PrivateKey, type PublicKey } from './keys.ts';

/** How far a profile may go; raised only by a person. */
export type Level = 'read-only' | 'write' | 'money-out';

/** Whose money it is: ours to play with, Alipay's sandbox, or real. Taken from the gateway's host, never declared. */
export type Band = 'local-sandbox' | 'alipay-sandbox' | 'production';

const ALIPAY_SANDBOX_HOST = 'openapi-sandbox.dl.alipaydev.com';

/** A merchant's application as a person set it up; no secrets. */
export interface Profile {
  readonly id: string;
  readonly label: string;
  readonly gateway: string;
  readonly appId: string;
  readonly mode: 'key' | 'certificate';
  readonly level: Level;
  readonly band: Band;
  /** For transfers: the scene declared in the merchant console, and its reports. */
  readonly transferScene?: TransferScene;
}

export interface TransferScene {
  readonly name: string;
  readonly reports: readonly { readonly info_type: string; readonly info_content: string }[];
}

/** What signs a profile's requests and checks the answers. */
export interface Credentials {
  readonly privateKey: PrivateKey;
  /** The key that verifies an answer signed under certificate `certSn` (none in key mode); undefined: not ours. */
  alipayKey(certSn: string | undefined): PublicKey | undefined;
  /** Certificate mode only: sent with every request. */
  readonly certificateParams: { readonly app_cert_sn: string; readonly alipay_root_cert_sn: string } | undefined;
}

/**
 * The gateway URL, checked. https, except on this machine's own loopback; no dot at the end of the host, which would be
 * the same host under another name.
 *
 * @throws InputError
 */
export function parseGateway(value: string): URL {
  const url = readGateway(value);
  if (url.hostname.endsWith('.')) throw new InputError(say('gateway.dot', { value: value.slice(0, 200) }));
  return url;
}

/** The same for a gateway that was stored before such a dot was refused: it can be shown and removed. @throws InputError */
export function readGateway(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new InputError(say('gateway.not_a_url', { value: value.slice(0, 200) }));
  }
  if (url.username || url.password || url.search || url.hash) throw new InputError(say('gateway.credentials'));
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw new InputError(say('gateway.not_https', { value: value.slice(0, 200) }));
  }
  return url;
}

/** Whether a URL points at this machine by a name that cannot be redirected elsewhere. */
export function isLoopback(url: URL): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(url.hostname);
}

/**
 * The band of a gateway. `ours` is the gateway of a sandbox that this process runs itself or that has proved itself:
 * loopback alone proves nothing, since a forwarder to production can listen there.
 */
export function bandOf(gateway: string, ours: string | undefined): Band {
  if (gateway === ours) return 'local-sandbox';
  return readGateway(gateway).host === ALIPAY_SANDBOX_HOST ? 'alipay-sandbox' : 'production';
}

/** The account limits and intents are counted for: gateway host and app id, so that an app added twice is one. */
export function accountOf(profile: Pick<Profile, 'gateway' | 'appId'>): string {
  const { hostname, port } = new URL(profile.gateway);
  return `${hostname.replace(/\.+$/, '')}${port && `:${port}`}/${profile.appId}`;
}

/** @throws InputError unless `value` looks like an app id: 16 digits in practice, at most 32. */
export function parseAppId(value: string): string {
  if (!/^\d{10,32}$/.test(value)) throw new InputError(say('profile.app_id', { value: value.slice(0, 40) }));
  return value;
}

/** Credentials of key mode. @throws SetupError when the app's own public key stands in for Alipay's. */
export function keyCredentials(privateKey: PrivateKey, alipayPublicKey: string): Credentials {
  const alipay = parsePublicKey(alipayPublicKey);
  if (privateKey.matches(alipay)) throw new SetupError(say('key.public.is_own'));
  return {
    privateKey,
    alipayKey: (certSn) => (certSn === undefined ? alipay : undefined),
    certificateParams: undefined,
  };
}

/**
 * Credentials of certificate mode: the pair, Alipay's chain, and all dates are checked at `now` (ms).
 *
 * @param pems the three files of the console, as text; the Alipay file may hold intermediates after its first.
 * @throws SetupError that names the certificate that does not fit, and why.
 */
export function certificateCredentials(
  privateKey: PrivateKey,
  pems: { appCert: string; alipayCert: string; rootCert: string },
  now: number,
): Credentials {
  const [appChain, alipayChain, roots] = [pems.appCert, pems.alipayCert, pems.rootCert].map(parseCertificates) as [
    ReturnType<typeof parseCertificates>,
    ReturnType<typeof parseCertificates>,
    ReturnType<typeof parseCertificates>,
  ];
  const [app, alipay] = [appChain[0], alipayChain[0]];
  if (!app || !alipay) throw new SetupError(say('cert.none'));
  const alipayKey = certificateKey(alipay);
  if (!privateKey.matches(certificateKey(app))) throw new SetupError(say('cert.not_a_pair'));
  if (privateKey.matches(alipayKey)) throw new SetupError(say('cert.own_as_alipay'));
  // The console hands out the app certificate alone, without its issuer: that it fits the key is all there is to check.
  checkChain(alipayChain, roots);
  for (const certificate of [...appChain, ...alipayChain]) checkValidity(certificate, now);
  return {
    privateKey,
    alipayKey: (certSn) => (certSn === alipay.sn ? alipayKey : undefined),
    certificateParams: { app_cert_sn: app.sn, alipay_root_cert_sn: rootCertSn(roots) },
  };
}
