import { RefusedError } from '../alipay/errors.ts';
import type { Clock } from '../alipay/clock.ts';
import { makeGrant } from '../alipay/grant.ts';
import type { Prepared } from '../alipay/prepared.ts';
import type { Limits, Operation } from '../ledger/index.ts';
import { say, type Sentence } from '../text/index.ts';
import type { ApprovalRequest, Approver, Decision } from './approver.ts';
import type { Caller } from './caller.ts';
import { limitsLeft } from './limits-left.ts';
import type { Playbook, Preflight, Sources } from './playbook.ts';
import type { Facts, Proposal } from './proposal.ts';
import type { ApprovalQueue } from './queue.ts';
import { judgeAnswer, record, settle, type Settling } from './settle.ts';
import type { Settled } from './settled.ts';
import { settledOf } from './settled-of.ts';
import type { Waits } from './waits.ts';
import { warningsFor } from './warnings.ts';

const APPROVAL_MS = 5 * 60_000;
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

/** What a run needs to ask a person. */
export interface Asking {
  readonly proposal: Proposal;
  readonly effect: (proposal: Proposal, facts: Facts) => readonly Sentence[];
  readonly limits: Limits;
  /** Checks once more what must hold before a person is asked. @throws RefusedError */
  readonly recheck: () => void;
  readonly caller: Caller & { readonly approver: Approver };
}

interface Shown {
  readonly request: ApprovalRequest;
  readonly prepared: Prepared;
  /** Everything shown that may change: compared again at the click (G12). */
  readonly state: string;
}

/** One operation on its way, and everybody who waits for it. Until it is redeemed, every way out is a denial (G3). */
export class Run {
  readonly id: string;
  /** The operation in its last state; rejects when it was refused before a person could decide. */
  readonly finished: Promise<Operation>;
  readonly #parts: RunParts;
  readonly #waiting = new Set<Caller>();
  readonly #left = new AbortController();
  readonly #finish: PromiseWithResolvers<Operation>;
  readonly #sent = Promise.withResolvers<void>();
  #redeemed = false;
  /** What the waiting were told last, for whoever joins them. */
  #told: Sentence | undefined;

  constructor(parts: RunParts, operation: Operation) {
    this.#parts = parts;
    this.id = operation.id;
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
        () => this.#now(),
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
      this.#finish.resolve(await this.#settle(await this.#approveAndSend(asking), true));
    } catch (error) {
      await this.#refuse(error);
    }
  }

  /** Takes up an operation an earlier process left in doubt: it only asks. */
  async resume(): Promise<void> {
    this.#redeemed = true;
    this.#sent.resolve();
    try {
      this.#finish.resolve(await this.#settle(this.#now(), false));
    } catch {
      this.#finish.resolve(this.#now()); // the guard ended; it stays in doubt
    }
  }

  async #approveAndSend(asking: Asking): Promise<Operation> {
    const { queue, sources, clock, end } = this.#parts;
    const { ledger, client } = sources;
    const signal = AbortSignal.any([this.#left.signal, end]);
    const leaveQueue = await queue.enter(asking.caller.clientId, signal);
    try {
      for (let changed = false; ; changed = true) {
        const shown = await this.#preflight(asking, changed);
        if (!('request' in shown)) return shown;
        const decision = await this.#decide(asking.caller.approver, shown.request, signal);
        const clickedAt = clock.monotonic();
        if (decision.verdict === 'denied') return await this.#deny(decision.reason);
        if (decision.verdict === 'expired') return await ledger.move(this.id, 'expired', { why: say('guard.expired') });
        if (decision.digest !== shown.prepared.digest) return await this.#deny(undefined);
        if (shown.state !== (await this.#state(asking)).state) continue;
        await ledger.approve(this.id, shown.prepared.digest, asking.limits);
        this.#tell(say('guard.sending'));
        const grant = makeGrant((digest) =>
          ledger
            .redeem(this.id, digest, asking.limits, () => {
              signal.throwIfAborted();
              if (clock.monotonic() - clickedAt > GRANT_MS) throw new RefusedError(say('guard.grant_void'));
            })
            .then(() => {
              this.#redeemed = true;
              this.#sent.resolve();
            }),
        );
        const outcome = await client.send(shown.prepared, { grant });
        const operation = this.#now();
        return await record(this.#settling(true), operation, judgeAnswer(this.#parts.playbook, operation, outcome));
      }
    } finally {
      leaveQueue();
    }
  }

  /** Reads the state, finds the number, freezes the bytes, and writes down what will be shown. */
  async #preflight(asking: Asking, changed: boolean): Promise<Shown | Operation> {
    const { sources, playbook, clock, queue } = this.#parts;
    const { ledger, client } = sources;
    const { proposal, effect, caller, limits } = asking;
    const { preflight, state } = await this.#state(asking);
    const left = limitsLeft(ledger, this.#now(), limits);
    const found = await playbook.number(sources, proposal, preflight);
    if (found.kind === 'done') return ledger.adopt(this.id, found.number, found.answer, found.at ?? ledger.now());
    const prepared = client.prepare(playbook.call(sources, proposal, preflight.facts, found.number));
    const bizContent = prepared.bizContent ?? '';
    const facts = JSON.stringify(preflight.facts);
    await ledger.describe(this.id, { number: found.number, digest: prepared.digest, bizContent, facts });
    const operation = this.#now();
    const { profile } = client;
    const agentWords = playbook.agentWords(proposal);
    const request: ApprovalRequest = {
      operationId: this.id,
      digest: prepared.digest,
      gateway: prepared.gateway,
      appId: prepared.appId,
      method: prepared.method,
      bizContent,
      params: prepared.params,
      profileLabel: profile.label,
      band: profile.band,
      fen: operation.fen,
      isSecond: operation.againAfter !== undefined,
      effect: effect(proposal, preflight.facts),
      warnings: warningsFor({ ledger, operation, facts: preflight.facts, band: profile.band, agentWords }),
      agentWords,
      limitsLeft: left,
      caller: caller.name,
      expiresAt: clock.now() + APPROVAL_MS,
      queueLength: queue.length,
      changed,
    };
    return { request, prepared, state };
  }

  /** What the decision rests on, read afresh. @throws RefusedError when it does not allow the operation, or cannot be read. */
  async #state({ recheck, proposal, limits }: Asking): Promise<{ preflight: Preflight; state: string }> {
    const { sources, playbook } = this.#parts;
    recheck();
    const preflight = await playbook.read(sources, proposal);
    playbook.check(sources, proposal, preflight.facts);
    recheck(); // the answer also brought the gateway's clock
    const operation = this.#now();
    if (preflight.target !== operation.target || preflight.fen !== operation.fen)
      throw new RefusedError(say('guard.moved_on'));
    sources.ledger.holdLimits(operation, limits);
    return { preflight, state: JSON.stringify([preflight.facts, limitsLeft(sources.ledger, operation, limits)]) };
  }

  /** Asks, for five minutes by either clock. Whatever is not a clear answer is a denial. */
  async #decide(approver: Approver, request: ApprovalRequest, signal: AbortSignal): Promise<Decision> {
    const { clock } = this.#parts;
    const start = clock.monotonic();
    const over = new AbortController();
    const stop = AbortSignal.any([signal, over.signal]);
    const aborted = Promise.withResolvers<Decision>();
    stop.addEventListener('abort', () => aborted.resolve({ verdict: 'denied' }), { once: true });
    if (stop.aborted) return { verdict: 'denied' };
    this.#tell(say('guard.waiting'));
    try {
      const decision = await Promise.race([
        approver.ask(request, stop).catch((): Decision => ({ verdict: 'denied' })),
        clock.wait(APPROVAL_MS, stop).then(
          (): Decision => ({ verdict: 'expired' }),
          () => aborted.promise,
        ),
        aborted.promise,
      ]);
      const late = clock.now() >= request.expiresAt || clock.monotonic() - start >= APPROVAL_MS;
      return late && decision.verdict === 'approved' ? { verdict: 'expired' } : decision;
    } finally {
      over.abort();
    }
  }

  #settling(mayResend: boolean): Settling {
    const { sources, playbook, clock, waits, end } = this.#parts;
    return { sources, playbook, clock, waits, mayResend, signal: end };
  }

  #settle(operation: Operation, mayResend: boolean): Promise<Operation> {
    if (operation.state === 'unknown') this.#tell(say('guard.settling'));
    return settle(this.#settling(mayResend), operation);
  }

  #deny(reason: string | undefined): Promise<Operation> {
    const why = this.#waiting.size === 0 ? say('guard.caller_left') : undefined;
    return this.#parts.sources.ledger.move(this.id, 'denied', { reason, why });
  }

  /** An exception on the way: before redemption nothing was sent, after it the outcome is in doubt. */
  async #refuse(error: unknown): Promise<void> {
    try {
      const operation = await this.#abandon(error instanceof RefusedError ? error.sentence : say('guard.interrupted'));
      if (this.#redeemed || operation.state === 'denied') this.#finish.resolve(operation);
      else this.#finish.reject(error);
    } catch {
      this.#finish.reject(error); // the ledger itself fails: the row keeps its state, and the next start settles it
    }
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
