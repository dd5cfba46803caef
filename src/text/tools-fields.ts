import type { Bilingual } from './sentence.ts';

/** What each field of a tool's input and output is, and what is wrong with one. */
export const toolsFieldsText = {
  'field.number.rule': {
    en: '{field} takes letters, digits, “_”, “-” and “.” without blanks, such as {example}; {got} is something else.',
    zh: '{field} 只能包含字母、数字、“_”、“-” 和 “.”，不能有空格，例如 {example}；{got} 不符合要求。',
  },
  'field.trade_no': {
    en: 'Alipay’s own number of the trade, at least 16 digits; any other is taken for out_trade_no. Where both are given, this one is used.',
    zh: '支付宝交易号，至少 16 位数字；其他编号按 out_trade_no 处理。两个编号都给出时使用此编号。',
  },
  'field.out_trade_no': {
    en: 'Your own order number, as given when the trade was created.',
    zh: '商户订单号，即创建交易时使用的编号。',
  },
  'field.out_request_no': {
    en: 'The number of one refund. Leave it out unless you keep your own: it is then made so that a repeat is no second refund.',
    zh: '一笔退款的编号。除非您自己管理编号，否则请不要填写：系统生成的编号可保证重复请求不会重复退款。',
  },
  'field.refund_query_no': {
    en: 'The number of a refund of this trade, to learn what became of it.',
    zh: '此交易的某笔退款编号，用于查询该退款的结果。',
  },
  'field.again_after': {
    en: 'Only for a deliberate second operation equal to one that succeeded: the operation_id of that one.',
    zh: '仅在有意再做一次与已成功操作完全相同的操作时填写：那次操作的 operation_id。',
  },
  'field.total_amount': {
    en: 'What the buyer pays, in yuan: 0.01 to 100000000.00.',
    zh: '买家支付的金额，单位元：0.01 至 100000000.00。',
  },
  'field.subject': {
    en: 'What is sold, in at most 256 characters; the buyer sees it. Without “/”, “=” and “&”.',
    zh: '商品标题，最多 256 个字符，买家可见。不能含有 “/”、“=” 和 “&”。',
  },
  'field.subject.rule': {
    en: '{field} must not contain “/”, “=” or “&”, which Alipay refuses: {got}. Write it like {example}.',
    zh: '{field} 不能含有支付宝不接受的 “/”、“=” 或 “&”：{got}。请写成 {example} 这样。',
  },
  'field.body': {
    en: 'More about the order, in at most 128 characters; it comes back in the bill.',
    zh: '订单附加说明，最多 128 个字符，会出现在账单的备注中。',
  },
  'field.product': {
    en: 'How the buyer pays: qr (scans a QR code), page (link for a desktop browser), wap (link for a phone browser), app (order string for your app), jsapi (mini program; needs the buyer).',
    zh: '付款方式：qr（扫二维码）、page（电脑网页链接）、wap（手机网页链接）、app（供您的 APP 使用的订单串）、jsapi（小程序，需指定买家）。',
  },
  'field.new_out_trade_no': {
    en: 'Your own order number, unique, of letters, digits and “_”. Left out, one is made.',
    zh: '商户订单号，须唯一，由字母、数字和 “_” 组成。不填则自动生成。',
  },
  'field.new_out_trade_no.rule': {
    en: '{field} takes letters, digits and “_” only, such as {example}; {got} has others.',
    zh: '{field} 只能包含字母、数字和 “_”，例如 {example}；{got} 含有其他字符。',
  },
  'field.timeout_express': {
    en: 'After how long an unpaid order closes by itself: 1m to 15d in minutes (m), hours (h) or days (d), or 1c for the end of the day. 30m if left out.',
    zh: '未付款订单多久后自动关闭：1m 至 15d，单位为分（m）、时（h）、天（d），1c 表示当天结束。不填为 30m。',
  },
  'field.timeout_express.rule': {
    en: '{field} must be a whole number with m, h or d, from 1m to 15d, or 1c, such as {example}; it was {got}.',
    zh: '{field} 须为整数加 m、h 或 d，范围 1m 至 15d，或者 1c，例如 {example}；而给出的是 {got}。',
  },
  'field.notify_url': {
    en: 'Your webhook: the http or https address Alipay posts the payment to. Give the real address; left out, nothing is posted.',
    zh: '您的 webhook：支付宝向此 http 或 https 地址发送付款通知。请填写真实地址；不填则不通知。',
  },
  'field.return_url': {
    en: 'Where the buyer’s browser goes after paying; for page and wap only. It proves no payment.',
    zh: '付款后买家浏览器跳转的地址，仅用于 page 和 wap。跳转不代表已付款。',
  },
  'field.buyer_id': {
    en: 'For jsapi: the buyer’s Alipay user id, 2088 and 12 more digits.',
    zh: '用于 jsapi：买家的支付宝用户 ID，以 2088 开头的 16 位数字。',
  },
  'field.buyer_open_id': {
    en: 'For jsapi: the buyer’s open_id for this app.',
    zh: '用于 jsapi：买家在此应用下的 open_id。',
  },
  'field.wait_seconds': {
    en: 'How long to watch for the payment, in seconds, at most 120. 0 or left out: ask once.',
    zh: '等待买家付款的最长时间，单位秒，最多 120。0 或不填表示只查询一次。',
  },
  'field.out_biz_no': {
    en: 'The number the transfer was sent under, as transfer_fund returned it.',
    zh: '发起转账时使用的编号，即 transfer_fund 返回的编号。',
  },
  'field.order_id': {
    en: 'Alipay’s number of the transfer order; used before out_biz_no.',
    zh: '支付宝转账订单号，优先于 out_biz_no。',
  },
  'field.pay_fund_order_id': {
    en: 'Alipay’s number of the payment behind the transfer; used before the other two.',
    zh: '支付宝支付资金流水号，优先于其他两种编号。',
  },
  'field.bill_type': {
    en: 'trade (payments and refunds; the default) or signcustomer (every movement of the balance) are summed; for the others only the link is given.',
    zh: 'trade（交易与退款，默认）和 signcustomer（账户余额的全部变动）可汇总；其他类型只返回链接。',
  },
  'field.bill_date': {
    en: 'The Beijing day (2024-04-11) or month (2024-04) of the bill, or “yesterday”; not today or this month.',
    zh: '账单的日期（2024-04-11）或月份（2024-04），也可以是 “yesterday”（昨天）；按北京时间计算，不能是今天或本月。',
  },
  'field.bill_date.rule': {
    en: '{field} must be a day such as {example}, a month such as "2024-04", or "yesterday"; it was {got}.',
    zh: '{field} 须为 {example} 这样的日期、"2024-04" 这样的月份，或 "yesterday"；而给出的是 {got}。',
  },
  'field.flag_above': {
    en: 'Lists the rows above this amount, in yuan.',
    zh: '列出超过此金额（元）的明细。',
  },
  'field.download': {
    en: 'Whether to download, check and sum the bill too; true if left out.',
    zh: '是否同时下载、核对并汇总账单；不填为 true。',
  },
  'field.smid': {
    en: 'The sub-merchant, for bill_type trade_zft_merchant only.',
    zh: '二级商户号，仅用于 bill_type 为 trade_zft_merchant 时。',
  },
  'field.grant_type': {
    en: 'authorization_code to exchange a new code (the default), refresh_token to renew the authorization behind a handle.',
    zh: 'authorization_code 用新授权码换取授权（默认）；refresh_token 刷新句柄对应的授权。',
  },
  'field.code': {
    en: 'The auth_code from the address the user came back to; usable once.',
    zh: '用户授权后回跳地址中的 auth_code，只能使用一次。',
  },
  'field.handle': {
    en: 'The handle that get_oauth_token returned.',
    zh: 'get_oauth_token 返回的句柄。',
  },
  'field.refund_amount': {
    en: 'What goes back to the buyer now, in yuan: at least 0.01, at most what remains of the trade.',
    zh: '本次退款金额，单位元：至少 0.01，不超过交易剩余可退金额。',
  },
  'field.refund_reason': {
    en: 'Why, in at most 256 characters; the buyer sees it.',
    zh: '退款原因，最多 256 个字符，买家可见。',
  },
  'field.trans_amount': {
    en: 'What the payee gets, in yuan: 0.10 to 100000000.00.',
    zh: '收款方收到的金额，单位元：0.10 至 100000000.00。',
  },
  'field.payee_identity': {
    en: 'The payee’s Alipay account, of the kind payee_identity_type names.',
    zh: '收款方的支付宝账户，类型由 payee_identity_type 指定。',
  },
  'field.payee_identity_type': {
    en: 'What payee_identity is: a user id (2088…), a login id (phone or e-mail) or an open_id.',
    zh: 'payee_identity 的类型：用户 ID（2088…）、登录号（手机号或邮箱）或 open_id。',
  },
  'field.payee_name': {
    en: 'The payee’s real name, which Alipay checks; required for ALIPAY_LOGON_ID.',
    zh: '收款方真实姓名，支付宝会核对；payee_identity_type 为 ALIPAY_LOGON_ID 时必填。',
  },
  'field.order_title': {
    en: 'What the payee sees in the bill, in at most 128 characters.',
    zh: '转账标题，最多 128 个字符，显示在收款方的账单中。',
  },
  'field.remark': {
    en: 'A remark for the payee, in at most 200 characters; Alipay wants one for enterprises from 50000 yuan.',
    zh: '转账备注，最多 200 个字符；向企业转账 50000 元及以上时支付宝要求填写。',
  },
} as const satisfies Record<string, Bilingual>;
