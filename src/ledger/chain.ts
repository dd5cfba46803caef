import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { DAY_MS } from '../alipay/beijing-time.ts';
import { say, type Sentence } from '../text/index.ts';
import { appendTo, type EventWords } from './append.ts';
import { hiddenIn } from './entries.ts';
import { asFault, KeyChanged, LedgerFault } from './fault.ts';
import { digestOf, keyNameIn, linkOf, macOf, schemaOf, SEALED, type Link } from './links.ts';
import type { ChainKey, Head } from './seal.ts';
import { LIVE, MOVES } from './states.ts';
import { brokenAt, sealIn, verifyAll, type Verdict } from './verify.ts';

/** Columns of one operation, by name. */
type Columns = Readonly<Record<string, SQLInputValue>>;
type Row = Readonly<Record<string, SQLOutputValue>>;

/** The operation money is to go on with, or the trade or payee of one that is wanted. */
export interface About {
  readonly id?: string;
  readonly account: string;
  readonly target: string;
}

/**
 * The chain of one open ledger. What this connection has verified it does not verify again: before money moves it looks at
 * what came since, and only when another connection wrote.
 */
export class Chain {
  readonly #db: DatabaseSync;
  #key: ChainKey;
  /** How far the chain is known to be good. */
  #head: Head = { epoch: 0, count: 0, mac: '' };
  #dataVersion: unknown;
  #schema = '';
  /** Operations that are not settled, by what is known to be good. */
  #live = new Set<string>();
  /** Events appended here, and not yet passed by `#head`. */
  readonly #own = new Set<number>();
  /** Events of other connections since the last check. */
  #foreign = 0;
  #fault: LedgerFault | undefined;

  constructor(db: DatabaseSync, key: ChainKey) {
    this.#db = db;
    this.#key = key;
  }

  /** Whether something was found since it was opened, or a person's decision put it under another key. */
  get isBroken(): boolean {
    try {
      return this.#fault !== undefined || this.#isRekeyed();
    } catch {
      return true; // whatever keeps it from being read is said when it is opened anew
    }
  }

  get head(): Head {
    return this.#head;
  }

  /** Whether it goes on from there, or a person has decided since. Looks at what was verified. */
  holds({ epoch, count, mac }: Head): boolean {
    if (epoch !== this.#head.epoch) return epoch < this.#head.epoch;
    return this.#db.prepare('SELECT mac FROM event WHERE seq = ?').get(count)?.['mac'] === mac;
  }

  /**
   * Looks at all of it, and at what the vault remembers. Belongs inside a transaction of its caller.
   *
   * @throws LedgerFault that says where it is cut or altered.
   */
  verify(remembered: Head | undefined): Verdict {
    return this.#finding(() => this.#verify(remembered));
  }

  #verify(remembered: Head | undefined): Verdict {
    const verdict = verifyAll(this.#db, this.#key.bytes, remembered?.count);
    if (verdict.altered) throw faultOf(verdict.altered);
    if (remembered && isOlder(verdict, remembered)) {
      const args = { known: remembered.count, count: verdict.head.count };
      throw new LedgerFault('older', say('ledger.fault.older', args));
    }
    this.#head = verdict.head;
    this.#schema = schemaOf(this.#db);
    this.#live = liveIn(this.#db);
    this.#dataVersion = this.#readDataVersion();
    this.#foreign = 0;
    return verdict;
  }

  /**
   * Goes on under the key of a person's decision, for what was sent before it: no money goes on here, for that the ledger is
   * opened anew. Belongs inside a transaction of its caller.
   */
  renew(key: ChainKey, remembered: Head | undefined): void {
    this.#key = key;
    try {
      this.verify(remembered);
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error; // else said when it is opened anew
    }
  }

  /**
   * Runs a change of an operation and appends the event about it. What was altered before, or is by a rule that is not ours
   * while it is written, stays found: what became of something sent is recorded all the same, and its event vouches for no
   * row. Belongs inside a transaction of its caller.
   *
   * @param columns what the change writes; all others stay as they are, and are empty in a new operation.
   * @throws LedgerFault when the row is not what was written, or a person has decided meanwhile, and nothing was sent yet;
   *   KeyChanged when that is to be recorded under the key of the decision.
   */
  record(at: number, operation: string, event: EventWords, columns: Columns, change: () => void): void {
    const before = this.#rowOf(operation);
    if (this.#isRekeyed()) {
      const fault = (this.#fault ??= rekeyed());
      throw isOutcome(before, event) ? new KeyChanged() : fault;
    }
    const altered = this.#alteredRow(operation);
    if (altered) this.#fault ??= faultOf(altered);
    change();
    const isWritten = isAsWritten(this.#rowOf(operation), { ...before, ...columns });
    if (!isWritten) {
      const fault = (this.#fault ??= faultOf(say('ledger.altered.schema')));
      if (!isOutcome(before, event)) throw fault;
    }
    this.#own.add(appendTo(this.#db, this.#key.bytes, at, operation, event, altered !== undefined || !isWritten));
  }

  /**
   * Makes sure, inside the transaction that lets money go on, that nothing was changed behind the ledger's back: the events
   * since the last look, the rules, every operation that a decision of today rests on, and the one it is about.
   *
   * @throws LedgerFault, from then on every time.
   */
  check(now: () => number, about?: About): void {
    if (this.#fault) throw this.#fault;
    this.#finding(() => this.#look(now(), about));
  }

  #look(now: number, about: About | undefined): void {
    if (this.#isRekeyed()) this.#break(rekeyed());
    const altered = about?.id === undefined ? undefined : this.#alteredRow(about.id);
    if (altered) this.#break(faultOf(altered));
    const version = this.#readDataVersion();
    if (version === this.#dataVersion) return;
    this.#advance();
    if (this.#foreign === 0) this.#all(); // another connection wrote, and not what a ledger writes
    else this.#decisive(now, about);
    this.#dataVersion = version;
    this.#foreign = 0;
  }

  /** Whether an operation's row is as its last event left it, and the chain whole up to there. Belongs inside a transaction. */
  vouches(operation: string): boolean {
    try {
      this.#advance();
      return this.#alteredRow(operation) === undefined;
    } catch (error) {
      if (asFault(error) instanceof LedgerFault) return false;
      throw error;
    }
  }

  /** Follows the chain to its end after a commit. @returns the new head, unless something is wrong with it. */
  follow(): Head | undefined {
    if (this.#fault) return undefined;
    try {
      this.#advance();
      return this.#head;
    } catch {
      return undefined; // what is committed is committed: the next check says what is wrong, before money moves
    }
  }

  /** What is found stays found: that something is altered, and that it cannot be read. */
  #finding<T>(search: () => T): T {
    try {
      return search();
    } catch (error) {
      const found = asFault(error);
      if (found instanceof LedgerFault) this.#fault ??= found;
      throw found;
    }
  }

  #advance(): void {
    const { count, mac } = this.#head;
    const links = this.#db.prepare('SELECT * FROM event WHERE seq >= ? ORDER BY seq').all(count).map(linkOf);
    const first = count === 0 ? undefined : links.shift();
    if (count > 0 && (first?.seq !== count || first.mac !== mac)) {
      this.#break(new LedgerFault('older', say('ledger.fault.older', { known: count, count: first?.seq ?? 0 })));
    }
    for (const link of links) this.#step(link);
  }

  #step(link: Link): void {
    const { epoch, count, mac } = this.#head;
    const isNext = link.seq === count + 1;
    if (!isNext || macOf(this.#key.bytes, link, mac) !== link.mac) this.#break(faultOf(brokenAt(link, isNext)));
    this.#head = { epoch: link.kind === SEALED ? sealIn(link).epoch : epoch, count: link.seq, mac: link.mac };
    this.#noteState(link);
    if (!this.#own.delete(link.seq)) this.#foreign += 1;
  }

  #all(): void {
    const { altered } = verifyAll(this.#db, this.#key.bytes, undefined);
    if (altered) this.#break(faultOf(altered));
  }

  #noteState({ operation, kind }: Link): void {
    if (operation === undefined) return;
    if (LIVE.some((state) => state === kind)) this.#live.add(operation);
    else if (Object.hasOwn(MOVES, kind)) this.#live.delete(operation);
  }

  /**
   * The rules, and the operations that limits, joining and preflight look at: today's, those of the last 24 hours, those not
   * settled, and all on the same trade or payee. They are read from the tables alone, since an index may hide some; as many as
   * a day's are compared, however long the ledger is.
   */
  #decisive(now: number, about: About | undefined): void {
    if (schemaOf(this.#db) !== this.#schema) this.#break(faultOf(say('ledger.altered.schema')));
    const since = now - DAY_MS; // not later than today began
    const latest = this.#db
      .prepare(`SELECT event.operation AS id, event.row AS digest, max(event.seq) FROM event NOT INDEXED
        WHERE event.operation IN (
          SELECT operation FROM event NOT INDEXED WHERE at >= ? UNION SELECT value FROM json_each(?)
          UNION SELECT id FROM operation NOT INDEXED WHERE account = ? AND target = ?)
        GROUP BY event.operation`)
      .all(since, JSON.stringify([...this.#live]), about?.account ?? null, about?.target ?? null);
    const select = this.#db.prepare('SELECT * FROM operation WHERE id = ?');
    for (const { id, digest } of latest) {
      const row = select.get(String(id));
      if (!row) this.#break(faultOf(say('ledger.altered.gone', { id: String(id) })));
      if (digestOf(row) !== digest) this.#break(faultOf(say('ledger.altered.operation', { id: String(id) })));
    }
    const hidden = hiddenIn(
      this.#db,
      latest.map(({ id }) => String(id)),
    );
    if (hidden) this.#break(faultOf(hidden));
  }

  /** What is wrong with an operation's row: it is not as its last event left it. A new operation has neither. */
  #alteredRow(id: string): Sentence | undefined {
    const event = this.#db.prepare('SELECT row FROM event WHERE operation = ? ORDER BY seq DESC LIMIT 1').get(id);
    const row = this.#rowOf(id);
    return (row && digestOf(row)) === (event?.['row'] ?? undefined)
      ? undefined
      : say('ledger.altered.operation', { id });
  }

  /** Whether the file names another key than it was opened with: a person has decided, and nothing written here may undo that. */
  #isRekeyed(): boolean {
    return keyNameIn(this.#db) !== this.#key.name;
  }

  #rowOf(id: string): Row | undefined {
    return this.#db.prepare('SELECT * FROM operation WHERE id = ?').get(id);
  }

  #break(fault: LedgerFault): never {
    this.#fault = fault;
    throw fault;
  }

  /** Changes when, and only when, another connection has committed. */
  #readDataVersion(): unknown {
    return this.#db.prepare('PRAGMA data_version').get()?.['data_version'];
  }
}

function rekeyed(): LedgerFault {
  return new LedgerFault('no_key', say('ledger.fault.decided'), say('ledger.fault.decided.next'));
}

function isAsWritten(row: Row | undefined, written: Columns): boolean {
  return row !== undefined && Object.entries(row).every(([name, value]) => value === (written[name] ?? null));
}

/** Whether an event says what became of something sent: that has to be written down whatever is wrong. */
function isOutcome(before: Row | undefined, { kind }: EventWords): boolean {
  return typeof before?.['sent_at'] === 'number' && kind !== 'resent';
}

function liveIn(db: DatabaseSync): Set<string> {
  const rows = db.prepare(`SELECT id FROM operation WHERE state IN (SELECT value FROM json_each(?))`);
  return new Set(rows.all(JSON.stringify(LIVE)).map(({ id }) => String(id)));
}

/** Tables, rules and indexes that are not ours cannot be gone on with; what is in them can, if a person says so. */
function faultOf(altered: Sentence): LedgerFault {
  const isDamaged = altered.key === 'ledger.altered.schema' || altered.key === 'ledger.altered.index';
  return new LedgerFault(isDamaged ? 'damaged' : 'altered', altered);
}

/** Whether the ledger does not contain what the vault remembers. A longer one is only newer than the vault. */
function isOlder({ head, macAt }: Verdict, remembered: Head): boolean {
  return head.epoch === remembered.epoch ? macAt !== remembered.mac : head.epoch < remembered.epoch;
}
