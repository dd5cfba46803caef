import type { Bilingual } from './sentence.ts';

/** Codes of a transfer that met a limit, a compliance rule or a risk check (§3.12). */
export const limitMeanings = {
  EXCEED_LIMIT_SM_AMOUNT: {
    en: 'The amount is higher than allowed for one transfer.',
    zh: '金额超过单笔转账的上限。',
  },
  EXCEED_LIMIT_SM_MIN_AMOUNT: {
    en: 'The amount is lower than the least that can be transferred.',
    zh: '金额低于单笔转账的下限。',
  },
  EXCEED_LIMIT_PERSONAL_SM_AMOUNT: {
    en: 'The amount is higher than allowed for one transfer to a person.',
    zh: '金额超过向个人单笔转账的上限。',
  },
  EXCEED_LIMIT_ENT_SM_AMOUNT: {
    en: 'The amount is higher than allowed for one transfer to a company.',
    zh: '金额超过向企业单笔转账的上限。',
  },
  EXCEED_LIMIT_INTERNAL_SM_AMOUNT: {
    en: 'The amount is higher than allowed for one transfer between own accounts.',
    zh: '金额超过内部账户间单笔转账的上限。',
  },
  EXCEED_LIMIT_DM_AMOUNT: {
    en: 'With this transfer the day’s total would be higher than allowed.',
    zh: '加上此笔，当日转账总额将超过上限。',
  },
  EXCEED_LIMIT_DM_MAX_AMOUNT: {
    en: 'With this transfer the day’s total would be higher than the most Alipay allows.',
    zh: '加上此笔，当日转账总额将超过支付宝允许的最高额度。',
  },
  EXCEED_LIMIT_MM_AMOUNT: {
    en: 'With this transfer the month’s total would be higher than allowed.',
    zh: '加上此笔，当月转账总额将超过上限。',
  },
  EXCEED_LIMIT_MM_MAX_AMOUNT: {
    en: 'With this transfer the month’s total would be higher than the most Alipay allows.',
    zh: '加上此笔，当月转账总额将超过支付宝允许的最高额度。',
  },
  EXCEED_LIMIT_UNRN_DM_AMOUNT: {
    en: 'The payee has not proved their identity and has reached what they may receive in one day.',
    zh: '收款方未实名，已达到单日收款上限。',
  },
  EXCEED_LIMIT_DC_RECEIVED: {
    en: 'The payee has received as many transfers today as are allowed.',
    zh: '收款方当日收款笔数已达上限。',
  },
  PAYEE_RECEIVE_COUNT_EXCEED_LIMIT: {
    en: 'The payee has received as many transfers as are allowed.',
    zh: '收款方收款笔数已达上限。',
  },
  PERMIT_CHECK_PERM_LIMITED: {
    en: 'The paying account has to complete its identity details before it may pay.',
    zh: '付款账户须先补全身份信息才能付款。',
  },
  PERMIT_CHECK_PERM_IDENTITY_THEFT: {
    en: 'Alipay suspects that the paying account is used by someone else.',
    zh: '支付宝怀疑付款账户被冒用。',
  },
  PERMIT_CHECK_PERM_AML_CERT_EXPIRED: {
    en: 'The identity document of the paying account has expired.',
    zh: '付款账户的身份证件已过期。',
  },
  PERMIT_CHECK_PERM_AML_CERT_MISS_ACC_LIMIT: {
    en: 'The paying account has to complete its identity details to keep this balance.',
    zh: '付款账户须补全身份信息才能维持当前余额。',
  },
  PERMIT_CHECK_RECEIVE_LIMIT: {
    en: 'The account is not allowed to receive money.',
    zh: '该账户被限制收款。',
  },
  PERMIT_NON_BANK_LIMIT_PAYEE: {
    en: 'The payee has not completed their identity details, or has opened no balance account.',
    zh: '收款方未完善身份信息，或未开立余额账户。',
  },
  PERMIT_LIMIT_PAYEE: {
    en: 'The payee’s account is restricted.',
    zh: '收款方账户受到限制。',
  },
  PERMIT_PAYER_FORBIDDEN: {
    en: 'The paying account may not pay this much from its balance.',
    zh: '付款账户的余额支付额度受限。',
  },
  PERMIT_PAYER_LEVEL_FORBIDDEN: {
    en: 'The paying account’s level of verification does not allow this payment.',
    zh: '付款账户的认证级别不允许此付款。',
  },
  PERM_AML_NOT_REALNAME_REV: {
    en: 'The payee has to complete their identity details before they may receive money.',
    zh: '收款方须先补全身份信息才能收款。',
  },
  PERM_AML_NOT_REALNAME_PAY: {
    en: 'The paying account has to prove its identity before it may pay.',
    zh: '付款账户须先完成实名认证才能付款。',
  },
  PERM_PAY_USER_DAILY_QUOTA_ORG_BALANCE_LIMIT: {
    en: 'With this transfer the paying account would pay more in one day than it may.',
    zh: '加上此笔，付款账户将超过单日付款额度。',
  },
  PERM_PAY_USER_MONTH_QUOTA_ORG_BALANCE_LIMIT: {
    en: 'With this transfer the paying account would pay more in one month than it may.',
    zh: '加上此笔，付款账户将超过单月付款额度。',
  },
  PERM_PAY_CUSTOMER_DAILY_QUOTA_ORG_BALANCE_LIMIT: {
    en: 'With this transfer the paying company or person would pay more in one day than they may.',
    zh: '加上此笔，付款主体将超过单日付款额度。',
  },
  PERM_PAY_CUSTOMER_MONTH_QUOTA_ORG_BALANCE_LIMIT: {
    en: 'With this transfer the paying company or person would pay more in one month than they may.',
    zh: '加上此笔，付款主体将超过单月付款额度。',
  },
  PERM_RECEIVE_CUSTOMER_ALMS_LIMIT: {
    en: 'The payee has reached what they may receive.',
    zh: '收款方已达到收款额度。',
  },
  PAYER_PERMLIMIT_CHECK_FAILURE: {
    en: 'The paying account is not allowed to make this payment.',
    zh: '付款账户未通过权限校验，不允许付款。',
  },
  PAYEE_OUT_PERMLIMIT_CHECK_FAILURE: {
    en: 'The payee’s account is not allowed to receive this payment.',
    zh: '收款方账户未通过权限校验，不允许收款。',
  },
  SECURITY_CHECK_FAILED: {
    en: 'Alipay sees a risk in this transfer and refused it.',
    zh: '支付宝认为此转账有风险，已拒绝。',
  },
  USER_RISK_FREEZE: {
    en: 'Alipay has frozen an account of this transfer because of a risk.',
    zh: '转账涉及的账户因风险被支付宝冻结。',
  },
  RECEIVER_USER_RISK_FREEZE: {
    en: 'Alipay has frozen the payee’s account because of a risk.',
    zh: '收款方账户因风险被支付宝冻结。',
  },
  FLEXIBLE_STAFFING_HIGH_RISK_RECEIVER: {
    en: 'Alipay holds the payee to be a high risk.',
    zh: '支付宝认定收款方为高风险。',
  },
  FLEXIBLE_STAFFING_POTENTIAL_RISK_RECEIVER: {
    en: 'Alipay holds the payee to be a possible risk.',
    zh: '支付宝认定收款方有潜在风险。',
  },
  FLEXIBLE_STAFFING_UN_KNOWN_RISK_RECEIVER: {
    en: 'Alipay cannot judge the risk of the payee.',
    zh: '支付宝无法判断收款方的风险。',
  },
  FLEXIBLE_STAFFING_RISK_CONSULT_RISK_RECEIVER: {
    en: 'Alipay’s risk check refused the payee.',
    zh: '收款方未通过支付宝的风险检查。',
  },
  FLEXIBLE_STAFFING_RISK_CONSULT_USER_NOT_EXIST: {
    en: 'Alipay’s risk check knows no such payee.',
    zh: '支付宝的风险检查没有找到收款方。',
  },
  FLEXIBLE_STAFFING_RISK_CONSULT_UNSIGNED_MERCHANT: {
    en: 'The merchant has not signed up for Alipay’s risk check of payees.',
    zh: '商户没有签约支付宝的收款方风险检查。',
  },
  FLEXIBLE_STAFFING_RISK_CONSULT_UNAUTHORIZED_CONSULT: {
    en: 'The merchant may not use Alipay’s risk check of payees.',
    zh: '商户无权使用支付宝的收款方风险检查。',
  },
  JUDICIAL_FREEZE: {
    en: 'An account of this transfer is frozen by a court.',
    zh: '转账涉及的账户被司法冻结。',
  },
  BLOCK_USER_FORBBIDEN_RECIEVE: {
    en: 'The payee’s account is blocked and may not receive money.',
    zh: '收款方账户被冻结，禁止收款。',
  },
  BLOCK_USER_FORBBIDEN_SEND: {
    en: 'The paying account is blocked and may not send money.',
    zh: '付款账户被冻结，禁止付款。',
  },
} as const satisfies Record<string, Bilingual>;
