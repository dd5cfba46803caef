import { randomUUID } from 'node:crypto';
import { DAY_MS } from '../../alipay/beijing-time.ts';
import { MERCHANT_ID } from '../identity.ts';
import { Refusal } from '../refusals.ts';
import { InsufficientBalance, move } from './accounts.ts';
import { queueNotification } from './notifications.ts';
import { tradeNumber } from './numbers.ts';
import type { RealTrade, Trade } from './trade.ts';
import type { World } from './world.ts';

/** What the merchant asks for when ordering. */
export type TradeRequest = Pick<
  Trade,
  | 'out_trade_no'
  | 'app_id'
  | 'method'
  | 'total_fen'
  | 'subject'
  | 'body'
  | 'passback_params'
  | 'store_id'
  | 'terminal_id'
  | 'notify_url'
  | 'return_url'
  | 'qr_expires_at'
  | 'expires_at'
> &
  // Absent: the sandbox's first merchant.
  Partial<Pick<Trade, 'merchant_id'>>;

/** How long a payment can be refunded: 12 months, as the face-to-face and page contracts say. */
const REFUND_PERIOD_MS = 365 * DAY_MS;

/** The merchant's order with this number, REQUESTED ones included. */
export function orderByNumber(world: World, outTradeNo: string, merchantId = MERCHANT_ID): Trade | undefined {
  const where = 'out_trade_no = ? AND merchant_id = ?';
  return world.store.get<Trade>(`SELECT * FROM trades WHERE ${where}`, outTradeNo, merchantId);
}

/** The order whose cashier link ends like this. */
export function orderByCashier(world: World, cashier: string): Trade | undefined {
  return world.store.get<Trade>('SELECT * FROM trades WHERE cashier = ?', cashier);
}

/**
 * The trade a request names; where it names both numbers, `trade_no` wins. Another merchant's trade does not exist.
 *
 * @throws Refusal ACQ.TRADE_NOT_EXIST
 */
export function findTrade(
  world: World,
  numbers: { tradeNo?: string | undefined; outTradeNo?: string | undefined },
  merchantId = MERCHANT_ID,
): RealTrade {
  const trade =
    numbers.tradeNo !== undefined
      ? world.store.get<Trade>('SELECT * FROM trades WHERE trade_no = ?', numbers.tradeNo)
      : orderByNumber(world, numbers.outTradeNo ?? '', merchantId);
  if (!trade || trade.merchant_id !== merchantId || !isReal(trade)) throw new Refusal('ACQ.TRADE_NOT_EXIST');
  return trade;
}

/**
 * Takes an order. The same order again is the same order; a number that already stands for something else, or for an
 * order that has ended, is refused.
 *
 * @throws Refusal ACQ.CONTEXT_INCONSISTENT, ACQ.TRADE_HAS_SUCCESS or ACQ.TRADE_HAS_CLOSE
 */
export function requestTrade(world: World, request: TradeRequest): Trade {
  const known = orderByNumber(world, request.out_trade_no, request.merchant_id);
  return known ? requestAgain(world, known, request) : requestNew(world, request);
}

/** Takes an order whose number nothing stands for yet. */
export function requestNew(world: World, request: TradeRequest): Trade {
  const order = { ...request, cashier: cashierToken(), status: 'REQUESTED', requested_at: world.now() };
  return world.store.insert('trades', order);
}

/** Gives an order that nobody has scanned another link: the old QR is dead. */
export function renewCashier(world: World, order: Trade): Trade {
  const cashier = cashierToken();
  world.store.run('UPDATE trades SET cashier = ? WHERE cashier = ?', cashier, order.cashier);
  return reload(world, cashier);
}

/** Makes the order a trade of this buyer's: somebody scanned the QR, signed in at the cashier, or was named. */
export function bindBuyer(world: World, order: Trade, buyerId: string): RealTrade {
  if (isReal(order)) {
    if (order.buyer_id !== buyerId) throw new Refusal('ACQ.TRADE_BUYER_NOT_MATCH');
    return order;
  }
  if (buyerId === order.merchant_id) throw new Refusal('ACQ.BUYER_SELLER_EQUAL');
  const now = world.now();
  world.store.run(
    `UPDATE trades SET status = 'WAIT_BUYER_PAY', trade_no = ?, buyer_id = ?, created_at = ? WHERE cashier = ?`,
    tradeNumber(world, now, buyerId),
    buyerId,
    now,
    order.cashier,
  );
  return reload(world, order.cashier) as RealTrade;
}

/** Pays a waiting trade from its buyer's balance, and queues the notification. @throws Refusal when it does not wait. */
export function payTrade(world: World, trade: RealTrade): RealTrade {
  refuseEnded(trade);
  const now = world.now();
  try {
    move(world, {
      from: trade.buyer_id ?? '',
      to: trade.merchant_id,
      fen: trade.total_fen,
      at: now,
      kind: '在线支付',
      tradeNo: trade.trade_no,
      outNo: trade.out_trade_no,
      subject: trade.subject,
      remark: trade.body ?? '',
    });
  } catch (error) {
    if (error instanceof InsufficientBalance) throw new Refusal('ACQ.BUYER_BALANCE_NOT_ENOUGH');
    throw error;
  }
  world.store.run(
    `UPDATE trades SET status = 'TRADE_SUCCESS', paid_at = ?, refundable_until = ? WHERE trade_no = ?`,
    now,
    now + REFUND_PERIOD_MS,
    trade.trade_no,
  );
  const paid = reload(world, trade.cashier) as RealTrade;
  queueNotification(world, paid, { kind: 'paid' });
  return paid;
}

/** Closes a trade that waits for its buyer, and queues the notification. @throws Refusal ACQ.TRADE_STATUS_ERROR when it does not wait. */
export function closeTrade(world: World, trade: RealTrade, by: 'close' | 'cancel'): RealTrade {
  if (trade.status === 'TRADE_CLOSED') throw new Refusal(world.switches.get('second-close'));
  if (trade.status !== 'WAIT_BUYER_PAY') throw new Refusal('ACQ.TRADE_STATUS_ERROR');
  world.store.run(
    `UPDATE trades SET status = 'TRADE_CLOSED', closed_at = ?, closed_by = ? WHERE trade_no = ?`,
    world.now(),
    by,
    trade.trade_no,
  );
  const closed = reload(world, trade.cashier) as RealTrade;
  queueNotification(world, closed, { kind: 'closed', by });
  return closed;
}

/** When time closes the next trade nobody has paid, in virtual ms; undefined when none waits. */
export function nextTimeoutAt({ store }: World): number | undefined {
  const row = store.cached<{ at: number | null }>(
    `SELECT min(expires_at) AS at FROM trades WHERE status = 'WAIT_BUYER_PAY'`,
  );
  return row?.at ?? undefined;
}

/** Whether time has no work to do: then `settleByClock` would change nothing. */
export function isSettled(world: World): boolean {
  const row = world.store.cached<{ at: number | null }>(
    `SELECT min(refundable_until) AS at FROM trades WHERE status = 'TRADE_SUCCESS'`,
  );
  return world.now() < Math.min(nextTimeoutAt(world) ?? Infinity, row?.at ?? Infinity);
}

/**
 * Lets time do its work: trades nobody paid in time close, which is notified of; trades past their refund period
 * finish.
 */
export function settleByClock(world: World): void {
  if (isSettled(world)) return;
  const now = world.now();
  const closed = world.store.all<RealTrade>(
    `UPDATE trades SET status = 'TRADE_CLOSED', closed_at = expires_at, closed_by = 'timeout'
     WHERE status = 'WAIT_BUYER_PAY' AND expires_at <= ? RETURNING *`,
    now,
  );
  for (const trade of closed) queueNotification(world, trade, { kind: 'closed', by: 'timeout' });
  world.store.run(
    `UPDATE trades SET status = 'TRADE_FINISHED' WHERE status = 'TRADE_SUCCESS' AND refundable_until <= ?`,
    now,
  );
}

/** Whether an order still waits for somebody to scan, sign in or pay at `now` (ms). */
export function isPayable(order: Trade, now: number): boolean {
  if (order.status === 'WAIT_BUYER_PAY') return true;
  const end = Math.min(order.expires_at, order.qr_expires_at ?? order.expires_at);
  return order.status === 'REQUESTED' && now < end;
}

/** Takes the order again that a number stands for. @throws Refusal as `requestTrade` */
export function requestAgain(world: World, known: Trade, request: TradeRequest): Trade {
  refuseEnded(known);
  const same =
    known.total_fen === request.total_fen && known.subject === request.subject && known.app_id === request.app_id;
  if (!same) throw new Refusal('ACQ.CONTEXT_INCONSISTENT');
  // Nobody has scanned it: asking again makes the QR or page fresh, under the same link.
  if (known.status === 'REQUESTED') {
    world.store.run(
      'UPDATE trades SET qr_expires_at = ?, expires_at = ?, notify_url = ?, return_url = ? WHERE cashier = ?',
      request.qr_expires_at,
      request.expires_at,
      request.notify_url,
      request.return_url,
      known.cashier,
    );
  }
  return reload(world, known.cashier);
}

function refuseEnded(trade: Trade): void {
  if (trade.status === 'TRADE_SUCCESS' || trade.status === 'TRADE_FINISHED') throw new Refusal('ACQ.TRADE_HAS_SUCCESS');
  if (trade.status === 'TRADE_CLOSED') throw new Refusal('ACQ.TRADE_HAS_CLOSE');
}

function isReal(trade: Trade): trade is RealTrade {
  return trade.trade_no !== null;
}

function reload(world: World, cashier: string): Trade {
  const trade = orderByCashier(world, cashier);
  if (!trade) throw new Error(`order ${cashier} is gone`);
  return trade;
}

/** As the platform's QR texts end: `bax` and 24 characters nobody can guess (90 random bits, from a cache of UUIDs). */
function cashierToken(): string {
  return `bax${randomUUID().replaceAll('-', '').slice(0, 24)}`;
}
