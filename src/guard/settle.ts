import { GrantError, makeGrant } from '../alipay/grant.ts';
import type { Outcome, ResponseNode } from '../alipay/outcome.ts';
import type { Operation } from '../ledger/index.ts';
import { say } from '../text/index.ts';
import type { Clock } from '../alipay/clock.ts';
import { verdictOf, type Playbook, type Sources, type Verdict } from './playbook.ts';
import type { Waits } from './waits.ts';

/** A resend needs no person only this long after the approval, and only in the process that was approved (G7). */
const RESEND_WITHIN_MS = 10 * 60_000;
/** "Not found" right after sending may mean "not yet": only two in a row count. */
const ABSENT_IN_A_ROW = 2;

export interface Settling {
  readonly sources: Sources;
  readonly playbook: Playbook;
  readonly clock: Clock;
  readonly waits: Waits;
  /** Whether settings, lock and clock still let money go. Undefined after a restart: there are only queries then. */
  readonly mayResend: (() => Promise<boolean>) | undefined;
  readonly signal: AbortSignal;
}

/** Records what an answer says about an operation that is *sending* or *unknown*. */
export async function record(settling: Settling, operation: Operation, verdict: Verdict): Promise<Operation> {
  const { ledger } = settling.sources;
  switch (verdict.verdict) {
    case 'succeeded':
      return ledger.move(operation.id, 'succeeded', {
        answer: { ...(JSON.parse(operation.answer) as ResponseNode), ...verdict.answer },
      });
    case 'rejected':
      return ledger.move(operation.id, 'rejected', { why: verdict.why, next: verdict.next });
    case 'absent':
    case 'unclear': {
      if (operation.state !== 'sending') return operation;
      const answer = verdict.verdict === 'unclear' ? verdict.answer : undefined;
      return ledger.move(operation.id, 'unknown', { why: verdict.why, ...(answer ? { answer } : {}) });
    }
  }
}

/** What the answer to the call itself says. */
export function judgeAnswer(playbook: Playbook, operation: Operation, outcome: Outcome): Verdict {
  return outcome.status === 'succeeded' ? playbook.confirm(outcome.node, operation) : verdictOf(outcome);
}

/**
 * Asks Alipay about an operation in doubt until the outcome is definite (G7). What is absent is sent again, with the same
 * bytes and number, where that is still allowed; else, once it is absent for sure, it is *not executed*.
 *
 * @returns the settled operation; rejects only when `signal` aborts, and leaves it *unknown* then.
 */
export async function settle(settling: Settling, start: Operation): Promise<Operation> {
  const { clock, waits, playbook, sources, signal } = settling;
  const startedAt = clock.monotonic();
  let operation = start;
  let absences = 0;
  let refused = false;
  for (let round = 0; operation.state === 'unknown'; round += 1) {
    await clock.wait(waits.queries[Math.min(round, waits.queries.length - 1)] ?? 0, signal);
    const verdict = await playbook.ask(sources, operation);
    operation = sources.ledger.get(operation.id) ?? operation; // a person may have closed it meanwhile
    if (operation.state !== 'unknown') break;
    absences = verdict.verdict === 'absent' ? absences + 1 : 0;
    if (absences >= ABSENT_IN_A_ROW) {
      absences = 0;
      const age = clock.monotonic() - startedAt;
      if (!refused && (await maySend(settling, operation, age)))
        ({ operation, refused } = await resend(settling, operation));
      else operation = await endIfAbsentForSure(settling, operation, verdict, age);
    } else {
      operation = await record(settling, operation, verdict);
    }
  }
  return operation;
}

/** @param age ms since the settling began, by the clock nobody sets: the other may have been set back. */
async function maySend({ mayResend, sources }: Settling, operation: Operation, age: number): Promise<boolean> {
  const { ledger } = sources;
  const approved = operation.approvedAt ?? Number.NEGATIVE_INFINITY;
  const isInTime = Math.max(ledger.now() - approved, age) < RESEND_WITHIN_MS;
  return mayResend !== undefined && ledger.owns(operation) && isInTime && (await mayResend());
}

/** The same operation under the same number: allowed by its row, never by a second approval. */
async function resend(settling: Settling, operation: Operation): Promise<{ operation: Operation; refused: boolean }> {
  const { sources, playbook, signal } = settling;
  const { client, ledger } = sources;
  const prepared = client.prepare({
    method: operation.method as Parameters<typeof client.prepare>[0]['method'],
    bizContent: JSON.parse(operation.bizContent ?? '{}') as Record<string, unknown>,
  });
  if (prepared.digest !== operation.digest) throw new GrantError('the request to send again is not the one approved');
  const grant = makeGrant((digest) => ledger.resend(operation.id, digest, () => signal.throwIfAborted()));
  const outcome = await client.send(prepared, { grant });
  const verdict = judgeAnswer(playbook, operation, outcome);
  // Its refusal says nothing about the first sending, which may still be on its way: only a query can settle that one.
  if (verdict.verdict === 'rejected') return { operation, refused: true };
  return { operation: await record(settling, operation, verdict), refused: false };
}

async function endIfAbsentForSure(
  settling: Settling,
  operation: Operation,
  verdict: Verdict,
  age: number,
): Promise<Operation> {
  const { ledger } = settling.sources;
  const byWall = ledger.now() - (operation.sentAt ?? ledger.now());
  // A clock set forward ages nothing this process has sent itself; what an earlier one sent has only the wall clock.
  const sentFor = settling.mayResend ? Math.min(byWall, age) : byWall;
  if (verdict.verdict !== 'absent' || sentFor < settling.waits.absentForSure) return operation;
  return ledger.move(operation.id, 'not_executed', { why: say('guard.never_arrived') });
}
