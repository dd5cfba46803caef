import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as Sqlite from 'node:sqlite';
import { SetupError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';

const BUSY = 5;

/**
 * A place only one process at a time can hold. The hold is a file lock of SQLite's: the system lets go of it when the
 * process ends, however it ends, so there is never a stale one to judge.
 */
export class SoleOwner {
  readonly #file: string;
  #database: Sqlite.DatabaseSync | undefined;
  #held = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** Whether this process holds the place now. Answers at once. @throws SetupError where this Node has no SQLite. */
  take(): boolean {
    if (this.#held) return true;
    this.#database ??= this.#open();
    try {
      this.#database.exec('BEGIN EXCLUSIVE');
      this.#held = true;
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== BUSY) throw error;
    }
    return this.#held;
  }

  release(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#held = false;
  }

  #open(): Sqlite.DatabaseSync {
    const sqlite = process.getBuiltinModule('node:sqlite') as typeof Sqlite | undefined;
    if (!sqlite) throw new SetupError(say('ledger.no_sqlite'));
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    return new sqlite.DatabaseSync(this.#file);
  }
}
