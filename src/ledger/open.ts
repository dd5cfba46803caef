import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../alipay/clock.ts';
import { say } from '../text/index.ts';
import { sealAll } from './append.ts';
import { Chain } from './chain.ts';
import { configure, look, openDatabase, Place, transact } from './database.ts';
import { asFault, KeyChanged, LedgerFault } from './fault.ts';
import { keyNameIn } from './links.ts';
import { isMadeAs, migrate, VERSION, versionOf } from './migrations.ts';
import type { ChainKey, Head, LedgerSeal } from './seal.ts';

export interface Opened {
  readonly db: DatabaseSync;
  readonly chain: Chain;
  readonly place: Place;
}

/**
 * Opens a ledger's file and believes it only as far as the seal proves it. A file that is not there, or of version 1, is
 * made or carried forward only where the vault remembers none.
 *
 * @throws LedgerFault that says what is wrong; the file stays as it is then.
 */
export async function openChained(file: string, clock: Clock, seal: LedgerSeal): Promise<Opened> {
  const isThere = existsSync(file);
  const remembered = await seal.readHead().catch((error: unknown) => {
    if (error instanceof LedgerFault && !isThere) throw new LedgerFault('missing', say('ledger.fault.gone'));
    throw error;
  });
  if (remembered && !isThere) {
    throw new LedgerFault('missing', say('ledger.fault.missing', { count: remembered.count }));
  }
  try {
    const db = openDatabase(file);
    try {
      return await openedFrom(db, new Place(file), clock, seal, remembered);
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw asFault(error);
  }
}

async function openedFrom(
  db: DatabaseSync,
  place: Place,
  clock: Clock,
  seal: LedgerSeal,
  remembered: Head | undefined,
): Promise<Opened> {
  await configure(db, clock);
  const version = await look(db, clock, () => madeVersionOf(db));
  if (version < VERSION) {
    if (remembered && version === 0) throw new LedgerFault('missing', say('ledger.fault.empty'));
    if (remembered) throw new LedgerFault('older', say('ledger.fault.older', { known: remembered.count, count: 0 }));
    await makeChained(db, clock, seal, 0, version === 0 ? 'new' : 'carried forward');
  }
  const chain = await believe(db, clock, seal, remembered);
  if (!remembered) await rememberEnd(db, chain, version, seal);
  place.check(chain.head.count); // and knows now what SQLite has made beside it
  return { db, chain, place };
}

/**
 * Tells the seal of a ledger that was just made, before anything can stand in it. One that has operations and of which
 * nobody remembers the end may be an older one.
 */
async function rememberEnd(db: DatabaseSync, { head }: Chain, version: number, seal: LedgerSeal): Promise<void> {
  const isUsed = version === VERSION && db.prepare('SELECT 1 FROM operation LIMIT 1').get() !== undefined;
  if (!isUsed) await seal.writeHead(head);
  else if (!(await seal.readHead())) throw new LedgerFault('no_key', say('ledger.fault.no_head')); // else just made elsewhere
}

/** The version of a file that can be carried forward, or of one to be verified. @throws LedgerFault when it is none of ours. */
function madeVersionOf(db: DatabaseSync): number {
  const version = versionOf(db);
  if (version === VERSION || isMadeAs(db, version)) return version;
  throw new LedgerFault('damaged', say('ledger.altered.schema'));
}

/** Verifies with the key that the file names; with another one, where a person's decision just changed it. */
async function believe(db: DatabaseSync, clock: Clock, seal: LedgerSeal, remembered: Head | undefined): Promise<Chain> {
  for (;;) {
    const name = keyNameIn(db);
    const chain = new Chain(db, await keyNamed(name, seal));
    const isNamed = await look(db, clock, () => {
      if (keyNameIn(db) !== name) return false;
      chain.verify(remembered);
      return true;
    });
    if (isNamed) return chain;
  }
}

/** Brings a file to the present version and begins its chain, unless another process just did. */
async function makeChained(
  db: DatabaseSync,
  clock: Clock,
  seal: LedgerSeal,
  epoch: number,
  why: string,
): Promise<void> {
  const key = await seal.makeKey();
  await transact(db, clock, () => {
    if (versionOf(db) === VERSION) return;
    migrate(db);
    nameKey(db, key.name);
    sealAll(db, key.bytes, clock.now(), epoch, why);
  });
}

export function nameKey(db: DatabaseSync, name: string): void {
  db.prepare('INSERT OR REPLACE INTO chain (one, key) VALUES (1, ?)').run(name);
}

async function keyNamed(name: string | undefined, seal: LedgerSeal): Promise<ChainKey> {
  const bytes = name === undefined ? undefined : await seal.readKey(name);
  if (name === undefined || !bytes) throw new LedgerFault('no_key', say('ledger.fault.no_key'));
  return { name, bytes };
}

/**
 * Runs `work` in one transaction of an open ledger. Where a person has decided about the ledger in another window meanwhile,
 * what had been sent is written down all the same: under the key of that decision, once the ledger was looked at with it.
 *
 * @throws what `transact` throws; LedgerFault when the file cannot be read, or this window does not see that key.
 */
export async function transactOn<T>(
  { db, chain }: Pick<Opened, 'db' | 'chain'>,
  clock: Clock,
  seal: LedgerSeal,
  work: () => T,
  ms?: number,
): Promise<T> {
  for (;;) {
    try {
      return await transact(db, clock, work, ms);
    } catch (error) {
      if (!(error instanceof KeyChanged)) throw asFault(error);
      const key = await keyNamed(keyNameIn(db), seal);
      const remembered = await seal.readHead();
      await look(db, clock, () => chain.renew(key, remembered));
    }
  }
}
