import type { DatabaseSync } from 'node:sqlite';
import { digestOf, linkOf, macOf, schemaOf, SEALED } from './links.ts';
import type { Head } from './seal.ts';
import { operationsOf, Walk } from './verify.ts';

/** What an event says beside when and about what. */
export interface EventWords {
  readonly kind: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Vouches for everything in the file as it stands: of a new ledger, of one of version 1, or of one a person has decided
 * to go on with. Belongs inside a transaction of its caller.
 *
 * @param why for the audit trail: a key of what was found, or that the ledger is new.
 */
export function sealAll(db: DatabaseSync, key: Buffer, at: number, epoch: number, why: string): Head {
  const walk = new Walk(undefined);
  const follow = (from: number): void => {
    const links = db.prepare('SELECT * FROM event WHERE seq > ? ORDER BY seq').all(from);
    for (const row of links) walk.step(linkOf(row));
  };
  follow(0);
  const operations = new Map([...operationsOf(db)].map(({ id, digest }) => [id, digest]));
  const { changed, gone } = walk.differences(operations);
  const end = walk.head.count;
  for (const id of changed) appendTo(db, key, at, id, { kind: 'carried', detail: { why } });
  follow(end);
  const detail = { base: walk.base, epoch, schema: schemaOf(db), gone, why };
  const seq = appendTo(db, key, at, undefined, { kind: SEALED, detail });
  const last = db.prepare('SELECT mac FROM event WHERE seq = ?').get(seq);
  return { epoch, count: seq, mac: String(last?.['mac']) };
}

/**
 * Appends an event. Belongs inside a transaction of its caller.
 *
 * @param isAltered the operation is not what was written: the event vouches for no row.
 * @returns its number.
 */
export function appendTo(
  db: DatabaseSync,
  key: Buffer,
  at: number,
  operation: string | undefined,
  { kind, detail }: EventWords,
  isAltered = false,
): number {
  const last = db.prepare('SELECT seq, mac FROM event ORDER BY seq DESC LIMIT 1').get();
  const row = operation === undefined ? undefined : db.prepare('SELECT * FROM operation WHERE id = ?').get(operation);
  const link = {
    seq: Number(last?.['seq'] ?? 0) + 1,
    at,
    operation,
    kind,
    detail: JSON.stringify(detail),
    row: isAltered ? '' : row && digestOf(row),
  };
  db.prepare('INSERT INTO event (seq, at, operation, kind, detail, row, mac) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    link.seq,
    at,
    operation ?? null,
    kind,
    link.detail,
    link.row ?? null,
    macOf(key, link, String(last?.['mac'] ?? '')),
  );
  return link.seq;
}
