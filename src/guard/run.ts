import { ProductError, RefusedError } from '../alipay/errors.ts';
import type { Clock } from '../alipay/clock.ts';
import { makeGrant } from '../alipay/grant.ts';
import type { Outcome } from '../alipay/outcome.ts';
import type { Operation } from '../ledger/index.ts';
import { say, type Sentence } from '../text/index.ts';
import type { Caller } from './caller.ts';
import { mayHaveArrived, type Playbook, type Sources, type Verdict } from './playbook.ts';
import { Question, type Asking } from './question.ts';
import type { ApprovalQueue } from './queue.ts';
import { judgeAnswer, record, settle, type Refusal, type Resending, type Settling } from './settle.ts';
import type { Settled } from './settled.ts';
import { settledOf } from './settled-of.ts';
import type { Waits } from './waits.ts';

/** A grant that is not redeemed this soon after the click is void (G2). */
const GRANT_MS = 10_000;

export interface RunParts {
  readonly sources: Sources;
  readonly playbook: Playbook;
  readonly clock: Clock;
  readonly waits: Waits;
  readonly queue: ApprovalQueue;
  /** Aborts when the guard ends. */
  readonly end: AbortSignal;
}

/** One operation on its way, and everybody who waits for it. Until it is redeemed, every way out is a denial (G3). */
export class Run {
  readonly id: string;
  /** The operation in its last state; rejects when it was refused before a person could decide. */
  readonly finished: Promise<Operation>;
  readonly #parts: RunParts;
  /** As it was when it was begun, then when its grant was redeemed. */
  #operation: Operation;
  readonly #waiting = new Set<Caller>();
  readonly #left = new AbortController();
  readonly #finish: PromiseWithResolvers<Operation>;
  readonly #sent = Promise.withResolvers<void>();
  #redeemed = false;
  /** From the click on: what may be sent once more. */
  #resending: Resending | undefined;
  /** Alipay has refused this, and what was sent under its number before may have arrived. */
  #refusal: Refusal | undefined;
  /** What the answer to the sending said, whatever else the ledger comes to say. */
  #verdict: Verdict | undefined;
  /** What the waiting were told last, for whoever joins them. */
  #told: Sentence | undefined;

  constructor(parts: RunParts, operation: Operation) {
    this.#parts = parts;
    this.id = operation.id;
    this.#operation = operation;
    this.#finish = Promise.withResolvers<Operation>();
    this.finished = this.#finish.promise;
    this.finished.catch(() => undefined); // every waiter hears of it; a run nobody waits for is no unhandled error
  }

  /** Waits with `caller` for the outcome, or for as long as a call should wait for one in doubt. */
  async wait(caller: Caller, joined: boolean): Promise<Settled> {
    const { clock, waits } = this.#parts;
    const done = new AbortController();
    const leave = (): void => this.#leave(caller);
    this.#waiting.add(caller);
    if (this.#told) caller.progress(this.#told);
    caller.signal.addEventListener('abort', leave, { once: true });
    if (caller.signal.aborted) leave();
    const patience = this.#sent.promise
      .then(() => clock.wait(waits.answerWithin, AbortSignal.any([done.signal, this.#parts.end])))
      .then(
        () => this.#vouched(),
        () => this.finished,
      );
    try {
      const operation = await Promise.race([this.finished, patience]);
      // Another id: Alipay had done it before under the same number, and the ledger has taken it up.
      const already = operation.state === 'succeeded' && (joined || operation.id !== this.id);
      return settledOf(operation, already ? 'already_done' : undefined);
    } finally {
      done.abort();
      caller.signal.removeEventListener('abort', leave);
      this.#waiting.delete(caller);
    }
  }

  /** Brings it before a person and, if approved, sends it and settles it. */
  async start(asking: Asking): Promise<void> {
    try {
      this.#finish.resolve(await this.#vouched(await this.#settle(await this.#approveAndSend(asking))));
    } catch (error) {
      await (this.#redeemed ? this.#keepAsking(error) : this.#refuse(error));
    }
  }

  /** Takes up an operation an earlier process left in doubt: it only asks. */
  async resume(): Promise<void> {
    this.#redeemed = true;
    this.#sent.resolve();
    try {
      this.#finish.resolve(await this.#vouched(await this.#settle(this.#operation)));
    } catch (error) {
      await this.#keepAsking(error);
    }
  }

  async #approveAndSend(asking: Asking): Promise<Operation> {
    const { queue, sources, clock, end } = this.#parts;
    const { ledger, client } = sources;
    const signal = AbortSignal.any([this.#left.signal, end]);
    const leaveQueue = await queue.enter(asking.caller.clientId, signal);
    const question = new Question({ ...this.#parts, queueLength: () => queue.length }, asking, this.id);
    try {
      for (let changed = false; ; changed = true) {
        const shown = await question.preflight(changed);
        if (!('request' in shown)) return shown;
        this.#tell(say('guard.waiting'));
        const decision = await question.decide(shown, signal);
        const [clickedAt, clickedWall] = [clock.monotonic(), clock.now()];
        if (decision.verdict === 'denied') return await this.#deny(decision.reason);
        if (decision.verdict === 'expired') return await ledger.move(this.id, 'expired', { why: say('guard.expired') });
        if (decision.digest !== shown.prepared.digest) return await this.#deny(undefined);
        if (!(await question.stillHolds(shown))) continue;
        await ledger.approve(this.id, shown.prepared.digest, asking.limits);
        this.#tell(say('guard.sending'));
        const { prepared } = shown;
        this.#resending = { prepared, isAllowed: () => asking.recheck().then(yes, no) };
        const grant = makeGrant((digest) =>
          ledger
            .redeem(this.id, digest, asking.limits, () => {
              signal.throwIfAborted();
              const age = Math.max(clock.monotonic() - clickedAt, clock.now() - clickedWall); // one stands still in sleep
              if (age > GRANT_MS) throw new RefusedError(say('guard.grant_void'));
            })
            .then(() => {
              this.#redeemed = true;
              this.#operation = this.#now();
              this.#sent.resolve();
            }),
        );
        const outcome = await client.send(prepared, { grant });
        return await record(this.#settling(), this.#now(), this.#judge(outcome));
      }
    } finally {
      leaveQueue();
    }
  }

  /** What the answer to the sending says of it. */
  #judge(outcome: Outcome): Verdict {
    const { sources, playbook } = this.#parts;
    const operation = this.#now();
    let verdict = judgeAnswer(playbook, operation, outcome);
    if (verdict.verdict === 'rejected' && mayHaveArrived(sources, operation)) {
      this.#refusal = verdict;
      verdict = { verdict: 'unclear', why: verdict.why };
    }
    this.#verdict = verdict;
    return verdict;
  }

  #settling(): Settling {
    const { sources, playbook, clock, waits, end } = this.#parts;
    return { sources, playbook, clock, waits, resending: this.#resending, signal: end };
  }

  #settle(operation: Operation): Promise<Operation> {
    if (operation.state === 'unknown') this.#tell(say('guard.settling'));
    return settle(this.#settling(), operation, this.#refusal);
  }

  #deny(reason: string | undefined): Promise<Operation> {
    const left = this.#waiting.size === 0 ? say('guard.caller_left') : undefined;
    const why = this.#parts.end.aborted ? say('guard.ended') : left;
    return this.#parts.sources.ledger.move(this.id, 'denied', { reason, why });
  }

  /** An exception before redemption: nothing was sent, whatever the ledger's row can still be made to say. */
  async #refuse(error: unknown): Promise<void> {
    const operation = await this.#abandon(sentenceOf(error)).catch(() => undefined);
    if (operation?.state === 'denied') this.#finish.resolve(operation);
    else this.#finish.reject(error);
  }

  /** An exception after it: what was sent is settled and written down, however long the ledger cannot be written. */
  async #keepAsking(error: unknown): Promise<void> {
    const { clock, waits, end } = this.#parts;
    const why = sentenceOf(error);
    while (!end.aborted) {
      try {
        const settled = await this.#settle(await this.#recordAnswer(await this.#abandon(why)));
        const isContradicted = this.#verdict?.verdict === 'succeeded' && settled.state !== 'succeeded';
        return this.#finish.resolve(
          isContradicted ? this.#inDoubt(say('guard.contradicted')) : await this.#vouched(settled),
        );
      } catch {
        await clock.wait(waits.queries.at(-1) ?? 0, end).catch(() => undefined); // ends with the guard
      }
    }
    this.#finish.resolve(this.#inDoubt(why));
  }

  /** Writes down what was answered already, where that could not be done before. */
  async #recordAnswer(operation: Operation): Promise<Operation> {
    if (!this.#verdict || operation.state !== 'unknown') return operation;
    return record(this.#settling(), operation, this.#verdict);
  }

  async #abandon(why: Sentence): Promise<Operation> {
    const { ledger } = this.#parts.sources;
    const operation = this.#now();
    switch (operation.state) {
      case 'sending':
        return ledger.move(this.id, 'unknown', { why });
      case 'proposed':
        return this.#left.signal.aborted ? this.#deny(undefined) : ledger.move(this.id, 'expired', { why });
      case 'approved':
        return ledger.move(this.id, 'expired', { why });
      case 'denied':
      case 'expired':
      case 'succeeded':
      case 'rejected':
      case 'unknown':
      case 'not_executed':
      case 'resolved_by_hand':
        return operation;
    }
  }

  /**
   * What may be told of it: what was sent is in doubt, and no refusal, whatever a row says that somebody else has written or
   * that cannot be read.
   *
   * @param operation as this run has left it; else as it stands.
   */
  async #vouched(operation?: Operation): Promise<Operation> {
    if (operation && !this.#redeemed) return operation;
    try {
      if (await this.#parts.sources.ledger.vouches(this.id)) return operation ?? this.#now();
      return this.#inDoubt(say('ledger.altered.operation', { id: this.id }));
    } catch (error) {
      return this.#inDoubt(sentenceOf(error));
    }
  }

  #inDoubt(why: Sentence): Operation {
    return { ...this.#operation, state: 'unknown', why };
  }

  #leave(caller: Caller): void {
    this.#waiting.delete(caller);
    if (this.#waiting.size === 0 && !this.#redeemed) this.#left.abort(new RefusedError(say('guard.caller_left')));
  }

  #tell(message: Sentence): void {
    this.#told = message;
    for (const caller of this.#waiting) caller.progress(message);
  }

  #now(): Operation {
    const operation = this.#parts.sources.ledger.get(this.id);
    if (!operation) throw new RefusedError(say('ledger.gone'));
    return operation;
  }
}

const [yes, no] = [() => true, () => false];

function sentenceOf(error: unknown): Sentence {
  return error instanceof ProductError ? error.sentence : say('guard.interrupted');
}
