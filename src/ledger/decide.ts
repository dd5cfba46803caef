import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { formatBeijing } from '../alipay/beijing-time.ts';
import type { Clock } from '../alipay/clock.ts';
import { say } from '../text/index.ts';
import { sealAll } from './append.ts';
import { configure, openDatabase, PARTS, transact } from './database.ts';
import { unfitIn } from './entries.ts';
import { asFault, LedgerFault, type FaultKind } from './fault.ts';
import { linkOf, SEALED, type Link } from './links.ts';
import { isMadeAs, migrate, versionOf } from './migrations.ts';
import { nameKey } from './open.ts';
import type { Head, LedgerSeal } from './seal.ts';
import { sealIn } from './verify.ts';

/** No person decides that often: the next number after it, and the one after that, can be told apart. */
const MOST_DECISIONS = 1_000_000;

/** Whether a ledger with this fault can be gone on with as it stands; else it can only be set aside. */
export function isAcceptable(kind: FaultKind): boolean {
  switch (kind) {
    case 'older':
    case 'altered':
    case 'no_key':
    case 'ahead':
      return true;
    case 'damaged':
    case 'missing':
    case 'newer':
      return false;
  }
}

/**
 * Sets a ledger aside under a name with the Beijing time, and begins a new one: as a person has just decided. Nothing is
 * deleted. Every connection to it in this process must be closed.
 *
 * @returns the name it has now, or undefined where there was none.
 * @throws LedgerFault when its folder cannot be written.
 */
export function startAnew(file: string, clock: Clock, seal: LedgerSeal): Promise<string | undefined> {
  return withFaults(async () => {
    const aside = setAside(file, clock.now());
    await sealAnew(file, clock, seal, 'started anew');
    return aside && basename(aside);
  });
}

/**
 * Goes on with a ledger as it stands: a person has just decided that. A new key vouches for it, in an event that says so.
 *
 * @throws LedgerFault when it cannot be gone on with; the file stays as it is then.
 */
export function acceptAsItIs(file: string, clock: Clock, seal: LedgerSeal): Promise<void> {
  return withFaults(() => sealAnew(file, clock, seal, 'accepted', holdContent));
}

/** What holds nothing cannot be believed: going on with it would begin a new ledger unsaid. @throws LedgerFault */
function holdContent(db: DatabaseSync): void {
  const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (isEmpty) throw new LedgerFault('missing', say('ledger.fault.empty'));
}

async function withFaults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asFault(error);
  }
}

async function sealAnew(
  file: string,
  clock: Clock,
  seal: LedgerSeal,
  why: string,
  hold: (db: DatabaseSync) => void = () => undefined,
): Promise<void> {
  const [kept, key] = await Promise.all([keptBy(seal), seal.makeKey()]);
  const db = openDatabase(file);
  try {
    await configure(db, clock);
    const head = await transact(db, clock, () => {
      hold(db);
      makeSound(db);
      const last = Math.max(kept?.epoch ?? 0, ...epochsIn(db));
      nameKey(db, key.name);
      return sealAll(db, key.bytes, clock.now(), last + 1, why);
    });
    await seal.writeHead(head);
  } finally {
    db.close();
  }
}

/** The head the seal keeps; one that is none says nothing, which a person has just decided about. */
async function keptBy(seal: LedgerSeal): Promise<Head | undefined> {
  try {
    return await seal.readHead();
  } catch (error) {
    if (error instanceof LedgerFault) return undefined;
    throw error;
  }
}

/**
 * Carries a file forward that can be gone on with. A person believes what is written, and not what would make it be read
 * otherwise: tables, rules and indexes must be ours.
 *
 * @throws LedgerFault
 */
function makeSound(db: DatabaseSync): void {
  const version = versionOf(db);
  if (!isMadeAs(db, version)) throw new LedgerFault('damaged', say('ledger.altered.schema'));
  migrate(db);
  const unfit = unfitIn(db);
  if (unfit) throw new LedgerFault('damaged', unfit);
}

/** Which decisions the file knows of. Nobody vouches for these entries: one that is none of ours counts for nothing. */
function epochsIn(db: DatabaseSync): number[] {
  const seals = db.prepare('SELECT * FROM event WHERE kind = ?').all(SEALED).map(linkOf);
  return seals.map(epochIn).filter((epoch) => Number.isSafeInteger(epoch) && epoch < MOST_DECISIONS);
}

function epochIn(link: Link): number {
  try {
    return sealIn(link).epoch;
  } catch {
    return 0;
  }
}

function setAside(file: string, now: number): string | undefined {
  if (!existsSync(file)) return undefined;
  const when = formatBeijing(now).replaceAll(/[-:]/g, '').replace(' ', '-');
  const name = (count: number): string =>
    join(dirname(file), `ledger.set-aside-${when}${count === 0 ? '' : `-${count}`}.sqlite`);
  let count = 0;
  while (existsSync(name(count))) count += 1;
  const aside = name(count);
  for (const part of PARTS) if (existsSync(file + part)) renameSync(file + part, aside + part);
  return aside;
}
