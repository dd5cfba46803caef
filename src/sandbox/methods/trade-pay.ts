import { people, type Person } from '../world/people.ts';
import { bindBuyer, payTrade, requestTrade } from '../world/trades.ts';
import { Refusal } from '../refusals.ts';
import type { World } from '../world/world.ts';
import { ACQUIRING, success, type AnswerMethod } from './method.ts';
import { readOrder } from './order.ts';
import { beijing, buyerFields, fundBill, paymentFields } from './trade-fields.ts';

/** What a buyer's phone shows: 16–24 digits from 25 to 30, or a face token. */
const AUTH_CODE = /^(?:(?:2[5-9]|30)\d{14,22}|fp\w{33})$/;

/** `alipay.trade.pay` (§3.6): the merchant scans the buyer's code. */
export const tradePay: AnswerMethod = {
  name: 'alipay.trade.pay',
  kind: 'answer',
  codes: ACQUIRING,
  run: (call) => {
    const { biz, world } = call;
    biz.choice('scene', ['bar_code', 'security_code']);
    const order = readOrder(call, 'pay');
    const authCode = biz.required('auth_code', 64);
    if (!AUTH_CODE.test(authCode)) throw new Refusal('ACQ.PAYMENT_AUTH_CODE_INVALID');
    const waiting = bindBuyer(world, requestTrade(world, order), holderOf(world, authCode).user_id);
    const numbers = { trade_no: waiting.trade_no, out_trade_no: waiting.out_trade_no };
    if (order.total_fen > Number(world.switches.get('password-above')) * 100) {
      return { code: '10003', msg: 'order success pay inprocess', ...numbers, ...buyerFields(world, waiting) };
    }
    const trade = payTrade(world, waiting);
    return success({
      ...numbers,
      ...buyerFields(world, trade),
      ...paymentFields(trade),
      gmt_payment: beijing(trade.paid_at),
      fund_bill_list: fundBill(trade),
      store_id: trade.store_id ?? undefined,
    });
  },
};

/** Any code belongs to a demo person, always the same one. */
function holderOf(world: World, authCode: string): Person {
  const everyone = people(world);
  const person = everyone[Number(authCode.slice(-2).replace(/\D/g, '0')) % everyone.length];
  if (!person) throw new Refusal('ACQ.PAYMENT_AUTH_CODE_INVALID');
  return person;
}
