import { closeTrade } from '../world/trades.ts';
import { ACQUIRING, success, type AnswerMethod } from './method.ts';
import { namedTrade } from './trade-fields.ts';

/** `alipay.trade.close` (§3.8): ends a trade nobody has paid. */
export const tradeClose: AnswerMethod = {
  name: 'alipay.trade.close',
  kind: 'answer',
  codes: ACQUIRING,
  run: (call) => {
    call.biz.text('operator_id', 28);
    const trade = closeTrade(call.world, namedTrade(call), 'close');
    return success({ out_trade_no: trade.out_trade_no, trade_no: trade.trade_no });
  },
};
