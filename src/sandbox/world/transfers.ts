import type { Fen } from '../../alipay/money.ts';
import { MERCHANT_ID } from '../identity.ts';
import { Refusal } from '../refusals.ts';
import { InsufficientBalance, move } from './accounts.ts';
import { fundNumber, transferNumber } from './numbers.ts';
import { refuseAboveLimits } from './transfer-limits.ts';
import type { World } from './world.ts';

/** Money the merchant sent to a person. */
export interface Transfer {
  readonly merchant_id: string;
  readonly order_id: string;
  readonly pay_fund_order_id: string;
  readonly out_biz_no: string;
  readonly product_code: string;
  readonly biz_scene: string;
  readonly amount_fen: Fen;
  readonly payee_id: string;
  /** What must be the same when the number comes again, as JSON. */
  readonly parameters: string;
  readonly order_title: string;
  readonly remark: string | null;
  readonly passback_params: string | null;
  readonly status: 'SUCCESS';
  readonly at: number;
}

export type TransferRequest = Omit<Transfer, 'merchant_id' | 'order_id' | 'pay_fund_order_id' | 'status' | 'at'> &
  // Absent: the sandbox's first merchant.
  Partial<Pick<Transfer, 'merchant_id'>>;

/**
 * Sends money, once per number: the same request again answers with the first one's result.
 *
 * @throws Refusal PAYMENT_INFO_INCONSISTENCY for another request under a known number, PAYER_BALANCE_NOT_ENOUGH
 */
export function transfer(world: World, request: TransferRequest): Transfer {
  const merchantId = request.merchant_id ?? MERCHANT_ID;
  const earlier = transferByNumber(world, request, merchantId);
  if (earlier) {
    if (earlier.parameters !== request.parameters) throw new Refusal('PAYMENT_INFO_INCONSISTENCY');
    return earlier;
  }
  refuseAboveLimits(world, merchantId, request.payee_id, request.amount_fen);
  const at = world.now();
  const made: Transfer = {
    ...request,
    merchant_id: merchantId,
    order_id: transferNumber(world, at),
    pay_fund_order_id: fundNumber(world, at),
    status: 'SUCCESS',
    at,
  };
  try {
    move(world, {
      from: made.merchant_id,
      to: made.payee_id,
      fen: made.amount_fen,
      at,
      kind: '转账',
      tradeNo: made.order_id,
      outNo: made.out_biz_no,
      subject: made.order_title,
      remark: made.remark ?? '',
    });
  } catch (error) {
    if (error instanceof InsufficientBalance) throw new Refusal('PAYER_BALANCE_NOT_ENOUGH');
    throw error;
  }
  world.store.insert('transfers', { ...made });
  return made;
}

/** The transfer under a merchant's number, which is unique within merchant, product and scene. */
export function transferByNumber(
  world: World,
  number: Pick<Transfer, 'out_biz_no' | 'product_code' | 'biz_scene'>,
  merchantId = MERCHANT_ID,
): Transfer | undefined {
  return world.store.get<Transfer>(
    'SELECT * FROM transfers WHERE merchant_id = ? AND out_biz_no = ? AND product_code = ? AND biz_scene = ?',
    merchantId,
    number.out_biz_no,
    number.product_code,
    number.biz_scene,
  );
}

/** The transfer with one of Alipay's own numbers. */
export function transferByOrder(
  world: World,
  column: 'order_id' | 'pay_fund_order_id',
  number: string,
): Transfer | undefined {
  return world.store.get<Transfer>(`SELECT * FROM transfers WHERE ${column} = ?`, number);
}
