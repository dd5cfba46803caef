import { setTimeout as wait } from 'node:timers/promises';
import type { Reply } from '../doors/http.ts';
import type { ArmedFault } from './faults.ts';
import type { Signer } from './signer.ts';

/** Answers a request as `work` does, broken as the armed fault says. */
export async function breakReply(fault: ArmedFault | undefined, work: () => Promise<Reply>): Promise<Reply> {
  if (fault?.fault === 'delay') await wait(fault.ms);
  if (fault?.fault === 'drop-before') return 'destroy';
  if (fault?.fault === 'http-500') return failed();
  const reply = await work();
  if (fault?.fault === 'drop-after') return 'destroy';
  if (fault?.fault === 'http-500-after') return failed();
  return fault ? distort(reply, fault) : reply;
}

/** How an answer is signed under a fault: as it should be, not at all, or over one blank more than goes out. */
export function signerOf(
  signer: Signer,
  fault: ArmedFault | undefined,
): ((bytes: Buffer) => Promise<Buffer>) | undefined {
  if (fault?.fault === 'unsigned') return undefined;
  if (fault?.fault === 'bad-signature') return (bytes) => signer.sign(Buffer.concat([bytes, Buffer.from(' ')]));
  return (bytes) => signer.sign(bytes);
}

function failed(): Reply {
  return {
    status: 500,
    headers: { 'content-type': 'text/html' },
    body: '<html><body>Internal Server Error</body></html>',
  };
}

function distort(reply: Reply, fault: ArmedFault): Reply {
  if (reply === 'destroy') return reply;
  switch (fault.fault) {
    case 'garbage':
      return { ...reply, body: '<html><body>upstream connect error</body></html>' };
    case 'truncated': {
      const bytes = Buffer.from(reply.body);
      return { ...reply, body: bytes.subarray(0, Math.floor(bytes.length / 2)) };
    }
    case 'clock-skew':
      return { ...reply, headers: { ...reply.headers, date: new Date(Date.now() + fault.ms).toUTCString() } };
    case 'bad-signature':
    case 'delay':
    case 'drop-before':
    case 'drop-after':
    case 'system-error-before':
    case 'system-error-after':
    case 'unsigned':
    case 'http-500':
    case 'http-500-after':
    case 'wrong-cert-sn':
    case 'clock-jump':
    case 'duplicate-notification':
    case 'late-notification':
    case 'out-of-order-notification':
    case 'lost-notification':
      return reply;
  }
}
