import type { AlipayClient } from '../alipay/client.ts';
import { RefusedError } from '../alipay/errors.ts';
import type { Outcome, Rejected, ResponseNode, Unknown } from '../alipay/outcome.ts';
import type { Call } from '../alipay/prepared.ts';
import type { Ledger, Operation } from '../ledger/index.ts';
import { say, type Sentence } from '../text/index.ts';
import type { Fen } from '../alipay/money.ts';
import type { Facts, Proposal } from './proposal.ts';

/** What a playbook may look at. */
export interface Sources {
  readonly client: AlipayClient;
  readonly ledger: Ledger;
  readonly account: string;
}

/** What preflight found: the facts, and from them the target and the amount that make the intent (G11). */
export interface Preflight<F extends Facts = Facts> {
  readonly facts: F;
  readonly target: string;
  readonly fen: Fen;
}

/** What an answer or a query says about an operation that was sent. */
export type Verdict =
  | { readonly verdict: 'succeeded'; readonly answer: ResponseNode }
  | { readonly verdict: 'rejected'; readonly why: Sentence; readonly next: Sentence | undefined }
  /** Alipay does not know it (yet). */
  | { readonly verdict: 'absent'; readonly why: Sentence }
  /** It is known and not finished, or nothing definite was said. */
  | { readonly verdict: 'unclear'; readonly why: Sentence; readonly answer?: ResponseNode };

/** Done already at Alipay under the number that would be sent, or a number that is free. */
export type NumberFound =
  | { readonly kind: 'free'; readonly number: string | undefined }
  | { readonly kind: 'done'; readonly number: string; readonly answer: ResponseNode; readonly at: number | undefined };

/** How one money-out method is looked up, numbered, sent and confirmed. */
export interface Playbook<P extends Proposal = Proposal, F extends Facts = Facts> {
  /** Reads the state the decision rests on. @throws RefusedError when it cannot be read. */
  read(sources: Sources, proposal: P): Promise<Preflight<F>>;
  /** @throws RefusedError when the state does not allow it; nobody is asked then. */
  check(sources: Sources, proposal: P, facts: F): void;
  /** The idempotency number, looked up at Alipay first where the API can. @throws RefusedError */
  number(sources: Sources, proposal: P, preflight: Preflight<F>): Promise<NumberFound>;
  call(sources: Sources, proposal: P, facts: F, number: string | undefined): Call;
  /** Judges the answer to the call itself: code 10000 alone moves nothing (`alipay-openapi.md` §2.1). */
  confirm(node: ResponseNode, operation: Operation): Verdict;
  /** Asks Alipay what became of an operation in doubt; only queries. */
  ask(sources: Sources, operation: Operation): Promise<Verdict>;
  /** Words of the agent's, to be shown as such. */
  agentWords(proposal: P): readonly { field: string; text: string }[];
}

/** Why nobody is asked: what a decision rests on could not be read. Alipay's own refusal says more than that. */
export function cannotRead(outcome: Outcome): RefusedError {
  const again = say('guard.next.try_again');
  return outcome.status === 'rejected'
    ? new RefusedError(outcome.meaning, outcome.next ?? again)
    : new RefusedError(say('guard.cannot_read'), again);
}

/** An outcome that is no success, as a verdict. */
export function verdictOf(outcome: Rejected | Unknown): Verdict {
  return outcome.status === 'rejected'
    ? { verdict: 'rejected', why: outcome.meaning, next: outcome.next }
    : { verdict: 'unclear', why: outcome.meaning };
}

/** A query's outcome as a verdict, with the sub_codes that mean "no such thing". */
export function absentOn(outcome: Exclude<Outcome, { status: 'succeeded' }>, ...subCodes: string[]): Verdict {
  if (outcome.status === 'rejected' && outcome.verified && subCodes.includes(outcome.subCode)) {
    return { verdict: 'absent', why: outcome.meaning };
  }
  // A query that is refused says nothing about the operation it asks for.
  return { verdict: 'unclear', why: outcome.meaning };
}

/**
 * The number of what an intent sent last, where what was sent under it never arrived or only a person called it settled:
 * should it arrive after all, Alipay does the two once. A refusal since says nothing about that one.
 */
export function leftNumber({ ledger, account }: Sources, intent: string): string | undefined {
  const sent = ledger.ofIntent(account, intent).filter(({ sentAt }) => sentAt !== undefined);
  const last = sent.at(-1);
  if (last === undefined || last.state === 'succeeded') return undefined;
  return sent.some((one) => one.number === last.number && isLeft(one)) ? last.number : undefined;
}

/** Whether something was sent under an operation's number before it that may have arrived after all. */
export function mayHaveArrived({ ledger, account }: Sources, { id, intent, number }: Operation): boolean {
  return ledger.ofIntent(account, intent).some((one) => one.id !== id && one.number === number && isLeft(one));
}

function isLeft({ state }: Operation): boolean {
  return state === 'not_executed' || state === 'resolved_by_hand';
}

export function pick(node: ResponseNode, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => node[name] !== undefined).map((name) => [name, node[name]]));
}
