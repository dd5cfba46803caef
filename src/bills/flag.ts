import type { Fen } from '../alipay/money.ts';
import type { AccountBill, AccountRow, Bill, TradeBill, TradeRow } from './bill.ts';

/**
 * The rows for a person to look at: payments (never refunds) of which the merchant received more than `fen`, or in a
 * signcustomer bill movements of more than `fen` in either direction. Exactly `fen` is not above.
 */
export function flagAbove(bill: TradeBill, fen: Fen): TradeRow[];
export function flagAbove(bill: AccountBill, fen: Fen): AccountRow[];
export function flagAbove(bill: Bill, fen: Fen): TradeRow[] | AccountRow[] {
  return bill.type === 'trade'
    ? bill.rows.filter((row) => row.kind === 'trade' && row.receipt > fen)
    : bill.rows.filter((row) => Math.max(row.income, row.expense) > fen);
}
