import { createHash } from 'node:crypto';
import type { Method } from './methods.ts';
import type { Params } from './signature.ts';

/** One call as its caller wants it, before it is frozen. */
export interface Call {
  readonly method: Method;
  readonly bizContent?: Readonly<Record<string, unknown>>;
  /** Other business parameters: `notify_url`, `return_url`, `auth_token`, or OAuth's own. */
  readonly params?: Params;
}

/** A call frozen to the very bytes that will be signed. Only `AlipayClient.prepare` makes one that can be sent. */
export interface Prepared {
  readonly gateway: string;
  readonly appId: string;
  readonly method: Method;
  /** The exact JSON text, or undefined where the method has none. */
  readonly bizContent: string | undefined;
  readonly params: Params;
  /** SHA-256 over all of the above, in hex: what an approval shows and is bound to (G1). */
  readonly digest: string;
}

export function freeze(gateway: string, appId: string, call: Call): Prepared {
  const content = {
    gateway,
    appId,
    method: call.method,
    bizContent: call.bizContent === undefined ? undefined : JSON.stringify(call.bizContent),
    params: Object.freeze({ ...call.params }),
  };
  return Object.freeze({ ...content, digest: digestOf(content) });
}

/**
 * SHA-256, in hex, over a canonical text of gateway, app id, method, `biz_content` bytes and every other business
 * parameter in the order of their names. JSON strings keep the parts apart, whatever they contain.
 */
export function digestOf(content: Omit<Prepared, 'digest'>): string {
  const { gateway, appId, method, bizContent, params } = content;
  const sorted = Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const canonical = JSON.stringify([gateway, appId, method, bizContent ?? null, sorted]);
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}
