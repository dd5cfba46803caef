import type { Params } from '../../alipay/signature.ts';
import { charsetNamed, decode, type Charset } from './charset.ts';

/** A request's parameters, query and form together. */
export interface Received {
  readonly params: Params;
  /** The name that came twice with different values. */
  readonly duplicate: string | undefined;
  /** What its `charset` says; undefined where it says nothing the gateway can read. */
  readonly charset: Charset | undefined;
  /** The name of a parameter whose bytes are no text in that charset. */
  readonly undecodable: string | undefined;
}

type Pair = readonly [name: string, value: string];

/**
 * Reads a query string and a form body, percent-encoded bytes of the charset the request names. The PHP SDK sends
 * `charset` in both: the same value twice is one parameter; two values, or one name twice in the same place, would let
 * a verifier and a reader see different requests.
 */
export function readParameters(query: string, form: Buffer): Received {
  const parts = [splitPairs(query), splitPairs(form.toString('latin1'))];
  const named = parts.flat().find(([name]) => name === 'charset')?.[1] ?? '';
  const charset = charsetNamed(named);
  const merged = new Map<string, string>();
  let duplicate: string | undefined;
  let undecodable: string | undefined;
  for (const part of parts) {
    const seen = new Set<string>();
    for (const pair of part) {
      const [name, value] = pair.map((bytes) => decodePart(bytes, charset ?? 'utf-8')) as [Decoded, Decoded];
      if (!name.whole || !value.whole) undecodable ??= name.text;
      if (seen.has(name.text) || (merged.has(name.text) && merged.get(name.text) !== value.text)) {
        duplicate ??= name.text;
      }
      seen.add(name.text);
      merged.set(name.text, value.text);
    }
  }
  return { params: withoutPrototype(merged), duplicate, charset, undecodable };
}

type Decoded = ReturnType<typeof decode>;

/** Names and values with one character per byte, `+` and `%xx` undone. */
function splitPairs(text: string): Pair[] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const mark = part.indexOf('=');
      return mark < 0
        ? [unescapePart(part), '']
        : [unescapePart(part.slice(0, mark)), unescapePart(part.slice(mark + 1))];
    });
}

function unescapePart(text: string): string {
  const [first = '', ...rest] = text.replaceAll('+', ' ').split('%');
  let whole = first;
  for (const part of rest) {
    const character = ESCAPED.get(part.slice(0, 2).toLowerCase());
    whole += character === undefined ? `%${part}` : character + part.slice(2);
  }
  return whole;
}

/** What two hex digits after a `%` stand for: a look-up, because a gateway does hundreds for each request. */
const ESCAPED: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 256 }, (_, byte) => [byte.toString(16).padStart(2, '0'), String.fromCharCode(byte)]),
);

/** ASCII is the same in every charset the gateway reads. */
function decodePart(bytes: string, charset: Charset): Decoded {
  // oxlint-disable-next-line no-control-regex -- the bytes of ASCII
  return /^[\0-\x7f]*$/.test(bytes) ? { text: bytes, whole: true } : decode(Buffer.from(bytes, 'latin1'), charset);
}

/** A name such as `__proto__` is a parameter like any other. */
function withoutPrototype(entries: Iterable<Pair>): Params {
  const params: Record<string, string> = Object.create(null);
  for (const [name, value] of entries) params[name] = value;
  return params;
}
