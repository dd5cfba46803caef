import { isAscii } from 'node:buffer';
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

/** A name and its value as they came, in ASCII or percent-encoded bytes. */
type Pair = readonly [name: string, value: string];

/**
 * Reads a query string and a form body, percent-encoded bytes of the charset the request names. The PHP SDK sends
 * `charset` in both: the same value twice is one parameter; two values, or one name twice in the same place, would let
 * a verifier and a reader see different requests.
 */
export function readParameters(query: string, form: Buffer): Received {
  const parts = [splitPairs(query), splitPairs(form.toString('latin1'))];
  const charset = charsetNamed(charsetParameter(parts.flat()));
  // A name such as `__proto__` is a parameter like any other.
  const params: Record<string, string> = Object.create(null);
  const cameIn = new Map<string, number>();
  let duplicate: string | undefined;
  let undecodable: string | undefined;
  for (const [place, pairs] of parts.entries()) {
    for (const pair of pairs) {
      const name = decodePart(pair[0], charset ?? 'utf-8');
      const value = decodePart(pair[1], charset ?? 'utf-8');
      if (!name.whole || !value.whole) undecodable ??= name.text;
      const before = cameIn.get(name.text);
      if (before !== undefined && (before === place || params[name.text] !== value.text)) duplicate ??= name.text;
      cameIn.set(name.text, place);
      params[name.text] = value.text;
    }
  }
  return { params, duplicate, charset, undecodable };
}

/** Names and values are ASCII whatever the charset is, as far as this one is concerned. */
function charsetParameter(pairs: readonly Pair[]): string {
  const pair = pairs.find(([name]) => asAscii(name) === 'charset');
  return pair ? asAscii(pair[1]) : '';
}

function asAscii(escaped: string): string {
  return PLAIN.test(escaped) ? escaped : bytesOf(escaped).toString('latin1');
}

function splitPairs(text: string): Pair[] {
  const pairs: Pair[] = [];
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    const mark = text.indexOf('&', start);
    end = mark < 0 ? text.length : mark;
    if (end > start) pairs.push(splitPair(text.slice(start, end)));
  }
  return pairs;
}

function splitPair(part: string): Pair {
  const mark = part.indexOf('=');
  return mark < 0 ? [part, ''] : [part.slice(0, mark), part.slice(mark + 1)];
}

/** ASCII is the same in every charset the gateway reads. */
function decodePart(escaped: string, charset: Charset): ReturnType<typeof decode> {
  if (PLAIN.test(escaped)) return { text: escaped, whole: true };
  const bytes = bytesOf(escaped);
  return isAscii(bytes) ? { text: bytes.toString('latin1'), whole: true } : decode(bytes, charset);
}

/** Nothing to undo in it. */
const PLAIN = /^[!-$&-*,-~]*$/;
const [PERCENT, PLUS, BLANK] = [0x25, 0x2b, 0x20];

/** The bytes a part stands for, with one byte per character, `+` and `%xx` undone; any other `%` is itself. */
function bytesOf(escaped: string): Buffer {
  const bytes = Buffer.allocUnsafe(escaped.length);
  let length = 0;
  for (let at = 0; at < escaped.length; at += 1, length += 1) {
    const code = escaped.charCodeAt(at);
    const byte = code === PERCENT ? hexByte(escaped, at + 1) : undefined;
    bytes[length] = byte ?? (code === PLUS ? BLANK : code);
    if (byte !== undefined) at += 2;
  }
  return bytes.subarray(0, length);
}

/** The byte two hex digits write, if two are there. */
function hexByte(text: string, at: number): number | undefined {
  const [high, low] = [hexDigit(text.charCodeAt(at)), hexDigit(text.charCodeAt(at + 1))];
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

function hexDigit(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}
