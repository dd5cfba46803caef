import { RefusedError } from '../alipay/errors.ts';
import { formatYuan, type Fen } from '../alipay/money.ts';
import { say } from '../text/index.ts';

/** What a person allowed, in fen. Days are Beijing days; a payee is the payee of a transfer or the trade refunded. */
export interface Limits {
  readonly perOperation: Fen;
  readonly perDay: Fen;
  readonly perPayee: Fen;
}

/** What is counted already: for the account today, and for one payee today, in fen. */
export interface Spent {
  readonly today: Fen;
  readonly payeeToday: Fen;
}

/** The first limit that `fen` more would break, or undefined. */
export function brokenLimit(limits: Limits, spent: Spent, fen: Fen): keyof Limits | undefined {
  if (fen > limits.perOperation) return 'perOperation';
  if (spent.today + fen > limits.perDay) return 'perDay';
  return spent.payeeToday + fen > limits.perPayee ? 'perPayee' : undefined;
}

/** @throws RefusedError that names the limit `fen` more would break. */
export function holdLimits(limits: Limits, spent: Spent, fen: Fen): void {
  const broken = brokenLimit(limits, spent, fen);
  if (!broken) return;
  throw new RefusedError(say(`limit.${broken}`, { limit: formatYuan(limits[broken]), amount: formatYuan(fen) }));
}
