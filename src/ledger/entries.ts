import type { DatabaseSync } from 'node:sqlite';
import { say, type Sentence } from '../text/index.ts';
import { COUNTED, LIVE, oneOf } from './states.ts';

/**
 * The indexes that limits, joining and uniqueness rest on: which operations have an entry, and under what. An entry that
 * was taken out hides its operation from all of them, while the operation itself is as it was written.
 */
const INDEXES: readonly { readonly name: string; readonly has: string; readonly under: string }[] = [
  { name: 'by_intent', has: 'TRUE', under: 'account = seen.account AND intent = seen.intent' },
  { name: 'by_day', has: oneOf(COUNTED), under: 'account = seen.account AND spent_day IS seen.spent_day' },
  { name: 'one_live_per_target', has: oneOf(LIVE), under: 'account = seen.account AND target = seen.target' },
  {
    name: 'one_per_number',
    has: `number IS NOT NULL AND ${oneOf(['sending', 'unknown', 'succeeded'])}`,
    under: 'account = seen.account AND method = seen.method AND number = seen.number',
  },
  {
    name: 'one_second',
    has: `again_after IS NOT NULL AND NOT ${oneOf(['denied', 'expired', 'rejected', 'not_executed'])}`,
    under: 'again_after = seen.again_after',
  },
];

/** Whether some operations, and the time of the last event, can be found by every index. @returns what cannot. */
export function hiddenIn(db: DatabaseSync, ids: readonly string[]): Sentence | undefined {
  for (const { name, has, under } of INDEXES) {
    const hidden = db
      .prepare(`SELECT id FROM operation AS seen WHERE id IN (SELECT value FROM json_each(?)) AND ${has} AND NOT EXISTS (
        SELECT 1 FROM operation INDEXED BY ${name} WHERE ${under} AND ${has} AND rowid = seen.rowid)`)
      .get(JSON.stringify(ids));
    if (hidden) return say('ledger.altered.index', { what: `${String(hidden['id'])}, ${name}` });
  }
  const last = db.prepare('SELECT at FROM event ORDER BY seq DESC LIMIT 1').get();
  const latest = db.prepare('SELECT max(at) AS at FROM event INDEXED BY event_at').get();
  return Number(latest?.['at']) < Number(last?.['at']) ? say('ledger.altered.index', { what: 'event_at' }) : undefined;
}

/** Whether all indexes, and what is allowed in a column, fit what is in the file: SQLite reads all of it. @returns what does not. */
export function unfitIn(db: DatabaseSync): Sentence | undefined {
  const [found] = Object.values(db.prepare('PRAGMA integrity_check(1)').get() ?? {});
  return found === 'ok' ? undefined : say('ledger.altered.index', { what: String(found) });
}
