import { accountQuery } from './account-query.ts';
import { billUrl } from './bill-url.ts';
import type { Method } from './method.ts';
import { oauthToken } from './oauth-token.ts';
import { refundQuery } from './refund-query.ts';
import { tradeCancel } from './trade-cancel.ts';
import { tradeClose } from './trade-close.ts';
import { tradeCreate } from './trade-create.ts';
import { tradeAppPay, tradePagePay, tradeWapPay } from './trade-page.ts';
import { tradePay } from './trade-pay.ts';
import { tradePrecreate } from './trade-precreate.ts';
import { tradeQuery } from './trade-query.ts';
import { tradeRefund } from './trade-refund.ts';
import { uniTransfer } from './transfer.ts';
import { transferQuery } from './transfer-query.ts';
import { userInfo } from './user-info.ts';

const METHODS: readonly Method[] = [
  tradeCreate,
  tradePrecreate,
  tradePagePay,
  tradeWapPay,
  tradeAppPay,
  tradePay,
  tradeQuery,
  tradeClose,
  tradeCancel,
  tradeRefund,
  refundQuery,
  uniTransfer,
  transferQuery,
  accountQuery,
  billUrl,
  oauthToken,
  userInfo,
];

const BY_NAME = new Map(METHODS.map((method) => [method.name, method]));

/** The names of all of them. */
export const METHOD_NAMES: readonly string[] = METHODS.map(({ name }) => name);

/** The method of this name, if the gateway has it. */
export function findMethod(name: string | undefined): Method | undefined {
  return name === undefined ? undefined : BY_NAME.get(name);
}
