import { parseBeijing } from '../../alipay/beijing-time.ts';
import type { PublicKey } from '../../alipay/keys.ts';
import { signContent } from '../../alipay/signature.ts';
import { Refusal, type SubCode } from '../refusals.ts';
import type { Switches } from '../switches.ts';
import type { App, Registry } from './apps.ts';
import { encode } from './charset.ts';
import type { Received } from './parameters.ts';

const HOUR_MS = 3_600_000;
const TOLERANCE_MS = { '24h': 24 * HOUR_MS, '1h': HOUR_MS, '10m': HOUR_MS / 6 } as const;
const NOTED_MS = 10 * 60_000;
const LONGEST_APP_ID = 32;

/** The platform's two ways to say what is wrong with a signature. */
const MISMATCH = '建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：';
const WRONG_CHARSET = '请确认charset参数放在了URL查询字符串中且各参数值使用charset参数指示的字符集编码';

/** What every request must have, beside `app_id`, in the order the platform misses them. */
const REQUIRED: readonly (readonly [name: string, missing: SubCode])[] = [
  ['method', 'isv.missing-method'],
  ['sign_type', 'isv.missing-signature-type'],
  ['sign', 'isv.missing-signature'],
  ['timestamp', 'isv.missing-timestamp'],
  ['version', 'isv.missing-version'],
];

/** What the checks need to know, and where they note what the platform might not have let pass. */
export interface CheckContext {
  readonly registry: Registry;
  readonly isMethod: (method: string) => boolean;
  /** Times in ms a timestamp may be near: the machine's and the sandbox's. */
  readonly clocks: readonly number[];
  readonly switches: Switches;
  readonly note: (text: string) => void;
}

/**
 * Checks a request as the gateway does, in the order of `alipay-openapi.md` §8.1. Only "app id before signature" was
 * ever observed; the rest of the order is a choice.
 *
 * @throws Refusal with the first thing that is wrong.
 */
export function checkRequest(received: Received, context: CheckContext): App {
  const { params, duplicate, charset } = received;
  const app = knownApp(params.app_id, context.registry);
  if (duplicate !== undefined) throw new Refusal('isv.invalid-parameter', `：${duplicate.slice(0, 64)}重复`);
  for (const [name, missing] of REQUIRED) if (!params[name]) throw new Refusal(missing);
  if (!context.isMethod(params.method ?? '')) throw new Refusal('isv.invalid-method');
  if (!charset) throw new Refusal('isv.invalid-charset');
  if (params.format && params.format.toUpperCase() !== 'JSON') throw new Refusal('isv.invalid-format');
  if (params.version !== '1.0') throw new Refusal('isv.invalid-parameter', '：version');
  checkTimestamp(params.timestamp ?? '', context);
  if (params.sign_type !== 'RSA2') throw new Refusal('isv.invalid-signature-type');
  if (received.undecodable !== undefined) throw new Refusal('isv.invalid-signature', WRONG_CHARSET);
  const verified = signContent(params);
  if (!isSigned(encode(verified, charset), params.sign ?? '', app.publicKey)) {
    throw badSignature(verified);
  }
  checkCertificates(app, { appSn: params.app_cert_sn, rootSn: params.alipay_root_cert_sn });
  return app;
}

/** Whether it is a base64 RSA2 signature over `bytes`. Anything but the one way to write its bytes in base64 is no signature. */
export function isSigned(bytes: Buffer, sign: string, key: PublicKey): boolean {
  const signature = Buffer.from(sign, 'base64');
  return signature.toString('base64') === sign && key.verifyNow(bytes, signature);
}

/** The refusal of a signature, with the text it was checked against. */
export function badSignature(verified: string): Refusal {
  return new Refusal('isv.invalid-signature', MISMATCH + escapeHtml(verified));
}

/** The app a request names, before anything else is looked at. @throws Refusal */
export function knownApp(id: string | undefined, registry: Registry): App {
  if (!id) throw new Refusal('isv.missing-app-id');
  const app = id.length <= LONGEST_APP_ID ? registry.app(id) : undefined;
  if (!app) throw new Refusal('isv.invalid-app-id');
  return app;
}

function checkTimestamp(timestamp: string, { clocks, switches, note }: CheckContext): void {
  let sent: number;
  try {
    sent = parseBeijing(timestamp);
  } catch {
    throw new Refusal('isv.invalid-timestamp');
  }
  const off = Math.min(...clocks.map((clock) => Math.abs(clock - sent)));
  if (off > TOLERANCE_MS[switches.get('timestamp-tolerance')]) throw new Refusal('isv.invalid-timestamp');
  if (off > NOTED_MS) note(`timestamp is ${Math.round(off / 60_000)} minutes off Beijing time`);
}

/** Certificate mode: a request names its own certificate and the root it trusts. @throws Refusal */
export function checkCertificates(
  { certificates }: App,
  named: { readonly appSn: string | undefined; readonly rootSn: string | undefined },
): void {
  if (!certificates) return;
  if (!named.appSn) throw new Refusal('isv.missing-app-cert-sn');
  if (!named.rootSn) throw new Refusal('isv.missing-alipay-root-cert-sn');
  if (named.appSn !== certificates.appSn) throw new Refusal('isv.app-cert-not-exist');
  if (named.rootSn !== certificates.rootSn) throw new Refusal('isv.invalid-alipay-root-cert-sn');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
