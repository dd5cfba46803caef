import { formatYuan } from '../../alipay/money.ts';
import { Refusal } from '../refusals.ts';
import { openIdOf } from '../world/people.ts';
import { transferByNumber, transferByOrder, type Transfer } from '../world/transfers.ts';
import { FUND, success, type AnswerMethod, type Call } from './method.ts';
import { beijing } from './trade-fields.ts';

/** `alipay.fund.trans.common.query` (§3.13): by one of three numbers, in the platform's order of precedence. */
export const transferQuery: AnswerMethod = {
  name: 'alipay.fund.trans.common.query',
  kind: 'answer',
  reads: true,
  codes: FUND,
  run: (call) => {
    const found = namedTransfer(call);
    if (!found) throw new Refusal('ORDER_NOT_EXIST');
    return success({
      order_id: found.order_id,
      pay_fund_order_id: found.pay_fund_order_id,
      out_biz_no: found.out_biz_no,
      trans_amount: formatYuan(found.amount_fen),
      status: found.status,
      pay_date: beijing(found.at),
      order_fee: '0.00',
      receiver_user_id: found.payee_id,
      receiver_open_id: openIdOf(found.payee_id, found.merchant_id),
      passback_params: found.passback_params ?? undefined,
    });
  },
};

function namedTransfer({ biz, world, app }: Call): Transfer | undefined {
  for (const column of ['pay_fund_order_id', 'order_id'] as const) {
    const number = biz.text(column, 64);
    if (number !== undefined) return ofMerchant(transferByOrder(world, column, number), app.merchantId);
  }
  const number = {
    out_biz_no: biz.required('out_biz_no', 64),
    product_code: biz.required('product_code', 64),
    biz_scene: biz.required('biz_scene', 64),
  };
  return transferByNumber(world, number, app.merchantId);
}

function ofMerchant(found: Transfer | undefined, merchantId: string): Transfer | undefined {
  return found?.merchant_id === merchantId ? found : undefined;
}
