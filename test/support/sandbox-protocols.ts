import assert from 'node:assert/strict';
import { AlipaySdk } from 'alipay-sdk';
import type { Stage } from './sandbox-sdk.ts';
import { v3Sdk } from './sandbox-v3.ts';

export type Protocol = 'v2' | 'v3';

/** One call of a method, whatever the protocol. */
export interface MethodCall {
  readonly method: string;
  /** What v2 puts into biz_content. */
  readonly content?: Readonly<Record<string, unknown>>;
  /** What v2 has as public parameters. */
  readonly params?: Readonly<Record<string, string>>;
}

/** The fields of an answer under their own names, without what a protocol adds to them. */
export type Fields = Readonly<Record<string, ReturnType<typeof JSON.parse>>>;

const GETS = /^alipay\.(?:data\.dataservice\.bill\.downloadurl|fund\.trans\.common|fund\.account)\.query$/;

/** Calls a method with the official SDK, `exec()` or `curl()`, its answer's signature checked; fails where it is refused. */
export function callBy(stage: Stage, protocol: Protocol, call: MethodCall): Promise<Fields> {
  return protocol === 'v2' ? callV2(stage, call) : callV3(stage, call);
}

async function callV2({ sdk }: Stage, { method, content, params = {} }: MethodCall): Promise<Fields> {
  const plain = new AlipaySdk({ ...sdk.config, camelcase: false });
  const bizContent = content ? { bizContent: content } : {};
  const answer = await plain.exec(method, { ...params, ...bizContent }, { validateSign: true });
  const { code, msg: _msg, traceId, ...fields } = answer;
  assert.match(traceId ?? '', /^[0-9a-f]{30}$/);
  // The token's answer is the one without a code.
  assert.ok(code === undefined ? fields.access_token !== undefined : /^1000[03]$/.test(code), JSON.stringify(answer));
  return fields;
}

async function callV3({ sandbox, mode }: Stage, { method, content, params = {} }: MethodCall): Promise<Fields> {
  const path = `/v3/${method.replaceAll('.', '/')}`;
  const fields = { ...content, ...params };
  const query = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  const { data, traceId } = GETS.test(method)
    ? await v3Sdk(sandbox, mode).curl<Fields>('GET', path, { query })
    : await v3Sdk(sandbox, mode).curl<Fields>('POST', path, { body: fields });
  assert.match(traceId, /^[0-9a-f]{30}$/);
  return data;
}
