import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseCertificates } from '../alipay/certificates.ts';
import { InputError, SetupError } from '../alipay/errors.ts';
import { parsePrivateKey } from '../alipay/keys.ts';
import { certificateCredentials, isLoopback } from '../alipay/profile.ts';
import { say } from '../text/index.ts';
import type { Connection } from './connection.ts';
import { localProfile } from './local-sandbox.ts';

const TIMEOUT_MS = 5_000;

/**
 * Attaches to a running sandbox of ours. It has to prove first that it knows the token, without being told it; only then
 * it is asked for its app's credentials. What merely listens on loopback, a forwarder to production say, proves nothing.
 *
 * @param now ms, for the dates of its certificates.
 * @throws InputError when `adminUrl` cannot be such a sandbox's; SetupError when what answers there is not it.
 */
export async function attach(adminUrl: string, token: string, now: number): Promise<Connection> {
  const admin = checkedAdmin(adminUrl);
  const gateway = await provenGateway(admin, token);
  const { certApp } = await credentialsAt(admin, token, gateway);
  const [alipayCertificate] = parseCertificates(certApp.alipayCert);
  return {
    profile: localProfile(gateway, certApp.appId),
    credentials: certificateCredentials(parsePrivateKey(certApp.appPrivateKey), certApp, now),
    // Another sandbox at the same address is another Alipay: it has other keys, and gets a ledger of its own.
    ledgerName: `ledger-${alipayCertificate?.sn}.sqlite`,
    close: () => Promise.resolve(),
  };
}

function checkedAdmin(adminUrl: string): string {
  const url = URL.parse(adminUrl);
  if (!url || url.protocol !== 'http:' || url.username || url.password || url.search || url.hash) {
    throw new InputError(say('attach.not_a_url', { value: adminUrl.slice(0, 200) }));
  }
  if (!isLoopback(url)) throw new InputError(say('attach.not_loopback', { host: url.host }));
  // The sandbox listens on 127.0.0.1 alone and calls itself so; who listens on ::1 under this name is somebody else.
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url.href.replace(/\/$/, '');
}

/** The proof covers the gateway, and that must be where we ask: else one that relays the question would pass. */
async function provenGateway(admin: string, token: string): Promise<string> {
  const nonce = randomBytes(32).toString('hex');
  const answer = await ask(admin, `${admin}/prove`, { method: 'POST', body: JSON.stringify({ nonce }) });
  const { gateway, proof } = record(answer);
  if (typeof gateway !== 'string' || typeof proof !== 'string') throw new SetupError(say('attach.unproved', { admin }));
  const expected = createHmac('sha256', token).update(`${nonce}\n${gateway}`).digest();
  const given = Buffer.from(proof, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new SetupError(say('attach.unproved', { admin }));
  }
  if (URL.parse(gateway)?.origin !== new URL(admin).origin) {
    throw new SetupError(say('attach.other_origin', { admin, gateway: gateway.slice(0, 200) }));
  }
  return gateway;
}

type CertApp = Record<'appId' | 'appPrivateKey' | 'appCert' | 'alipayCert' | 'rootCert', string>;

async function credentialsAt(admin: string, token: string, gateway: string): Promise<{ certApp: CertApp }> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = record(await ask(admin, `${admin}/credentials`, { headers }));
  const certApp = record(answer['certApp']);
  const fields = ['appId', 'appPrivateKey', 'appCert', 'alipayCert', 'rootCert'] as const;
  if (answer['gateway'] !== gateway || fields.some((field) => typeof certApp[field] !== 'string')) {
    throw new SetupError(say('attach.bad_answer', { admin }));
  }
  return { certApp: certApp as CertApp };
}

async function ask(admin: string, url: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    throw new SetupError(say('attach.unreachable', { admin }));
  }
  try {
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
