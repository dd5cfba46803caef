import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formatBeijing } from '../alipay/beijing-time.ts';
import type { Clock } from '../alipay/clock.ts';
import { sealAll } from './chain.ts';
import { configure, openDatabase, PARTS, transact } from './database.ts';
import type { FaultKind } from './fault.ts';
import { linkOf, SEALED } from './links.ts';
import { migrate } from './migrations.ts';
import { nameKey } from './open.ts';
import type { LedgerSeal } from './seal.ts';
import { sealIn } from './verify.ts';

/** Whether a ledger with this fault can be gone on with as it stands; else it can only be set aside. */
export function isAcceptable(kind: FaultKind): boolean {
  switch (kind) {
    case 'older':
    case 'altered':
    case 'no_key':
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
 */
export async function startAnew(file: string, clock: Clock, seal: LedgerSeal): Promise<string | undefined> {
  const aside = setAside(file, clock.now());
  await sealAnew(file, clock, seal, 'started anew');
  return aside && basename(aside);
}

/** Goes on with a ledger as it stands: a person has just decided that. A new key vouches for it, in an event that says so. */
export async function acceptAsItIs(file: string, clock: Clock, seal: LedgerSeal): Promise<void> {
  await sealAnew(file, clock, seal, 'accepted');
}

async function sealAnew(file: string, clock: Clock, seal: LedgerSeal, why: string): Promise<void> {
  const [kept, key] = await Promise.all([seal.readHead(), seal.makeKey()]);
  const db = openDatabase(file);
  try {
    await configure(db, clock);
    const head = await transact(db, clock, () => {
      migrate(db);
      const epochs = db.prepare('SELECT * FROM event WHERE kind = ?').all(SEALED).map(linkOf).map(sealIn);
      const last = Math.max(kept?.epoch ?? 0, ...epochs.map(({ epoch }) => epoch));
      nameKey(db, key.name);
      return sealAll(db, key.bytes, clock.now(), last + 1, why);
    });
    await seal.writeHead(head);
  } finally {
    db.close();
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
