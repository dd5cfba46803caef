import { DAY_MS, parseBeijing } from '../../alipay/beijing-time.ts';
import { say } from '../../text/index.ts';
import type { Registry } from '../gateway/apps.ts';
import { FAULTS, type ArmedFault, type FaultBox, type FaultName } from '../gateway/faults.ts';
import { CERT_APP_ID } from '../identity.ts';
import { METHOD_NAMES } from '../methods/catalog.ts';
import { Refusal } from '../refusals.ts';
import { grantCode } from '../world/authorizations.ts';
import { EARLIEST_MS, LATEST_MS } from '../world/clock-range.ts';
import { findNotification, resend, type Notification } from '../world/notifications.ts';
import { defaultBuyer, findPerson } from '../world/people.ts';
import type { RealTrade, Trade } from '../world/trade.ts';
import { bindBuyer, isPayable, orderByNumber, payTrade, settleByClock } from '../world/trades.ts';
import type { World } from '../world/world.ts';
import { AdminRefusal, oneOf, type Body } from './body.ts';

const DAYS_100_MS = 100 * DAY_MS;
const HOUR_MS = 3_600_000;
/** `ms` of the faults that have another default than 1 s. */
const DEFAULT_MS: { readonly [Fault in FaultName]?: number } = {
  'clock-skew': HOUR_MS,
  'clock-jump': HOUR_MS,
  'late-notification': 60_000,
  'out-of-order-notification': HOUR_MS,
};
/** Faults that go back in time, too. */
const BACKWARD: readonly FaultName[] = ['clock-skew', 'clock-jump'];
const METHOD_RULE = 'a method such as "alipay.trade.refund", or "*"';
const CLOCK_RULE = 'a moment from 2000-01-01 to 2100-01-01: ms since 1970 or a Beijing time, or send advance_ms';

/** Somebody scans an order's QR or signs in at its cashier. @throws AdminRefusal */
export function scanOrder(world: World, outTradeNo: string, body: Body): RealTrade {
  const userId = body.text('buyer_user_id', /^2088\d{12}$/, 'an id such as 2088621000001001');
  const merchantId = body.text('seller_id', /^2088\d{12}$/, 'an id such as 2088621000000018');
  return world.store.transaction(() => {
    settleByClock(world);
    const order = orderOfAnyone(world, outTradeNo, merchantId);
    if (!order) throw new AdminRefusal(404, say('sandbox.admin.no_order', { number: outTradeNo.slice(0, 64) }));
    if (!isPayable(order, world.now())) throw notPayable(order);
    const buyerId = userId ?? order.buyer_id ?? defaultBuyer(world).user_id;
    const buyer = findPerson(world, 'user_id', buyerId);
    if (!buyer) throw new AdminRefusal(404, say('sandbox.admin.no_user', { user: buyerId }));
    return refusedAsConflict(order, () => bindBuyer(world, order, buyer.user_id));
  });
}

/** The buyer of an order pays it; a QR is scanned first. @throws AdminRefusal */
export function payOrder(world: World, outTradeNo: string, body: Body): RealTrade {
  const trade = scanOrder(world, outTradeNo, body);
  return world.store.transaction(() => refusedAsConflict(trade, () => payTrade(world, trade)));
}

/** Arms a fault. @throws AdminRefusal */
export function armFault(faults: FaultBox, body: Body): ArmedFault {
  const method = body.text('method', /^(?:\*|alipay\.[a-z.]+)$/, METHOD_RULE);
  const fault = body.choice('fault', FAULTS);
  if (method === undefined) throw body.refuse('method', METHOD_RULE);
  if (method !== '*' && !METHOD_NAMES.includes(method)) {
    const known = METHOD_NAMES.join(', ');
    throw new AdminRefusal(400, say('sandbox.admin.no_method', { method: method.slice(0, 64), known }));
  }
  if (fault === undefined) throw body.refuse('fault', oneOf(FAULTS));
  return faults.arm({
    method,
    fault,
    count: body.integer('count', 1, 1_000_000) ?? 1,
    ms: body.integer('ms', BACKWARD.includes(fault) ? -DAYS_100_MS : 0, DAYS_100_MS) ?? DEFAULT_MS[fault] ?? 1_000,
    as: body.choice('as', ['20000', '40004']) ?? '20000',
  });
}

/** Disarms one fault, by its id. @throws AdminRefusal where none has it */
export function disarmFault(faults: FaultBox, id: string): void {
  if (!faults.disarm(Number(id))) throw new AdminRefusal(404, say('sandbox.admin.no_fault', { id: id.slice(0, 20) }));
}

/**
 * Sends a notification again at once, under its old id; resolves when it was answered or has failed.
 *
 * @throws AdminRefusal where there is no such notification, or its address is not on this machine
 */
export async function resendNotification(
  world: World,
  settleNotifications: () => Promise<void>,
  notifyId: string,
): Promise<Notification> {
  // A send on its way notes its own answer first: noted later, it would take the place of this one's.
  await settleNotifications();
  const before = world.store.transaction(() => resend(world, notifyId));
  if (!before) throw new AdminRefusal(404, say('sandbox.admin.no_notification', { id: notifyId.slice(0, 64) }));
  if (before.status === 'not-loopback') {
    throw new AdminRefusal(409, say('sandbox.admin.not_loopback', { url: before.notify_url }));
  }
  await settleNotifications();
  return findNotification(world, notifyId) ?? before;
}

/** Moves the virtual clock: forward by `advance_ms`, or to `now` (ms, or Beijing time). @throws AdminRefusal */
export function moveClock(world: World, body: Body): void {
  if (body.has('advance_ms') && body.has('now')) throw body.refuse('now', 'absent where advance_ms is sent');
  const most = Math.max(0, LATEST_MS - world.now());
  const advance = body.integer('advance_ms', 0, most);
  world.moveClock(advance ?? readMoment(body) - world.now());
}

function readMoment(body: Body): number {
  const now = body.raw('now');
  const at = typeof now === 'string' ? beijingOrUndefined(now) : now;
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < EARLIEST_MS || at > LATEST_MS) {
    throw body.refuse('now', CLOCK_RULE);
  }
  return at;
}

/** Makes a code as the consent page would. @throws AdminRefusal */
export function makeCode(world: World, registry: Registry, body: Body): Readonly<Record<string, string>> {
  const known = registry.apps().map((app) => app.appId);
  const appId = body.choice('app_id', known) ?? CERT_APP_ID;
  const scope = body.choice('scope', ['auth_user', 'auth_base']) ?? 'auth_user';
  const userId = body.text('user_id') ?? defaultBuyer(world).user_id;
  const person = findPerson(world, 'user_id', userId);
  if (!person) throw new AdminRefusal(404, say('sandbox.admin.no_user', { user: userId.slice(0, 64) }));
  const code = world.store.transaction(() => grantCode(world, { appId, userId: person.user_id, scope }));
  return { auth_code: code, app_id: appId, user_id: person.user_id, scope };
}

/** The order with this number: the named merchant's, or else the first one's, or whoever's it is. */
function orderOfAnyone(world: World, outTradeNo: string, merchantId: string | undefined): Trade | undefined {
  if (merchantId !== undefined) return orderByNumber(world, outTradeNo, merchantId);
  return (
    orderByNumber(world, outTradeNo) ??
    world.store.get<Trade>('SELECT * FROM trades WHERE out_trade_no = ? ORDER BY rowid', outTradeNo)
  );
}

function beijingOrUndefined(text: string): number | undefined {
  try {
    return parseBeijing(text);
  } catch {
    return undefined;
  }
}

function notPayable(order: Trade): AdminRefusal {
  return new AdminRefusal(409, say('sandbox.admin.not_payable', { number: order.out_trade_no, status: order.status }));
}

function refusedAsConflict<Result>(order: Trade, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) {
      const { sub_code: status } = error.fields;
      throw new AdminRefusal(409, say('sandbox.admin.not_payable', { number: order.out_trade_no, status }));
    }
    throw error;
  }
}
