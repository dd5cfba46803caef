import { existsSync } from 'node:fs';
import type * as Sqlite from 'node:sqlite';

/** How many operations are not settled, by state. */
export interface Glance {
  readonly inDoubt: number;
  /** Proposed, approved or on their way: of a living window, or left by a dead one. */
  readonly underWay: number;
}

/**
 * A look into the ledger's file without opening the ledger: cheap enough for activation, and good for a number to show,
 * never for a decision. Undefined where there is no file, or none that can be read.
 */
export function glanceAt(file: string): Glance | undefined {
  const sqlite = process.getBuiltinModule('node:sqlite') as typeof Sqlite | undefined;
  if (!sqlite || !existsSync(file)) return undefined;
  try {
    const db = new sqlite.DatabaseSync(file, { readOnly: true });
    try {
      const row = db
        .prepare(`SELECT count(*) FILTER (WHERE state = 'unknown') AS doubt, count(*) AS live FROM operation
          WHERE state IN ('proposed', 'approved', 'sending', 'unknown')`)
        .get();
      const [inDoubt, live] = [Number(row?.['doubt']), Number(row?.['live'])];
      return { inDoubt, underWay: live - inDoubt };
    } finally {
      db.close();
    }
  } catch {
    return undefined; // busy just now, or damaged: opening the ledger says which
  }
}
