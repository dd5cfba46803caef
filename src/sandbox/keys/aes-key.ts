import { hkdfSync, type KeyObject } from 'node:crypto';

const BYTES = 16;

/**
 * The AES-128 key of an app, as the platform's console would hand it out. It is made from the app's private key, so
 * that a data folder of any age has it and keeps it.
 */
export function aesKeyOf(appKey: KeyObject): Buffer {
  const secret = appKey.export({ format: 'der', type: 'pkcs8' });
  return Buffer.from(hkdfSync('sha256', secret, '', 'content encryption of an app of the sandbox', BYTES));
}
