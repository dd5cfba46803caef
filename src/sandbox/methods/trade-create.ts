import { Refusal } from '../refusals.ts';
import { findPerson, type Person } from '../world/people.ts';
import { bindBuyer, requestTrade } from '../world/trades.ts';
import { ACQUIRING, success, type AnswerMethod, type Call } from './method.ts';
import { readOrder } from './order.ts';

/** `alipay.trade.create` (§3.1): an order of a buyer who is known, so that the trade exists at once. */
export const tradeCreate: AnswerMethod = {
  name: 'alipay.trade.create',
  kind: 'answer',
  codes: ACQUIRING,
  run: (call) => {
    const order = readOrder(call, 'create');
    const buyer = readBuyer(call);
    const trade = bindBuyer(call.world, requestTrade(call.world, order), buyer.user_id);
    return success({ out_trade_no: trade.out_trade_no, trade_no: trade.trade_no });
  },
};

function readBuyer({ biz, world, app }: Call): Person {
  const [userId, openId, logonId] = [
    biz.text('buyer_id', 28),
    biz.text('buyer_open_id', 128),
    biz.text('buyer_logon_id', 100),
  ];
  if (userId === undefined && openId === undefined && logonId === undefined) {
    throw biz.refuse('buyer_id', '、buyer_open_id、buyer_logon_id不能同时为空');
  }
  if (userId === app.merchantId) throw new Refusal('ACQ.BUYER_SELLER_EQUAL');
  const buyer =
    userId !== undefined
      ? findPerson(world, 'user_id', userId)
      : openId !== undefined
        ? findPerson(world, 'open_id', openId, app.merchantId)
        : findPerson(world, 'logon_id', logonId ?? '');
  if (!buyer) throw new Refusal('ACQ.BUYER_NOT_EXIST');
  return buyer;
}
