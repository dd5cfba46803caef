import type { Bilingual } from './sentence.ts';

/** What the seven tools that move no money out say. */
export const toolsOpenText = {
  'create_trade.qr': {
    en: 'Order {order} for {amount} CNY is ready: the buyer scans the QR code of qr_code. Unpaid, it closes by itself on {closes} (Beijing time).',
    zh: '订单 {order}（{amount} 元）已就绪：买家扫描 qr_code 对应的二维码付款。若未付款，将于 {closes}（北京时间）自动关闭。',
  },
  'create_trade.link': {
    en: 'The payment link of order {order} for {amount} CNY is ready. Unpaid, the order closes by itself on {closes} (Beijing time) at the earliest: the time counts from when the buyer opens it.',
    zh: '订单 {order}（{amount} 元）的支付链接已生成。若未付款，订单最早于 {closes}（北京时间）自动关闭：从买家打开时开始计时。',
  },
  'create_trade.app': {
    en: 'The order string of order {order} for {amount} CNY is ready for your app. Unpaid, the order closes by itself on {closes} (Beijing time) at the earliest: the time counts from when the buyer confirms.',
    zh: '订单 {order}（{amount} 元）的 APP 订单串已生成。若未付款，订单最早于 {closes}（北京时间）自动关闭：从买家确认时开始计时。',
  },
  'create_trade.jsapi': {
    en: 'Order {order} for {amount} CNY is created: hand trade_no to the mini program’s payment. Unpaid, it closes by itself on {closes} (Beijing time).',
    zh: '订单 {order}（{amount} 元）已创建：请将 trade_no 交给小程序发起支付。若未付款，将于 {closes}（北京时间）自动关闭。',
  },
  'create_trade.notified': {
    en: 'Alipay will report the payment to {url}.',
    zh: '支付宝将把付款结果通知到 {url}。',
  },
  'create_trade.next': {
    en: 'Call query_trade with out_trade_no "{order}" and wait_seconds 120 to watch for the payment.',
    zh: '以 out_trade_no "{order}" 和 wait_seconds 120 调用 query_trade，等待买家付款。',
  },
  'create_trade.unknown.next': {
    en: 'Call create_trade again with out_trade_no "{order}" and the same amount and subject: the same number cannot become two orders.',
    zh: '请以 out_trade_no "{order}" 以及相同的金额和标题再次调用 create_trade：同一编号不会变成两个订单。',
  },
  'create_trade.again': {
    en: 'No definite answer came; asking once more under the same number …',
    zh: '没有得到明确应答，正以同一编号再请求一次……',
  },
  'create_trade.only_for': {
    en: '{field} is only for product {products}: leave it out, or choose that product.',
    zh: '{field} 仅用于 product 为 {products} 时：请不要填写，或改用该产品。',
  },
  'create_trade.needs_buyer': {
    en: 'product jsapi needs the buyer: give buyer_open_id, or buyer_id for older apps, but not both.',
    zh: 'product 为 jsapi 时必须指定买家：请给出 buyer_open_id，旧应用可用 buyer_id，二者只填其一。',
  },
  'create_trade.timeout_range': {
    en: 'timeout_express must be from 1m to 15d; {got} is not.',
    zh: 'timeout_express 须在 1m 至 15d 之间，{got} 不在此范围内。',
  },
  'create_trade.timeout_sandbox': {
    en: 'Alipay’s sandbox takes a timeout_express of at most 15h; {got} is more.',
    zh: '支付宝沙箱的 timeout_express 最长为 15h，{got} 超出了范围。',
  },
  'create_trade.total_amount': { en: 'What the buyer pays, in yuan.', zh: '买家支付的金额，单位元。' },
  'create_trade.qr_code': {
    en: 'The text of the QR code to show; it can be scanned for at most two hours.',
    zh: '用于生成二维码的文本，最多两小时内可扫码。',
  },
  'create_trade.payment_link': {
    en: 'The signed address to open in the buyer’s browser.',
    zh: '在买家浏览器中打开的已签名地址。',
  },
  'create_trade.order_string': {
    en: 'The signed order string for the Alipay SDK in your app.',
    zh: '交给 APP 中支付宝 SDK 的已签名订单串。',
  },
  'create_trade.closes_at': {
    en: 'When the order closes by itself if unpaid, Beijing time.',
    zh: '未付款时订单自动关闭的时间，北京时间。',
  },

  'trade_status.WAIT_BUYER_PAY': { en: 'The buyer has not paid yet.', zh: '买家尚未付款。' },
  'trade_status.TRADE_SUCCESS': { en: 'It is paid and can be refunded.', zh: '已付款，可以退款。' },
  'trade_status.TRADE_FINISHED': {
    en: 'It is paid; the refund period is over.',
    zh: '已付款，退款期限已过。',
  },
  'trade_status.TRADE_CLOSED.unpaid': {
    en: 'It was closed without being paid.',
    zh: '未付款，交易已关闭。',
  },
  'trade_status.TRADE_CLOSED.refunded': {
    en: 'It was paid, and everything went back to the buyer.',
    zh: '已付款，且已全额退还买家。',
  },
  'trade_status.TRADE_NOT_EXIST': {
    en: 'Nobody has scanned or opened it yet, so Alipay has no trade under this number.',
    zh: '还没有人扫码或打开，支付宝尚无此编号的交易。',
  },
  'trade_status.other': {
    en: 'Alipay gives the status {status}, which this product does not know.',
    zh: '支付宝返回的状态 {status} 是本产品不认识的。',
  },

  'query_trade.message': { en: 'Trade {number}: {meaning}', zh: '交易 {number}：{meaning}' },
  'query_trade.amount': { en: 'The order is over {amount} CNY.', zh: '订单金额 {amount} 元。' },
  'query_trade.waiting': {
    en: 'Waiting for the payment, {seconds} s left. {meaning}',
    zh: '正在等待付款，剩余 {seconds} 秒。{meaning}',
  },
  'query_trade.waited': {
    en: 'It was watched until the end of wait_seconds.',
    zh: '已等待至 wait_seconds 结束。',
  },
  'query_trade.both': {
    en: 'Both numbers were given: trade_no was asked for, out_trade_no was not sent.',
    zh: '两个编号都已给出：按 trade_no 查询，未发送 out_trade_no。',
  },
  'query_trade.disagree': {
    en: 'Careful: this trade_no belongs to order {got}, not to the out_trade_no {given}.',
    zh: '请注意：此 trade_no 属于订单 {got}，而不是给出的 out_trade_no {given}。',
  },
  'query_trade.refund.done': {
    en: 'The refund {number} over {amount} CNY has succeeded.',
    zh: '退款 {number}（{amount} 元）已成功。',
  },
  'query_trade.refund.none': {
    en: 'Alipay shows no refund {number}: it was never received, it failed, or it was asked for too early (wait at least 10 seconds after a refund).',
    zh: '支付宝没有退款 {number} 的结果：可能未收到、已失败，或查询过早（退款后请至少等待 10 秒）。',
  },
  'query_trade.refund.unknown': {
    en: 'What became of the refund {number} could not be learned: {why}',
    zh: '无法得知退款 {number} 的结果：{why}',
  },
  'query_trade.next.wait': {
    en: 'Show the buyer the QR code or link, then call query_trade again with wait_seconds up to 120.',
    zh: '请向买家出示二维码或链接，然后以最多 120 的 wait_seconds 再次调用 query_trade。',
  },
  'query_trade.not_found.next': {
    en: 'Check the number and the environment. A QR or page order is unknown to Alipay until somebody scans or opens it.',
    zh: '请核对编号和环境。二维码或网页订单在有人扫码或打开之前，支付宝查不到。',
  },
  'query_trade.not_found.trade_no.next': {
    en: 'Check the number and the environment. If it is your own order number, give it as out_trade_no instead.',
    zh: '请核对编号和环境。如果这是商户订单号，请改用 out_trade_no。',
  },
  'query_trade.paid': { en: 'Whether the buyer’s payment succeeded.', zh: '买家是否已成功付款。' },
  'query_trade.meaning': { en: 'trade_status in words.', zh: 'trade_status 的含义。' },
  'query_trade.yuan': { en: 'In yuan.', zh: '单位元。' },
  'query_trade.beijing': { en: 'Beijing time.', zh: '北京时间。' },
  'query_trade.refunded': {
    en: 'Refunded so far, in yuan; absent where Alipay’s answer does not tell.',
    zh: '已退金额，单位元；支付宝未给出时没有此项。',
  },
  'query_trade.refund_status': {
    en: 'REFUND_SUCCESS, or absent while nothing of the refund is shown.',
    zh: 'REFUND_SUCCESS；尚无退款结果时没有此项。',
  },

  'close_trade.done': {
    en: 'Trade {number} is closed and cannot be paid any more. No money moved.',
    zh: '交易 {number} 已关闭，无法再付款。资金没有变动。',
  },
  'close_trade.paid': {
    en: 'Trade {number} is paid, so it cannot be closed. Nothing was changed.',
    zh: '交易 {number} 已付款，无法关闭。没有改变任何内容。',
  },
  'close_trade.paid.next': {
    en: 'To give the money back use refund_trade, or cancel_trade for all of it within 24 hours of the payment. To keep the money, do nothing.',
    zh: '要退还款项请用 refund_trade；付款后 24 小时内要全额退回可用 cancel_trade。若不退款则无需操作。',
  },
  'close_trade.finished': {
    en: 'Trade {number} is paid and its refund period is over: there is nothing to close. Nothing was changed.',
    zh: '交易 {number} 已付款且退款期限已过，无需关闭。没有改变任何内容。',
  },
  'close_trade.already': {
    en: 'Trade {number} was closed before; there is nothing to do. {meaning}',
    zh: '交易 {number} 此前已关闭，无需任何操作。{meaning}',
  },
  'close_trade.not_scanned': {
    en: 'Nobody has scanned or opened order {number} yet, so Alipay has no trade to close. Its QR code or link can still be paid until it ends by itself.',
    zh: '还没有人扫码或打开订单 {number}，支付宝没有可关闭的交易。其二维码或链接在失效之前仍可付款。',
  },
  'close_trade.not_scanned.next': {
    en: 'Do not show the code or link any more, and close it again once somebody opened it.',
    zh: '请不要再出示该二维码或链接；若有人打开，再次关闭即可。',
  },
  'close_trade.unknown.next': {
    en: 'Ask with query_trade whether it is closed. Closing again does no harm.',
    zh: '请用 query_trade 查询是否已关闭。重复关闭没有影响。',
  },

  'transfer_status.SUCCESS': { en: 'The money has arrived.', zh: '款项已到账。' },
  'transfer_status.WAIT_PAY': { en: 'It waits to be paid; it is not done.', zh: '等待支付，尚未完成。' },
  'transfer_status.CLOSED': { en: 'It timed out and was closed; no money moved.', zh: '已超时关闭，资金没有变动。' },
  'transfer_status.FAIL': { en: 'It failed; the payee got nothing.', zh: '转账失败，收款方没有收到款项。' },
  'transfer_status.DEALING': { en: 'It is in progress; it is not done yet.', zh: '正在处理，尚未完成。' },
  'transfer_status.REFUND': {
    en: 'The money came back to the merchant; the payee does not have it.',
    zh: '款项已退回商家，收款方没有得到。',
  },
  'query_transfer.message': { en: 'Transfer {number}: {meaning}', zh: '转账 {number}：{meaning}' },
  'query_transfer.no_number': {
    en: 'Say which transfer: give out_biz_no, order_id or pay_fund_order_id.',
    zh: '请指明转账：给出 out_biz_no、order_id 或 pay_fund_order_id。',
  },
  'query_transfer.used': {
    en: 'Several numbers were given: only {field} was asked for.',
    zh: '给出了多个编号：仅按 {field} 查询。',
  },
  'query_transfer.in_progress.next': {
    en: 'Ask again in a minute. Do not send it again.',
    zh: '请一分钟后再查询，不要再次付款。',
  },
  'query_transfer.back.next': {
    en: 'See fail_reason and error_code, correct the payee’s data, and let a person decide about a new transfer.',
    zh: '请查看 fail_reason 和 error_code，更正收款方信息，由人决定是否重新转账。',
  },
  'query_transfer.not_found.next': {
    en: 'Check the number. Right after sending, an order can be unknown for a while: ask again in a minute, and do not send it again under another number.',
    zh: '请核对编号。刚发起的转账可能暂时查不到：请一分钟后再查询，不要换编号再次付款。',
  },
  'query_transfer.arrived': { en: 'Whether the payee has the money.', zh: '收款方是否已收到款项。' },
  'query_transfer.meaning': { en: 'transfer_status in words.', zh: 'transfer_status 的含义。' },

  'oauth.done': {
    en: 'The user’s authorization is stored. Use the handle with query_user_info.',
    zh: '用户授权已保存。请将句柄用于 query_user_info。',
  },
  'oauth.done.next': {
    en: 'Call query_user_info with handle "{handle}".',
    zh: '以 handle "{handle}" 调用 query_user_info。',
  },
  'oauth.refreshed': {
    en: 'The authorization is renewed under a new handle; the old handle works no more.',
    zh: '授权已刷新，并使用新的句柄；旧句柄已失效。',
  },
  'oauth.needs_code': {
    en: 'code is missing: with grant_type authorization_code give the auth_code of the address the user came back to.',
    zh: '缺少 code：grant_type 为 authorization_code 时，请给出用户回跳地址中的 auth_code。',
  },
  'oauth.needs_handle': {
    en: 'handle is missing: with grant_type refresh_token give the handle of the authorization to renew.',
    zh: '缺少 handle：grant_type 为 refresh_token 时，请给出要刷新的授权的句柄。',
  },
  'oauth.one_of_two': {
    en: 'Give code for grant_type authorization_code, or handle for refresh_token, not both.',
    zh: 'grant_type 为 authorization_code 时填写 code，为 refresh_token 时填写 handle，不能同时填写。',
  },
  'oauth.code_used': {
    en: 'This code was sent before. A code works once, even when the answer got lost, so it was not sent again.',
    zh: '此授权码已经提交过。授权码只能使用一次，即使应答丢失也是如此，因此没有再次提交。',
  },
  'oauth.authorize_again': {
    en: 'Let the user open the authorization page again and use the new code.',
    zh: '请让用户重新打开授权页面，并使用新的授权码。',
  },
  'oauth.unknown': {
    en: 'No definite answer came, so the code or the old authorization may be used up.',
    zh: '没有得到明确应答，授权码或旧的授权可能已失效。',
  },
  'oauth.no_handle': {
    en: 'There is no authorization under this handle.',
    zh: '没有此句柄对应的授权。',
  },
  'oauth.no_handle.next': {
    en: 'Get one with get_oauth_token from a new authorization code.',
    zh: '请用新的授权码调用 get_oauth_token 获取。',
  },
  'oauth.no_refresh': {
    en: 'This authorization cannot be renewed: Alipay gave no refresh token with it.',
    zh: '此授权无法刷新：支付宝没有随之给出刷新令牌。',
  },
  'oauth.ended': {
    en: 'This authorization ended on {time} (Beijing time).',
    zh: '此授权已于 {time}（北京时间）到期。',
  },
  'oauth.ended.next': {
    en: 'Renew it with get_oauth_token, grant_type refresh_token and this handle, or let the user authorize again.',
    zh: '请以 grant_type refresh_token 和此句柄调用 get_oauth_token 刷新，或让用户重新授权。',
  },
  'oauth.expires_at': {
    en: 'When the authorization ends, Beijing time; absent for one that does not end.',
    zh: '授权到期时间，北京时间；长期有效时没有此项。',
  },

  'query_user_info.done': {
    en: 'The profile of user {user}. Personal fields are masked: {fields}.',
    zh: '用户 {user} 的资料。个人信息已脱敏：{fields}。',
  },
  'query_user_info.nothing': {
    en: 'User {user} is verified; Alipay gave no personal fields.',
    zh: '用户 {user} 已验证，支付宝没有给出个人信息。',
  },
  'query_user_info.masked': {
    en: 'The personal fields Alipay gave, whose values are masked or left out.',
    zh: '支付宝给出的个人信息字段，其值已脱敏或省略。',
  },
} as const satisfies Record<string, Bilingual>;
