import { formatYuan } from '../../alipay/money.ts';
import { Refusal } from '../refusals.ts';
import { findPerson, type Person } from '../world/people.ts';
import { transfer } from '../world/transfers.ts';
import type { Fields } from '../gateway/fields.ts';
import { FUND, success, type AnswerMethod, type Call } from './method.ts';
import { beijing } from './trade-fields.ts';

const LEAST_FEN = 10;
const REMARK_FROM_FEN = 5_000_000;
const SCENES = ['现金营销', '企业退款', '佣金报酬', '业务结算', '二手回收', '公益补助', '行政补贴和退款', '保险理赔'];
const IDENTITY_TYPES = ['ALIPAY_USER_ID', 'ALIPAY_LOGON_ID', 'ALIPAY_OPEN_ID'] as const;
const LOOKED_UP_BY = { ALIPAY_USER_ID: 'user_id', ALIPAY_LOGON_ID: 'logon_id', ALIPAY_OPEN_ID: 'open_id' } as const;

/** `alipay.fund.trans.uni.transfer` (§3.12), to Alipay accounts; the other products are not signed here. */
export const uniTransfer: AnswerMethod = {
  name: 'alipay.fund.trans.uni.transfer',
  kind: 'answer',
  codes: FUND,
  run: (call) => {
    const { biz, world, app, note } = call;
    if (!app.certificates) {
      if (world.switches.get('key-mode-transfer') === 'refuse') throw new Refusal('isv.missing-app-cert-sn');
      note('a transfer in key mode, which the platform refuses');
    }
    const outBizNo = biz.required('out_biz_no', 64, /^[\w-]+$/);
    const product = biz.required('product_code', 64);
    if (product !== 'TRANS_ACCOUNT_NO_PWD') throw new Refusal('PRODUCT_NOT_SIGN');
    const scene = biz.required('biz_scene', 64, /^DIRECT_TRANSFER$/);
    const fen = biz.amount('trans_amount', LEAST_FEN);
    const title = biz.required('order_title', 128);
    const remark = biz.text('remark', 200);
    const passback = biz.text('passback_params', 512);
    checkScene(biz);
    biz.text('business_params', 2048);
    checkPayer(call);
    const payee = readPayee(call);
    if (fen >= REMARK_FROM_FEN && remark === undefined) throw new Refusal('MEMO_REQUIRED_IN_TRANSFER_ERROR');
    const made = transfer(world, {
      merchant_id: app.merchantId,
      out_biz_no: outBizNo,
      product_code: product,
      biz_scene: scene,
      amount_fen: fen,
      payee_id: payee.person.user_id,
      parameters: JSON.stringify([fen, title, remark, payee.identity, payee.type, payee.name]),
      order_title: title,
      remark: remark ?? null,
      passback_params: passback ?? null,
    });
    return success({
      out_biz_no: made.out_biz_no,
      order_id: made.order_id,
      pay_fund_order_id: made.pay_fund_order_id,
      status: made.status,
      amount: formatYuan(made.amount_fen),
      trans_date: beijing(made.at),
    });
  },
};

interface Payee {
  readonly person: Person;
  readonly identity: string;
  readonly type: string;
  readonly name: string | undefined;
}

function readPayee({ biz, world, app }: Call): Payee {
  const info = biz.nested('payee_info');
  const identity = info.required('identity', 128);
  info.required('identity_type', 64);
  const type = info.choice('identity_type', IDENTITY_TYPES) ?? 'ALIPAY_USER_ID';
  const name = type === 'ALIPAY_LOGON_ID' ? info.required('name', 128) : info.text('name', 128);
  if (identity === app.merchantId) throw new Refusal('PAYER_PAYEE_CANNOT_SAME');
  const person = findPerson(world, LOOKED_UP_BY[type], identity, app.merchantId);
  if (!person) throw new Refusal('PAYEE_NOT_EXIST');
  if (person.known === 1 && name !== undefined && name !== person.name) throw new Refusal('PAYEE_USER_INFO_ERROR');
  return { person, identity, type, name };
}

/** The money of an app's own merchant is all it can send. */
function checkPayer({ biz, app }: Call): void {
  if (biz.raw('payer_info') === undefined || biz.raw('payer_info') === null) return;
  if (biz.nested('payer_info').text('identity', 128) !== app.merchantId) throw new Refusal('NO_PERMISSION_ACCOUNT');
}

function checkScene(biz: Fields): void {
  const name = biz.text('transfer_scene_name', 64);
  const reports = biz.raw('transfer_scene_report_infos');
  if (name !== undefined && !SCENES.includes(name)) throw new Refusal('TRANSFER_SCENE_NAME_ILLEGAL');
  if (reports !== undefined && !isReportList(reports)) throw new Refusal('TRANSFER_SCENE_REPORT_INFO_ILLEGAL');
}

function isReportList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((item: unknown) => {
      if (typeof item !== 'object' || item === null) return false;
      const { info_type: type, info_content: content } = item as Record<string, unknown>;
      return typeof type === 'string' && type !== '' && typeof content === 'string' && content !== '';
    })
  );
}
