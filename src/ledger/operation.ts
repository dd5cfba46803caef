import type { Fen } from '../alipay/money.ts';
import { readSentence, type Sentence } from '../text/index.ts';
import type { State } from './states.ts';

/** One money operation as the ledger keeps it. Times are ledger times in ms. No field can hold a secret. */
export interface Operation {
  readonly id: string;
  /** Gateway host and app id. */
  readonly account: string;
  readonly intent: string;
  readonly method: string;
  /** `trade:<trade_no>` or `payee:<type>:<normalised identity>`. */
  readonly target: string;
  readonly fen: Fen;
  readonly state: State;
  /** `out_request_no` or `out_biz_no`; none for a cancellation, or before preflight. */
  readonly number: string | undefined;
  readonly digest: string | undefined;
  /** The exact bytes that were shown and signed. */
  readonly bizContent: string | undefined;
  /** What preflight read, as JSON. */
  readonly facts: string;
  /** Fields of Alipay's verified answer, as JSON. */
  readonly answer: string;
  readonly why: Sentence | undefined;
  readonly next: Sentence | undefined;
  readonly reason: string | undefined;
  readonly againAfter: string | undefined;
  readonly owner: string;
  readonly caller: string;
  readonly proposedAt: number;
  readonly approvedAt: number | undefined;
  readonly sentAt: number | undefined;
  readonly settledAt: number | undefined;
}

/** An operation of the kind `guard` wants to start. */
export interface NewOperation {
  readonly account: string;
  readonly method: string;
  readonly target: string;
  readonly fen: Fen;
  readonly facts: string;
  readonly caller: string;
  readonly againAfter: string | undefined;
}

/** An intent, and with it the question whether two calls want the same (G11): no free text, no caller, no number. */
export function intentOf(operation: Pick<NewOperation, 'account' | 'method' | 'target' | 'fen'>): string {
  const { account, method, target, fen } = operation;
  return JSON.stringify([account, method, target, fen]);
}

type Row = Record<string, string | number | bigint | null | Uint8Array>;

export function fromRow(row: Row): Operation {
  const text = (name: string): string | undefined => (typeof row[name] === 'string' ? row[name] : undefined);
  const time = (name: string): number | undefined => (typeof row[name] === 'number' ? row[name] : undefined);
  const sentence = (name: string): Sentence | undefined => {
    const json = text(name);
    return json === undefined ? undefined : readSentence(json); // none: somebody wrote over it, which the row's digest shows
  };
  return {
    id: String(row['id']),
    account: String(row['account']),
    intent: String(row['intent']),
    method: String(row['method']),
    target: String(row['target']),
    fen: Number(row['fen']),
    state: String(row['state']) as State,
    number: text('number'),
    digest: text('digest'),
    bizContent: text('biz_content'),
    facts: String(row['facts']),
    answer: String(row['answer']),
    why: sentence('why'),
    next: sentence('next'),
    reason: text('reason'),
    againAfter: text('again_after'),
    owner: String(row['owner']),
    caller: String(row['caller']),
    proposedAt: Number(row['proposed_at']),
    approvedAt: time('approved_at'),
    sentAt: time('sent_at'),
    settledAt: time('settled_at'),
  };
}
