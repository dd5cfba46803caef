import type { AlipayClient } from '../alipay/client.ts';
import type { Clock } from '../alipay/clock.ts';
import { ProductError, RefusedError } from '../alipay/errors.ts';
import { accountOf } from '../alipay/profile.ts';
import type { Ledger, Limits, Operation, Standing } from '../ledger/index.ts';
import { formatBeijing } from '../alipay/beijing-time.ts';
import { formatYuan } from '../alipay/money.ts';
import { say, type Sentence } from '../text/index.ts';
import type { Approver } from './approver.ts';
import type { Caller } from './caller.ts';
import { cancelPlaybook } from './cancel.ts';
import type { Playbook, Sources } from './playbook.ts';
import type { Facts, Proposal } from './proposal.ts';
import { ApprovalQueue } from './queue.ts';
import { refundPlaybook } from './refund.ts';
import { Run, type RunParts } from './run.ts';
import type { Settled } from './settled.ts';
import { settledOf } from './settled-of.ts';
import { transferPlaybook } from './transfer.ts';
import { TrustedClock } from './trusted-clock.ts';
import type { Waits } from './waits.ts';

export interface GuardParts {
  readonly client: AlipayClient;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly waits: Waits;
  /** What a person allowed; undefined: nobody did, so money-out is off. */
  readonly limits: Limits | undefined;
  /** Why nothing may move until a person has decided, whatever the level: settings that cannot be believed (G8). */
  readonly lock?: Sentence | undefined;
  /** Whether profile, key, level, limits and lock are still those this guard was made with (G12); else nothing moves. */
  readonly isCurrent?: (() => Promise<boolean>) | undefined;
}

/** What approving would do, in sentences. */
export type Effect = (proposal: Proposal, facts: Facts) => readonly Sentence[];

/**
 * Preflight → limits → approval → redeem → send → settle: the only way money leaves. One guard serves one profile's
 * account; several processes may share its ledger.
 */
export class Guard {
  readonly #parts: GuardParts;
  readonly #sources: Sources;
  readonly #queue = new ApprovalQueue();
  readonly #runs = new Map<string, Run>();
  readonly #end = new AbortController();
  readonly #time: TrustedClock;
  /** How many calls are between their row in the ledger and the run that works on it. */
  #opening = 0;

  constructor(parts: GuardParts) {
    this.#parts = parts;
    this.#sources = { client: parts.client, ledger: parts.ledger, account: accountOf(parts.client.profile) };
    this.#time = new TrustedClock(parts.clock, parts.ledger);
  }

  /** To be told the gateway's `Date` with each answer (`ClientOptions.onGatewayTime`). */
  noteGatewayTime(gatewayMs: number, localMs: number): void {
    this.#time.note(gatewayMs, localMs);
  }

  /** Asks about what an earlier process, or an earlier guard of this one, left in doubt; it never sends. */
  recover(): void {
    const swept = this.#sweep().finally(() => this.#resumeOrphans());
    swept.catch(() => undefined); // the next call looks, too, and says what is wrong
  }

  /** Ends everything that waits, and then resolves: what is not redeemed is denied, what is in doubt stays in doubt. */
  async dispose(): Promise<void> {
    this.#end.abort(new RefusedError(say('guard.ended')));
    await Promise.allSettled([...this.#runs.values()].map((run) => run.finished));
  }

  /**
   * Does what a money-out tool proposes, if a person approves it.
   *
   * @throws RefusedError when nobody is even asked; InputError for a proposal that cannot be one.
   */
  async execute(proposal: Proposal, effect: Effect, caller: Caller): Promise<Settled> {
    const { limits, approver } = this.#preconditions(caller);
    const run = await this.#begin(proposal, caller).catch((error: unknown) => Promise.reject(nothingSent(error)));
    if (!(run instanceof Run)) return this.#meet(run, caller);
    const settled = run.wait(caller, false);
    void run.start({
      proposal,
      effect,
      limits,
      recheck: () => this.#recheck(caller),
      caller: { ...caller, approver },
    });
    return settled;
  }

  /** Looks, and makes an operation and the run that works on it; what stands in its place otherwise. Nothing is sent. */
  async #begin(proposal: Proposal, caller: Caller): Promise<Run | Standing> {
    const { ledger } = this.#parts;
    if (this.#time.isDoubtful) await this.#askTheTime();
    this.#time.hold();
    const playbook = playbookOf(proposal);
    const preflight = await playbook.read(this.#sources, proposal);
    this.#time.hold();
    // What is written down is dated, and a payout's preflight has asked nobody.
    if (!this.#time.isProven) await this.#askTheTime();
    this.#time.hold();
    this.#preconditions(caller);
    await this.#sweep();
    const wanted = {
      account: this.#sources.account,
      method: proposal.method,
      target: preflight.target,
      fen: preflight.fen,
      facts: JSON.stringify(preflight.facts),
      caller: caller.name,
      againAfter: proposal.againAfter,
    };
    const standing = await ledger.standing(wanted);
    if (standing) return standing;
    playbook.check(this.#sources, proposal, preflight.facts);
    this.#opening += 1;
    try {
      const opened = await ledger.propose(wanted);
      return opened.kind === 'created' ? this.#track(new Run(this.#runParts(playbook), opened.operation)) : opened;
    } finally {
      this.#opening -= 1;
    }
  }

  /** Settles what nobody works on any more: what ended processes left, and runs of this guard that could not write their end. */
  #sweep(): Promise<void> {
    const { ledger } = this.#parts;
    return ledger.sweep(
      (operation) =>
        operation.account === this.#sources.account &&
        ledger.owns(operation) &&
        !this.#runs.has(operation.id) &&
        this.#opening === 0,
    );
  }

  async #recheck(caller: Caller): Promise<void> {
    this.#preconditions(caller);
    this.#time.hold();
    const { isCurrent } = this.#parts;
    if (isCurrent && !(await isCurrent().catch(() => false)))
      throw new RefusedError(say('guard.settings_changed'), say('guard.next.try_again'));
  }

  /** What must hold before anybody is asked, and again at the click. */
  #preconditions({ approver }: Caller): { limits: Limits; approver: Approver } {
    const { limits, client, lock } = this.#parts;
    this.#end.signal.throwIfAborted();
    if (lock) throw new RefusedError(lock, say('guard.locked.next'));
    if (!approver) throw new RefusedError(say('guard.nobody_to_ask'), say('guard.nobody_to_ask.next'));
    if (client.profile.level !== 'money-out') {
      const { label: profile, level } = client.profile;
      throw new RefusedError(say('level.too_low', { profile, level, needed: 'money-out' }));
    }
    if (!limits) throw new RefusedError(say('guard.no_limits'));
    return { limits, approver };
  }

  /** Whoever has set the clock right since the last answer calls again; every answer tells the time, a refusal too. */
  async #askTheTime(): Promise<void> {
    const { client } = this.#parts;
    await client.send(client.prepare({ method: 'alipay.trade.query', bizContent: { out_trade_no: '0' } }));
  }

  /** Answers a call whose intent is under way, done, or may not start now. */
  async #meet(opened: Standing, caller: Caller): Promise<Settled> {
    switch (opened.kind) {
      case 'done':
        return settledOf(opened.operation, 'already_done');
      case 'join':
        return this.#join(opened.operation, caller);
      case 'busy': {
        const { id: operation, state } = opened.operation;
        if (this.#isOrphan(opened.operation)) this.#resume(opened.operation);
        throw new RefusedError(
          say(state === 'unknown' ? 'guard.busy_in_doubt' : 'guard.busy', { operation }),
          say('guard.busy.next'),
        );
      }
      case 'not_again':
        throw new RefusedError(notAgain(opened), say('guard.not_again.next'));
      case 'denied_too_often': {
        throw new RefusedError(deniedTooOften(opened.last));
      }
    }
  }

  #join(operation: Operation, caller: Caller): Promise<Settled> {
    if (this.#isOrphan(operation)) this.#resume(operation);
    const run = this.#runs.get(operation.id);
    return run ? run.wait(caller, true) : Promise.resolve(settledOf(operation, 'in_progress'));
  }

  /** Whether nobody asks about an operation in doubt. */
  #isOrphan(operation: Operation): boolean {
    const { ledger } = this.#parts;
    if (operation.state !== 'unknown' || this.#runs.has(operation.id)) return false;
    return ledger.owns(operation) || !ledger.isHeld(operation);
  }

  #resumeOrphans(): void {
    for (const operation of this.#parts.ledger.inDoubt(this.#sources.account))
      if (this.#isOrphan(operation)) this.#resume(operation);
  }

  #resume(operation: Operation): void {
    const run = this.#track(
      new Run(this.#runParts(playbookOf({ method: operation.method as Proposal['method'] })), operation),
    );
    void run.resume();
  }

  #runParts(playbook: Playbook): RunParts {
    const { clock, waits } = this.#parts;
    return { sources: this.#sources, playbook, clock, waits, queue: this.#queue, end: this.#end.signal };
  }

  #track(run: Run): Run {
    this.#runs.set(run.id, run);
    const forget = (): void => void this.#runs.delete(run.id);
    run.finished.then(forget, forget);
    return run;
  }
}

function playbookOf({ method }: Pick<Proposal, 'method'>): Playbook {
  switch (method) {
    case 'alipay.trade.refund':
      return refundPlaybook;
    case 'alipay.trade.cancel':
      return cancelPlaybook;
    case 'alipay.fund.trans.uni.transfer':
      return transferPlaybook;
  }
}

/** Why a deliberate second one is none. */
function notAgain({ latest, second }: Extract<Standing, { kind: 'not_again' }>): Sentence {
  if (!latest) return say('guard.nothing_to_repeat');
  return second?.againAfter === latest.id
    ? say('guard.again_in_doubt', { latest: latest.id, second: second.id })
    : say('guard.not_again', { latest: latest.id });
}

/** Why a person is not asked once more. Calls that were given up are denials, too, and no person's word. */
function deniedTooOften({ settledAt, fen, reason, why }: Operation): Sentence {
  const last = { amount: formatYuan(fen), when: formatBeijing(settledAt ?? 0) };
  if (reason !== undefined) return say('guard.denied_too_often_because', { ...last, reason });
  return say(why?.key === 'guard.caller_left' ? 'guard.given_up_too_often' : 'guard.denied_too_often', last);
}

/** A fault of ours before anything was sent, as a refusal that says so; what it was stays its cause. */
function nothingSent(error: unknown): ProductError {
  if (error instanceof ProductError) return error;
  const refusal = new RefusedError(say('guard.nothing_sent'), say('guard.next.try_again'));
  refusal.cause = error;
  return refusal;
}
