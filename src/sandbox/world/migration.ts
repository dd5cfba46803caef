import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { SCHEMA } from './schema.ts';

/** What SQLite keeps in a database's head for its owner: here, which schema its tables were made by. */
const VERSION = crc32(SCHEMA) | 0;

/**
 * Makes the tables of a new database, and makes those of an older sandbox anew with every row they hold; columns that
 * are no more are left out, new ones start at their default. One transaction: a crash leaves the old tables whole.
 */
export function prepareSchema(database: DatabaseSync): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version === VERSION) return;
  // Parents and children are made anew one after the other; the copies point at the same rows when all are there.
  database.exec('PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE;');
  try {
    const tables = tablesOf(database);
    for (const table of tables) database.exec(`CREATE TEMP TABLE old_${table} AS SELECT * FROM ${table};`);
    for (const table of tables) database.exec(`DROP TABLE ${table};`);
    database.exec(SCHEMA);
    for (const table of tables) copyRows(database, `temp.old_${table}`, table);
    for (const table of tables) database.exec(`DROP TABLE temp.old_${table};`);
    database.exec(`PRAGMA user_version = ${VERSION}; COMMIT; PRAGMA foreign_keys = ON;`);
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** The columns two tables have in common, by name. */
export function sharedColumns(from: readonly string[], to: readonly string[]): string {
  return from.filter((column) => to.includes(column)).join(', ');
}

function tablesOf(database: DatabaseSync): string[] {
  const made = new Set([...SCHEMA.matchAll(/CREATE TABLE IF NOT EXISTS (\w+)/g)].map(([, table]) => table));
  const rows = database.prepare(`SELECT name FROM main.sqlite_schema WHERE type = 'table'`).all() as { name: string }[];
  return rows.map(({ name }) => name).filter((name) => made.has(name));
}

function copyRows(database: DatabaseSync, from: string, to: string): void {
  const columns = sharedColumns(columnsOf(database, from), columnsOf(database, to));
  database.exec(`INSERT INTO ${to} (${columns}) SELECT ${columns} FROM ${from} ORDER BY rowid;`);
}

function columnsOf(database: DatabaseSync, table: string): string[] {
  const columns = database.prepare(`SELECT * FROM ${table} LIMIT 0`).columns();
  return columns.map(({ name }) => name);
}
