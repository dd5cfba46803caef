import { formatYuan } from '../../alipay/money.ts';
import { Refusal } from '../refusals.ts';
import { balanceOf } from '../world/accounts.ts';
import { openIdOf } from '../world/people.ts';
import { FUND, success, type AnswerMethod } from './method.ts';

/** `alipay.fund.account.query` (§3.14): the merchant's own balance. */
export const accountQuery: AnswerMethod = {
  name: 'alipay.fund.account.query',
  kind: 'answer',
  reads: true,
  codes: FUND,
  run: ({ biz, world, app }) => {
    biz.required('account_type', 30);
    biz.choice('account_type', ['ACCTRANS_ACCOUNT']);
    const userId = biz.text('alipay_user_id', 28);
    const openId = biz.text('alipay_open_id', 128);
    const own =
      (userId === undefined || userId === app.merchantId) &&
      (openId === undefined || openId === openIdOf(app.merchantId, app.merchantId));
    if (!own) throw new Refusal('NO_PERMISSION_ACCOUNT');
    return success({ available_amount: formatYuan(balanceOf(world, app.merchantId)), freeze_amount: '0.00' });
  },
};
