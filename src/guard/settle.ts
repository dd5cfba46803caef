import { makeGrant } from '../alipay/grant.ts';
import type { Outcome, ResponseNode } from '../alipay/outcome.ts';
import type { Prepared } from '../alipay/prepared.ts';
import type { Operation } from '../ledger/index.ts';
import { say, type Sentence } from '../text/index.ts';
import type { Clock } from '../alipay/clock.ts';
import { verdictOf, type Playbook, type Sources, type Verdict } from './playbook.ts';
import type { Waits } from './waits.ts';

/** A resend needs no person only this long after the approval, and only in the process that was approved (G7). */
const RESEND_WITHIN_MS = 10 * 60_000;
/** "Not found" right after sending may mean "not yet": only two in a row count. */
const ABSENT_IN_A_ROW = 2;

/** What was approved in this process, for as long as it may be sent again. */
export interface Resending {
  /** The bytes a person approved; what the ledger's row says of them could be another's. */
  readonly prepared: Prepared;
  /** Whether settings, lock and clock still let money go. */
  readonly isAllowed: () => Promise<boolean>;
}

export interface Settling {
  readonly sources: Sources;
  readonly playbook: Playbook;
  readonly clock: Clock;
  readonly waits: Waits;
  /** Undefined after a restart: there are only queries then. */
  readonly resending: Resending | undefined;
  readonly signal: AbortSignal;
}

/** A refusal of what may have arrived earlier, under the same number: it says nothing about that. */
export interface Refusal {
  readonly why: Sentence;
  readonly next: Sentence | undefined;
}

/** Records what an answer says about an operation that is *sending* or *unknown*. */
export async function record({ sources }: Settling, operation: Operation, verdict: Verdict): Promise<Operation> {
  const { ledger } = sources;
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
 * @param refusal of this sending, where an earlier one under its number may have arrived: nothing is sent again then.
 * @returns the settled operation; rejects only when `signal` aborts, and leaves it *unknown* then.
 */
export function settle(settling: Settling, operation: Operation, refusal?: Refusal): Promise<Operation> {
  return new Settlement(settling, operation, refusal).run();
}

class Settlement {
  readonly #settling: Settling;
  readonly #startedAt: number;
  #operation: Operation;
  #refusal: Refusal | undefined;
  /**
   * When it was sent last, as far as this settling saw it, by the clock nobody sets: the other one may have been set
   * forward, and would call absent for sure what is still on its way.
   */
  #sentAt: number;
  #absences = 0;

  constructor(settling: Settling, operation: Operation, refusal: Refusal | undefined) {
    this.#settling = settling;
    this.#operation = operation;
    this.#refusal = refusal;
    this.#startedAt = settling.clock.monotonic();
    this.#sentAt = this.#startedAt;
  }

  async run(): Promise<Operation> {
    const { clock, waits, signal } = this.#settling;
    for (let round = 0; this.#operation.state === 'unknown'; round += 1) {
      await clock.wait(waits.queries[Math.min(round, waits.queries.length - 1)] ?? 0, signal);
      try {
        await this.#ask();
      } catch {
        this.#absences = 0; // whatever went wrong here says nothing about the money: it is asked again
      }
    }
    return this.#operation;
  }

  async #ask(): Promise<void> {
    const { playbook, sources } = this.#settling;
    const verdict = await playbook.ask(sources, this.#operation);
    this.#operation = sources.ledger.get(this.#operation.id) ?? this.#operation; // a person may have closed it meanwhile
    if (this.#operation.state !== 'unknown') return;
    this.#absences = verdict.verdict === 'absent' ? this.#absences + 1 : 0;
    if (verdict.verdict !== 'absent') return this.#record(verdict);
    if (this.#absences < ABSENT_IN_A_ROW) return;
    this.#absences = 0;
    const resending = await this.#mayResend();
    if (resending) await this.#resend(resending);
    else await this.#endIfAbsentForSure(verdict.why);
  }

  async #record(verdict: Verdict): Promise<void> {
    this.#operation = await record(this.#settling, this.#operation, verdict);
  }

  async #mayResend(): Promise<Resending | undefined> {
    const { resending, sources, clock } = this.#settling;
    const { ledger } = sources;
    if (!resending || this.#refusal || !ledger.owns(this.#operation)) return undefined;
    const approved = this.#operation.approvedAt ?? Number.NEGATIVE_INFINITY;
    const age = Math.max(ledger.now() - approved, clock.monotonic() - this.#startedAt); // the former may have been set back
    return age < RESEND_WITHIN_MS && (await resending.isAllowed()) ? resending : undefined;
  }

  /** The same operation under the same number: allowed by its row, never by a second approval. */
  async #resend({ prepared }: Resending): Promise<void> {
    const { sources, playbook, signal, clock } = this.#settling;
    const { client, ledger } = sources;
    const { id } = this.#operation;
    const grant = makeGrant((digest) =>
      ledger.resend(id, digest, () => signal.throwIfAborted()).then(() => void (this.#sentAt = clock.monotonic())),
    );
    const outcome = await client.send(prepared, { grant });
    const verdict = judgeAnswer(playbook, this.#operation, outcome);
    // Its refusal says nothing about the first sending, which may still be on its way: only a query can settle that one.
    if (verdict.verdict === 'rejected') this.#refusal = verdict;
    else await this.#record(verdict);
  }

  async #endIfAbsentForSure(why: Sentence): Promise<void> {
    const { sources, waits, clock } = this.#settling;
    const { id, number } = this.#operation;
    if (clock.monotonic() - this.#sentAt < waits.absentForSure) return;
    // Without a number it is not the request that is looked for, but what it would have changed.
    const end = this.#refusal ?? { why: number === undefined ? why : say('guard.never_arrived'), next: undefined };
    this.#operation = await sources.ledger.move(id, 'not_executed', { why: end.why, next: end.next });
  }
}
