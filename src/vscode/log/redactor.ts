/** Nobody reads more of one entry, and no pattern may run for long. */
const MOST = 20_000;
const MARK = '[redacted]';

/** Fields whose value is secret or a person's own, however long it is. */
const FIELDS = [
  'sign',
  '(?:app_?)?auth_?token',
  '(?:access|refresh|admin)_?token',
  'token',
  '(?:auth_?)?code',
  'secret',
  'password',
  '(?:app_?)?private_?key',
].join('|');
/** What stands between a field's name and its value, in JSON, in JSON within JSON, in a query and in plain words. */
const IS = String.raw`(?:\\*["']|%22)?\s*(?:=>?|:|%3[ADad])\s*`;
const VALUE = String.raw`(?:\\*"(?:\\[^]|[^"\\])*"?|'[^']*'?|(?:%22)?[^\s&"',;}]+)`;
const FIELD = new RegExp(String.raw`\b(${FIELDS})(${IS})(${VALUE})`, 'gi');
/** Alipay's result codes, 10000 and its like: worth reading, and no secret. */
const RESULT_CODE = /^\\*["']?\d{5}\\*["']?$/;

const PEM = /-----\s?BEGIN[^]*?(?:END[^-]{1,60}-----|$)/g;
const BIZ_CONTENT = new RegExp(String.raw`\b(biz_?content)(${IS})[^\n]*`, 'gi');
const CREDENTIALS = /\b(Bearer|Basic)\s+[^\s"',]+/gi;
/** The bytes of something, as decimal numbers. */
const BYTES = /(?:\b\d{1,3}\b\s*,\s*){15,}\d{1,3}/g;
/** The same in hex, in pairs or lines; the head of a key has hardly a letter in it. */
const HEX = /(?:[0-9a-f]{2}[\s:,-]{0,3}){32,}/gi;
/** Base64, base64url or hex in one piece, with its signs as JSON or a URL escapes them. */
const ONE_PIECE = /(?:[A-Za-z0-9+/_=-]|\\\/|%2[BbFf]|%3[Dd]){40,}/g;
/** Numbers of ours that only look like a secret: an operation's id, and the number of a refund. */
const OWN_NUMBER = /\b(?:op_[0-9a-f]{20}|R[0-9a-f]{40})\b/g;

/** How many letters and digits are looked at together, and how often their kind changes in the text of a key. */
const WINDOW = 64;
const CHANGES = 22;
const PIECE_DENSITY = 0.22;

/**
 * Takes everything out of a text that could open an account: keys in any form of writing (PEM, base64, hex, bytes; on
 * one line, on many, escaped, with anything between the characters), signatures, tokens, codes and request contents.
 * What it must not miss is decided by what it looks like, never by where it came from.
 */
export function redact(text: string): string {
  const named = text
    .slice(0, MOST)
    .replace(PEM, MARK)
    .replace(BIZ_CONTENT, `$1$2${MARK}`)
    .replace(CREDENTIALS, `$1 ${MARK}`)
    .replace(FIELD, (all, name: string, is: string, value: string) => {
      return /^code$/i.test(name) && RESULT_CODE.test(value) ? all : `${name}${is}${MARK}`;
    })
    .replace(BYTES, MARK)
    .replace(HEX, (pairs) => (/[a-f]/i.test(pairs) ? MARK : pairs))
    .replace(ONE_PIECE, (piece) => (isDense(piece) && !piece.match(OWN_NUMBER) ? MARK : piece));
  return hideKeyText(named);
}

/**
 * Hides stretches in which capitals, small letters and digits change places as in random text, whatever stands between
 * them: words and sums do not.
 */
function hideKeyText(text: string): string {
  const own = [...text.matchAll(OWN_NUMBER)].map(({ index, 0: match }) => [index, index + match.length] as const);
  const places = [...text.matchAll(/[A-Za-z0-9]/g)]
    .map(({ index }) => index)
    .filter((at) => !own.some(([from, to]) => at >= from && at < to));
  const changes = places.map((at, n) => (n > 0 && kindOf(text, at) !== kindOf(text, places[n - 1] ?? at) ? 1 : 0));
  const stretches: { from: number; to: number }[] = [];
  let sum = 0;
  for (let last = 0; last < places.length; last += 1) {
    const first = last - WINDOW + 1;
    sum += (changes[last] ?? 0) - (changes[first] ?? 0);
    if (first < 0 || sum < CHANGES) continue;
    const [from, to] = [places[first] ?? 0, (places[last] ?? 0) + 1];
    const before = stretches.at(-1);
    if (before && from <= before.to) before.to = to;
    else stretches.push({ from, to });
  }
  return stretches.reduceRight((rest, { from, to }) => rest.slice(0, from) + MARK + rest.slice(to), text);
}

function isDense(piece: string): boolean {
  const letters = piece.replace(/[^A-Za-z0-9]/g, '');
  let changes = 0;
  for (let at = 1; at < letters.length; at += 1) if (kindOf(letters, at) !== kindOf(letters, at - 1)) changes += 1;
  return changes >= PIECE_DENSITY * (letters.length - 1);
}

function kindOf(text: string, at: number): 'digit' | 'capital' | 'small' {
  const character = text[at] ?? '';
  if (character <= '9') return 'digit';
  return character <= 'Z' ? 'capital' : 'small';
}
