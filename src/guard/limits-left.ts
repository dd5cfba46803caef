import type { Ledger, Limits, Operation } from '../ledger/index.ts';
import type { LimitsLeft } from './approver.ts';

/** What the limits still allow beside everything else that counts today; negative where a limit is broken already. */
export function limitsLeft(ledger: Ledger, operation: Operation, limits: Limits): LimitsLeft {
  const spent = ledger.spent(operation.account, operation.target, operation.id);
  return {
    perOperation: limits.perOperation,
    today: limits.perDay - spent.today,
    payeeToday: limits.perPayee - spent.payeeToday,
  };
}
