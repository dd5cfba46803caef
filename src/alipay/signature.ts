import type { PrivateKey, PublicKey } from './keys.ts';

/** The parameters of a request or notification, by name. */
export type Params = Readonly<Record<string, string>>;

/**
 * The text a request's signature covers: every parameter but `sign` (so `sign_type` is in it), empty ones dropped,
 * sorted by name, joined raw (`alipay-openapi.md` §1.4).
 */
export function signContent(params: Params): string {
  return Object.keys(params)
    .filter((name) => name !== 'sign' && params[name] !== '')
    .toSorted()
    .map((name) => `${name}=${params[name]}`)
    .join('&');
}

/** The RSA2 signature of a request's parameters, base64; computed off the main thread. */
export async function signParams(params: Params, key: PrivateKey): Promise<string> {
  return (await key.sign(Buffer.from(signContent(params), 'utf8'))).toString('base64');
}

/**
 * Checks the signature of a trade notification (`notify_type=trade_status_sync`) over exactly the parameters that
 * arrived, URL-decoded once: `sign` and `sign_type` are left out of the text. Message-type notifications keep
 * `sign_type` (`alipay-openapi.md` §1.6): say so with `keepSignType`.
 */
export async function verifyNotification(
  params: Params,
  key: PublicKey,
  options: { keepSignType?: boolean } = {},
): Promise<boolean> {
  const { sign, sign_type: signType, ...rest } = params;
  if (!sign) return false;
  const signed = options.keepSignType && signType !== undefined ? { ...rest, sign_type: signType } : rest;
  return verifyText(signContent(signed), sign, key);
}

/** Checks a base64 RSA2 signature over `text`. Anything that is not strict base64 is no signature. */
export async function verifyText(text: string, sign: string, key: PublicKey): Promise<boolean> {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(sign)) return false;
  return key.verify(Buffer.from(text, 'utf8'), Buffer.from(sign, 'base64'));
}

/** An answer of the gateway, taken apart without re-serialising: `signed` is the text Alipay's signature covers. */
export interface Envelope {
  /** `alipay_trade_query_response` or `error_response`. */
  readonly nodeName: string;
  /** The raw text of that node, braces (or the quotes of an encrypted one) included. */
  readonly signed: string;
  readonly node: Readonly<Record<string, unknown>>;
  readonly sign: string | undefined;
  readonly certSn: string | undefined;
}

/**
 * Takes an answer to `method` apart. Undefined when it is not one JSON object with exactly one response node, or when
 * any root key stands twice (two nodes are how a verifier and a reader are made to look at different ones).
 */
export function openEnvelope(body: string, method: string): Envelope | undefined {
  const members = rootMembers(body);
  if (!members) return undefined;
  const own = `${method.replaceAll('.', '_')}_response`;
  const names = [own, 'error_response'].filter((name) => members.has(name));
  const [nodeName] = names;
  if (nodeName === undefined || names.length > 1) return undefined;
  const signed = members.get(nodeName) ?? '';
  const node: unknown = JSON.parse(signed);
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return undefined;
  return {
    nodeName,
    signed,
    node: node as Record<string, unknown>,
    sign: stringMember(members, 'sign'),
    certSn: stringMember(members, 'alipay_cert_sn'),
  };
}

function stringMember(members: ReadonlyMap<string, string>, name: string): string | undefined {
  const raw = members.get(name);
  const value: unknown = raw === undefined ? undefined : JSON.parse(raw);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The raw text of each value of the root object, by key; undefined when it is no JSON object or a key repeats. */
function rootMembers(body: string): Map<string, string> | undefined {
  try {
    JSON.parse(body); // so that the scan below may trust the grammar
  } catch {
    return undefined;
  }
  const members = new Map<string, string>();
  let at = skipBlank(body, 0);
  if (body[at] !== '{') return undefined;
  at = skipBlank(body, at + 1);
  while (body[at] === '"') {
    const keyEnd = skipString(body, at);
    const key = JSON.parse(body.slice(at, keyEnd)) as string;
    const start = skipBlank(body, skipBlank(body, keyEnd) + 1);
    const end = skipValue(body, start);
    if (members.has(key)) return undefined;
    members.set(key, body.slice(start, end));
    at = skipBlank(body, end);
    if (body[at] === ',') at = skipBlank(body, at + 1);
  }
  return members;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}

function skipString(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  do {
    const char = text[at];
    if (char === '"') at = skipString(text, at);
    else {
      if (char === '{' || char === '[') depth += 1;
      if (char === '}' || char === ']') depth -= 1;
      at += 1;
    }
  } while (
    depth > 0 ||
    (text[from] !== '"' && text[from] !== '{' && text[from] !== '[' && !/[,}\s]/.test(text[at] ?? '}'))
  );
  return at;
}
