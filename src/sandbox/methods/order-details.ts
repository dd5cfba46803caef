import { formatYuan, type Fen } from '../../alipay/money.ts';
import { Fields } from '../gateway/fields.ts';
import { Refusal } from '../refusals.ts';
import { ACQUIRING, type Call } from './method.ts';

const MOST_GOODS = 150;

/** What orders may carry and the sandbox does nothing with: noted, since the platform would do something. */
const UNUSED = ['royalty_info', 'settle_info', 'sub_merchant', 'agreement_params', 'ext_user_info'];

/**
 * Checks what every way of ordering may carry beside the order itself (`alipay-openapi.md` §3.0).
 *
 * @param total the order's amount, which its discountable and undiscountable parts must sum to.
 * @throws Refusal
 */
export function checkOrderDetails({ biz, note }: Call, total: Fen): void {
  biz.text('product_code', 64);
  biz.text('operator_id', 28);
  biz.text('merchant_order_no', 32);
  const channels = [biz.text('enable_pay_channels', 128), biz.text('disable_pay_channels', 128)];
  if (!channels.includes(undefined)) {
    throw biz.refuse('enable_pay_channels', '和disable_pay_channels不能同时传入');
  }
  const [discountable, undiscountable] = [optional(biz, 'discountable_amount'), optional(biz, 'undiscountable_amount')];
  if (discountable !== undefined && undiscountable !== undefined && discountable + undiscountable !== total) {
    throw biz.refuse('total_amount', `不等于可打折金额与不可打折金额之和${formatYuan(discountable + undiscountable)}`);
  }
  const goods = records(biz, 'goods_detail');
  if (goods.length > MOST_GOODS) throw new Refusal('ACQ.SUB_GOODS_SIZE_MAX_COUNT');
  for (const one of goods) {
    one.required('goods_id', 64);
    one.required('goods_name', 256);
    one.required('quantity', 10, /^\d+(?:\.\d+)?$/);
    one.amount('price', 0);
  }
  for (const name of UNUSED) if (biz.raw(name) !== undefined) note(`${name} is ignored`);
}

/** A list of objects; empty where it is absent. @throws Refusal when it is something else */
export function records(biz: Fields, name: string): Fields[] {
  const value = biz.raw(name);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw biz.refuse(name, '类型不正确');
  return value.map((one: unknown) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) throw biz.refuse(name, '类型不正确');
    return new Fields(one as Record<string, unknown>, ACQUIRING.invalid, `${name}.`);
  });
}

function optional(biz: Fields, name: string): Fen | undefined {
  return biz.text(name, 16) === undefined ? undefined : biz.amount(name, 0);
}
