import { encode, type Charset } from './charset.ts';
import { encrypt } from './encryption.ts';

/** What an answer's envelope holds around its node, and how it goes out. */
export interface EnvelopeOptions {
  /** Makes a signature; undefined: unsigned, as the platform leaves `isv.invalid-app-id`. */
  readonly sign: ((bytes: Buffer) => Promise<Buffer>) | undefined;
  /** Certificate mode: the serial number of the certificate the key belongs to. */
  readonly certSn: string | undefined;
  /** The bytes it goes out as, and is signed over. */
  readonly charset: Charset;
  /** Where the request was encrypted: the key for the node. */
  readonly answerKey: Buffer | undefined;
}

/** The name of a method's node in its answer; `error_response` where there is no such method. */
export function nodeNameOf(method: string | undefined): string {
  return method === undefined ? 'error_response' : `${method.replaceAll('.', '_')}_response`;
}

/**
 * An answer as it goes out: the node and the signature over exactly its bytes. UTF-8 is
 * left to the door as text, which goes out with its head in one piece. A node in the open has its slashes
 * escaped, as the platform writes them; an encrypted one is a string of base64, slashes as they are.
 */
export async function writeEnvelope(
  nodeName: string,
  fields: Readonly<Record<string, unknown>>,
  { sign, certSn, charset, answerKey }: EnvelopeOptions,
): Promise<string | Buffer> {
  const text = JSON.stringify(fields).replaceAll('/', '\\/');
  const node = answerKey ? `"${encrypt(encode(text, charset), answerKey)}"` : text;
  const certificate = certSn === undefined ? '' : `,"alipay_cert_sn":"${certSn}"`;
  const signature = sign ? `,"sign":"${(await sign(encode(node, charset))).toString('base64')}"` : '';
  const whole = `{"${nodeName}":${node}${certificate}${signature}}`;
  return charset === 'utf-8' ? whole : encode(whole, charset);
}
