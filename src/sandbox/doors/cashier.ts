import { formatBeijing } from '../../alipay/beijing-time.ts';
import type { PrivateKey } from '../../alipay/keys.ts';
import { formatYuan } from '../../alipay/money.ts';
import { signParams } from '../../alipay/signature.ts';
import { MERCHANT_NAME } from '../identity.ts';
import { cashierPage, type CashierView } from '../pages/cashier.ts';
import { Refusal } from '../refusals.ts';
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
  if (action === 'fail') return show(request, order, 'failed');
  if (action !== 'pay') return show(request, undefined, 'missing');
  const paid = payOrder(parts, order);
  const back = await returnAddress(parts, paid);
  return back === undefined ? show(request, paid, stateOf(paid, world.now())) : redirect(back);
}

/** Pays an order as its buyer, or as the first demo person; one that cannot be paid comes back as it is. */
function payOrder({ world, afterEffect }: CashierParts, order: Trade): Trade {
  if (!isPayable(order, world.now())) return order;
  try {
    const paid = world.store.transaction(() =>
      payTrade(world, bindBuyer(world, order, order.buyer_id ?? defaultBuyer(world).user_id)),
    );
    afterEffect();
    return paid;
  } catch (error) {
    if (error instanceof Refusal) return order;
    throw error;
  }
}

function stateOf(order: Trade, now: number): CashierView['state'] {
  if (order.paid_at !== null) return 'paid';
  return isPayable(order, now) ? 'pay' : 'closed';
}

function show(request: HttpRequest, order: Trade | undefined, state: CashierView['state'], status?: number): Reply {
  const link = `/cashier/${order?.cashier ?? ''}`;
  const html = cashierPage({
    locale: localeOf(request),
    state,
    outTradeNo: order?.out_trade_no ?? '',
    subject: order?.subject ?? '',
    amount: formatYuan(order?.total_fen ?? 0),
    seller: MERCHANT_NAME,
    payAction: `${link}/pay`,
    failAction: `${link}/fail`,
    leaveUrl: order?.return_url ?? undefined,
  });
  return page(status ?? (state === 'missing' ? 404 : 200), html);
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
