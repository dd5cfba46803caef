import { InputError, RefusedError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';

export interface DownloadOptions {
  /** Global fetch; a port, so that the one who makes the parts says how to reach the network. */
  readonly fetch: typeof globalThis.fetch;
  /** Aborted when nobody waits any longer. */
  readonly signal: AbortSignal;
  /** Bytes; more is refused while they arrive. */
  readonly maxBytes: number;
  /** Which hosts may be asked at all; see `isBillHost`. */
  readonly allowedHost: (url: URL) => boolean;
  /** ms for the whole download. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;

/** Where the platform keeps its bills: any host of alipay.com and, for its sandbox, alipaydev.com. */
export function isBillHost(url: URL): boolean {
  return /(^|\.)(alipay|alipaydev)\.com$/.test(url.hostname) && url.port === '';
}

/**
 * Downloads the ZIP behind a bill's link. The link opens the whole bill to whoever has it and dies 30 seconds after it was
 * made: it is in no message, is not sent elsewhere by a redirect, and an `http:` link, which the platform hands out too, is
 * asked over https. Only a loopback host is asked over http.
 *
 * @throws InputError for a link that is not to be asked, RefusedError when the host does not give a bill, and the signal's
 * own reason when it is aborted.
 */
export async function downloadBill(link: string, options: DownloadOptions): Promise<Buffer> {
  const url = checkedUrl(link, options.allowedHost);
  const host = url.hostname;
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    const response = await options.fetch(url, { redirect: 'manual', signal, credentials: 'omit' });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw refusal(response.status, host);
    }
    return checkedZip(await readAtMost(response, options.maxBytes), host);
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof RefusedError) throw error;
    // What fetch throws may quote the link, so nothing of it is passed on.
    throw timeout.aborted
      ? new RefusedError(say('bill.download_slow', { host }), say('bill.ask_again'))
      : new RefusedError(say('bill.download_failed', { host }), say('bill.ask_again'));
  }
}

function checkedUrl(link: string, allowedHost: (url: URL) => boolean): URL {
  const url = URL.parse(link);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new InputError(say('bill.not_a_link'));
  if (url.username !== '' || url.password !== '') throw new InputError(say('bill.not_a_link'));
  if (!allowedHost(url)) throw new InputError(say('bill.wrong_host', { host: url.hostname }));
  if (url.protocol === 'http:' && !isLoopback(url)) url.protocol = 'https:';
  return url;
}

function isLoopback(url: URL): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}

function refusal(status: number, host: string): RefusedError {
  return status >= 300 && status < 400
    ? new RefusedError(say('bill.download_redirect', { host }), say('bill.ask_again'))
    : new RefusedError(say('bill.download_status', { host, status }), say('bill.ask_again'));
}

async function readAtMost(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new RefusedError(say('bill.download_large', { max: Math.floor(maxBytes / 1_048_576) }));
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function checkedZip(bytes: Buffer, host: string): Buffer {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return bytes;
  const page = /^\s*</.test(
    bytes
      .subarray(0, 64)
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, ''),
  );
  const sentence = page ? say('bill.download_page', { host }) : say('bill.download_not_zip', { host });
  throw new RefusedError(sentence, say('bill.ask_again'));
}
