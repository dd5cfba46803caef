import { ACQUIRING, success, type AnswerMethod } from './method.ts';
import { beijing, buyerFields, fundBill, namedTrade, paymentFields } from './trade-fields.ts';

/** `alipay.trade.query` (§3.7). A QR that nobody scanned yet is no trade: ACQ.TRADE_NOT_EXIST. */
export const tradeQuery: AnswerMethod = {
  name: 'alipay.trade.query',
  kind: 'answer',
  reads: true,
  codes: ACQUIRING,
  run: (call) => {
    const trade = namedTrade(call);
    const options = call.biz.list('query_options');
    return success({
      ...buyerFields(call.world, trade),
      out_trade_no: trade.out_trade_no,
      ...paymentFields(trade),
      passback_params: trade.passback_params ?? undefined,
      send_pay_date: beijing(trade.paid_at),
      store_id: trade.store_id ?? undefined,
      terminal_id: trade.terminal_id ?? undefined,
      trade_no: trade.trade_no,
      trade_status: trade.status,
      fund_bill_list: options.includes('fund_bill_list') ? fundBill(trade) : undefined,
    });
  },
};
