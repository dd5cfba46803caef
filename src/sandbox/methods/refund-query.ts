import { formatYuan } from '../../alipay/money.ts';
import { findRefund } from '../world/refunds.ts';
import { ACQUIRING, success, type AnswerMethod } from './method.ts';
import { beijing, namedTrade, refundDetail } from './trade-fields.ts';

/** How long after a refund its query may not know of it, where the switch `refund-query-delay` is on. */
const DELAY_MS = 10_000;

/** `alipay.trade.fastpay.refund.query` (§3.11). A number nobody refunded under gives success without refund fields. */
export const refundQuery: AnswerMethod = {
  name: 'alipay.trade.fastpay.refund.query',
  kind: 'answer',
  reads: true,
  codes: ACQUIRING,
  run: (call) => {
    const { biz, world } = call;
    const outRequestNo = biz.required('out_request_no', 64);
    const options = biz.list('query_options');
    const trade = namedTrade(call);
    const refund = findRefund(world, trade.trade_no, outRequestNo);
    const early = world.switches.get('refund-query-delay') === '10s' && refund && world.now() - refund.at < DELAY_MS;
    if (!refund || early) return success({});
    return success({
      out_request_no: refund.out_request_no,
      out_trade_no: trade.out_trade_no,
      refund_amount: formatYuan(refund.refund_fen),
      refund_reason: refund.reason ?? undefined,
      refund_status: 'REFUND_SUCCESS',
      total_amount: formatYuan(trade.total_fen),
      trade_no: trade.trade_no,
      gmt_refund_pay: options.includes('gmt_refund_pay') ? beijing(refund.at) : undefined,
      send_back_fee: options.includes('refund_detail_item_list') ? formatYuan(refund.refund_fen) : undefined,
      refund_detail_item_list: options.includes('refund_detail_item_list') ? refundDetail(refund) : undefined,
      // What was paid from a balance goes back to it at once, never to a bank.
      deposit_back_info: options.includes('deposit_back_info') ? { has_deposit_back: 'false' } : undefined,
    });
  },
};
