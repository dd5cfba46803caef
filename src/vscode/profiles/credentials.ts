import { createHash } from 'node:crypto';
import { SetupError } from '../../alipay/errors.ts';
import type { PrivateKey } from '../../alipay/keys.ts';
import { certificateCredentials, keyCredentials, type Credentials } from '../../alipay/profile.ts';
import { say } from '../../text/index.ts';
import type { Vault } from '../vault.ts';
import type { AlipaySide, StoredProfile } from './stored-profile.ts';

/** `parsePrivateKey`, handed in by the root: here a key is text only on its way there. */
export type KeyParser = (text: string) => PrivateKey;

/** SHA-256 of the public half's DER, in hex: what a profile and the vault call the key by. */
export function fingerprintOfKey({ publicKeyBase64 }: PrivateKey): string {
  return createHash('sha256').update(Buffer.from(publicKeyBase64, 'base64')).digest('hex');
}

/**
 * SHA-256, in hex, of what checks Alipay's answers: the key that was typed in, or Alipay's certificate file and the root
 * it must lead to. Of the texts as they stand, since this is shown of a file nobody vouches for.
 */
export function fingerprintOfAlipay(alipay: AlipaySide): string {
  const texts = alipay.mode === 'key' ? [alipay.publicKey] : [alipay.alipayCert, alipay.rootCert];
  return createHash('sha256')
    .update(texts.map((text) => text.trim()).join('\n'))
    .digest('hex');
}

/** Key, Alipay's half, chain and dates (at `now`, ms) together. @throws SetupError that names what does not fit. */
export function joinCredentials(key: PrivateKey, alipay: AlipaySide, now: number): Credentials {
  return alipay.mode === 'key' ? keyCredentials(key, alipay.publicKey) : certificateCredentials(key, alipay, now);
}

/**
 * A profile's private key, read from the vault again each time, and its text.
 *
 * @throws SetupError when it is missing or another one.
 */
export async function openKey(
  { keyFingerprint }: Pick<StoredProfile, 'keyFingerprint'>,
  vault: Vault,
  parseKey: KeyParser,
): Promise<{ key: PrivateKey; text: string }> {
  const text = await vault.must(`key/${keyFingerprint}`);
  const key = parseKey(text);
  if (fingerprintOfKey(key) !== keyFingerprint) throw new SetupError(say('vault.different', { name: 'key' }));
  return { key, text };
}

/** What signs for a profile. @throws SetupError when its key is not there, or a certificate has run out by `now` (ms). */
export async function openCredentials(
  profile: StoredProfile,
  vault: Vault,
  parseKey: KeyParser,
  now: number,
): Promise<Credentials> {
  const { key } = await openKey(profile, vault, parseKey);
  return joinCredentials(key, profile.alipay, now);
}
