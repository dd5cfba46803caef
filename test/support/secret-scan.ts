/**
 * Finds secrets in files, byte by byte: any 24 consecutive characters of a registered secret, in every writing a leak
 * could have, and anything that looks like a private key nobody registered.
 */
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

interface Leak {
  /** Relative to the scanned folder. */
  file: string;
  /** In bytes. */
  offset: number;
  /** What was found; never the secret itself. */
  what: string;
}

interface Scan {
  files: number;
  bytes: number;
  leaks: Leak[];
}

const WINDOW = 24;
const FILTER_BITS = 22;

/**
 * Scans all files below a folder, SQLite side files included.
 * @throws Error when there is nothing to scan or nothing to look for: a scan of nothing proves nothing
 */
export function scanFolder(folder: string, secrets: readonly string[]): Scan {
  const paths = filesBelow(folder);
  if (secrets.length === 0) throw new Error('no secret was registered: nothing to look for');
  const index = new WindowIndex(secrets);
  const scan: Scan = { files: paths.length, bytes: 0, leaks: [] };
  for (const path of paths) {
    const bytes = readFileSync(path);
    scan.bytes += bytes.length;
    const file = relative(folder, path);
    for (const found of [...index.search(bytes), ...keyMarkers(bytes)]) scan.leaks.push({ file, ...found });
  }
  if (scan.bytes === 0) throw new Error(`nothing to scan in ${folder}: the suites left no artifacts`);
  return scan;
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
}

type Found = Omit<Leak, 'file'>;

/** All 24-character windows of all writings of all secrets, behind a bit filter over their first eight bytes. */
class WindowIndex {
  readonly #windows = new Map<string, string>();
  readonly #lengths = new Set<number>();
  readonly #filter = new Uint8Array(1 << FILTER_BITS);

  constructor(secrets: readonly string[]) {
    for (const [number, secret] of secrets.entries()) {
      for (const [writing, text] of writings(secret)) this.#add(text, `secret ${number + 1} as ${writing}`);
    }
  }

  #add(text: string, what: string): void {
    const bytes = Buffer.from(text, 'latin1');
    this.#lengths.add(Math.min(text.length, WINDOW));
    for (let at = 0; at <= Math.max(0, text.length - WINDOW); at++) {
      this.#windows.set(text.slice(at, at + WINDOW), what);
      this.#filter[slot(bytes, at)] = 1;
    }
  }

  /** The first place of each run of windows. */
  search(bytes: Buffer): Found[] {
    const text = bytes.toString('latin1');
    const found: Found[] = [];
    const filter = this.#filter;
    let last = -WINDOW;
    for (let at = 0; at + 8 <= bytes.length; at++) {
      if (filter[slot(bytes, at)] === 0) continue;
      const what = [...this.#lengths].map((length) => this.#windows.get(text.slice(at, at + length))).find(Boolean);
      if (what === undefined) continue;
      if (at > last + 1) found.push({ offset: at, what });
      last = at;
    }
    return found;
  }
}

function slot(bytes: Buffer, at: number): number {
  const mixed = Math.imul(bytes.readUInt32LE(at), 0x9e3779b1) ^ Math.imul(bytes.readUInt32LE(at + 4), 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> (32 - FILTER_BITS);
}

/** Every writing of a secret, as latin1 text. */
function writings(secret: string): [string, string][] {
  const key = privatePart(secret);
  if (key) return encodings(key);
  const raw = Buffer.from(secret.trim(), 'utf8');
  return [['text', raw.toString('latin1')], ...encodings(raw).filter(([writing]) => writing !== 'bytes')];
}

/** Base64 in its three alignments and two alphabets, hex in both cases, and the bytes as they are. */
function encodings(bytes: Buffer): [string, string][] {
  const base64 = [0, 1, 2].flatMap((shift): [string, string][] => {
    // The last characters may depend on what follows the secret.
    const whole = bytes.subarray(shift, bytes.length - ((bytes.length - shift) % 3));
    return [
      ['base64', whole.toString('base64')],
      ['base64url', whole.toString('base64url')],
    ];
  });
  const hex = bytes.toString('hex');
  return [...base64, ['hex', hex], ['hex', hex.toUpperCase()], ['bytes', bytes.toString('latin1')]];
}

/**
 * The secret bytes of a private key's DER, or undefined when the text is no key. Header, modulus and public exponent
 * are left out: they are in the public key and in every certificate, where they belong.
 */
function privatePart(secret: string): Buffer | undefined {
  const key = parseKey(secret);
  if (!key) return undefined;
  const der = key.export({ format: 'der', type: 'pkcs1' });
  const { d = '' } = key.export({ format: 'jwk' });
  const exponent = Buffer.from(d, 'base64url');
  const start = der.indexOf(exponent.subarray(exponent.findIndex((byte) => byte !== 0)));
  if (start < 0) throw new Error('the private exponent was not found in its own key');
  return der.subarray(start);
}

function parseKey(secret: string): ReturnType<typeof createPrivateKey> | undefined {
  const attempts = secret.includes('-----')
    ? [() => createPrivateKey(secret)]
    : (['pkcs8', 'pkcs1'] as const).map((type) => () => {
        return createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type });
      });
  for (const attempt of attempts) {
    try {
      return attempt();
    } catch {
      continue;
    }
  }
  return undefined;
}

const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY/g;
const BASE64_START = /MII[\w+/-]{9,25}/g;
const HEX_START = /3082[0-9a-f]{36}/gi;
const DER_START = Buffer.from('3082', 'hex');

/** Private keys nobody registered. */
function* keyMarkers(bytes: Buffer): Generator<Found> {
  const text = bytes.toString('latin1');
  for (const { index } of text.matchAll(PEM)) yield { offset: index, what: 'a PEM private key' };
  for (const { 0: run, index } of text.matchAll(BASE64_START)) {
    if (startsRsaKey(Buffer.from(run, 'base64'), 0)) yield { offset: index, what: 'an RSA private key in base64' };
  }
  for (const { 0: run, index } of text.matchAll(HEX_START)) {
    if (startsRsaKey(Buffer.from(run, 'hex'), 0)) yield { offset: index, what: 'an RSA private key in hex' };
  }
  for (let at = bytes.indexOf(DER_START); at >= 0; at = bytes.indexOf(DER_START, at + 1)) {
    if (startsRsaKey(bytes, at)) yield { offset: at, what: 'an RSA private key in DER' };
  }
}

/** SEQUENCE, length, version 0, then either the RSA algorithm (PKCS#8) or the modulus (PKCS#1). */
function startsRsaKey(bytes: Buffer, at: number): boolean {
  const start = bytes.toString('hex', at, at + 20);
  return /^3082.{4}020100(300d06092a864886f70d010101|0282)/.test(start);
}
