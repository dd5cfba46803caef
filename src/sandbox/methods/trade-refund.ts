import { formatYuan } from '../../alipay/money.ts';
import { refundTrade } from '../world/refunds.ts';
import { ACQUIRING, success, type AnswerMethod } from './method.ts';
import { beijing, buyerFields, namedTrade } from './trade-fields.ts';

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
      refund_detail_item_list: detailed
        ? [{ amount: formatYuan(refund.refund_fen), fund_channel: 'ALIPAYACCOUNT' }]
        : undefined,
      trade_no: trade.trade_no,
    });
  },
};
