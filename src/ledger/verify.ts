import { createHash } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { formatBeijing } from '../alipay/beijing-time.ts';
import { say, type Sentence } from '../text/index.ts';
import { unfitIn } from './entries.ts';
import { contentOf, digestOf, linkOf, macOf, schemaOf, SEALED, type Link } from './links.ts';
import { isMadeAs, VERSION } from './migrations.ts';
import type { Head } from './seal.ts';

/** What is left of a chain after one look at all of it. */
export interface Verdict {
  /** The chain's end as it stands. */
  readonly head: Head;
  /** Where it first is not what was written; undefined: nowhere. */
  readonly altered: Sentence | undefined;
  /** The MAC of the event the vault remembers, as it stands; undefined: there is no such event. */
  readonly macAt: string | undefined;
}

interface Seal {
  readonly base: string;
  readonly epoch: number;
  readonly schema: string;
  /** Operations that were gone when a person accepted that. */
  readonly gone: readonly string[];
}

export function sealIn(link: Link): Seal {
  return JSON.parse(link.detail) as Seal;
}

/** Follows a chain event by event. What is broken before a seal is vouched for by that seal, as it stood then. */
export class Walk {
  readonly #key: Buffer | undefined;
  readonly #all = createHash('sha256');
  readonly #rows = new Map<string, string | undefined>();
  #mac = '';
  #count = 0;
  #epoch = 0;
  #schema = '';
  #altered: Sentence | undefined;

  /** @param key undefined: the chain cannot be believed, and is only followed. */
  constructor(key: Buffer | undefined) {
    this.#key = key;
  }

  /** SHA-256 over everything so far. */
  get base(): string {
    return this.#all.copy().digest('hex');
  }

  get head(): Head {
    return { epoch: this.#epoch, count: this.#count, mac: this.#mac };
  }

  step(link: Link): void {
    const isTrue = this.#key !== undefined && macOf(this.#key, link, this.#mac) === link.mac;
    const isNext = link.seq === this.#count + 1;
    if (isTrue && link.kind === SEALED) this.#seal(link);
    else if (!isTrue || !isNext) this.#altered ??= brokenAt(link, isNext);
    this.#all.update(JSON.stringify([contentOf(link), link.mac]));
    if (link.operation !== undefined) this.#rows.set(link.operation, link.row);
    this.#mac = link.mac;
    this.#count = link.seq;
  }

  /** Compares operations with the last event of each. */
  compare(operations: Iterable<{ readonly id: string; readonly digest: string }>): void {
    const left = new Map(this.#rows);
    for (const { id, digest } of operations) {
      if (this.#rows.get(id) !== digest) this.#altered ??= say('ledger.altered.operation', { id });
      left.delete(id);
    }
    const [gone] = left.keys();
    if (gone !== undefined) this.#altered ??= say('ledger.altered.gone', { id: gone });
  }

  /** What a seal at the end would have to vouch for anew. */
  differences(operations: ReadonlyMap<string, string>): { changed: string[]; gone: string[] } {
    const changed = [...operations.keys()].filter((id) => this.#rows.get(id) !== operations.get(id));
    const gone = [...this.#rows.keys()].filter((id) => !operations.has(id));
    return { changed, gone };
  }

  /** The chain's whole verdict, when nothing is left to follow. */
  end(schema: string): Sentence | undefined {
    if (this.#schema !== schema) this.#altered ??= say('ledger.altered.schema');
    return this.#altered;
  }

  #seal(link: Link): void {
    const { base, epoch, schema, gone } = sealIn(link);
    if (base !== this.base) {
      this.#altered ??= say('ledger.altered.before', { seq: link.seq, when: formatBeijing(link.at) });
      return;
    }
    this.#altered = undefined;
    this.#epoch = epoch;
    this.#schema = schema;
    for (const id of gone) this.#rows.delete(id);
  }
}

/** Reads the whole ledger. Belongs inside a transaction of its caller, so that no other process writes meanwhile. */
export function verifyAll(db: DatabaseSync, key: Buffer | undefined, remembered: number | undefined): Verdict {
  const walk = new Walk(key);
  let macAt: string | undefined;
  for (const row of rowsOf(db, 'SELECT * FROM event ORDER BY seq')) {
    const link = linkOf(row);
    walk.step(link);
    if (link.seq === remembered) macAt = link.mac;
  }
  walk.compare(operationsOf(db));
  const altered = walk.end(schemaOf(db)) ?? unfitIn(db);
  return { head: walk.head, altered: altered && worstIn(db, altered), macAt };
}

/** What is wrong beside tables and rules that are not ours: those cannot be gone on with, whatever else a person accepts. */
function worstIn(db: DatabaseSync, altered: Sentence): Sentence {
  return isMadeAs(db, VERSION) ? altered : say('ledger.altered.schema');
}

export function* operationsOf(db: DatabaseSync): Generator<{ id: string; digest: string }> {
  for (const row of rowsOf(db, 'SELECT * FROM operation ORDER BY rowid')) {
    yield { id: String(row['id']), digest: digestOf(row) };
  }
}

/** Row by row. One that cannot be read ends the reading as well: a statement left open would keep this connection in the past. */
function* rowsOf(db: DatabaseSync, query: string): Generator<Record<string, SQLOutputValue>> {
  const rows = db.prepare(query).iterate();
  try {
    yield* rows;
  } finally {
    rows.return?.();
  }
}

export function brokenAt(link: Link, isNext: boolean): Sentence {
  const { seq, at, kind } = link;
  const when = Number.isSafeInteger(at) && Math.abs(at) < 8e15 ? formatBeijing(at) : '?';
  return isNext ? say('ledger.altered.event', { seq, kind, when }) : say('ledger.altered.cut', { seq, when });
}
