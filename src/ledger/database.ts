import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as Sqlite from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../alipay/clock.ts';
import { RefusedError, SetupError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';
import { LedgerFault } from './fault.ts';

/** A database, and what SQLite keeps beside it while somebody has it open. */
export const PARTS = ['', '-wal', '-shm'];

/** `DatabaseSync` blocks its thread, so the wait inside SQLite is short; longer waits are asynchronous retries. */
const BUSY_TIMEOUT_MS = 20;
/** How long the lock is waited for: what somebody only wants gives up soon, what has happened has to be written down. */
export const WAIT_MS = { wanted: 5_000, happened: 60_000 } as const;
const SQLITE_BUSY = 5;

/**
 * Opens the ledger's file, for its owner only. Nothing is read or written yet.
 *
 * @throws SetupError where this Node has no SQLite: some editor builds of 2025 left it out, and everything but money-out
 *   must still load there.
 */
export function openDatabase(file: string): DatabaseSync {
  const sqlite = process.getBuiltinModule('node:sqlite') as typeof Sqlite | undefined;
  if (!sqlite) throw new SetupError(say('ledger.no_sqlite'));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const db = new sqlite.DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  chmodSync(file, 0o600); // SQLite gives the -wal and -shm files the mode of the database
  return db;
}

/**
 * Which files an open connection works with, whatever their names stand for later: another window would open the ones that
 * are there then, and each would write a ledger of its own.
 */
export class Place {
  readonly #file: string;
  readonly #known = new Map<string, string>();

  /** @param file the database; what SQLite keeps beside it is known from when it is first seen there. */
  constructor(file: string) {
    this.#file = file;
    this.#lost();
  }

  /** Whether all of them are still where they were. */
  get isSame(): boolean {
    return this.#lost() === undefined;
  }

  /** @throws LedgerFault when one was replaced or removed. */
  check(count: number): void {
    const lost = this.#lost();
    if (lost === undefined) return;
    throw new LedgerFault('missing', lost === '' ? say('ledger.fault.missing', { count }) : say('ledger.fault.parts'));
  }

  #lost(): string | undefined {
    return PARTS.find((part) => {
      const now = fileAt(this.#file + part);
      const known = this.#known.get(part) ?? now;
      if (known !== undefined) this.#known.set(part, known);
      return now !== known;
    });
  }
}

function fileAt(file: string): string | undefined {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev}:${stats.ino}`;
}

/** Makes it durable: WAL with `synchronous=FULL`, and `fullfsync` where that means something (macOS). */
export function configure(db: DatabaseSync, clock: Clock): Promise<void> {
  return whenFree(clock, WAIT_MS.wanted, () =>
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON;'),
  );
}

/**
 * Runs `work` in one immediate transaction: all of it or none.
 *
 * @throws what `work` throws, after rolling back; RefusedError when the lock was never free for `ms`.
 */
export function transact<T>(db: DatabaseSync, clock: Clock, work: () => T, ms: number = WAIT_MS.wanted): Promise<T> {
  return whenFree(clock, ms, () => transactNow(db, work));
}

/**
 * Runs `work` over the file as it stands at one moment, however long that takes: nobody has to wait for it, and nothing can be
 * written in it.
 */
export function look<T>(db: DatabaseSync, clock: Clock, work: () => T): Promise<T> {
  return whenFree(clock, WAIT_MS.wanted, () => transactNow(db, work, 'BEGIN'));
}

/** While another process holds the lock, tries again for `ms` without blocking this thread. */
async function whenFree<T>(clock: Clock, ms: number, work: () => T): Promise<T> {
  const start = clock.monotonic();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (clock.monotonic() - start > ms) throw new RefusedError(say('ledger.busy'), say('ledger.busy.next'));
      await clock.wait(5 + Math.random() * 20);
    }
  }
}

function transactNow<T>(db: DatabaseSync, work: () => T, begin = 'BEGIN IMMEDIATE'): T {
  db.exec(begin);
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;
}
