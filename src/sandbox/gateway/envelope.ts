import type { PrivateKey } from '../../alipay/keys.ts';
import { encode, type Charset } from './charset.ts';

/** What an answer's envelope holds around its node. */
export interface EnvelopeOptions {
  /** Undefined: unsigned, as the platform leaves `isv.invalid-app-id`. */
  readonly key: PrivateKey | undefined;
  /** Certificate mode: the serial number of the certificate the key belongs to. */
  readonly certSn: string | undefined;
  /** The bytes it goes out as, and is signed over. */
  readonly charset: Charset;
}

/** The name of a method's node in its answer; `error_response` where there is no such method. */
export function nodeNameOf(method: string | undefined): string {
  return method === undefined ? 'error_response' : `${method.replaceAll('.', '_')}_response`;
}

/**
 * An answer as it goes out: the node with its slashes escaped, as the platform writes them, and the signature over
 * exactly that text.
 */
export async function writeEnvelope(
  nodeName: string,
  fields: Readonly<Record<string, unknown>>,
  { key, certSn, charset }: EnvelopeOptions,
): Promise<Buffer> {
  const node = JSON.stringify(fields).replaceAll('/', '\\/');
  const certificate = certSn === undefined ? '' : `,"alipay_cert_sn":"${certSn}"`;
  const signature = key ? `,"sign":"${(await key.sign(encode(node, charset))).toString('base64')}"` : '';
  return encode(`{"${nodeName}":${node}${certificate}${signature}}`, charset);
}
