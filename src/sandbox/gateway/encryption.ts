import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Params } from '../../alipay/signature.ts';
import { Refusal } from '../refusals.ts';
import type { App } from './apps.ts';
import { decode, type Charset } from './charset.ts';

const ALGORITHM = 'aes-128-cbc';
/** Sixteen zero bytes, as the platform has it: what is encrypted is signed, too. */
const NO_IV = Buffer.alloc(16);
const BLOCK_BYTES = 16;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What a request's biz_content says, and the key its answer goes out under. */
export interface Content {
  readonly text: string | undefined;
  /** Undefined: nothing was encrypted, and nothing will be. */
  readonly answerKey: Buffer | undefined;
}

/** Opens biz_content as `encrypt_type` says (`alipay-openapi.md` §1.8). @throws Refusal */
export function openContent(params: Params, { aesKey }: App, charset: Charset): Content {
  const { biz_content: content, encrypt_type: type } = params;
  if (!type) {
    if (content && isCiphertext(content)) throw new Refusal('isv.decryption-error-missing-encrypt-type');
    return { text: content, answerKey: undefined };
  }
  checkEncryptType(type);
  return { text: content ? decrypt(content, aesKey, charset) : undefined, answerKey: aesKey };
}

/** @throws Refusal where `type` names another algorithm than AES. */
export function checkEncryptType(type: string): void {
  if (type !== 'AES') throw new Refusal('isv.decryption-error-not-valid-encrypt-type');
}

/** The text in a base64 ciphertext. @throws Refusal where it was not encrypted with this key. */
export function decrypt(content: string, key: Buffer, charset: Charset): string {
  if (!isCiphertext(content)) throw new Refusal('isv.decryption-error-unknown');
  const { text, whole } = decode(openBlocks(Buffer.from(content, 'base64'), key), charset);
  if (!whole) throw new Refusal('isv.decryption-error-unknown');
  return text;
}

/** Bytes under AES-128-CBC with PKCS#7 padding, in base64. */
export function encrypt(bytes: Buffer, key: Buffer): string {
  const cipher = createCipheriv(ALGORITHM, key, NO_IV);
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64');
}

function openBlocks(blocks: Buffer, key: Buffer): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, NO_IV);
  try {
    return Buffer.concat([decipher.update(blocks), decipher.final()]);
  } catch {
    throw new Refusal('isv.decryption-error-unknown');
  }
}

function isCiphertext(text: string): boolean {
  return text !== '' && BASE64.test(text) && Buffer.from(text, 'base64').length % BLOCK_BYTES === 0;
}
