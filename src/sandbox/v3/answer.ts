import { randomBytes, randomUUID } from 'node:crypto';
import type { Reply } from '../doors/http.ts';
import type { App } from '../gateway/apps.ts';
import { signerOf } from '../gateway/breakage.ts';
import type { GatewayParts } from '../gateway/effect.ts';
import { encrypt } from '../gateway/encryption.ts';
import type { ArmedFault } from '../gateway/faults.ts';
import { traceId } from '../gateway/trace-id.ts';
import type { AnswerFields } from '../methods/method.ts';

/** Where the platform's own errors are explained. */
const HELP = 'https://opendocs.alipay.com/open-v3/054fcv';

/** HTTP statuses of refusals that are not 400, by v2's code or sub_code. */
const STATUS: Readonly<Record<string, number>> = {
  '20000': 500,
  '20001': 401,
  '40005': 429,
  '40006': 403,
  'isv.invalid-method': 404,
};

/** What an answer needs beside its fields. */
export interface AnswerOptions {
  readonly parts: GatewayParts;
  readonly app: App;
  readonly fault: ArmedFault | undefined;
  /** Where the request was encrypted: the key its answer goes out under. */
  readonly answerKey: Buffer | undefined;
}

/**
 * An answer of protocol v3: the fields without v2's code and msg, signed in the headers over `timestamp\nnonce\nbody\n`.
 * What v2 answers with 10003 comes with HTTP 202.
 */
export async function writeAnswer(fields: AnswerFields, options: AnswerOptions): Promise<Reply> {
  const { parts, app, fault, answerKey } = options;
  const { code, msg: _msg, ...rest } = fields;
  const plain = JSON.stringify(rest);
  const body = answerKey ? encrypt(Buffer.from(plain), answerKey) : plain;
  const stamps = { 'alipay-timestamp': String(Date.now()), 'alipay-nonce': randomUUID() };
  const sign = signerOf(parts.signer, fault);
  const signed = Buffer.from(`${stamps['alipay-timestamp']}\n${stamps['alipay-nonce']}\n${body}\n`);
  const certSn = fault?.fault === 'wrong-cert-sn' ? randomBytes(16).toString('hex') : app.certificates?.alipaySn;
  return {
    status: code === '10003' ? 202 : 200,
    headers: {
      'content-type': `${answerKey ? 'text/plain' : 'application/json'};charset=utf-8`,
      'alipay-trace-id': traceId(),
      ...stamps,
      ...(sign ? { 'alipay-signature': (await sign(signed)).toString('base64') } : {}),
      ...(certSn === undefined ? {} : { 'alipay-sn': certSn }),
    },
    body,
  };
}

/** A refusal of protocol v3: in the open and unsigned, its code without v2's `isv.`, `isp.` or `aop.`. */
export function writeRefusal(fields: AnswerFields): Reply {
  const { code, sub_code: subCode, sub_msg: message } = fields as Record<string, string>;
  const id = traceId();
  return {
    status: STATUS[subCode ?? ''] ?? STATUS[code ?? ''] ?? 400,
    headers: { 'content-type': 'application/json;charset=utf-8', 'alipay-trace-id': id },
    body: JSON.stringify({
      code: subCode?.replace(/^(?:isv|isp|aop)\./, ''),
      message,
      links: [{ link: `${HELP}?traceId=${id}`, desc: '解决方案' }],
    }),
  };
}
