import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** The two charsets the gateway reads and writes. */
export type Charset = 'utf-8' | 'gbk';

const NAMES: Readonly<Record<string, Charset>> = { 'utf-8': 'utf-8', utf8: 'utf-8', gbk: 'gbk', gb2312: 'gbk' };

/** The charset a request's `charset` names; GB 2312 is a part of GBK. Undefined where it names neither. */
export function charsetNamed(name: string): Charset | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(NAMES, lower) ? NAMES[lower] : undefined;
}

/** Text as bytes of a charset; what GBK cannot say becomes `?`, as on the platform. */
export function encode(text: string, charset: Charset): Buffer {
  return charset === 'gbk' ? iconv.encode(text, 'gbk') : Buffer.from(text, 'utf8');
}

/** Bytes as text. `whole` is false where a byte sequence is none of the charset's, so that the text is not what was sent. */
export function decode(bytes: Buffer, charset: Charset): { readonly text: string; readonly whole: boolean } {
  if (charset === 'utf-8') return { text: bytes.toString('utf8'), whole: isUtf8(bytes) };
  const text = iconv.decode(bytes, 'gbk', { stripBOM: false });
  return { text, whole: encode(text, charset).equals(bytes) };
}
