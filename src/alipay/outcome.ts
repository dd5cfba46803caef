import { say, type Sentence } from '../text/index.ts';
import { explainCode } from './codes.ts';
import { methodFacts, type Method } from './methods.ts';
import type { Prepared } from './prepared.ts';
import type { Credentials } from './profile.ts';
import { openEnvelope, verifyText, type Envelope } from './signature.ts';

/** The fields of a response node, by Alipay's names. */
export type ResponseNode = Readonly<Record<string, unknown>>;

/**
 * How a call ended: exactly one of three. `unknown` means just that: for money-out the only way on is to ask Alipay
 * about the same number.
 */
export type Outcome = Succeeded | Rejected | Unknown;

/** A verified answer with code 10000 (or OAuth's own form of success) that repeats our numbers. */
interface Succeeded {
  readonly status: 'succeeded';
  readonly node: ResponseNode;
}

/** A definite error: nothing happened. `verified` is false where the platform leaves errors unsigned. */
export interface Rejected {
  readonly status: 'rejected';
  readonly code: string;
  readonly subCode: string;
  readonly subMsg: string;
  readonly verified: boolean;
  readonly meaning: Sentence;
  readonly next: Sentence | undefined;
}

/** Anything else. */
export interface Unknown {
  readonly status: 'unknown';
  readonly reason: UnknownReason;
  readonly meaning: Sentence;
  /** Alipay's sub_code where one came, verified or not. */
  readonly subCode: string | undefined;
}

export type UnknownReason =
  | 'timeout'
  | 'network'
  | 'aborted'
  | 'http'
  | 'too_large'
  | 'unreadable'
  | 'unsigned'
  | 'bad_signature'
  | 'unknown_certificate'
  | 'system_error'
  | 'echo';

/** Codes that reject at the gateway's door, before any business ran (`alipay-openapi.md` §2.1). */
const DOOR_CODES = new Set(['20001', '40001', '40002', '40003', '40005', '40006']);

export function unknown(reason: UnknownReason, meaning: Sentence, subCode?: string): Unknown {
  return { status: 'unknown', reason, meaning, subCode };
}

/**
 * Judges the body of an answer: takes it apart, verifies Alipay's signature over the raw bytes of its node, reads the
 * code by the one table, and compares the numbers it repeats. There is no way round the verification.
 */
export async function judge(body: string, prepared: Prepared, credentials: Credentials): Promise<Outcome> {
  const { method } = prepared;
  const envelope = openEnvelope(body, method);
  if (!envelope) return unknown('unreadable', say('outcome.unreadable'));
  const refused = await checkSignature(envelope, method, credentials);
  if (refused) return refused;
  const { node } = envelope;
  if (isSuccess(node, method)) {
    return envelope.nodeName === 'error_response'
      ? unknown('unreadable', say('outcome.unreadable'))
      : (checkEcho(node, prepared) ?? { status: 'succeeded', node });
  }
  return readError(node, method, envelope.sign !== undefined);
}

async function checkSignature(
  envelope: Envelope,
  method: Method,
  credentials: Credentials,
): Promise<Unknown | undefined> {
  const subCode = text(envelope.node['sub_code']) || undefined;
  if (envelope.sign === undefined) {
    // Alipay leaves some errors unsigned. A reader may believe them; where money is at stake nobody may.
    const believable = !isSuccess(envelope.node, method) && methodFacts(method).kind !== 'money-out';
    return believable ? undefined : unknown('unsigned', say('outcome.unsigned'), subCode);
  }
  const key = credentials.alipayKey(envelope.certSn);
  if (!key) {
    return envelope.certSn === undefined
      ? unknown('bad_signature', say('outcome.bad_signature'), subCode)
      : unknown(
          'unknown_certificate',
          say('outcome.unknown_certificate', { sn: envelope.certSn.slice(0, 64) }),
          subCode,
        );
  }
  const good = await verifyText(envelope.signed, envelope.sign, key);
  return good ? undefined : unknown('bad_signature', say('outcome.bad_signature'), subCode);
}

function isSuccess(node: ResponseNode, method: Method): boolean {
  const { successField } = methodFacts(method);
  if (node['code'] === '10000') return true;
  return successField !== undefined && node['code'] === undefined && text(node[successField]) !== '';
}

/** A valid signature proves who answered, not which request: the numbers in the answer must be the ones we sent. */
function checkEcho(node: ResponseNode, prepared: Prepared): Unknown | undefined {
  const { echoes, mustEcho } = methodFacts(prepared.method);
  const sent = (prepared.bizContent === undefined ? {} : JSON.parse(prepared.bizContent)) as ResponseNode;
  for (const field of echoes) {
    if (sent[field] === undefined) continue;
    const got = node[field];
    if (got === undefined && !mustEcho.includes(field)) continue;
    if (got !== sent[field]) {
      return unknown('echo', say('outcome.echo', { field, got: text(got) || '–', sent: text(sent[field]) }));
    }
  }
  return undefined;
}

function readError(node: ResponseNode, method: Method, verified: boolean): Rejected | Unknown {
  const code = text(node['code']);
  const subCode = text(node['sub_code']) || code;
  const entry = explainCode(subCode);
  const definite = DOOR_CODES.has(code) || code === '40004' || (code === '' && entry?.outcome === 'rejected');
  // A business code the table does not know may be one of the ambiguous ones: about money, that is unknown.
  const unlisted = entry === undefined && !DOOR_CODES.has(code) && methodFacts(method).kind === 'money-out';
  if (!definite || unlisted || entry?.outcome === 'unknown') {
    return unknown('system_error', entry?.meaning ?? say('outcome.system_error', { code: subCode || '–' }), subCode);
  }
  return {
    status: 'rejected',
    code,
    subCode,
    subMsg: text(node['sub_msg']) || text(node['msg']),
    verified,
    meaning:
      entry?.meaning ?? say('outcome.rejected', { code: subCode, words: text(node['sub_msg']) || text(node['msg']) }),
    next: entry ? say(entry.next) : undefined,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 2000) : '';
}
