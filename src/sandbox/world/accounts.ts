import type { Fen } from '../../alipay/money.ts';
import type { World } from './world.ts';

/** Where demo money comes from; the only account that may be below 0. */
export const OUTSIDE = 'outside';

/** What a movement is, as 业务类型 of the account bill names it. */
type MovementKind = '在线支付' | '交易退款' | '转账' | '其它';

export interface Movement {
  readonly from: string;
  readonly to: string;
  readonly fen: Fen;
  readonly at: number;
  readonly kind: MovementKind;
  /** The trade's or transfer's number at Alipay. */
  readonly tradeNo: string;
  /** The merchant's number. */
  readonly outNo: string;
  readonly subject: string;
  readonly remark?: string;
}

/** The payer's balance is too low: nothing moved. */
export class InsufficientBalance extends Error {
  override readonly name = 'InsufficientBalance';
}

/** Moves money from one account to another: two rows that sum to 0. @throws InsufficientBalance */
export function move(world: World, movement: Movement): void {
  const { from, to, fen } = movement;
  if (from !== OUTSIDE && balanceOf(world, from) < fen) throw new InsufficientBalance();
  record(world, movement, from, to, -fen);
  record(world, movement, to, from, fen);
}

/** The balance of an account in fen; 0 for one that does not exist. */
export function balanceOf(world: World, owner: string): Fen {
  return world.store.get<{ fen: number }>('SELECT balance_fen AS fen FROM accounts WHERE owner = ?', owner)?.fen ?? 0;
}

/** Opens an account, with money from outside where `fen` is above 0. */
export function openAccount(world: World, owner: string, fen: Fen, at: number): void {
  world.store.run('INSERT OR IGNORE INTO accounts (owner) VALUES (?), (?)', owner, OUTSIDE);
  if (fen === 0) return;
  move(world, { from: OUTSIDE, to: owner, fen, at, kind: '其它', tradeNo: '', outNo: '', subject: '充值' });
}

function record(world: World, movement: Movement, account: string, counterparty: string, amount: Fen): void {
  world.store.run('UPDATE accounts SET balance_fen = balance_fen + ? WHERE owner = ?', amount, account);
  world.store.insert('movements', {
    at: movement.at,
    account,
    counterparty,
    amount_fen: amount,
    balance_fen: balanceOf(world, account),
    kind: movement.kind,
    trade_no: movement.tradeNo,
    out_no: movement.outNo,
    subject: movement.subject,
    remark: movement.remark ?? '',
  });
}
