import { DAY_MS } from '../../alipay/beijing-time.ts';
import type { Fen } from '../../alipay/money.ts';
import { KEY_APP_ID } from '../identity.ts';
import { DEFAULT_SWITCHES } from '../switches.ts';
import { refundTrade } from '../world/refunds.ts';
import { bindBuyer, findTrade, payTrade, requestTrade, type TradeRequest } from '../world/trades.ts';
import type { World } from '../world/world.ts';

/** One thing that happened at `at` (ms). Demo data is lived through by the same rules as everything later. */
export interface Event {
  readonly at: number;
  readonly happen: (world: World) => void;
}

export interface Sale {
  readonly at: number;
  readonly outTradeNo: string;
  readonly fen: Fen;
  readonly subject: string;
  readonly buyerId: string;
}

/** Lives through the events that lie before now, in their order. */
export function liveThrough(world: World, events: readonly Event[]): void {
  const now = world.now();
  const past = events.filter((event) => event.at <= now).toSorted((a, b) => a.at - b.at);
  for (const { at, happen } of past) happen({ ...world, switches: DEFAULT_SWITCHES, now: () => at });
}

/** A buyer orders and pays at once. */
export function sold(sale: Sale): Event {
  return {
    at: sale.at,
    happen: (world) => payTrade(world, bindBuyer(world, requestTrade(world, orderOf(sale)), sale.buyerId)),
  };
}

/** A buyer orders and never pays: the trade closes when its time is over. */
export function abandoned(sale: Sale): Event {
  return { at: sale.at, happen: (world) => void bindBuyer(world, requestTrade(world, orderOf(sale)), sale.buyerId) };
}

/** A part of a sale goes back. */
export function returned(at: number, outTradeNo: string, fen: Fen, outRequestNo: string, reason: string): Event {
  return {
    at,
    happen: (world) => void refundTrade(world, findTrade(world, { outTradeNo }), { fen, outRequestNo, reason }),
  };
}

/** An order as the demo shop places it, by QR, waiting at most a day. */
export function orderOf(sale: Sale): TradeRequest {
  return {
    out_trade_no: sale.outTradeNo,
    app_id: KEY_APP_ID,
    method: 'precreate',
    total_fen: sale.fen,
    subject: sale.subject,
    body: null,
    passback_params: null,
    store_id: null,
    terminal_id: null,
    notify_url: null,
    return_url: null,
    qr_expires_at: sale.at + 2 * 3_600_000,
    expires_at: sale.at + DAY_MS,
  };
}
