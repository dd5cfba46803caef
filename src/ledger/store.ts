import { randomBytes } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { beijingDate } from '../alipay/beijing-time.ts';
import type { Clock } from '../alipay/clock.ts';
import { RefusedError } from '../alipay/errors.ts';
import type { Fen } from '../alipay/money.ts';
import { say, type Sentence } from '../text/index.ts';
import type { Spent } from './limits.ts';
import type { EventWords } from './append.ts';
import type { Chain } from './chain.ts';
import { asFault } from './fault.ts';
import { fromRow, intentOf, type NewOperation, type Operation } from './operation.ts';
import { COUNTED, LIVE, MOVES, oneOf, type State } from './states.ts';

/** What a state change writes beside the state. */
export interface Change {
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly why?: Sentence | undefined;
  readonly next?: Sentence | undefined;
  readonly reason?: string | undefined;
}

/** The rows of operations and their events. Every method that writes belongs inside a transaction of its caller. */
export class OperationStore {
  readonly #db: DatabaseSync;
  readonly #chain: Chain;
  readonly #clock: Clock;

  constructor(db: DatabaseSync, chain: Chain, clock: Clock) {
    this.#db = db;
    this.#chain = chain;
    this.#clock = clock;
  }

  /**
   * Ledger time: the wall clock, but never before the last event, whatever the clock does (G9). Only a person's decision
   * about the ledger is dated by the clock alone.
   */
  now(): number {
    const last = this.#db.prepare('SELECT at FROM event ORDER BY seq DESC LIMIT 1').get();
    return Math.max(this.#clock.now(), Number(last?.['at'] ?? 0));
  }

  /** The operations a condition holds for, oldest first. @throws LedgerFault when one cannot be read. */
  select(where: string, ...args: SQLInputValue[]): Operation[] {
    try {
      const rows = this.#db.prepare(`SELECT * FROM operation WHERE ${where} ORDER BY proposed_at, rowid`).all(...args);
      return rows.map(fromRow);
    } catch (error) {
      throw asFault(error);
    }
  }

  /** @throws RefusedError when there is none. */
  must(id: string): Operation {
    const [operation] = this.select('id = ?', id);
    if (!operation) throw new RefusedError(say('ledger.gone'));
    return operation;
  }

  /** Makes an operation and appends the event that says so. */
  insert(
    wanted: NewOperation,
    state: State,
    owner: string,
    event: EventWords,
    more: Readonly<Record<string, SQLInputValue>> = {},
  ): string {
    const id = `op_${randomBytes(10).toString('hex')}`;
    const columns: Readonly<Record<string, SQLInputValue>> = {
      id,
      account: wanted.account,
      intent: intentOf(wanted),
      method: wanted.method,
      target: wanted.target,
      fen: wanted.fen,
      state,
      facts: wanted.facts,
      answer: '{}',
      again_after: wanted.againAfter ?? null,
      owner,
      caller: wanted.caller,
      proposed_at: this.now(),
      ...more,
    };
    const names = Object.keys(columns);
    const insert = this.#db.prepare(
      `INSERT INTO operation (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    );
    this.#chain.record(this.now(), id, event, columns, () => insert.run(...Object.values(columns)));
    return id;
  }

  /** Writes columns of one operation and appends the event, which vouches for the whole row as it is then. */
  update(id: string, columns: Readonly<Record<string, SQLInputValue>>, event: EventWords): void {
    const names = Object.keys(columns);
    const update = this.#db.prepare(
      `UPDATE operation SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
    );
    this.#chain.record(this.now(), id, event, columns, () => update.run(...Object.values(columns), id));
  }

  /**
   * Moves an operation on and appends the event.
   *
   * @param more columns to write with it.
   * @throws RefusedError when the state machine knows no such move.
   */
  move(operation: Operation, to: State, change: Change = {}, more: Readonly<Record<string, SQLInputValue>> = {}): void {
    if (!MOVES[operation.state].includes(to)) throw new RefusedError(say('ledger.gone'));
    const { answer, why, next, reason } = change;
    const columns = {
      state: to,
      ...(LIVE.includes(to) ? {} : { settled_at: this.now() }),
      ...(answer ? { answer: JSON.stringify(answer) } : {}),
      ...(why ? { why: JSON.stringify(why) } : {}),
      ...(next ? { next: JSON.stringify(next) } : {}),
      ...(reason === undefined ? {} : { reason }),
      ...more,
    };
    this.update(operation.id, columns, { kind: to, detail: { why: why?.key ?? null, reason: reason ?? null } });
  }

  /**
   * What counts against the limits of `account` today (Beijing, by the clock), without operation `except`: what was let go
   * today, or on a day to come by a clock that was wrong, and what was let go earlier and is not settled, since it may
   * still move.
   */
  spent(account: string, target: string, except: string): Spent {
    const today = beijingDate(this.#clock.now());
    const sum = (more: string, ...args: SQLInputValue[]): Fen => {
      const of = (which: string): Fen => {
        const row = this.#db
          .prepare(`SELECT coalesce(sum(fen), 0) AS fen FROM operation
            WHERE account = ? AND ${which} AND id <> ? ${more}`)
          .get(account, today, except, ...args);
        return Number(row?.['fen']);
      };
      return of(`${oneOf(COUNTED)} AND spent_day >= ?`) + of(`${oneOf(LIVE)} AND spent_day < ?`);
    };
    return { today: sum(''), payeeToday: sum('AND target = ?', target) };
  }
}
