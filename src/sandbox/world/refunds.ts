import { beijingDate, DAY_MS, startOfBeijingDay } from '../../alipay/beijing-time.ts';
import type { Fen } from '../../alipay/money.ts';
import { Refusal } from '../refusals.ts';
import { InsufficientBalance, move } from './accounts.ts';
import { queueNotification } from './notifications.ts';
import type { RealTrade } from './trade.ts';
import { closeTrade, findTrade } from './trades.ts';
import type { World } from './world.ts';

/** Money that went back to a buyer. */
export interface Refund {
  readonly trade_no: string;
  readonly out_request_no: string;
  readonly refund_fen: Fen;
  readonly reason: string | null;
  readonly at: number;
}

/** How long after the payment a cancel may still send the money back. */
const CANCEL_WINDOW_MS = DAY_MS;

/** How far apart two refunds of one trade must be, where the switch `refund-pacing` is on. */
const PACE_MS = 3_000;

/** The refund of this trade under this number, if there was one. */
export function findRefund(world: World, tradeNo: string, outRequestNo: string): Refund | undefined {
  return world.store.get<Refund>(
    'SELECT * FROM refunds WHERE trade_no = ? AND out_request_no = ?',
    tradeNo,
    outRequestNo,
  );
}

/**
 * Refunds a part or the whole of a paid trade, once per number: the same number and amount again answers without
 * moving money (`moved: false`).
 *
 * @param refund.outRequestNo absent: a refund of the whole, under the order's own number.
 * @throws Refusal with the code the refund page names for each reason.
 */
export function refundTrade(
  world: World,
  trade: RealTrade,
  refund: { fen: Fen; outRequestNo: string | undefined; reason: string | undefined },
): { trade: RealTrade; moved: boolean; refund: Refund } {
  const number = refund.outRequestNo ?? trade.out_trade_no;
  const earlier = findRefund(world, trade.trade_no, number);
  if (earlier) {
    if (earlier.refund_fen !== refund.fen) throw new Refusal('ACQ.DISCORDANT_REPEAT_REQUEST');
    return { trade, moved: false, refund: earlier };
  }
  refuseState(trade);
  refusePace(world, trade);
  if (world.switches.get('alipay-sandbox-limits') === 'on' && refund.fen !== trade.total_fen)
    throw new Refusal('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL');
  if (refund.fen > trade.total_fen) throw new Refusal('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL');
  if (refund.outRequestNo === undefined && refund.fen !== trade.total_fen)
    throw new Refusal('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL');
  if (trade.refunded_fen + refund.fen > trade.total_fen) throw new Refusal('ACQ.REASON_TRADE_REFUND_FEE_ERR');
  const made = giveBack(world, trade, { number, fen: refund.fen, reason: refund.reason, closes: 'refund' });
  return { trade: findTrade(world, { tradeNo: trade.trade_no }, trade.merchant_id), moved: true, refund: made };
}

/** What a cancel did: `closed` an unpaid trade or `refunded` a paid one. A repeat answers what the first one did. */
export type Cancelled = 'closed' | 'refunded';

/**
 * Cancels a trade: closes an unpaid one, refunds a paid one in full.
 *
 * @throws Refusal after a refund, after the cancel window (24 h, or as the switch says), or when the seller's balance is too low.
 */
export function cancelTrade(world: World, trade: RealTrade): Cancelled {
  if (trade.status === 'WAIT_BUYER_PAY') {
    closeTrade(world, trade, 'cancel');
    return 'closed';
  }
  if (trade.status === 'TRADE_FINISHED') throw new Refusal('ACQ.TRADE_HAS_FINISHED');
  if (trade.status === 'TRADE_CLOSED') {
    if (trade.paid_at === null) return 'closed';
    if (trade.closed_by === 'cancel') return 'refunded';
  }
  if (trade.refunded_fen > 0) throw new Refusal('ACQ.REASON_TRADE_REFUND_FEE_ERR');
  if (world.now() > cancelEnd(world, trade.paid_at ?? 0)) throw new Refusal('ACQ.TRADE_CANCEL_TIME_OUT');
  giveBack(world, trade, { number: trade.out_trade_no, fen: trade.total_fen, reason: undefined, closes: 'cancel' });
  return 'refunded';
}

function refuseState(trade: RealTrade): void {
  if (trade.status === 'TRADE_FINISHED') throw new Refusal('ACQ.TRADE_HAS_FINISHED');
  if (trade.status === 'TRADE_CLOSED') throw new Refusal('ACQ.TRADE_HAS_CLOSE');
  if (trade.status !== 'TRADE_SUCCESS') throw new Refusal('ACQ.TRADE_STATUS_ERROR');
}

function refusePace(world: World, trade: RealTrade): void {
  if (world.switches.get('refund-pacing') === 'off') return;
  const last = world.store.get<{ at: number | null }>(
    'SELECT max(at) AS at FROM refunds WHERE trade_no = ?',
    trade.trade_no,
  );
  if (last?.at && world.now() - last.at < PACE_MS) throw new Refusal('ACQ.SYSTEM_ERROR');
}

/** Until when (ms) a trade that was paid at `paidAt` can be cancelled. */
function cancelEnd(world: World, paidAt: number): number {
  const window = world.switches.get('cancel-window');
  if (window === 'none') return Number.POSITIVE_INFINITY;
  return window === '24h' ? paidAt + CANCEL_WINDOW_MS : startOfBeijingDay(beijingDate(paidAt)) + DAY_MS - 1;
}

function giveBack(
  world: World,
  trade: RealTrade,
  {
    number,
    fen,
    reason,
    closes,
  }: { number: string; fen: Fen; reason: string | undefined; closes: 'refund' | 'cancel' },
): Refund {
  const at = world.now();
  try {
    move(world, {
      from: trade.merchant_id,
      to: trade.buyer_id ?? '',
      fen,
      at,
      kind: '交易退款',
      tradeNo: trade.trade_no,
      outNo: trade.out_trade_no,
      subject: trade.subject,
      remark: reason ?? '',
    });
  } catch (error) {
    if (error instanceof InsufficientBalance) throw new Refusal('ACQ.SELLER_BALANCE_NOT_ENOUGH');
    throw error;
  }
  const refund = { trade_no: trade.trade_no, out_request_no: number, refund_fen: fen, reason: reason ?? null, at };
  world.store.insert('refunds', refund);
  const whole = trade.refunded_fen + fen === trade.total_fen;
  world.store.run(
    'UPDATE trades SET refunded_fen = refunded_fen + ?, status = ?, closed_at = ?, closed_by = ? WHERE trade_no = ?',
    fen,
    whole ? 'TRADE_CLOSED' : trade.status,
    whole ? at : null,
    whole ? closes : null,
    trade.trade_no,
  );
  const after = findTrade(world, { tradeNo: trade.trade_no }, trade.merchant_id);
  queueNotification(world, after, { kind: 'refunded', by: closes, outRequestNo: number, at });
  return refund;
}
