import { formatBeijing } from '../alipay/beijing-time.ts';
import { MOST_SKEW_MS } from '../alipay/clock.ts';
import { say } from '../text/index.ts';
import { LedgerFault } from './fault.ts';

/** Whether a ledger's time, ms, is one to come: the clock was wrong when its last entry was written, or is wrong now. */
export function isAhead(ledgerMs: number, clockMs: number): boolean {
  return ledgerMs - clockMs > MOST_SKEW_MS;
}

/** @throws LedgerFault where it is. */
export function holdTime(ledgerMs: number, clockMs: number): void {
  if (!isAhead(ledgerMs, clockMs)) return;
  const minutes = Math.round((ledgerMs - clockMs) / 60_000);
  throw new LedgerFault('ahead', say('ledger.fault.ahead', { when: formatBeijing(ledgerMs), minutes }));
}
