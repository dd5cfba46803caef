import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Locale } from '../../text/index.ts';
import { PAGE_CSP } from '../pages/layout.ts';

/** A request as the doors of the sandbox read it. */
export interface HttpRequest {
  readonly verb: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** False: more came than a door of this sandbox ever needs, and none of it is kept. */
  readonly isWhole: boolean;
  /** As UTF-8; undefined where it is not whole. */
  readonly body: string | undefined;
  /** The same as it came: forms can be in another charset. Empty where there is too much of it. */
  readonly bytes: Buffer;
}

/** What a door answers; `destroy` cuts the connection without a byte. */
export type Reply =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Buffer }
  | 'destroy';

const MOST_BYTES = 1_000_000;

/** Reads a request whole. */
export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  // The official Python SDK names the whole address in its request line, as it would to a proxy.
  const target = (message.url ?? '/').replace(/^http:\/\/[^/?]*/i, '');
  const mark = target.indexOf('?');
  const bytes = await readBody(message);
  return {
    verb: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: message.headers,
    isWhole: bytes !== undefined,
    get body() {
      return bytes?.toString('utf8');
    },
    bytes: bytes ?? Buffer.alloc(0),
  };
}

export function json(status: number, value: unknown): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}

export function redirect(location: string): Reply {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

/** A page of ours, with the policy every page goes out under. */
export function page(status: number, html: string, more: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PAGE_CSP,
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...more,
    },
    body: html,
  };
}

/** Whether a form was sent by a page of ours: a browser says where from, and another site's page must not pay. */
export function isOwnForm({ headers }: HttpRequest, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return headers.origin === undefined || ownOrigins(origin).has(headers.origin);
}

/** Under which names this machine's browsers know the sandbox. */
export function ownOrigins(origin: string): ReadonlySet<string> {
  return new Set([origin, origin.replace('127.0.0.1', 'localhost')]);
}

/** The language the person chose at the foot of a page, else the one their browser asks for. */
export function localeOf({ headers }: HttpRequest): Locale {
  const chosen = /(?:^|; )sandbox-language=(en|zh)(?:;|$)/.exec(headers.cookie ?? '')?.[1];
  if (chosen !== undefined) return chosen === 'zh' ? 'zh' : 'en';
  return /^\s*zh/i.test(headers['accept-language'] ?? '') ? 'zh' : 'en';
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only && chunks.length === 1 ? only : Buffer.concat(chunks);
}

/** By events: an iterator over the message would cost as much as all the rest of reading it. */
function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MOST_BYTES) chunks.push(chunk);
    });
    message.on('end', () => resolve(length <= MOST_BYTES ? joined(chunks) : undefined));
    message.on('error', reject);
  });
}
