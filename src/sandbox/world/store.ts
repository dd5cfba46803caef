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

  /** @param path a file's path, or `:memory:`. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: 5000 });
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    prepareSchema(this.#database);
  }

  /** Runs statements that are needed once, such as those that make or drop a table. */
  execute(sql: string): void {
    this.#version += 1;
    this.#database.exec(sql);
  }

  /** The first row, or undefined. */
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined {
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
    this.#version += 1; // it may be a change that returns its rows
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** Runs a statement; answers how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    this.#version += 1;
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** Adds one row; undefined values are left to their column's default. */
  insert(table: string, row: Readonly<Record<string, SQLInputValue | undefined>>): void {
    const entries = Object.entries(row).filter((entry): entry is [string, SQLInputValue] => entry[1] !== undefined);
    const names = entries.map(([name]) => name).join(', ');
    const marks = entries.map(() => '?').join(', ');
    this.run(`INSERT INTO ${table} (${names}) VALUES (${marks})`, ...entries.map(([, value]) => value));
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
    this.#prepare('BEGIN IMMEDIATE').run();
    try {
      const result = work();
      this.#prepare('COMMIT').run();
      return result;
    } catch (error) {
      this.execute('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
