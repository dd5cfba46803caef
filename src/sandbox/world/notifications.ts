import { formatBeijing } from '../../alipay/beijing-time.ts';
import { formatYuan } from '../../alipay/money.ts';
import { isLoopback } from '../../alipay/profile.ts';
import { MERCHANT_EMAIL } from '../identity.ts';
import type { BentNotification, NotificationFault } from './notification-faults.ts';
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
  readonly status: 'waiting' | 'delivered' | 'given-up' | 'not-loopback' | 'lost';
  readonly attempts: number;
  readonly next_at: number | null;
  readonly last_answer: string | null;
  readonly created_at: number;
  /** What bent it, if anything did. */
  readonly fault: NotificationFault | null;
}

type Status = Notification['status'];

/** What happened to a trade: it was paid, it closed without a payment, or money went back. */
export type TradeEvent =
  | { readonly kind: 'paid' }
  | { readonly kind: 'closed'; readonly by: 'timeout' | 'close' | 'cancel' }
  | { readonly kind: 'refunded'; readonly by: 'refund' | 'cancel'; readonly outRequestNo: string; readonly at: number };

/**
 * Queues the notification of an event, where the order asked for one and the switches let it out. An address beyond
 * this machine is only noted: the sandbox never reaches out.
 */
export function queueNotification(world: World, trade: RealTrade, event: TradeEvent): void {
  if (!trade.notify_url || !isSent(world, trade, event)) return;
  const url = URL.canParse(trade.notify_url) ? new URL(trade.notify_url) : undefined;
  const reachable = url !== undefined && /^https?:$/.test(url.protocol) && isLoopback(url);
  const now = world.now();
  const bent = reachable ? world.takeNotificationFault(causeOf(trade, event)) : undefined;
  const notifyId = notifyNumber(world, now);
  world.store.insert('notifications', {
    notify_id: notifyId,
    out_trade_no: trade.out_trade_no,
    notify_url: trade.notify_url,
    parameters: JSON.stringify(eventParameters(world, trade, notifyId, event)),
    ...(reachable ? startOf(now, bent) : { status: 'not-loopback' as const, next_at: null }),
    created_at: now,
    fault: bent?.fault,
  });
}

/** The notification with this id, if there is one. */
export function findNotification(world: World, notifyId: string): Notification | undefined {
  return world.store.get<Notification>('SELECT * FROM notifications WHERE notify_id = ?', notifyId);
}

/** The method an event counts as: what time or a person at a door does counts as the method that made the order. */
function causeOf(trade: RealTrade, event: TradeEvent): string {
  const own = event.kind === 'paid' || event.by === 'timeout';
  return `alipay.trade.${own ? trade.method : event.by}`;
}

function startOf(now: number, bent: BentNotification | undefined): { status: Status; next_at: number | null } {
  switch (bent?.fault) {
    case 'lost-notification':
      return { status: 'lost', next_at: null };
    case 'late-notification':
    case 'out-of-order-notification':
      return { status: 'waiting', next_at: now + bent.ms };
    case 'duplicate-notification':
    case undefined:
      return { status: 'waiting', next_at: now };
  }
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
  const row = world.store.cached<{ at: number | null }>(
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

/**
 * Notes what a send came to: exactly `success` ends it, anything else waits for the next turn of the schedule. What was
 * held back until another one of its order had gone out is due now.
 */
export function noteDelivery(world: World, notification: Notification, answer: string): void {
  const attempts = notification.attempts + 1;
  const gap = RETRY_GAPS_MS[notification.attempts];
  const due = notification.next_at ?? world.now();
  const { status, nextAt } = outcome(notification, answer, due, gap);
  world.store.run(
    'UPDATE notifications SET status = ?, attempts = ?, next_at = ?, last_answer = ? WHERE notify_id = ?',
    status,
    attempts,
    nextAt,
    answer.slice(0, 200),
    notification.notify_id,
  );
  world.store.run(
    `UPDATE notifications SET next_at = min(next_at, ?) WHERE out_trade_no = ? AND notify_id <> ? AND attempts = 0
     AND status = 'waiting' AND fault = 'out-of-order-notification'`,
    world.now(),
    notification.out_trade_no,
    notification.notify_id,
  );
}

function outcome(
  { fault, last_answer: earlier }: Notification,
  answer: string,
  due: number,
  gap: number | undefined,
): { status: Status; nextAt: number | null } {
  // A duplicate goes out once more after its `success`; whatever that is answered, it was delivered.
  if (fault === 'duplicate-notification' && earlier === 'success') return { status: 'delivered', nextAt: null };
  if (answer === 'success')
    return fault === 'duplicate-notification'
      ? { status: 'waiting', nextAt: due }
      : { status: 'delivered', nextAt: null };
  return gap === undefined ? { status: 'given-up', nextAt: null } : { status: 'waiting', nextAt: due + gap };
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
