import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { prepareSchema } from './migration.ts';

/**
 * The sandbox's database: a file, or memory. Statements are prepared once; every effect runs in one transaction, so
 * that a crash at any moment leaves either all of it or nothing.
 */
export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #read = new Map<string, { readonly version: number; readonly row: unknown }>();
  /** Another number after everything that may have changed a row: what was read under the same number still holds. */
  #version = 0;
  /** Reads between two changes share one transaction: to lock the file for each costs more than to read it. */
  #isReading = false;
  #isChanging = false;

  /** @param path a file's path, or `:memory:`. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: 5000 });
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    // Written back in fewer and larger pieces: each waits for the disk, and with it everybody who asks.
    this.#database.exec('PRAGMA wal_autocheckpoint = 4000;');
    prepareSchema(this.#database);
  }

  /** Runs statements that are needed once, such as those that make or drop a table. */
  execute(sql: string): void {
    this.#change();
    this.#database.exec(sql);
  }

  /** The first row, or undefined. */
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
    if (!this.#isReading && !this.#isChanging) {
      this.#prepare('BEGIN').run();
      this.#isReading = true;
    }
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  /** The first row of a query without values: read again only after something may have changed it. */
  cached<Row>(sql: string): Row | undefined {
    let known = this.#read.get(sql);
    if (known?.version !== this.#version) {
      known = { version: this.#version, row: this.get(sql) };
      this.#read.set(sql, known);
    }
    return known.row as Row | undefined;
  }

  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    this.#change(); // it may be one that returns its rows
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** Runs a statement; answers how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    this.#change();
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** Adds one row and answers it; undefined values are left to their column's default. */
  insert<Row>(table: string, row: Readonly<Record<string, SQLInputValue | undefined>>): Row {
    const entries = Object.entries(row).filter((entry): entry is [string, SQLInputValue] => entry[1] !== undefined);
    const names = entries.map(([name]) => name).join(', ');
    const marks = entries.map(() => '?').join(', ');
    const sql = `INSERT INTO ${table} (${names}) VALUES (${marks}) RETURNING *`;
    this.#change();
    return this.#prepare(sql).get(...entries.map(([, value]) => value)) as Row;
  }

  /** The names of a table's columns. */
  columns(table: string): string[] {
    return this.#database
      .prepare(`SELECT * FROM ${table} LIMIT 0`)
      .columns()
      .map(({ name }) => name);
  }

  /** Runs `work` in one transaction; whatever it throws takes all of it back. */
  transaction<Result>(work: () => Result): Result {
    this.#endReading();
    this.#prepare('BEGIN IMMEDIATE').run();
    this.#isChanging = true;
    try {
      const result = work();
      this.#prepare('COMMIT').run();
      return result;
    } catch (error) {
      this.execute('ROLLBACK');
      throw error;
    } finally {
      this.#isChanging = false;
    }
  }

  close(): void {
    this.#database.close();
  }

  /** Before everything that may change a row. */
  #change(): void {
    this.#version += 1;
    this.#endReading();
  }

  #endReading(): void {
    if (!this.#isReading) return;
    this.#prepare('COMMIT').run();
    this.#isReading = false;
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
