import { formatBeijing } from '../../alipay/beijing-time.ts';
import { formatYuan } from '../../alipay/money.ts';
import type { Notification } from '../world/notifications.ts';
import type { Refund } from '../world/refunds.ts';
import type { Trade } from '../world/trade.ts';
import { settleByClock } from '../world/trades.ts';
import type { Transfer } from '../world/transfers.ts';
import type { World } from '../world/world.ts';

type Shown = Readonly<Record<string, unknown>>;

/** Everything the sandbox holds, in Alipay's names: amounts in yuan, times in Beijing time. */
export function readState(world: World, origin: string): Shown {
  const { store } = world;
  store.transaction(() => settleByClock(world));
  return {
    clock: clockState(world),
    balances: Object.fromEntries(
      store
        .all<{ owner: string; fen: number }>('SELECT owner, balance_fen AS fen FROM accounts ORDER BY owner')
        .map(({ owner, fen }) => [owner, formatYuan(fen)]),
    ),
    trades: store
      .all<Trade>('SELECT * FROM trades ORDER BY requested_at, out_trade_no')
      .map((trade) => showTrade(trade, origin)),
    refunds: store
      .all<Refund & { out_trade_no: string }>(
        'SELECT refunds.*, out_trade_no FROM refunds JOIN trades USING (trade_no) ORDER BY at',
      )
      .map(showRefund),
    transfers: store.all<Transfer>('SELECT * FROM transfers ORDER BY at').map(showTransfer),
    notifications: store
      .all<Notification>('SELECT * FROM notifications ORDER BY created_at, notify_id')
      .map(showNotification),
  };
}

/** The virtual clock: `now` in ms, and how far it is from the machine's. */
export function clockState(world: World): Shown {
  const now = world.now();
  return { now, beijing: formatBeijing(now), offset_ms: world.clockOffset() };
}

/** One order; `trade_status` is REQUESTED while nobody has scanned its QR or signed in at its cashier. */
export function showTrade(trade: Trade, origin: string): Shown {
  return {
    out_trade_no: trade.out_trade_no,
    trade_no: trade.trade_no,
    trade_status: trade.status,
    method: `alipay.trade.${trade.method}`,
    seller_id: trade.merchant_id,
    app_id: trade.app_id,
    subject: trade.subject,
    total_amount: formatYuan(trade.total_fen),
    refund_fee: formatYuan(trade.refunded_fen),
    buyer_user_id: trade.buyer_id,
    notify_url: trade.notify_url,
    cashier_url: `${origin}/cashier/${trade.cashier}`,
    gmt_request: formatBeijing(trade.requested_at),
    gmt_create: time(trade.created_at),
    gmt_payment: time(trade.paid_at),
    gmt_close: time(trade.closed_at),
    closed_by: trade.closed_by,
    time_expire: formatBeijing(trade.expires_at),
  };
}

function showRefund(refund: Refund & { out_trade_no: string }): Shown {
  return {
    out_trade_no: refund.out_trade_no,
    trade_no: refund.trade_no,
    out_request_no: refund.out_request_no,
    refund_amount: formatYuan(refund.refund_fen),
    refund_reason: refund.reason,
    gmt_refund: time(refund.at),
  };
}

function showTransfer(transfer: Transfer): Shown {
  return {
    out_biz_no: transfer.out_biz_no,
    order_id: transfer.order_id,
    pay_fund_order_id: transfer.pay_fund_order_id,
    product_code: transfer.product_code,
    biz_scene: transfer.biz_scene,
    trans_amount: formatYuan(transfer.amount_fen),
    payer_user_id: transfer.merchant_id,
    payee_user_id: transfer.payee_id,
    order_title: transfer.order_title,
    remark: transfer.remark,
    status: transfer.status,
    trans_date: time(transfer.at),
  };
}

export function showNotification(notification: Notification): Shown {
  const { notify_id, out_trade_no, notify_url, status, attempts, last_answer, fault } = notification;
  const next_at = time(notification.next_at);
  return { notify_id, out_trade_no, notify_url, status, attempts, last_answer, fault, next_at };
}

function time(ms: number | null): string | null {
  return ms === null ? null : formatBeijing(ms);
}
