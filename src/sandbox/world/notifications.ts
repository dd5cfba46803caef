import { formatBeijing } from '../../alipay/beijing-time.ts';
import { formatYuan } from '../../alipay/money.ts';
import { isLoopback } from '../../alipay/profile.ts';
import { MERCHANT_EMAIL } from '../identity.ts';
import { notifyNumber } from './numbers.ts';
import { maskLogonId, openIdOf, personById } from './people.ts';
import type { RealTrade } from './trade.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The waits between the sends of one notification: eight sends in 24 h 24 min (`alipay-openapi.md` §4). */
const RETRY_GAPS_MS = [4 * MINUTE, 10 * MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 15 * HOUR] as const;

/** A notification and how far its delivery got. */
export interface Notification {
  readonly notify_id: string;
  readonly out_trade_no: string;
  readonly notify_url: string;
  /** JSON of every parameter but `notify_time` and the signature, which are made at each send. */
  readonly parameters: string;
  readonly status: 'waiting' | 'delivered' | 'given-up' | 'not-loopback';
  readonly attempts: number;
  readonly next_at: number | null;
  readonly last_answer: string | null;
  readonly created_at: number;
}

/** What happened to a trade: it was paid, it closed without a payment, or money went back. */
export type TradeEvent =
  | { readonly kind: 'paid' | 'closed' }
  | { readonly kind: 'refunded'; readonly outRequestNo: string; readonly at: number };

/**
 * Queues the notification of an event, where the order asked for one and the switches let it out. An address beyond
 * this machine is only noted: the sandbox never reaches out.
 */
export function queueNotification(world: World, trade: RealTrade, event: TradeEvent): void {
  if (!trade.notify_url || !isSent(world, trade, event)) return;
  const url = URL.canParse(trade.notify_url) ? new URL(trade.notify_url) : undefined;
  const reachable = url !== undefined && /^https?:$/.test(url.protocol) && isLoopback(url);
  const now = world.now();
  const notifyId = notifyNumber(world, now);
  world.store.insert('notifications', {
    notify_id: notifyId,
    out_trade_no: trade.out_trade_no,
    notify_url: trade.notify_url,
    parameters: JSON.stringify(eventParameters(world, trade, notifyId, event)),
    status: reachable ? 'waiting' : 'not-loopback',
    next_at: reachable ? now : null,
    created_at: now,
  });
}

/** The notification with this id, if there is one. */
export function findNotification(world: World, notifyId: string): Notification | undefined {
  return world.store.get<Notification>('SELECT * FROM notifications WHERE notify_id = ?', notifyId);
}

/** The notifications that are due. */
export function dueNotifications(world: World): Notification[] {
  return world.store.all<Notification>(
    `SELECT * FROM notifications WHERE status = 'waiting' AND next_at <= ? ORDER BY next_at, notify_id`,
    world.now(),
  );
}

/** When the next notification is due, in virtual ms; undefined when none waits. */
export function nextNotificationAt(world: World): number | undefined {
  const row = world.store.get<{ at: number | null }>(
    `SELECT min(next_at) AS at FROM notifications WHERE status = 'waiting'`,
  );
  return row?.at ?? undefined;
}

/**
 * Makes a notification due at once, whatever became of it: the schedule goes on from there, with as many sends as are left.
 * What goes to an address beyond this machine stays unsent. @returns what there was under this id.
 */
export function resend(world: World, notifyId: string): Notification | undefined {
  const found = findNotification(world, notifyId);
  world.store.run(
    `UPDATE notifications SET status = 'waiting', next_at = ? WHERE notify_id = ? AND status <> 'not-loopback'`,
    world.now(),
    notifyId,
  );
  return found;
}

/** Notes what a send came to: exactly `success` ends it, anything else waits for the next turn of the schedule. */
export function noteDelivery(world: World, notification: Notification, answer: string): void {
  const attempts = notification.attempts + 1;
  const gap = RETRY_GAPS_MS[notification.attempts];
  const delivered = answer === 'success';
  const status = delivered ? 'delivered' : gap === undefined ? 'given-up' : 'waiting';
  const nextAt = status === 'waiting' && gap !== undefined ? (notification.next_at ?? world.now()) + gap : null;
  world.store.run(
    'UPDATE notifications SET status = ?, attempts = ?, next_at = ?, last_answer = ? WHERE notify_id = ?',
    status,
    attempts,
    nextAt,
    answer.slice(0, 200),
    notification.notify_id,
  );
}

/** The documents disagree about every event but the payment (`alipay-openapi.md` §4). */
function isSent({ switches }: World, trade: RealTrade, { kind }: TradeEvent): boolean {
  if (kind === 'paid') return true;
  if (kind === 'refunded') return switches.get('refund-notification') === 'on';
  const setting = switches.get('close-notification');
  const faceToFace = trade.method === 'precreate' || trade.method === 'pay' || trade.method === 'create';
  return setting === 'on' || (setting === 'not-face-to-face' && !faceToFace);
}

function eventParameters(
  world: World,
  trade: RealTrade,
  notifyId: string,
  event: TradeEvent,
): Readonly<Record<string, string>> {
  const buyer = personById(world, trade.buyer_id ?? '');
  const total = formatYuan(trade.total_fen);
  const optional = {
    body: trade.body,
    passback_params: trade.passback_params,
    gmt_close: trade.closed_at === null ? null : formatBeijing(trade.closed_at),
  };
  return {
    gmt_create: formatBeijing(trade.created_at),
    charset: 'utf-8',
    seller_email: MERCHANT_EMAIL,
    subject: trade.subject,
    buyer_id: trade.buyer_id ?? '',
    buyer_open_id: openIdOf(trade.buyer_id ?? '', trade.merchant_id),
    notify_id: notifyId,
    notify_type: 'trade_status_sync',
    trade_status: trade.status,
    app_id: trade.app_id,
    seller_id: trade.merchant_id,
    version: '1.0',
    out_trade_no: trade.out_trade_no,
    total_amount: total,
    trade_no: trade.trade_no,
    auth_app_id: trade.app_id,
    buyer_logon_id: buyer ? maskLogonId(buyer.logon_id) : '',
    ...(trade.paid_at === null ? {} : paymentParameters(total, trade.paid_at)),
    ...(event.kind === 'refunded' ? refundParameters(trade, event) : {}),
    ...Object.fromEntries(Object.entries(optional).filter((entry): entry is [string, string] => entry[1] !== null)),
  };
}

function paymentParameters(total: string, paidAt: number): Readonly<Record<string, string>> {
  return {
    gmt_payment: formatBeijing(paidAt),
    invoice_amount: total,
    fund_bill_list: JSON.stringify([{ amount: total, fundChannel: 'ALIPAYACCOUNT' }]),
    receipt_amount: total,
    buyer_pay_amount: total,
    point_amount: '0.00',
  };
}

/** `refund_fee` and `send_back_fee` are what went back so far; `gmt_refund` alone has milliseconds. */
function refundParameters(
  trade: RealTrade,
  { outRequestNo, at }: { readonly outRequestNo: string; readonly at: number },
): Readonly<Record<string, string>> {
  const refunded = formatYuan(trade.refunded_fen);
  const milliseconds = String(at % 1000).padStart(3, '0');
  return {
    out_biz_no: outRequestNo,
    refund_fee: refunded,
    send_back_fee: refunded,
    gmt_refund: `${formatBeijing(at)}.${milliseconds}`,
  };
}
