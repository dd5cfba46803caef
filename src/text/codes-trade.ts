import type { Bilingual } from './sentence.ts';

/** Codes of a trade that exists: query, close, cancel, refund and its query (§3.7 to §3.11). */
export const tradeMeanings = {
  'ACQ.SYSTEM_ERROR': {
    en: 'Alipay had an internal error and does not say whether the request took effect.',
    zh: '支付宝系统异常，没有说明请求是否已生效。',
  },
  'AQC.SYSTEM_ERROR': {
    en: 'Alipay had an internal error and does not say whether the trade was cancelled.',
    zh: '支付宝系统异常，没有说明交易是否已撤销。',
  },
  'ACQ.INVALID_PARAMETER': {
    en: 'A parameter of the request is missing or not valid.',
    zh: '请求的某个参数缺失或无效。',
  },
  'ACQ.TRADE_NOT_EXIST': {
    en: 'Alipay knows no trade under this number.',
    zh: '支付宝没有此编号的交易。',
  },
  TRADE_NOT_EXIST: {
    en: 'Alipay knows no trade under the number of this refund.',
    zh: '支付宝没有此退款所属编号的交易。',
  },
  'ACQ.ENTERPRISE_PAY_BIZ_ERROR': {
    en: 'The company account that paid for this trade does not allow the request.',
    zh: '为此交易付款的企业账户不允许该请求。',
  },
  'ACQ.TRADE_STATUS_ERROR': {
    en: 'The trade is not in a state that allows this.',
    zh: '交易当前的状态不允许此操作。',
  },
  'ACQ.REASON_TRADE_STATUS_INVALID': {
    en: 'The trade is not in a state that allows this.',
    zh: '交易当前的状态不允许此操作。',
  },
  'ACQ.REASON_ILLEGAL_STATUS': {
    en: 'The trade is not in a state that allows this.',
    zh: '交易当前的状态不允许此操作。',
  },
  'ACQ.SELLER_BALANCE_NOT_ENOUGH': {
    en: 'The merchant’s Alipay balance is too low to give the money back.',
    zh: '商户的支付宝余额不足以退款。',
  },
  'ACQ.REASON_TRADE_BEEN_FREEZEN': {
    en: 'Alipay has frozen the trade.',
    zh: '交易已被支付宝冻结。',
  },
  'ACQ.TRADE_HAS_FINISHED': {
    en: 'The trade is finished: the time in which it could be refunded is over.',
    zh: '交易已完结：可退款的期限已过。',
  },
  'ACQ.TRADE_CANCEL_TIME_OUT': {
    en: 'The trade was paid too long ago to be cancelled.',
    zh: '交易支付已久，超过了可撤销的期限。',
  },
  'ACQ.REASON_TRADE_REFUND_FEE_ERR': {
    en: 'The refund does not fit what is left of the trade, part of which may have been refunded before.',
    zh: '退款与交易的剩余金额不符，可能此前已部分退款。',
  },
  'ACQ.CANCEL_NOT_ALLOWED': {
    en: 'This trade cannot be cancelled.',
    zh: '该交易不能撤销。',
  },
  'ACQ.DISCORDANT_REPEAT_REQUEST': {
    en: 'Another amount has been refunded under this refund number before, so this request was not carried out.',
    zh: '此退款编号此前已用于退还另一金额，因此本次请求未执行。',
  },
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL': {
    en: 'The refund is more than the trade, or only part of it without a refund number of its own.',
    zh: '退款超过交易金额，或部分退款没有单独的退款编号。',
  },
  'ACQ.TRADE_NOT_ALLOW_REFUND': {
    en: 'This trade cannot be refunded.',
    zh: '该交易不允许退款。',
  },
  'ACQ.NOT_ALLOW_PARTIAL_REFUND': {
    en: 'This trade can only be refunded as a whole.',
    zh: '该交易只能全额退款。',
  },
  'ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND': {
    en: 'This trade was paid with a voucher that cannot be refunded.',
    zh: '该交易使用了不可退的券支付。',
  },
  'ACQ.REFUND_FEE_ERROR': {
    en: 'The amount of the refund is not one Alipay accepts.',
    zh: '支付宝不接受该退款金额。',
  },
  'ACQ.REFUND_CHARGE_ERROR': {
    en: 'Alipay could not give back its fee, so the refund was not carried out.',
    zh: '支付宝退还手续费失败，退款因此未执行。',
  },
  'ACQ.BUYER_ERROR': {
    en: 'The buyer’s account cannot receive the refund.',
    zh: '买家账户无法接收退款。',
  },
  'ACQ.USER_NOT_MATCH_ERR': {
    en: 'The trade belongs to other people than the request says.',
    zh: '交易双方与请求中的用户不符。',
  },
  'ACQ.ALLOC_AMOUNT_VALIDATE_ERROR': {
    en: 'The shares of the profit do not fit the amount of the refund.',
    zh: '分账金额与退款金额不符。',
  },
  'ACQ.REFUNDALLOC_UNAUTH_LIMIT': {
    en: 'The one who shared in the profit has not agreed to pay back their part.',
    zh: '分账收入方没有授权退回其份额。',
  },
  'ACQ.REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST': {
    en: 'The account that should get back a share of the profit does not exist.',
    zh: '退分账的收款账户不存在。',
  },
  'ACQ.REFUND_ACCOUNT_NOT_EXIST': {
    en: 'The account that should advance the refund does not exist.',
    zh: '垫付退款的账户不存在。',
  },
  'ACQ.OVERDRAFT_AGREEMENT_NOT_MATCH': {
    en: 'The agreement for advancing refunds does not fit this refund.',
    zh: '退款垫资协议与此退款不符。',
  },
  'ACQ.OVERDRAFT_ASSIGN_ACCOUNT_INVALID': {
    en: 'The account named for advancing refunds cannot be used.',
    zh: '指定的退款垫资账户不可用。',
  },
  'ACQ.CURRENCY_NOT_SUPPORT': {
    en: 'The currency is not supported for this trade.',
    zh: '该交易不支持此币种。',
  },
} as const satisfies Record<string, Bilingual>;
