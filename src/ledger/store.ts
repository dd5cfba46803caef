import { randomBytes } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { beijingDate } from '../alipay/beijing-time.ts';
import type { Clock } from '../alipay/clock.ts';
import { RefusedError } from '../alipay/errors.ts';
import type { Fen } from '../alipay/money.ts';
import { say, type Sentence } from '../text/index.ts';
import type { Spent } from './limits.ts';
import { fromRow, intentOf, type NewOperation, type Operation } from './operation.ts';
import { COUNTED, LIVE, MOVES, type State } from './states.ts';

/** What a state change writes beside the state. */
export interface Change {
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly why?: Sentence | undefined;
  readonly next?: Sentence | undefined;
  readonly reason?: string | undefined;
}

/** A list of states for SQL's `IN`; they are constants of this code, never input. */
export const oneOf = (states: readonly State[]): string =>
  `state IN (${states.map((state) => `'${state}'`).join(', ')})`;

/** The rows of operations and their events. Every method that writes belongs inside a transaction of its caller. */
export class OperationStore {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;

  constructor(db: DatabaseSync, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Ledger time: the wall clock, but never before the last event, whatever the clock does (G9). */
  now(): number {
    const last = this.#db.prepare('SELECT max(at) AS at FROM event').get();
    return Math.max(this.#clock.now(), Number(last?.['at'] ?? 0));
  }

  /** The operations a condition holds for, oldest first. */
  select(where: string, ...args: SQLInputValue[]): Operation[] {
    const rows = this.#db.prepare(`SELECT * FROM operation WHERE ${where} ORDER BY proposed_at, rowid`).all(...args);
    return rows.map(fromRow);
  }

  /** @throws RefusedError when there is none. */
  must(id: string): Operation {
    const [operation] = this.select('id = ?', id);
    if (!operation) throw new RefusedError(say('ledger.gone'));
    return operation;
  }

  insert(wanted: NewOperation, state: State, owner: string): string {
    const id = `op_${randomBytes(10).toString('hex')}`;
    this.#set('INSERT INTO operation', {
      id,
      account: wanted.account,
      intent: intentOf(wanted),
      method: wanted.method,
      target: wanted.target,
      fen: wanted.fen,
      state,
      facts: wanted.facts,
      again_after: wanted.againAfter ?? null,
      owner,
      caller: wanted.caller,
      proposed_at: this.now(),
    });
    return id;
  }

  /** Writes columns of one operation. */
  update(id: string, columns: Readonly<Record<string, SQLInputValue>>): void {
    const names = Object.keys(columns);
    this.#db
      .prepare(`UPDATE operation SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`)
      .run(...Object.values(columns), id);
  }

  /** Moves an operation on and appends the event. @throws RefusedError when the state machine knows no such move. */
  move(operation: Operation, to: State, change: Change = {}): void {
    if (!MOVES[operation.state].includes(to)) throw new RefusedError(say('ledger.gone'));
    const { answer, why, next, reason } = change;
    this.update(operation.id, {
      state: to,
      ...(LIVE.includes(to) ? {} : { settled_at: this.now() }),
      ...(answer ? { answer: JSON.stringify(answer) } : {}),
      ...(why ? { why: JSON.stringify(why) } : {}),
      ...(next ? { next: JSON.stringify(next) } : {}),
      ...(reason === undefined ? {} : { reason }),
    });
    this.append(operation.id, to, { why: why?.key ?? null, reason: reason ?? null });
  }

  append(operation: string, kind: string, detail: Readonly<Record<string, unknown>>): void {
    this.#set('INSERT INTO event', { at: this.now(), operation, kind, detail: JSON.stringify(detail) });
  }

  /** What counts against the limits of `account` today (Beijing), without operation `except`. */
  spent(account: string, target: string, except: string): Spent {
    const sum = (more: string, ...args: SQLInputValue[]): Fen => {
      const row = this.#db
        .prepare(`SELECT coalesce(sum(fen), 0) AS fen FROM operation
          WHERE account = ? AND spent_day = ? AND id <> ? AND ${oneOf(COUNTED)} ${more}`)
        .get(account, beijingDate(this.now()), except, ...args);
      return Number(row?.['fen']);
    };
    return { today: sum(''), payeeToday: sum('AND target = ?', target) };
  }

  #set(statement: string, columns: Readonly<Record<string, SQLInputValue>>): void {
    const names = Object.keys(columns);
    this.#db
      .prepare(`${statement} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(columns));
  }
}
