import { formatYuan, type Fen } from '../../alipay/money.ts';
import { Refusal } from '../refusals.ts';
import { refundTrade } from '../world/refunds.ts';
import { ACQUIRING, success, type AnswerMethod, type Call } from './method.ts';
import { records } from './order-details.ts';
import { beijing, buyerFields, namedTrade, refundDetail } from './trade-fields.ts';

/**
 * The parts of a refund: goods sum to no more than it. Nothing here is ever shared with others, so that there is nothing
 * to take back from them either.
 */
function checkParts(biz: Call['biz'], fen: Fen): void {
  biz.text('operator_id', 30);
  biz.text('store_id', 32);
  biz.text('terminal_id', 32);
  const goods = records(biz, 'refund_goods_detail').map((one) => {
    one.required('goods_id', 64);
    return one.amount('refund_amount', 0);
  });
  if (goods.reduce((sum, one) => sum + one, 0) > fen) throw new Refusal('ACQ.REASON_TRADE_REFUND_FEE_ERR');
  if (records(biz, 'refund_royalty_parameters').length > 0) throw new Refusal('ACQ.ALLOC_AMOUNT_VALIDATE_ERROR');
}

/** `alipay.trade.refund` (§3.10). `refund_fee` in the answer is what went back so far, not by this call. */
export const tradeRefund: AnswerMethod = {
  name: 'alipay.trade.refund',
  kind: 'answer',
  codes: ACQUIRING,
  run: (call) => {
    const { biz, world } = call;
    const fen = biz.amount('refund_amount', 1);
    const outRequestNo = biz.text('out_request_no', 64);
    const reason = biz.text('refund_reason', 256);
    const options = biz.list('query_options');
    biz.choice('refund_currency', ['CNY']);
    checkParts(biz, fen);
    const { trade, moved, refund } = refundTrade(world, namedTrade(call), { fen, outRequestNo, reason });
    const repeated = world.switches.get('refund-repeat');
    const detailed = options.includes('refund_detail_item_list');
    return success({
      ...buyerFields(world, trade),
      fund_change: moved ? 'Y' : repeated === 'absent' ? undefined : repeated,
      gmt_refund_pay: beijing(refund.at),
      out_trade_no: trade.out_trade_no,
      refund_fee: formatYuan(trade.refunded_fen),
      send_back_fee: detailed ? formatYuan(refund.refund_fen) : undefined,
      refund_detail_item_list: detailed ? refundDetail(refund) : undefined,
      trade_no: trade.trade_no,
    });
  },
};
