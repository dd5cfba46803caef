import type { HttpRequest } from '../doors/http.ts';
import type { App, Registry } from '../gateway/apps.ts';
import { badSignature, checkCertificates, knownApp, isSigned } from '../gateway/checks.ts';
import { Refusal } from '../refusals.ts';
import type { Authorization } from './authorization.ts';

const LONGEST_SECONDS = 600;
/** The header of a merchant's token, for who acts in its name. */
export const APP_TOKEN = 'alipay-app-auth-token';

/** What the checks need to know. */
export interface CheckContext {
  readonly registry: Registry;
  readonly isMethod: boolean;
  /** Times in ms a timestamp may be near: the machine's and the sandbox's. */
  readonly clocks: readonly number[];
}

/** The bytes a request's signature covers: what is authorised, the request line, the body and the merchant's token. */
export function signedBytes({ text }: Authorization, { verb, path, query, headers, bytes }: HttpRequest): Buffer {
  const token = headers[APP_TOKEN];
  return Buffer.concat([
    Buffer.from(`${text}\n${verb}\n${path}${query === '' ? '' : `?${query}`}\n`),
    verb === 'GET' ? Buffer.alloc(0) : bytes,
    Buffer.from(typeof token === 'string' && token !== '' ? `\n${token}\n` : '\n'),
  ]);
}

/**
 * Checks a request of protocol v3, in the order protocol v2 has.
 *
 * @throws Refusal with the first thing that is wrong.
 */
export function checkRequest(authorization: Authorization, request: HttpRequest, context: CheckContext): App {
  const { fields, sign } = authorization;
  const app = knownApp(fields.get('app_id'), context.registry);
  if (!context.isMethod) throw new Refusal('isv.invalid-method');
  if (!fields.get('timestamp')) throw new Refusal('isv.missing-timestamp');
  if (!fields.get('nonce')) throw new Refusal('isv.invalid-parameter', '：nonce');
  if (sign === '') throw new Refusal('isv.missing-signature');
  checkTimestamp(fields, context.clocks);
  const verified = signedBytes(authorization, request);
  if (!isSigned(verified, sign, app.publicKey)) throw badSignature(verified.toString('utf8'));
  // The official PHP SDK names no root in this protocol, the Node SDK does.
  const rootSn = header(request, 'alipay-root-cert-sn') ?? app.certificates?.rootSn;
  checkCertificates(app, { appSn: fields.get('app_cert_sn'), rootSn });
  return app;
}

/** Ten minutes either way, or less where the request says so with `expired_seconds`. */
function checkTimestamp(fields: ReadonlyMap<string, string>, clocks: readonly number[]): void {
  const timestamp = fields.get('timestamp') ?? '';
  const seconds = fields.get('expired_seconds') ?? String(LONGEST_SECONDS);
  if (!/^\d{13}$/.test(timestamp)) throw new Refusal('isv.invalid-timestamp');
  if (!/^\d{1,9}$/.test(seconds)) throw new Refusal('isv.invalid-parameter', '：expired_seconds');
  const off = Math.min(...clocks.map((clock) => Math.abs(clock - Number(timestamp))));
  if (off > Math.min(Number(seconds), LONGEST_SECONDS) * 1000) throw new Refusal('isv.invalid-timestamp');
}

function header({ headers }: HttpRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
