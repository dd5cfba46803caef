import { randomBytes } from 'node:crypto';
import { isAlive } from '../alipay/processes.ts';

/** Approvals end after 5 minutes and sends after seconds: longer than this, whoever owned the row is gone. */
const STALE_MS = 30 * 60_000;

/** The owners of this process; of its pid, no other one lives. */
const livingHere = new Set<string>();

/** Names one life of a ledger, as rows carry it: the same pid may come again after a restart. */
export function makeOwner(): string {
  const owner = `${process.pid}:${randomBytes(6).toString('hex')}`;
  livingHere.add(owner);
  return owner;
}

export function endOwner(owner: string): void {
  livingHere.delete(owner);
}

/**
 * Whether whoever works on something may still be at it: this process, or another one that lives.
 *
 * @param age ms since its last step.
 */
export function isAtWork(owner: string, age: number): boolean {
  if (livingHere.has(owner)) return true;
  if (age > STALE_MS) return false;
  const pid = Number(owner.split(':')[0]);
  return pid !== process.pid && isAlive(pid);
}
