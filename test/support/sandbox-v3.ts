import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AlipayRequestError, AlipaySdk } from 'alipay-sdk';
import type { SandboxProcess } from './sandbox-process.ts';

/** The official SDK for protocol v3: `curl()` goes to the endpoint, and always checks the answer's signature. */
export function v3Sdk(sandbox: SandboxProcess, mode: 'key' | 'certificate', encryptKey?: string): AlipaySdk {
  const { config } = sandbox.sdk(mode);
  const endpoint = new URL(sandbox.line.gateway).origin;
  return new AlipaySdk({ ...config, endpoint, ...(encryptKey === undefined ? {} : { encryptKey }) });
}

/** The error `curl()` throws for an HTTP status from 400 on. */
export async function v3Error(call: Promise<unknown>): Promise<AlipayRequestError> {
  const outcome: unknown = await call.catch((error: unknown) => error);
  if (outcome instanceof AlipayRequestError) return outcome;
  throw new Error(`expected a refusal, got ${JSON.stringify(outcome)}`);
}

/** A request of protocol v3 made by hand; what is undefined is left out of its `Authorization`. */
export interface V3Request {
  readonly verb?: string;
  readonly url?: string;
  readonly body?: string | Buffer;
  readonly auth?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole header instead of a right one. */
  readonly authorization?: string;
}

export interface V3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  json(): ReturnType<typeof JSON.parse>;
}

/** Signs a request in key mode by the rule of the platform's documents and sends it. */
export async function sendV3({ line }: SandboxProcess, request: V3Request = {}): Promise<V3Answer> {
  const { verb = 'POST', url = '/v3/alipay/trade/query', headers = {} } = request;
  const body = request.body ?? (verb === 'GET' ? '' : '{"out_trade_no":"2024040112345"}');
  const fields = { app_id: line.appId, nonce: randomUUID(), timestamp: String(Date.now()), ...request.auth };
  const text = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  const key = createPrivateKey(readFileSync(line.appPrivateKeyFile, 'utf8'));
  const content = Buffer.concat([Buffer.from(`${text}\n${verb}\n${url}\n`), Buffer.from(body), Buffer.from('\n')]);
  const signature = sign('RSA-SHA256', content, key).toString('base64');
  const authorization = request.authorization ?? `ALIPAY-SHA256withRSA ${text},sign=${signature}`;
  const response = await fetch(new URL(url, line.gateway), {
    method: verb,
    headers: { ...(authorization === '' ? {} : { authorization }), 'content-type': 'application/json', ...headers },
    ...(verb === 'GET' ? {} : { body: new Uint8Array(Buffer.from(body)) }),
  });
  const answer = await response.text();
  return { status: response.status, headers: response.headers, text: answer, json: () => JSON.parse(answer) };
}
