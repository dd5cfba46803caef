import type { Bilingual } from './sentence.ts';

/** Codes of the bill download, the OAuth token and the user’s details (§3.15, §3.16). */
export const dataMeanings = {
  BILL_NOT_EXIST: {
    en: 'There is no bill for this date: it is not made yet, or nothing happened on it.',
    zh: '该日期没有账单：尚未生成，或当天没有业务。',
  },
  'isp.bill_not_exist': {
    en: 'There is no bill for this date: it is not made yet, or nothing happened on it.',
    zh: '该日期没有账单：尚未生成，或当天没有业务。',
  },
  NO_BILL_DATA: {
    en: 'There is nothing to put into a bill for this date, or not yet.',
    zh: '该日期没有可入账单的数据，或数据尚未就绪。',
  },
  BILL_DATE_BEFORE_REGISTRATION: {
    en: 'The bill’s date lies before the account was opened.',
    zh: '账单日期早于账户开通的日期。',
  },
  INVAILID_ARGUMENTS: {
    en: 'The bill’s kind or date is not one Alipay accepts.',
    zh: '支付宝不接受该账单类型或日期。',
  },
  TYPE_NOT_SUPPORTED: {
    en: 'This account has no bills of this kind.',
    zh: '该账户没有这种类型的账单。',
  },
  SYSTEM_RATE_LIMIT: {
    en: 'Alipay is making too many bills at the moment.',
    zh: '支付宝当前生成账单的请求过多。',
  },
  USER_RATE_LIMIT: {
    en: 'This account is asking for bills too often.',
    zh: '该账户请求账单过于频繁。',
  },
  UNKNOWN_ERROR: {
    en: 'Alipay had an error it does not explain.',
    zh: '支付宝出现了未说明的错误。',
  },
  'isv.grant-type-invalid': {
    en: 'The kind of authorization named in the request is not one Alipay knows.',
    zh: '请求中写明的授权方式不受支持。',
  },
  'isv.code-invalid': {
    en: 'The authorization code has been used before, is too old, or belongs to another application.',
    zh: '授权码已使用过、已过期，或属于其他应用。',
  },
  'isv.refresh-token-invalid': {
    en: 'The authorization cannot be renewed: its refresh token is not valid.',
    zh: '授权无法续期：刷新令牌无效。',
  },
  'isv.refresh-token-time-out': {
    en: 'The authorization cannot be renewed any more: its time is over.',
    zh: '授权已到最终期限，无法再续期。',
  },
  'isv.refreshed-token-invalid': {
    en: 'The authorization was renewed before with this refresh token, which works only once.',
    zh: '此刷新令牌只能使用一次，且已用于续期。',
  },
  'isv.unmatched-app-id': {
    en: 'The authorization was given to another application.',
    zh: '该授权是授予其他应用的。',
  },
} as const satisfies Record<string, Bilingual>;
