import { InputError } from '../alipay/errors.ts';
import { formatYuan } from '../alipay/money.ts';
import type { Facts, PayeeFacts } from '../guard/proposal.ts';
import { say } from '../text/index.ts';
import { defineGuardedTool } from './define.ts';
import { fact, guardedFacts } from './facts.ts';
import { againAfter, amount, input, oneOf, optional, text } from './fields.ts';
import { resultSchema } from './result.ts';
import { textOf } from './trade.ts';

/** `alipay.fund.trans.uni.transfer` (`alipay-openapi.md` §3.12): a payout to an Alipay account; certificate mode only. */
export const transferFund = defineGuardedTool({
  name: 'transfer_fund',
  title: 'transfer_fund.title',
  description: 'transfer_fund.description',
  kind: 'money-out',

  input: input({
    trans_amount: amount('trans_amount', 'field.trans_amount', { min: 10, max: 10_000_000_000 }),
    payee_identity: text('field.payee_identity', 128, '2088102146225135'),
    payee_identity_type: oneOf('field.payee_identity_type', ['ALIPAY_USER_ID', 'ALIPAY_LOGON_ID', 'ALIPAY_OPEN_ID']),
    payee_name: optional(text('field.payee_name', 128, '张三')),
    order_title: text('field.order_title', 128, 'Commission for June'),
    remark: optional(text('field.remark', 200, 'Thank you')),
    again_after: optional(againAfter()),
  }),

  output: resultSchema({
    ...guardedFacts(),
    out_biz_no: fact('field.out_biz_no'),
    order_id: fact(),
    pay_fund_order_id: fact(),
    transfer_status: fact(),
    trans_date: fact(),
    trans_amount: fact('transfer_fund.trans_amount'),
    payee_identity: fact(),
  }),

  propose(given) {
    const identityType = given.payee_identity_type;
    if (identityType === 'ALIPAY_LOGON_ID' && given.payee_name === undefined) {
      throw new InputError(say('transfer_fund.needs_name'));
    }
    if (identityType === 'ALIPAY_USER_ID' && !/^2088\d{12}$/.test(given.payee_identity)) {
      throw new InputError(say('transfer_fund.not_a_user_id'));
    }
    // Whatever else stands in it would make one person two payees, or look like another one.
    if (identityType === 'ALIPAY_LOGON_ID' && !/^[!-~]+$/.test(given.payee_identity.trim())) {
      throw new InputError(say('transfer_fund.not_a_login_id'));
    }
    return {
      method: 'alipay.fund.trans.uni.transfer',
      fen: given.trans_amount,
      payee: { identity: given.payee_identity, identityType, name: given.payee_name },
      orderTitle: given.order_title,
      remark: given.remark,
      againAfter: given.again_after,
    };
  },

  effect(proposal, facts) {
    if (proposal.method !== 'alipay.fund.trans.uni.transfer') throw new TypeError('not the proposal of a transfer');
    const { identity, identityType, paidBefore } = asPayeeFacts(facts);
    return [
      say('transfer_fund.effect', { amount: formatYuan(proposal.fen), payee: identity, type: identityType }),
      ...(paidBefore === 0 ? [] : [say('transfer_fund.effect.known', { count: paidBefore })]),
    ];
  },

  report({ number, fen, facts, answer }) {
    return {
      out_biz_no: number,
      order_id: textOf(answer, 'order_id'),
      pay_fund_order_id: textOf(answer, 'pay_fund_order_id'),
      transfer_status: textOf(answer, 'status'),
      trans_date: textOf(answer, 'trans_date'),
      trans_amount: formatYuan(fen),
      payee_identity: asPayeeFacts(facts).identity,
    };
  },

  done({ fen, facts }) {
    return say('transfer_fund.done', { amount: formatYuan(fen), payee: asPayeeFacts(facts).identity });
  },
});

function asPayeeFacts(facts: Facts): PayeeFacts {
  if (facts.kind !== 'payee') throw new TypeError('not the facts of a payee');
  return facts;
}
