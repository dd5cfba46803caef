import { requestTrade } from '../world/trades.ts';
import type { TradeMethod } from '../world/trade.ts';
import { ACQUIRING, type PageMethod } from './method.ts';
import { readOrder } from './order.ts';

/** `alipay.trade.page.pay` (§3.3): a desktop browser is sent to the cashier. The trade exists when the buyer signs in. */
export const tradePagePay = payPage('alipay.trade.page.pay', 'page.pay', ['FAST_INSTANT_TRADE_PAY'], true);

/** `alipay.trade.wap.pay` (§3.4): the same on a phone. */
export const tradeWapPay = payPage('alipay.trade.wap.pay', 'wap.pay', ['QUICK_WAP_WAY', 'QUICK_WAP_PAY'], false);

/** `alipay.trade.app.pay` (§3.5): an order string the merchant's app hands to Alipay's; here a browser opens it. */
export const tradeAppPay = payPage('alipay.trade.app.pay', 'app.pay', ['QUICK_MSECURITY_PAY'], false);

function payPage(name: string, method: TradeMethod, products: readonly string[], productRequired: boolean): PageMethod {
  return {
    name,
    kind: 'page',
    codes: ACQUIRING,
    open: (call) => {
      if (productRequired) call.biz.required('product_code', 64);
      call.biz.choice('product_code', products);
      const order = requestTrade(call.world, readOrder(call, method));
      return `${call.origin}/cashier/${order.cashier}`;
    },
  };
}
