import { cancelTrade } from './cancel_trade.ts';
import { closeTrade } from './close_trade.ts';
import { createTrade } from './create_trade.ts';
import type { Tool } from './define.ts';
import { getOauthToken } from './get_oauth_token.ts';
import { queryBillDownloadUrl } from './query_bill_download_url.ts';
import { queryTrade } from './query_trade.ts';
import { queryTransfer } from './query_transfer.ts';
import { queryUserInfo } from './query_user_info.ts';
import { refundTrade } from './refund_trade.ts';
import { transferFund } from './transfer_fund.ts';

/** Every tool there is, by name. An eleventh is one file and one line here. */
export const catalog: readonly Tool[] = [
  cancelTrade,
  closeTrade,
  createTrade,
  getOauthToken,
  queryBillDownloadUrl,
  queryTrade,
  queryTransfer,
  queryUserInfo,
  refundTrade,
  transferFund,
];

export function findTool(name: string): Tool | undefined {
  return catalog.find((tool) => tool.name === name);
}
