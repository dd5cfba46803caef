import type { Bilingual } from './sentence.ts';

/** Codes of making a trade: create, precreate, and the pages that pay (§3.1 to §3.5). */
export const payMeanings = {
  'ACQ.ACCESS_FORBIDDEN': {
    en: 'The merchant has no right to this way of being paid.',
    zh: '商户没有使用此收款方式的权限。',
  },
  'ACQ.EXIST_FORBIDDEN_WORD': {
    en: 'The subject or description contains words that Alipay does not allow.',
    zh: '标题或描述中含有支付宝不允许的词语。',
  },
  'ACQ.PARTNER_ERROR': {
    en: 'The merchant’s partner id is not valid.',
    zh: '商户的合作伙伴身份（PID）无效。',
  },
  'ACQ.TOTAL_FEE_EXCEED': {
    en: 'The amount is higher than Alipay allows for one trade.',
    zh: '金额超过单笔交易的上限。',
  },
  'ACQ.CONTEXT_INCONSISTENT': {
    en: 'A trade with this number exists already, with other details.',
    zh: '已有使用此编号的交易，但内容不同。',
  },
  'ACQ.TRADE_HAS_SUCCESS': {
    en: 'The trade has been paid already.',
    zh: '交易已经支付。',
  },
  'ACQ.TRADE_HAS_CLOSE': {
    en: 'The trade is closed: it was never paid, or all of it has been refunded.',
    zh: '交易已关闭：未曾支付，或已全额退款。',
  },
  'ACQ.BUYER_SELLER_EQUAL': {
    en: 'Buyer and seller are the same account.',
    zh: '买家与卖家是同一账户。',
  },
  'ACQ.TRADE_BUYER_NOT_MATCH': {
    en: 'A trade with this number exists already, for another buyer.',
    zh: '已有使用此编号的交易，但买家不同。',
  },
  'ACQ.BUYER_ENABLE_STATUS_FORBID': {
    en: 'The buyer’s account is restricted.',
    zh: '买家账户受到限制。',
  },
  'ACQ.SELLER_BEEN_BLOCKED': {
    en: 'The merchant’s account is blocked.',
    zh: '商户账户已被冻结。',
  },
  'ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT': {
    en: 'The buyer has not proved their identity far enough for this payment.',
    zh: '买家的实名认证级别不足以完成此付款。',
  },
  'ACQ.ERROR_SELLER_CERTIFY_LEVEL_LIMIT': {
    en: 'The merchant has not proved their identity far enough to receive this payment.',
    zh: '商户的实名认证级别不足以收取此款项。',
  },
  'ACQ.SUB_MERCHANT_CREATE_FAIL': {
    en: 'The sub-merchant could not be created.',
    zh: '二级商户创建失败。',
  },
  'ACQ.SUB_MERCHANT_TYPE_INVALID': {
    en: 'The kind of sub-merchant is not valid.',
    zh: '二级商户的类型无效。',
  },
  'ACQ.SECONDARY_MERCHANT_STATUS_ERROR': {
    en: 'The sub-merchant is not active.',
    zh: '二级商户的状态异常。',
  },
  'ACQ.SECONDARY_MERCHANT_NOT_MATCH': {
    en: 'The sub-merchant does not belong to this merchant.',
    zh: '二级商户不属于此商户。',
  },
  'ACQ.SECONDARY_MERCHANT_ID_BLANK': {
    en: 'The sub-merchant’s id is missing.',
    zh: '缺少二级商户编号。',
  },
  'ACQ.SECONDARY_MERCHANT_ID_INVALID': {
    en: 'The sub-merchant’s id is not valid.',
    zh: '二级商户编号无效。',
  },
  'ACQ.SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID': {
    en: 'The sub-merchant’s Alipay account cannot be used.',
    zh: '二级商户的支付宝账户不可用。',
  },
  'ACQ.SECONDARY_MERCHANT_ISV_PUNISH_INDIRECT': {
    en: 'Alipay has restricted the service provider behind the sub-merchant.',
    zh: '支付宝已对二级商户的服务商采取限制措施。',
  },
  'ACQ.SECONDARY_MERCHANT_CARD_ALIAS_NO_INVALID': {
    en: 'The sub-merchant’s settlement card is not valid.',
    zh: '二级商户的结算卡编号无效。',
  },
  'ACQ.BUYER_NOT_EXIST': {
    en: 'Alipay knows no such buyer.',
    zh: '支付宝没有这个买家。',
  },
  'ACQ.PAYER_UNMATCHED': {
    en: 'The payer is not the one this trade was made for.',
    zh: '付款人与此交易指定的付款人不符。',
  },
  'ACQ.TRADE_SETTLE_ERROR': {
    en: 'The settlement of this trade failed, and with it the request.',
    zh: '该交易的结算失败，请求因此未执行。',
  },
  'ACQ.INVALID_RECEIVE_ACCOUNT': {
    en: 'The account that should receive the money cannot be used.',
    zh: '收款账户不可用。',
  },
  'ACQ.USER_LOGONID_DUP': {
    en: 'The login id stands for several Alipay accounts.',
    zh: '该登录账号对应多个支付宝账户。',
  },
  'ACQ.CUSTOMER_VALIDATE_ERROR': {
    en: 'Alipay could not validate the customer’s account.',
    zh: '支付宝未能通过对客户账户的校验。',
  },
  'ACQ.INVALID_STORE_ID': {
    en: 'The store’s id is not valid.',
    zh: '门店编号无效。',
  },
  'ACQ.NOT_SUPPORT_PAYMENT_INST': {
    en: 'The merchant may not be paid through this institution.',
    zh: '商户不支持通过该支付机构收款。',
  },
  'ACQ.SELLER_NOT_EXIST': {
    en: 'Alipay knows no such seller.',
    zh: '支付宝没有这个卖家。',
  },
  'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR': {
    en: 'The time at which the trade should close has passed already.',
    zh: '交易的关闭时间已经过去。',
  },
  'ACQ.ILLEGAL_ARGUMENT': {
    en: 'A parameter of the trade is not valid.',
    zh: '交易的某个参数无效。',
  },
  'ACQ.SUB_GOODS_SIZE_MAX_COUNT': {
    en: 'The list of goods is too long: at most 150 entries are accepted.',
    zh: '商品列表过长：最多 150 项。',
  },
  'ACQ.PLATFORM_BUSINESS_ACQUIRE_MODE_MUST_MERCHANT_ID': {
    en: 'A platform has to name the sub-merchant it collects the money for.',
    zh: '平台商户必须写明代收款的二级商户。',
  },
  'ACQ.STORE_INFO_INVALID': {
    en: 'The details of the store are not valid.',
    zh: '门店信息无效。',
  },
  'ACQ.DEFAULT_SETTLE_RULE_NOT_EXIST': {
    en: 'The sub-merchant has no rule for settling its money.',
    zh: '二级商户没有默认的结算规则。',
  },
  'ACQ.MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT': {
    en: 'The merchant may not receive payments at the moment.',
    zh: '商户的收款权限已被暂停。',
  },
  'ACQ.MERCHANT_PERM_RECEIPT_SINGLE_LIMIT': {
    en: 'The amount is higher than the merchant may receive in one payment.',
    zh: '金额超过商户的单笔收款上限。',
  },
  'ACQ.MERCHANT_PERM_RECEIPT_DAY_LIMIT': {
    en: 'With this payment the merchant would receive more than allowed in one day.',
    zh: '加上此笔，商户的收款将超过单日上限。',
  },
  'ACQ.OPEN_ID_NOT_TINY_APP': {
    en: 'The open id does not come from the mini-program that asks for the payment.',
    zh: '该 open_id 不来自发起支付的小程序。',
  },
  'ACQ.RISK_MERCHANT_IP_NOT_EXIST': {
    en: 'Alipay wants to know the network address from which this merchant’s orders come (mc_create_trade_ip).',
    zh: '支付宝要求提供此商户创建订单的网络地址（mc_create_trade_ip）。',
  },
  'ACQ.BIZ_PRODUCT_NOT_ALLOWED': {
    en: 'The merchant may not use this product.',
    zh: '商户不能使用此产品。',
  },
  'ACQ.UNBOUND_APPLICATION': {
    en: 'The application is not bound to the merchant’s account.',
    zh: '该应用没有与商户账户绑定。',
  },
  'ACQ.PRODUCT_NOT_SUPPORT_IN_TINY_APP': {
    en: 'This product cannot be used in a mini-program.',
    zh: '此产品不能在小程序中使用。',
  },
  'ACQ.MERCHANT_STATUS_NOT_NORMAL': {
    en: 'The merchant’s account is not active, for example because it was idle for three months.',
    zh: '商户账户的状态不正常，例如已闲置三个月。',
  },
  'ACQ.APPLY_PC_MERCHANT_CODE_ERROR': {
    en: 'Alipay could not make a QR code, which happens when one is asked for again and again for the same order.',
    zh: '支付宝未能生成二维码，同一订单反复申请时会出现这种情况。',
  },
  'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR': {
    en: 'With this payment the buyer would pay more than allowed in one day.',
    zh: '加上此笔，买家的付款将超过单日上限。',
  },
  'ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR': {
    en: 'With this payment the buyer would pay more than allowed in one month.',
    zh: '加上此笔，买家的付款将超过单月上限。',
  },
  'ACQ.BEYOND_PAY_RESTRICTION': {
    en: 'With this payment the merchant would receive more than the contract allows.',
    zh: '加上此笔，商户的收款将超过签约的上限。',
  },
  'ACQ.BEYOND_PER_RECEIPT_RESTRICTION': {
    en: 'The amount is higher than the contract allows the merchant to receive.',
    zh: '金额超过签约允许的收款上限。',
  },
  'ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION': {
    en: 'With this payment the merchant would receive more in one day than the contract allows.',
    zh: '加上此笔，商户的收款将超过签约的单日上限。',
  },
  'ACQ.BEYOND_PER_RECEIPT_SINGLE_RESTRICTION': {
    en: 'The amount is higher than the contract allows for one payment.',
    zh: '金额超过签约的单笔收款上限。',
  },
} as const satisfies Record<string, Bilingual>;
