import { parseBeijing } from '../../alipay/beijing-time.ts';
import { signContent, verifyText, type Params } from '../../alipay/signature.ts';
import { Refusal, type SubCode } from '../refusals.ts';
import type { App, Registry } from './apps.ts';

const TOLERANCE_MS = 24 * 3_600_000;
const NOTED_MS = 10 * 60_000;
const LONGEST_APP_ID = 32;

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
  readonly note: (text: string) => void;
}

/**
 * Checks a request as the gateway does, in the order of `alipay-openapi.md` §8.1. Only "app id before signature" was
 * ever observed; the rest of the order is a choice.
 *
 * @throws Refusal with the first thing that is wrong.
 */
export async function checkRequest(params: Params, duplicate: string | undefined, context: CheckContext): Promise<App> {
  const app = knownApp(params, context.registry);
  if (duplicate !== undefined) throw new Refusal('isv.invalid-parameter', `：${duplicate.slice(0, 64)}重复`);
  for (const [name, missing] of REQUIRED) if (!params[name]) throw new Refusal(missing);
  if (!context.isMethod(params.method ?? '')) throw new Refusal('isv.invalid-method');
  if (params.charset === undefined || !/^utf-?8$/i.test(params.charset)) throw new Refusal('isv.invalid-charset');
  if (params.format && params.format.toUpperCase() !== 'JSON') throw new Refusal('isv.invalid-format');
  if (params.version !== '1.0') throw new Refusal('isv.invalid-parameter', '：version');
  checkTimestamp(params.timestamp ?? '', context);
  if (params.sign_type !== 'RSA2') throw new Refusal('isv.invalid-signature-type');
  const verified = signContent(params);
  if (!(await verifyText(verified, params.sign ?? '', app.publicKey))) {
    throw new Refusal('isv.invalid-signature', escapeHtml(verified));
  }
  checkCertificates(params, app);
  return app;
}

/** The app a request names, before anything else is looked at. @throws Refusal */
function knownApp(params: Params, registry: Registry): App {
  if (!params.app_id) throw new Refusal('isv.missing-app-id');
  const app = params.app_id.length <= LONGEST_APP_ID ? registry.app(params.app_id) : undefined;
  if (!app) throw new Refusal('isv.invalid-app-id');
  return app;
}

function checkTimestamp(timestamp: string, { clocks, note }: CheckContext): void {
  let sent: number;
  try {
    sent = parseBeijing(timestamp);
  } catch {
    throw new Refusal('isv.invalid-timestamp');
  }
  const off = Math.min(...clocks.map((clock) => Math.abs(clock - sent)));
  if (off > TOLERANCE_MS) throw new Refusal('isv.invalid-timestamp');
  if (off > NOTED_MS) note(`timestamp is ${Math.round(off / 60_000)} minutes off Beijing time`);
}

function checkCertificates(params: Params, { certificates }: App): void {
  if (!certificates) return;
  if (!params.app_cert_sn) throw new Refusal('isv.missing-app-cert-sn');
  if (!params.alipay_root_cert_sn) throw new Refusal('isv.missing-alipay-root-cert-sn');
  if (params.app_cert_sn !== certificates.appSn) throw new Refusal('isv.app-cert-not-exist');
  if (params.alipay_root_cert_sn !== certificates.rootSn) throw new Refusal('isv.invalid-alipay-root-cert-sn');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
