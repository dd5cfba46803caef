import type { Bilingual } from './sentence.ts';
import { toolsBillText } from './tools-bill.ts';
import { toolsFieldsText } from './tools-fields.ts';
import { toolsGuardedText } from './tools-guarded.ts';
import { toolsOpenText } from './tools-open.ts';
import { toolsRunText } from './tools-run.ts';

/** Titles and descriptions: two sentences and the units, for people and agents alike. */
const descriptions = {
  'cancel_trade.title': { en: 'Cancel a trade', zh: '撤销交易' },
  'cancel_trade.description': {
    en: 'Closes an unpaid trade, or refunds a paid one in full within 24 hours of its payment. A person approves it first, reading the most that can go back to the buyer. Amounts in yuan (CNY); times in Beijing time.',
    zh: '关闭未付款的交易；已付款的交易在付款后 24 小时内全额退款。每次都先由人批准，并看到可能退回买家的最大金额。金额单位为元（CNY）；时间为北京时间。',
  },
  'close_trade.title': { en: 'Close an unpaid trade', zh: '关闭未付款交易' },
  'close_trade.description': {
    en: 'Closes a trade that the buyer has not paid, so that it cannot be paid any more. For a paid trade it changes nothing and says what to do instead. Times in Beijing time.',
    zh: '关闭买家尚未付款的交易，此后无法再付款。交易已付款时不做任何改动，并说明应当怎么做。时间为北京时间。',
  },
  'create_trade.title': { en: 'Create a trade', zh: '创建交易' },
  'create_trade.description': {
    en: 'Creates an order and returns what the buyer pays with: a QR code, or a payment link, app order string or JSAPI trade by product. Nothing is charged until the buyer pays, and an unpaid order closes by itself. Amounts in yuan (CNY), as strings such as "299.00"; times in Beijing time.',
    zh: '创建订单，并按产品返回付款方式：二维码、支付链接、APP 订单串或 JSAPI 交易。买家付款之前不会产生扣款，未付款的订单会自动关闭。金额单位为元（CNY），以 "299.00" 这样的字符串表示；时间为北京时间。',
  },
  'get_oauth_token.title': { en: 'Get a user’s authorization', zh: '换取用户授权' },
  'get_oauth_token.description': {
    en: 'Exchanges the authorization code of a user’s consent, or refreshes an earlier authorization. The tokens stay hidden: the result is a handle for query_user_info, the user’s id and when the authorization ends. Times in Beijing time.',
    zh: '用用户同意后得到的授权码换取授权，或刷新此前的授权。令牌不对外显示：返回供 query_user_info 使用的句柄、用户标识和授权到期时间。时间为北京时间。',
  },
  'query_bill_download_url.title': { en: 'Get and sum a bill', zh: '获取并汇总账单' },
  'query_bill_download_url.description': {
    en: 'Gets the download link of a day’s or month’s bill, and by default also downloads, checks and sums it, since the link dies after 30 seconds. With flag_above it lists the rows above an amount. Amounts in yuan (CNY); dates are Beijing days.',
    zh: '获取日账单或月账单的下载链接；链接 30 秒后失效，因此默认同时下载、核对并汇总账单。给出 flag_above 时列出超过该金额的明细。金额单位为元（CNY）；日期为北京时间的日期。',
  },
  'query_trade.title': { en: 'Query a trade', zh: '查询交易' },
  'query_trade.description': {
    en: 'Tells whether a trade is paid, with its amounts and, for an out_request_no, what became of that refund. With wait_seconds it watches until the buyer pays. Amounts in yuan (CNY); times in Beijing time.',
    zh: '查询交易是否已付款及其金额；给出 out_request_no 时同时查询该笔退款的结果。给出 wait_seconds 时会等待买家付款。金额单位为元（CNY）；时间为北京时间。',
  },
  'query_transfer.title': { en: 'Query a transfer', zh: '查询转账' },
  'query_transfer.description': {
    en: 'Tells what became of a transfer to an Alipay account. One of its three numbers is enough. Amounts in yuan (CNY); times in Beijing time.',
    zh: '查询向支付宝账户转账的结果。三种编号给出其一即可。金额单位为元（CNY）；时间为北京时间。',
  },
  'query_user_info.title': { en: 'Query an authorized user', zh: '查询授权用户' },
  'query_user_info.description': {
    en: 'Reads the profile of a user who gave consent, by the handle of get_oauth_token. Ids are shown whole, personal fields masked.',
    zh: '凭 get_oauth_token 返回的句柄，查询已授权用户的资料。用户标识完整显示，个人信息已脱敏。',
  },
  'refund_trade.title': { en: 'Refund a trade', zh: '交易退款' },
  'refund_trade.description': {
    en: 'Refunds part or all of a paid trade to its buyer. A person approves it first; the same refund asked for again is the same operation and moves nothing twice. Amounts in yuan (CNY), as strings such as "15.50"; times in Beijing time.',
    zh: '将已付款交易的部分或全部金额退还买家。每次都先由人批准；再次请求同一笔退款视为同一操作，不会重复退款。金额单位为元（CNY），以 "15.50" 这样的字符串表示；时间为北京时间。',
  },
  'transfer_fund.title': { en: 'Transfer money out', zh: '转账付款' },
  'transfer_fund.description': {
    en: 'Pays money from the merchant’s balance to an Alipay account. A person approves it first; the same transfer asked for again within 24 hours is the same operation and moves nothing twice. Amounts in yuan (CNY), as strings such as "100.00"; times in Beijing time.',
    zh: '从商家余额向一个支付宝账户付款。每次都先由人批准；24 小时内再次请求同一笔转账视为同一操作，不会重复付款。金额单位为元（CNY），以 "100.00" 这样的字符串表示；时间为北京时间。',
  },
} as const satisfies Record<string, Bilingual>;

/** Everything the ten tools say. */
export const toolsText = {
  ...descriptions,
  ...toolsFieldsText,
  ...toolsRunText,
  ...toolsOpenText,
  ...toolsBillText,
  ...toolsGuardedText,
} as const;
