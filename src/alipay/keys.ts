import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign as signBytes,
  verify as verifyBytes,
  type KeyObject,
} from 'node:crypto';
import { inspect, promisify } from 'node:util';
import { say } from '../text/index.ts';
import { readDerHeader, readDer, readOid } from './der.ts';
import { SetupError } from './errors.ts';

const MIN_BITS = 2048;
const PBES2 = '1.2.840.113549.1.5.13';
const LABEL = /-----BEGIN ([A-Z0-9 ]+)-----/;

const signAsync = promisify(
  (data: Buffer, key: KeyObject, done: (error: Error | null, signature: Buffer) => void) =>
    void signBytes('RSA-SHA256', data, key, done),
);
const verifyAsync = promisify(
  (data: Buffer, key: KeyObject, signature: Buffer, done: (error: Error | null, good: boolean) => void) =>
    void verifyBytes('RSA-SHA256', data, key, signature, done),
);

/**
 * An RSA private key that can be used and not be seen: it has no way back to text, and whatever prints it (a log, an
 * error, JSON, the debugger's inspect) prints a placeholder.
 */
export class PrivateKey {
  readonly #key: KeyObject;
  /** The matching public key as base64 of its DER (SPKI): the form the Alipay console takes for upload. */
  readonly publicKeyBase64: string;

  constructor(key: KeyObject) {
    this.#key = key;
    this.publicKeyBase64 = spki(createPublicKey(key));
  }

  /** RSA2 (SHA256withRSA, PKCS#1 v1.5), in the thread pool. */
  sign(data: Buffer): Promise<Buffer> {
    return signAsync(data, this.#key);
  }

  /** The same on this thread. */
  signNow(data: Buffer): Buffer {
    return signBytes('RSA-SHA256', data, this.#key);
  }

  /** Whether `publicKey` (or a certificate's key) is this key's other half. */
  matches(publicKey: PublicKey): boolean {
    return publicKey.base64 === this.publicKeyBase64;
  }

  toString(): string {
    return '[private key]';
  }

  toJSON(): string {
    return '[private key]';
  }

  [inspect.custom](): string {
    return '[private key]';
  }
}

/** An RSA public key: Alipay's, or an app's as the sandbox knows it. */
export class PublicKey {
  readonly #key: KeyObject;
  /** Base64 of the DER (SPKI), as the console shows it. */
  readonly base64: string;
  /** SHA-256 of the DER, in hex: names the key without showing it. */
  readonly fingerprint: string;

  constructor(key: KeyObject) {
    this.#key = key;
    this.base64 = spki(key);
    this.fingerprint = createHash('sha256').update(Buffer.from(this.base64, 'base64')).digest('hex');
  }

  /** Checks an RSA2 signature in the thread pool; a signature that is not one is simply false. */
  verify(data: Buffer, signature: Buffer): Promise<boolean> {
    return verifyAsync(data, this.#key, signature);
  }

  /** The same on this thread: it takes about 20 µs, less than the way to the pool and back. */
  verifyNow(data: Buffer, signature: Buffer): boolean {
    return verifyBytes('RSA-SHA256', data, this.#key, signature);
  }
}

/**
 * Reads an app private key: PKCS#1 or PKCS#8, as PEM (also on one line, with CRLF, a BOM or stray blanks) or as the
 * bare base64 of the platform's key tool.
 *
 * @throws SetupError that says exactly what is wrong; never with any of the key's text in it.
 */
export function parsePrivateKey(text: string): PrivateKey {
  const { label, der } = decode(text);
  if (label?.includes('CERTIFICATE')) throw new SetupError(say('key.is_certificate'));
  if (label?.includes('PUBLIC')) throw new SetupError(say('key.is_public'));
  if (label?.includes('ENCRYPTED') || isEncrypted(der)) throw new SetupError(say('key.encrypted'));
  if (label === 'EC PRIVATE KEY' || label === 'OPENSSH PRIVATE KEY' || label === 'DSA PRIVATE KEY') {
    throw new SetupError(say('key.not_rsa', { kind: label.split(' ')[0] ?? label }));
  }
  refuseTruncated(der);
  const key = readPrivate(der);
  if (key) return new PrivateKey(checkRsa(key));
  if (readPublic(der)) throw new SetupError(say('key.is_public'));
  if (isCertificate(der)) throw new SetupError(say('key.is_certificate'));
  throw new SetupError(say('key.unreadable'));
}

/**
 * Reads a public key: SPKI or PKCS#1, PEM or the bare base64 of the console.
 *
 * @throws SetupError that says what stands in its place (a private key, a certificate, a key too short).
 */
export function parsePublicKey(text: string): PublicKey {
  if (LABEL.exec(text)?.[1]?.includes('PRIVATE')) throw new SetupError(say('key.public.is_private'));
  const { label, der } = decode(text);
  if (label?.includes('CERTIFICATE') || isCertificate(der)) throw new SetupError(say('key.public.is_certificate'));
  refuseTruncated(der);
  // Asked for a public key, OpenSSL derives one from a private key without a word: rule that out first.
  if (readPrivate(der)) throw new SetupError(say('key.public.is_private'));
  const key = readPublic(der);
  if (!key) throw new SetupError(say('key.public.unreadable'));
  return new PublicKey(checkRsa(key));
}

function decode(text: string): { label: string | undefined; der: Buffer } {
  // Some tools export a PEM on one line with the two characters \n in place of line breaks.
  // trim() also takes a byte order mark away.
  const clean = text.replaceAll('\\r', '').replaceAll('\\n', '\n').trim();
  if (clean === '') throw new SetupError(say('key.empty'));
  if (/Proc-Type:\s*4,ENCRYPTED/.test(clean)) throw new SetupError(say('key.encrypted'));
  const label = LABEL.exec(clean)?.[1];
  const body = clean.replace(/-----(?:BEGIN|END) [A-Z0-9 ]+-----/g, '').replace(/[\s\u00a0\u200b\ufeff]/g, '');
  const stray = /[^A-Za-z0-9+/=]/.exec(body);
  if (stray) throw new SetupError(say('key.not_base64', { found: stray[0] }));
  if (body === '') throw new SetupError(say('key.empty'));
  return { label, der: Buffer.from(body, 'base64') };
}

function refuseTruncated(der: Buffer): void {
  const header = readDerHeader(der);
  if (!header || header.tag !== 0x30) return;
  const announced = header.headerLength + header.contentLength;
  if (announced > der.length) throw new SetupError(say('key.truncated', { announced, present: der.length }));
}

function checkRsa(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'rsa') {
    throw new SetupError(say('key.not_rsa', { kind: (key.asymmetricKeyType ?? 'symmetric').toUpperCase() }));
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < MIN_BITS) throw new SetupError(say('key.too_short', { bits }));
  return key;
}

function readPrivate(der: Buffer): KeyObject | undefined {
  return (
    tryParse(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })) ??
    tryParse(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }))
  );
}

function readPublic(der: Buffer): KeyObject | undefined {
  return (
    tryParse(() => createPublicKey({ key: der, format: 'der', type: 'spki' })) ??
    tryParse(() => createPublicKey({ key: der, format: 'der', type: 'pkcs1' }))
  );
}

/** EncryptedPrivateKeyInfo begins with an AlgorithmIdentifier whose OID is PBES2 (or an older PKCS#5/PKCS#12 one). */
function isEncrypted(der: Buffer): boolean {
  const oid = firstOid(der);
  return oid === PBES2 || (oid?.startsWith('1.2.840.113549.1.12.1.') ?? false);
}

/** A certificate is a SEQUENCE of tbsCertificate, algorithm and BIT STRING; no key has that shape. */
function isCertificate(der: Buffer): boolean {
  const parts = tryParse(() => readDer(readDer(der)[0]?.content ?? Buffer.alloc(0)));
  return parts?.length === 3 && parts[0]?.tag === 0x30 && parts[1]?.tag === 0x30 && parts[2]?.tag === 0x03;
}

function firstOid(der: Buffer): string | undefined {
  return tryParse(() => {
    const [outer] = readDer(der);
    const [algorithm] = outer ? readDer(outer.content) : [];
    const [oid] = algorithm?.tag === 0x30 ? readDer(algorithm.content) : [];
    return oid?.tag === 0x06 ? readOid(oid.content) : undefined;
  });
}

function spki(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64');
}

/** Parsers answer undefined instead of throwing: OpenSSL's own words would name nothing a person could act on. */
function tryParse<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
