import type { DatabaseSync } from 'node:sqlite';
import { beijingDate } from '../alipay/beijing-time.ts';
import type { Clock } from '../alipay/clock.ts';
import { RefusedError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';
import type { About, Chain } from './chain.ts';
import { look, WAIT_MS, type Place } from './database.ts';
import { holdLimits, type Limits, type Spent } from './limits.ts';
import { openChained, transactOn, type Opened as OpenedFile } from './open.ts';
import type { NewOperation, Operation } from './operation.ts';
import { endOwner, isAtWork, makeOwner } from './owner.ts';
import { HeadKeeper, type Head, type LedgerSeal } from './seal.ts';
import { standingIn, type Standing } from './standing.ts';
import type { State } from './states.ts';
import { OperationStore, type Change } from './store.ts';
import { holdTime, isAhead } from './time.ts';

export { acceptedAt, readTrail, type AuditEntry } from './audit.ts';
export { acceptAsItIs, isAcceptable, startAnew } from './decide.ts';
export { LedgerFault, type FaultKind } from './fault.ts';
export { headOf, type ChainKey, type Head, type LedgerSeal } from './seal.ts';
export type { Limits, Spent } from './limits.ts';
export { intentOf, type NewOperation, type Operation } from './operation.ts';
export type { Standing } from './standing.ts';
export type { State } from './states.ts';

/** What came of proposing: a new operation, or the one that stands in its place. */
export type Opened = { readonly kind: 'created'; readonly operation: Operation } | Standing;

/**
 * The durable record of money operations: one SQLite file shared by every window and process. Each change is one
 * transaction that also appends an event; a change the state machine does not know throws and changes nothing.
 */
export class Ledger {
  readonly #db: DatabaseSync;
  readonly #place: Place;
  readonly #seal: LedgerSeal;
  #onCommit: (() => void) | undefined;
  readonly #chain: Chain;
  readonly #store: OperationStore;
  readonly #clock: Clock;
  readonly #heads: HeadKeeper;
  readonly #owner = makeOwner();

  private constructor({ db, chain, place }: OpenedFile, clock: Clock, seal: LedgerSeal) {
    this.#place = place;
    this.#seal = seal;
    this.#db = db;
    this.#chain = chain;
    this.#clock = clock;
    this.#heads = new HeadKeeper(seal);
    this.#store = new OperationStore(db, chain, clock);
  }

  /**
   * Opens a ledger, verifies all of it, and settles what dead owners left.
   *
   * @param file the database, made with mode 0600 in an owner-only folder where it does not exist.
   * @throws LedgerFault when it is not what the seal remembers; the file stays as it is then.
   */
  static async open(file: string, clock: Clock, seal: LedgerSeal, onCommit?: () => void): Promise<Ledger> {
    const ledger = new Ledger(await openChained(file, clock, seal), clock, seal);
    ledger.#onCommit = onCommit;
    ledger.#heads.note(ledger.#chain.head);
    try {
      await ledger.sweep();
    } catch (error) {
      ledger.close();
      throw error;
    }
    return ledger;
  }

  /**
   * Settles what dead owners left: unredeemed becomes *expired*, *sending* becomes *unknown*.
   *
   * @param isLeft whether nobody works any more on an operation whose owner lives.
   */
  async sweep(isLeft: (operation: Operation) => boolean = () => false): Promise<void> {
    const unheld = (): Operation[] => {
      const rows = this.#store.select(`state IN ('proposed', 'approved', 'sending')`);
      return rows.filter((operation) => !this.isHeld(operation) || isLeft(operation));
    };
    if (unheld().length === 0) return;
    await this.#transact(() => {
      for (const operation of unheld()) {
        this.#store.move(operation, operation.state === 'sending' ? 'unknown' : 'expired', {
          why: say('ledger.left_behind'),
        });
      }
    });
  }

  /**
   * Looks at all of it once more.
   *
   * @returns how many events there are.
   * @throws LedgerFault that says where it was cut or altered.
   */
  async verify(): Promise<number> {
    const remembered = await this.#seal.readHead();
    return look(this.#db, this.#clock, () => {
      this.#check();
      this.holdTime();
      return this.#chain.verify(remembered).head.count;
    });
  }

  /** Whether something was found since it was opened: opened anew, it is believed if a person has decided so meanwhile. */
  get isBroken(): boolean {
    return this.#chain.isBroken || !this.#place.isSame;
  }

  /** How far this ledger has followed its events. */
  get head(): Head {
    return this.#chain.head;
  }

  /** Whether it goes on from where another ledger of this file was, or a person has decided since. */
  holds(head: Head): boolean {
    return this.#chain.holds(head);
  }

  /** Resolves when the seal knows what this ledger has committed so far. */
  settled(): Promise<void> {
    return this.#heads.settled();
  }

  close(): void {
    endOwner(this.#owner);
    this.#db.close();
  }

  get(id: string): Operation | undefined {
    return this.#store.select('id = ?', id)[0];
  }

  /** Operations whose outcome is not known, of one account or of all, oldest first. */
  inDoubt(account?: string): Operation[] {
    return this.#store.select(`state = 'unknown' AND account = coalesce(?, account)`, account ?? null);
  }

  /** Every operation of an intent, oldest first. */
  ofIntent(account: string, intent: string): Operation[] {
    return this.#store.select('account = ? AND intent = ?', account, intent);
  }

  /** Every succeeded operation on a trade or payee, oldest first. */
  succeededOn(account: string, target: string): Operation[] {
    return this.#store.select(`account = ? AND target = ? AND state = 'succeeded'`, account, target);
  }

  /** Every succeeded operation of one method, oldest first. */
  succeededOf(account: string, method: string): Operation[] {
    return this.#store.select(`account = ? AND method = ? AND state = 'succeeded'`, account, method);
  }

  /** The operation that was sent under a number, if this ledger knows one. */
  byNumber(account: string, method: string, number: string): Operation | undefined {
    return this.#store
      .select(`account = ? AND method = ? AND number = ? AND sent_at IS NOT NULL`, account, method, number)
      .at(-1);
  }

  /** The operation a call of this intent would join or be answered by, without starting anything. For errors see `propose`. */
  standing(wanted: NewOperation): Promise<Standing | undefined> {
    return this.#transact(() => this.#vouchedStanding(wanted));
  }

  /**
   * Records an operation as *proposed*, unless another stands in its place.
   *
   * @throws LedgerFault when the ledger was changed behind its back: it neither starts anything then nor says that
   *   something was done.
   */
  propose(wanted: NewOperation): Promise<Opened> {
    return this.#transact(() => {
      const standing = this.#vouchedStanding(wanted);
      if (standing) return standing;
      const { caller, fen, target } = wanted;
      const event = { kind: 'proposed', detail: { caller, fen, target } };
      const id = this.#store.insert(wanted, 'proposed', this.#owner, event);
      return { kind: 'created', operation: this.#store.must(id) };
    });
  }

  /** Records what will be shown: number, digest and the exact bytes. Only while *proposed*. */
  describe(
    id: string,
    shown: { number: string | undefined; digest: string; bizContent: string; facts: string },
  ): Promise<void> {
    return this.#transact(() => {
      const { number = null, digest, bizContent, facts } = shown;
      if (this.#store.must(id).state !== 'proposed') throw new RefusedError(say('ledger.gone'));
      const columns = { number, digest, biz_content: bizContent, facts };
      this.#store.update(id, columns, { kind: 'shown', detail: { digest, number } });
    });
  }

  /**
   * *proposed* → *approved*, if the limits still hold with it.
   *
   * @throws RefusedError when a limit would break or the operation is no longer *proposed* with this digest.
   */
  approve(id: string, digest: string, limits: Limits): Promise<void> {
    return this.#transact(() => {
      const operation = this.#expect(id, 'proposed', digest);
      this.#check(operation);
      this.holdLimits(operation, limits);
      const now = this.now();
      this.#store.move(operation, 'approved', {}, { approved_at: now, spent_day: this.#today });
    });
  }

  /**
   * *approved* → *sending*: redeeming a grant is this one transaction (G2), committed before the first byte leaves (G6).
   *
   * @param stillValid throws when the grant has become void meanwhile; asked inside the transaction.
   * @throws RefusedError when it was redeemed before, is another digest, or a limit would break; LedgerFault when the
   *   ledger was changed behind its back.
   */
  redeem(id: string, digest: string, limits: Limits, stillValid: () => void): Promise<void> {
    return this.#transact(() => {
      stillValid();
      const operation = this.#expect(id, 'approved', digest);
      this.#check(operation);
      this.holdLimits(operation, limits);
      const now = this.now();
      this.#store.move(operation, 'sending', {}, { sent_at: now, spent_day: this.#today });
    });
  }

  /** Allows one more sending of the very same bytes by its owner (G7): *unknown*, under its number. For `stillValid` see `redeem`. */
  resend(id: string, digest: string, stillValid: () => void): Promise<void> {
    return this.#transact(() => {
      stillValid();
      const operation = this.#expect(id, 'unknown', digest);
      if (!this.owns(operation)) throw new RefusedError(say('ledger.gone'));
      this.#check(operation);
      const columns = { sent_at: this.now(), spent_day: this.#today };
      this.#store.update(id, columns, { kind: 'resent', detail: { digest } });
    });
  }

  /** Moves an operation on. @throws RefusedError when the state machine knows no such move from where it stands. */
  move(id: string, to: State, change: Change = {}): Promise<Operation> {
    return this.#transact(() => {
      this.#store.move(this.#store.must(id), to, change);
      return this.#store.must(id);
    }, WAIT_MS.happened);
  }

  /**
   * Records an operation that Alipay did under a number of ours while this ledger was lost or on another computer, and
   * ends the proposal that met it. Counted on the day it happened.
   */
  adopt(id: string, number: string, answer: Readonly<Record<string, unknown>>, at: number): Promise<Operation> {
    return this.#transact(() => {
      const proposal = this.#store.must(id);
      this.#store.move(proposal, 'expired', { why: say('ledger.adopted') });
      const wanted = { ...proposal, againAfter: undefined };
      const event = { kind: 'adopted', detail: { number } };
      const adopted = this.#store.insert(wanted, 'succeeded', this.#owner, event, {
        number,
        answer: JSON.stringify(answer),
        sent_at: at,
        settled_at: at,
        spent_day: beijingDate(at),
      });
      return this.#store.must(adopted);
    });
  }

  /** Whether an operation is what this product wrote down last: only then may anybody be told what became of it. */
  vouches(id: string): Promise<boolean> {
    return this.#transact(() => this.#chain.vouches(id));
  }

  /** What counts against the limits of `account` today, without operation `except`. */
  spent(account: string, target: string, except = ''): Spent {
    return this.#store.spent(account, target, except);
  }

  /** @throws RefusedError when a limit would break with this operation, counting every other of all windows (G9). */
  holdLimits(operation: Operation, limits: Limits): void {
    holdLimits(limits, this.spent(operation.account, operation.target, operation.id), operation.fen);
  }

  /** Ledger time: the wall clock, but never before the last event (G9). */
  now(): number {
    return this.#store.now();
  }

  /** Whether the last entry is of a time to come, so that the clock was wrong then or is wrong now. */
  get isAhead(): boolean {
    return isAhead(this.now(), this.#clock.now());
  }

  /** @throws LedgerFault while days and windows cannot be counted from the last entry on (G9). */
  holdTime(): void {
    holdTime(this.now(), this.#clock.now());
  }

  /** Whether this process made the operation. */
  owns(operation: Operation): boolean {
    return operation.owner === this.#owner;
  }

  /** Whether a living process holds the operation: this one, or another that may still be sending it. */
  isHeld(operation: Operation): boolean {
    return isAtWork(operation.owner, this.now() - (operation.sentAt ?? operation.approvedAt ?? operation.proposedAt));
  }

  /** The Beijing day of the clock, which the guard holds against the gateway's: ledger time may be of another one. */
  get #today(): string {
    return beijingDate(this.#clock.now());
  }

  /** Before money goes on. @throws LedgerFault when the file was changed, replaced or removed behind this ledger's back. */
  #check(about?: About): void {
    this.#place.check(this.#chain.head.count);
    this.#chain.check(() => this.now(), about);
  }

  /** All of it or none; then the seal learns of it, behind everything that waits. */
  async #transact<T>(work: () => T, waitMs?: number): Promise<T> {
    const opened = { db: this.#db, chain: this.#chain };
    const result = await transactOn(opened, this.#clock, this.#seal, work, waitMs);
    const head = this.#db.isOpen ? this.#chain.follow() : undefined;
    if (head) this.#heads.note(head);
    this.#onCommit?.();
    return result;
  }

  #expect(id: string, state: State, digest: string): Operation {
    const operation = this.#store.must(id);
    if (operation.state !== state || operation.digest !== digest) throw new RefusedError(say('ledger.gone'));
    return operation;
  }

  /** What is under way can be joined whatever is wrong: it may have been sent, and its outcome is asked for. */
  #vouchedStanding(wanted: NewOperation): Standing | undefined {
    const standing = standingIn(this.#store, wanted);
    if (standing === undefined) this.#check(wanted);
    if (standing?.kind === 'done') this.#check(standing.operation);
    return standing;
  }
}
