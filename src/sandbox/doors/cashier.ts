import { formatBeijing } from '../../alipay/beijing-time.ts';
import type { PrivateKey } from '../../alipay/keys.ts';
import { formatYuan } from '../../alipay/money.ts';
import { signParams } from '../../alipay/signature.ts';
import { MERCHANT_NAME } from '../identity.ts';
import { cashierPage, type CashierView } from '../pages/cashier.ts';
import { Refusal } from '../refusals.ts';
import { t, type Locale } from '../../text/index.ts';
import { defaultBuyer } from '../world/people.ts';
import type { Trade } from '../world/trade.ts';
import { bindBuyer, isPayable, orderByCashier, payTrade, settleByClock } from '../world/trades.ts';
import type { World } from '../world/world.ts';
import { isOwnForm, localeOf, page, redirect, type HttpRequest, type Reply } from './http.ts';

/** What the cashier is made of. */
export interface CashierParts {
  readonly world: World;
  readonly alipayKey: PrivateKey;
  readonly origin: string;
  readonly afterEffect: () => void;
}

/**
 * The cashier of one order: GET shows it, POST `…/pay` and `…/fail` do what the buttons say. Opening a QR's link is
 * scanning it: from then on there is a trade. A payment page's trade starts with its buyer, at the button.
 */
export async function answerCashier(parts: CashierParts, request: HttpRequest): Promise<Reply> {
  const [, , cashier = '', action] = request.path.split('/');
  const { world } = parts;
  const order = world.store.transaction(() => {
    settleByClock(world);
    const found = orderByCashier(world, cashier);
    const scanned = found?.method === 'precreate' && found.status === 'REQUESTED' && isPayable(found, world.now());
    return scanned ? bindBuyer(world, found, defaultBuyer(world).user_id) : found;
  });
  if (!order) return show(request, undefined, 'missing');
  if (request.verb !== 'POST') return show(request, order, stateOf(order, world.now()));
  if (!isOwnForm(request, parts.origin)) return show(request, order, stateOf(order, world.now()), 403);
  if (action !== 'pay' && action !== 'fail') return show(request, undefined, 'missing');
  if (!isPayable(order, world.now())) return goBack(parts, request, order);
  if (action === 'fail') return show(request, failOrder(world, order), 'failed');
  const { order: paid, refusal } = payOrder(parts, order);
  if (refusal) return show(request, paid, 'failed', undefined, refusal);
  return goBack(parts, request, paid);
}

/** To the merchant where the order is paid and says where to; else the page of how it stands. */
async function goBack(parts: CashierParts, request: HttpRequest, paid: Trade): Promise<Reply> {
  const back = await returnAddress(parts, paid);
  return back === undefined ? show(request, paid, stateOf(paid, parts.world.now())) : redirect(back);
}

/** The buyer signs in and does not pay: from then on the order is a trade that waits. */
function failOrder(world: World, order: Trade): Trade {
  return world.store.transaction(() => bindBuyer(world, order, order.buyer_id ?? defaultBuyer(world).user_id));
}

/** Pays an order as its buyer, or as the first demo person; one that is refused waits on, as after any failed payment. */
function payOrder({ world, afterEffect }: CashierParts, order: Trade): { order: Trade; refusal?: Refusal } {
  const waiting = world.store.transaction(() => bindBuyer(world, order, order.buyer_id ?? defaultBuyer(world).user_id));
  try {
    const paid = world.store.transaction(() => payTrade(world, waiting));
    afterEffect();
    return { order: paid };
  } catch (error) {
    if (error instanceof Refusal) return { order: waiting, refusal: error };
    throw error;
  }
}

function stateOf(order: Trade, now: number): CashierView['state'] {
  if (order.paid_at !== null) return 'paid';
  return isPayable(order, now) ? 'pay' : 'closed';
}

function show(
  request: HttpRequest,
  order: Trade | undefined,
  state: CashierView['state'],
  status?: number,
  refusal?: Refusal,
): Reply {
  const link = `/cashier/${order?.cashier ?? ''}`;
  const locale = localeOf(request);
  const html = cashierPage({
    locale,
    state,
    outTradeNo: order?.out_trade_no ?? '',
    subject: order?.subject ?? '',
    amount: formatYuan(order?.total_fen ?? 0),
    seller: MERCHANT_NAME,
    payAction: `${link}/pay`,
    failAction: `${link}/fail`,
    leaveUrl: order?.return_url ?? undefined,
    ...(refusal && { message: refusalWords(locale, refusal) }),
  });
  return page(status ?? (state === 'missing' ? 404 : 200), html);
}

function refusalWords(locale: Locale, { fields: { sub_code: code } }: Refusal): string {
  return code === 'ACQ.BUYER_BALANCE_NOT_ENOUGH'
    ? t(locale, 'cashier.no_balance')
    : t(locale, 'cashier.refused', { code });
}

/** Where the browser goes after a payment: the order's return_url with signed parameters (§3.3), V1 rule. */
async function returnAddress({ world, alipayKey }: CashierParts, order: Trade): Promise<string | undefined> {
  if (order.return_url === null || order.paid_at === null || order.trade_no === null) return undefined;
  const url = new URL(order.return_url);
  const params: Record<string, string> = {
    ...Object.fromEntries(url.searchParams),
    app_id: order.app_id,
    auth_app_id: order.app_id,
    method: `alipay.trade.${order.method}.return`,
    charset: 'utf-8',
    version: '1.0',
    timestamp: formatBeijing(world.now()),
    out_trade_no: order.out_trade_no,
    trade_no: order.trade_no,
    total_amount: formatYuan(order.total_fen),
    seller_id: order.merchant_id,
  };
  const sign = await signParams(params, alipayKey);
  url.search = new URLSearchParams({ ...params, sign_type: 'RSA2', sign }).toString();
  return url.href;
}
