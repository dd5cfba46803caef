import type { Bilingual } from './sentence.ts';

/** What the three money-out tools say: the effect a person approves, and what was done. */
export const toolsGuardedText = {
  'refund_trade.effect': {
    en: 'Refund {amount} CNY of order {order} to buyer {buyer}.',
    zh: '将订单 {order} 的 {amount} 元退还买家 {buyer}。',
  },
  'refund_trade.effect.no_buyer': {
    en: 'Refund {amount} CNY of order {order} to its buyer.',
    zh: '将订单 {order} 的 {amount} 元退还其买家。',
  },
  'refund_trade.before_after': {
    en: '{total} paid, {refunded} refunded before (as far as known); after this {rest} remains.',
    zh: '已付 {total}，此前已退 {refunded}（据目前所知）；此次退款后剩余 {rest}。',
  },
  'refund_trade.done': {
    en: '{amount} CNY of order {order} went back to the buyer.',
    zh: '订单 {order} 的 {amount} 元已退还买家。',
  },
  'refund_trade.refund_amount': { en: 'This refund, in yuan.', zh: '本次退款金额，单位元。' },
  'refund_trade.refunded_total': {
    en: 'Everything refunded of this trade so far, in yuan.',
    zh: '此交易累计已退金额，单位元。',
  },
  'refund_trade.remaining_before': {
    en: 'What could still be refunded before this call, in yuan.',
    zh: '本次调用之前剩余可退金额，单位元。',
  },
  'refund_trade.remaining_after': {
    en: 'What can still be refunded now, in yuan.',
    zh: '现在剩余可退金额，单位元。',
  },

  'cancel_trade.effect.paid': {
    en: 'Cancel order {order}: all {amount} CNY goes back to the buyer.',
    zh: '撤销订单 {order}：全部 {amount} 元退还买家。',
  },
  'cancel_trade.effect.unpaid': {
    en: 'Cancel order {order}: closes the unpaid order; if the buyer pays first, {amount} CNY goes back.',
    zh: '撤销订单 {order}：关闭未付款的订单；若买家抢先付款，{amount} 元将退回。',
  },
  'cancel_trade.effect.after': {
    en: 'Paid or not, the order can never be paid again after this.',
    zh: '无论是否已付款，此后该订单都无法再付款。',
  },
  'cancel_trade.done.close': {
    en: 'Order {order} was unpaid and is closed; no money moved.',
    zh: '订单 {order} 未付款，现已关闭，资金没有变动。',
  },
  'cancel_trade.done.refund': {
    en: 'Order {order} was paid and is cancelled; all {amount} CNY went back to the buyer.',
    zh: '订单 {order} 已付款，现已撤销，全部 {amount} 元已退还买家。',
  },
  'cancel_trade.done.other': {
    en: 'Order {order} is cancelled.',
    zh: '订单 {order} 已撤销。',
  },
  'cancel_trade.action': {
    en: 'close: it was unpaid and is closed; refund: it was paid and all of it went back.',
    zh: 'close：未付款，已关闭；refund：已付款，已全额退回。',
  },
  'cancel_trade.refunded': { en: 'What went back to the buyer, in yuan.', zh: '退还买家的金额，单位元。' },

  'transfer_fund.effect': {
    en: 'Pay {amount} CNY from the merchant’s balance to {payee} ({type}).',
    zh: '从商家余额向 {payee}（{type}）付款 {amount} 元。',
  },
  'transfer_fund.effect.known': {
    en: 'Transfers to this payee that succeeded before: {count}.',
    zh: '此前向该收款方成功转账的次数：{count}。',
  },
  'transfer_fund.done': {
    en: '{amount} CNY was paid to {payee}.',
    zh: '已向 {payee} 付款 {amount} 元。',
  },
  'transfer_fund.needs_name': {
    en: 'payee_name is required when payee_identity_type is ALIPAY_LOGON_ID: give the payee’s real name, which Alipay checks.',
    zh: 'payee_identity_type 为 ALIPAY_LOGON_ID 时必须填写 payee_name：请给出收款方真实姓名，支付宝会核对。',
  },
  'transfer_fund.not_a_user_id': {
    en: 'payee_identity must be a user id for ALIPAY_USER_ID: 2088 and 12 more digits, such as "2088102146225135".',
    zh: 'payee_identity_type 为 ALIPAY_USER_ID 时，payee_identity 须为用户 ID：以 2088 开头的 16 位数字，例如 "2088102146225135"。',
  },
  'transfer_fund.not_a_login_id': {
    en: 'payee_identity must be a login id for ALIPAY_LOGON_ID: a mobile number or an e-mail address without blanks, in plain letters, digits and signs, such as "13800138000".',
    zh: 'payee_identity_type 为 ALIPAY_LOGON_ID 时，payee_identity 须为登录账号：不含空格的手机号或邮箱，只用半角字母、数字和符号，例如 "13800138000"。',
  },
  'transfer_fund.trans_amount': { en: 'The amount of the transfer, in yuan.', zh: '转账金额，单位元。' },

  'guarded.moved': {
    en: 'Whether money moved: yes (by this call), before (by the same operation earlier), no, or unknown.',
    zh: '资金是否变动：yes（本次调用）、before（此前的同一操作）、no（没有）或 unknown（尚不知道）。',
  },
  'guarded.operation_id': {
    en: 'The operation in this product’s ledger.',
    zh: '本产品账本中的操作编号。',
  },
} as const satisfies Record<string, Bilingual>;
