import { Refusal } from '../refusals.ts';
import { orderByNumber, renewCashier, requestAgain, requestNew } from '../world/trades.ts';
import { ACQUIRING, success, type AnswerMethod } from './method.ts';
import { expressMs, readOrder } from './order.ts';

/** However long the order may wait, a QR is dead after two hours. */
const QR_LIFE_MS = 2 * 3_600_000;

/** `alipay.trade.precreate` (§3.2): a QR. The trade exists when somebody scans it. */
export const tradePrecreate: AnswerMethod = {
  name: 'alipay.trade.precreate',
  kind: 'answer',
  codes: ACQUIRING,
  run: (call) => {
    const { biz, world, app, origin } = call;
    biz.choice('product_code', ['QR_CODE_OFFLINE', 'FACE_TO_FACE_PAYMENT', 'OFFLINE_PAYMENT']);
    const asked = biz.text('qr_code_timeout_express', 6);
    const life = asked === undefined ? QR_LIFE_MS : expressMs(biz, 'qr_code_timeout_express', asked);
    const request = readOrder(call, 'precreate');
    const known = orderByNumber(world, request.out_trade_no, app.merchantId);
    const again = known?.status === 'REQUESTED' ? world.switches.get('repeated-precreate') : 'same-qr';
    if (again === 'refuse') throw new Refusal('ACQ.APPLY_PC_MERCHANT_CODE_ERROR');
    const order = { ...request, qr_expires_at: world.now() + Math.min(life, QR_LIFE_MS) };
    const taken = known ? requestAgain(world, known, order) : requestNew(world, order);
    const { out_trade_no, cashier } = again === 'new-qr' ? renewCashier(world, taken) : taken;
    return success({ out_trade_no, qr_code: `${origin}/cashier/${cashier}` });
  },
};
