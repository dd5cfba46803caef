import { RefusedError } from '../alipay/errors.ts';
import type { Clock } from '../alipay/clock.ts';
import type { Prepared } from '../alipay/prepared.ts';
import type { Limits, Operation } from '../ledger/index.ts';
import { say, type Sentence } from '../text/index.ts';
import type { ApprovalRequest, Approver, Decision } from './approver.ts';
import type { Caller } from './caller.ts';
import { limitsLeft } from './limits-left.ts';
import type { Playbook, Preflight, Sources } from './playbook.ts';
import type { Facts, Proposal } from './proposal.ts';
import { warningsFor } from './warnings.ts';

const APPROVAL_MS = 5 * 60_000;

/** What a run needs to ask a person. */
export interface Asking {
  readonly proposal: Proposal;
  readonly effect: (proposal: Proposal, facts: Facts) => readonly Sentence[];
  readonly limits: Limits;
  /** Checks once more what must hold before a person is asked. @throws RefusedError */
  readonly recheck: () => Promise<void>;
  readonly caller: Caller & { readonly approver: Approver };
}

interface QuestionParts {
  readonly sources: Sources;
  readonly playbook: Playbook;
  readonly clock: Clock;
  /** How many requests wait behind this one. */
  readonly queueLength: () => number;
}

/** What a person is shown, and what it rests on. */
export interface Shown {
  readonly request: ApprovalRequest;
  readonly prepared: Prepared;
  /** Everything shown that may change: compared again at the click (G12). */
  readonly state: string;
}

/** One operation brought before a person: read afresh, shown, decided, and read afresh again. */
export class Question {
  readonly #parts: QuestionParts;
  readonly #asking: Asking;
  readonly #id: string;

  constructor(parts: QuestionParts, asking: Asking, id: string) {
    this.#parts = parts;
    this.#asking = asking;
    this.#id = id;
  }

  /**
   * Reads the state, finds the number, freezes the bytes, and writes down what will be shown.
   *
   * @returns the operation itself where Alipay had done it before under that number.
   * @throws RefusedError when it cannot be read or may not be done: nobody is asked then.
   */
  async preflight(changed: boolean): Promise<Shown | Operation> {
    const { sources, playbook, clock, queueLength } = this.#parts;
    const { ledger, client } = sources;
    const { proposal, effect, caller, limits } = this.#asking;
    const { preflight, state } = await this.#read();
    const left = limitsLeft(ledger, this.#now(), limits);
    const found = await playbook.number(sources, proposal, preflight);
    if (found.kind === 'done') return ledger.adopt(this.#id, found.number, found.answer, found.at ?? ledger.now());
    await this.#asking.recheck(); // for a transfer this answer is the first to bring the gateway's clock
    const prepared = client.prepare(playbook.call(sources, proposal, preflight.facts, found.number));
    const bizContent = prepared.bizContent ?? '';
    const facts = JSON.stringify(preflight.facts);
    await ledger.describe(this.#id, { number: found.number, digest: prepared.digest, bizContent, facts });
    const operation = this.#now();
    const { profile } = client;
    const agentWords = playbook.agentWords(proposal);
    const request: ApprovalRequest = {
      operationId: this.#id,
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
      queueLength: queueLength(),
      changed,
    };
    return { request, prepared, state };
  }

  /** Whether what was shown still holds (G12). @throws RefusedError when it no longer allows the operation. */
  async stillHolds(shown: Shown): Promise<boolean> {
    return (await this.#read()).state === shown.state;
  }

  /** Asks, for five minutes by either clock. Whatever is not a clear answer is a denial. */
  async decide({ request }: Shown, signal: AbortSignal): Promise<Decision> {
    const { clock } = this.#parts;
    const { approver } = this.#asking.caller;
    const start = clock.monotonic();
    const over = new AbortController();
    const stop = AbortSignal.any([signal, over.signal]);
    const aborted = Promise.withResolvers<Decision>();
    stop.addEventListener('abort', () => aborted.resolve({ verdict: 'denied' }), { once: true });
    if (stop.aborted) return { verdict: 'denied' };
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

  /** What the decision rests on, read afresh. @throws RefusedError when it does not allow the operation, or cannot be read. */
  async #read(): Promise<{ preflight: Preflight; state: string }> {
    const { sources, playbook } = this.#parts;
    const { recheck, proposal, limits } = this.#asking;
    await recheck();
    const preflight = await playbook.read(sources, proposal);
    playbook.check(sources, proposal, preflight.facts);
    await recheck(); // the answer also brought the gateway's clock
    const operation = this.#now();
    if (preflight.target !== operation.target || preflight.fen !== operation.fen)
      throw new RefusedError(say('guard.moved_on'));
    sources.ledger.holdLimits(operation, limits);
    return { preflight, state: JSON.stringify([preflight.facts, limitsLeft(sources.ledger, operation, limits)]) };
  }

  #now(): Operation {
    const operation = this.#parts.sources.ledger.get(this.#id);
    if (!operation) throw new RefusedError(say('ledger.gone'));
    return operation;
  }
}
