import { Refusal } from '../refusals.ts';
import { cancelTrade } from '../world/refunds.ts';
import { ACQUIRING, success, type AnswerMethod } from './method.ts';
import { namedTrade, tradeNumbers } from './trade-fields.ts';

/**
 * `alipay.trade.cancel` (§3.9). Where there is no trade it answers success without an `action`: nothing was done, and a
 * QR that nobody scanned stays good.
 */
export const tradeCancel: AnswerMethod = {
  name: 'alipay.trade.cancel',
  kind: 'answer',
  codes: ACQUIRING,
  run: (call) => {
    const { outTradeNo } = tradeNumbers(call.biz);
    try {
      const trade = namedTrade(call);
      const done = cancelTrade(call.world, trade);
      return success({
        out_trade_no: trade.out_trade_no,
        trade_no: trade.trade_no,
        retry_flag: 'N',
        action: done === 'refunded' ? 'refund' : 'close',
      });
    } catch (error) {
      if (!(error instanceof Refusal) || error.fields.sub_code !== 'ACQ.TRADE_NOT_EXIST') throw error;
      return success({ out_trade_no: outTradeNo, retry_flag: 'N' });
    }
  },
};
