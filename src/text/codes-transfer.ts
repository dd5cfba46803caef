import type { Bilingual } from './sentence.ts';

/** Codes of a transfer and its query (§3.12, §3.13). */
export const transferMeanings = {
  SYSTEM_ERROR: {
    en: 'Alipay had an internal error and does not say whether the request took effect.',
    zh: '支付宝系统异常，没有说明请求是否已生效。',
  },
  REQUEST_PROCESSING: {
    en: 'Alipay is still working on this request.',
    zh: '支付宝仍在处理此请求。',
  },
  TRANS_ORDER_DEALING: {
    en: 'The transfer is still being carried out.',
    zh: '转账仍在处理中。',
  },
  PROMO_TRANS_ORDER_DEALING: {
    en: 'The transfer of a campaign is still being carried out.',
    zh: '活动转账仍在处理中。',
  },
  MRCHPROD_QUERY_ERROR: {
    en: 'Alipay could not look up the merchant’s contract and does not say what became of the transfer.',
    zh: '支付宝查询商户签约信息出错，没有说明转账结果。',
  },
  BANK_RESPONSE_ERROR: {
    en: 'The bank gave no clear answer, so the money may be on its way.',
    zh: '银行没有明确答复，款项可能已在途中。',
  },
  PROCESS_FAIL: {
    en: 'Alipay could not finish the request and does not say how far it came.',
    zh: '支付宝未能完成请求，没有说明已进行到哪一步。',
  },
  RESOURCE_LIMIT_EXCEED: {
    en: 'Alipay was too busy and does not say whether the transfer was accepted.',
    zh: '支付宝资源超限，没有说明转账是否已受理。',
  },
  BIZ_UNIQUE_EXCEPTION: {
    en: 'A transfer with this number is already known to Alipay.',
    zh: '支付宝已有使用此编号的转账。',
  },
  ILLEGAL_STATUS_EXCEPTION: {
    en: 'The transfer with this number is in a state that does not fit the request.',
    zh: '此编号的转账所处的状态与请求不符。',
  },
  ORDER_STATUS_INVALID: {
    en: 'The transfer with this number is in a state that does not fit the request.',
    zh: '此编号的转账所处的状态与请求不符。',
  },
  PAYMENT_INFO_INCONSISTENCY: {
    en: 'A transfer with this number and other details exists already.',
    zh: '已有使用此编号但内容不同的转账。',
  },
  ORDER_NOT_EXIST: {
    en: 'Alipay knows no transfer under this number, or not yet.',
    zh: '支付宝没有此编号的转账，或尚未登记。',
  },
  NO_ORDER_PERMISSION: {
    en: 'This account may not see that transfer.',
    zh: '该账户无权查看此转账。',
  },
  INVALID_PARAMETER: {
    en: 'A parameter of the request is missing or not valid.',
    zh: '请求的某个参数缺失或无效。',
  },
  PARAM_ILLEGAL: {
    en: 'A parameter of the transfer is not valid.',
    zh: '转账的某个参数无效。',
  },
  REMARK_HAS_SENSITIVE_WORD: {
    en: 'The remark contains words that Alipay does not allow.',
    zh: '备注中含有支付宝不允许的词语。',
  },
  MEMO_REQUIRED_IN_TRANSFER_ERROR: {
    en: 'A company has to give a remark for a transfer of 50,000 yuan or more.',
    zh: '企业单笔转账达到 50,000 元时必须填写备注。',
  },
  PAYMENT_TIME_EXPIRE: {
    en: 'The time in which the transfer could be paid is over.',
    zh: '转账的付款期限已过。',
  },
  PAYER_BALANCE_NOT_ENOUGH: {
    en: 'The balance of the paying account is too low.',
    zh: '付款账户余额不足。',
  },
  BALANCE_IS_NOT_ENOUGH: {
    en: 'The balance of the paying account is too low.',
    zh: '付款账户余额不足。',
  },
  BALANCE_NOT_ENOUGH: {
    en: 'The balance of the paying account is too low.',
    zh: '付款账户余额不足。',
  },
  PAYMENT_MONEY_NOT_ENOUGH: {
    en: 'The paying account has no money that may be spent, or too little of it.',
    zh: '付款账户没有可用金额，或可用金额不足。',
  },
  PAYEE_NOT_EXIST: {
    en: 'Alipay knows no such payee.',
    zh: '支付宝没有这个收款方。',
  },
  PAYEE_ACCOUNT_NOT_EXSIT: {
    en: 'The payee has no account that can receive money.',
    zh: '收款方没有可收款的账户。',
  },
  PAYEE_ACC_OCUPIED: {
    en: 'The login id stands for several Alipay accounts.',
    zh: '该登录账号对应多个支付宝账户。',
  },
  PAYEE_USERINFO_ERROR: {
    en: 'The name does not belong to the payee’s account.',
    zh: '姓名与收款方账户不符。',
  },
  PAYEE_USER_INFO_ERROR: {
    en: 'The name does not belong to the payee’s account.',
    zh: '姓名与收款方账户不符。',
  },
  PAYEE_IDENTITY_NOT_MATCH: {
    en: 'The payee’s details do not belong together.',
    zh: '收款方的各项信息不相符。',
  },
  PAYEE_ACCOUNT_STATUS_ERROR: {
    en: 'The payee’s account cannot receive money at the moment.',
    zh: '收款方账户目前不能收款。',
  },
  PAYEE_USERINFO_STATUS_ERROR: {
    en: 'The payee’s account is not in order.',
    zh: '收款方账户状态异常。',
  },
  PAYEE_NOT_RELNAME_CERTIFY: {
    en: 'The payee has not proved their identity to Alipay.',
    zh: '收款方未完成实名认证。',
  },
  PAYEE_USER_TYPE_ERROR: {
    en: 'Accounts of this kind cannot receive this transfer.',
    zh: '此类账户不能接收该转账。',
  },
  PAYER_PAYEE_CANNOT_SAME: {
    en: 'Payer and payee are the same account.',
    zh: '付款方与收款方是同一账户。',
  },
  PAYER_STATUS_ERROR: {
    en: 'The paying account is not in order.',
    zh: '付款账户状态异常。',
  },
  PAYER_NOT_EXIST: {
    en: 'Alipay knows no such payer.',
    zh: '支付宝没有这个付款方。',
  },
  PAYER_USER_INFO_ERROR: {
    en: 'The details of the payer do not belong to the paying account.',
    zh: '付款方信息与付款账户不符。',
  },
  PAYER_CERTIFY_CHECK_FAIL: {
    en: 'The payer has not proved their identity far enough.',
    zh: '付款方的认证级别不足。',
  },
  PAYCARD_UNABLE_PAYMENT: {
    en: 'The paying account may not pay from its balance.',
    zh: '付款账户的余额支付功能不可用。',
  },
  MONEY_PAY_CLOSED: {
    en: 'Paying from the balance is switched off for the paying account.',
    zh: '付款账户的余额支付功能已关闭。',
  },
  PRODUCT_NOT_SIGN: {
    en: 'The merchant has not signed up for transfers.',
    zh: '商户没有签约转账产品。',
  },
  NO_PERMISSION_ACCOUNT: {
    en: 'The application may not use this account.',
    zh: '该应用无权操作此账户。',
  },
  ISV_AUTH_ERROR: {
    en: 'The service provider has no valid authorization from the merchant.',
    zh: '服务商没有商户的有效授权。',
  },
  NOT_IN_WHITE_LIST: {
    en: 'Alipay has not admitted this merchant to the operation.',
    zh: '支付宝没有为此商户开放该操作。',
  },
  USER_AGREEMENT_VERIFY_FAIL: {
    en: 'The merchant’s agreement for this kind of transfer is not valid.',
    zh: '商户的此类转账协议校验未通过。',
  },
  TRANSFER_SCENE_NAME_BLANK: {
    en: 'The transfer names no scene.',
    zh: '转账没有写明转账场景。',
  },
  TRANSFER_SCENE_NAME_ILLEGAL: {
    en: 'The transfer’s scene is not one the merchant has declared.',
    zh: '转账场景不是商户已申报的场景。',
  },
  TRANSFER_SCENE_REPORT_INFO_ILLEGAL: {
    en: 'The details that go with the transfer’s scene are not the ones Alipay asks for.',
    zh: '转账场景的报备信息不符合支付宝的要求。',
  },
  TRANSFER_SCENE_INFO_ADMIT_FAIL: {
    en: 'Alipay has not admitted the merchant to this transfer scene.',
    zh: '支付宝没有准许商户使用此转账场景。',
  },
} as const satisfies Record<string, Bilingual>;
