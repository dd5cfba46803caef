import { beijingDate, startOfBeijingDay } from '../../alipay/beijing-time.ts';
import type { Fen } from '../../alipay/money.ts';
import { Refusal } from '../refusals.ts';
import { personById } from './people.ts';
import type { World } from './world.ts';

/** The limits that are quoted publicly (`alipay-openapi.md` §3.12); contracts differ. */
const TO_A_PERSON_FEN = 5_000_000;
const A_DAY_FEN = 100_000_000;
const UNVERIFIED_A_DAY_FEN = 100_000;

/**
 * Refuses a transfer above the limits, where the switch `transfer-limits` is on: 50,000.00 for one, 1,000,000.00 a
 * Beijing day, and 1,000.00 a day to a payee who is not verified, as those made up here are.
 */
export function refuseAboveLimits(world: World, merchantId: string, payeeId: string, fen: Fen): void {
  if (world.switches.get('transfer-limits') === 'off') return;
  if (fen > TO_A_PERSON_FEN) throw new Refusal('EXCEED_LIMIT_PERSONAL_SM_AMOUNT');
  if (sentToday(world, 'merchant_id', merchantId) + fen > A_DAY_FEN) throw new Refusal('EXCEED_LIMIT_DM_AMOUNT');
  const verified = personById(world, payeeId)?.known === 1;
  if (!verified && sentToday(world, 'payee_id', payeeId) + fen > UNVERIFIED_A_DAY_FEN) {
    throw new Refusal('EXCEED_LIMIT_UNRN_DM_AMOUNT');
  }
}

function sentToday(world: World, column: 'merchant_id' | 'payee_id', id: string): Fen {
  const today = startOfBeijingDay(beijingDate(world.now()));
  const sql = `SELECT coalesce(sum(amount_fen), 0) AS fen FROM transfers WHERE ${column} = ? AND at >= ?`;
  return world.store.get<{ fen: Fen }>(sql, id, today)?.fen ?? 0;
}
