import type { Bilingual } from './sentence.ts';

/** What a person would do next. */
export const nextSteps = {
  'next.ask_again': {
    en: 'Query its state before doing anything else; do not repeat it under another number.',
    zh: '请先查询其状态；不要换一个编号重复提交。',
  },
  'next.ask_person': {
    en: 'Ask the person whether it is still wanted, and start it again if so.',
    zh: '请确认是否仍需执行；如需要，请重新发起。',
  },
  'next.authorise_again': {
    en: 'Let the user or merchant open the authorization page and agree again.',
    zh: '请让用户或商户重新打开授权页并同意授权。',
  },
  'next.check_amount': {
    en: 'Check the amount and the limits of the contract, and make it smaller or wait until the limit allows it.',
    zh: '请核对金额与签约额度；可调整金额，或等额度恢复后再试。',
  },
  'next.check_merchant': {
    en: 'Log in to the merchant’s Alipay account and put in order what it asks for.',
    zh: '请登录商户的支付宝账户，按提示处理账户问题。',
  },
  'next.check_number': {
    en: 'Check the number, and that it belongs to this app and environment.',
    zh: '请核对编号，并确认它属于当前应用和环境。',
  },
  'next.check_payee': {
    en: 'Check the payee’s account and name with the payee before trying again.',
    zh: '请先与收款方核对账户和姓名，再重新尝试。',
  },
  'next.check_remaining': {
    en: 'Query the trade and its refunds: no more than what is left can be refunded.',
    zh: '请查询交易及其退款：退款不能超过剩余金额。',
  },
  'next.check_sharing': {
    en: 'Check the profit-sharing and settlement settings of this trade.',
    zh: '请核对该交易的分账与结算设置。',
  },
  'next.check_sub_merchant': {
    en: 'Check the sub-merchant’s id and state in the service provider’s console.',
    zh: '请在服务商平台核对二级商户的编号和状态。',
  },
  'next.contact_alipay': {
    en: 'Do not try again; ask Alipay’s merchant support (telephone 95188).',
    zh: '请不要重试；请咨询支付宝商家客服（电话 95188）。',
  },
  'next.contact_buyer': {
    en: 'Check the buyer’s account with the buyer: it has to be put in order, or another one used.',
    zh: '请与买家核对其账户：须处理账户问题，或更换账户。',
  },
  'next.contact_payee': {
    en: 'Ask the payee to put their Alipay account in order, or for another account.',
    zh: '请让收款方处理其支付宝账户的问题，或提供其他账户。',
  },
  'next.fix_clock': {
    en: 'Set this computer’s clock right and try again.',
    zh: '请校准本机时钟后重试。',
  },
  'next.fix_console': {
    en: 'Open the application in the Alipay console and complete its settings.',
    zh: '请在支付宝控制台打开该应用并完善设置。',
  },
  'next.fix_input': {
    en: 'Correct the values of the request and try again.',
    zh: '请更正请求中的内容后重试。',
  },
  'next.fix_keys': {
    en: 'Check that app id, private key and what was uploaded to the console belong together, and to this environment.',
    zh: '请核对应用 ID、私钥与控制台上传的内容是否对应，且属于当前环境。',
  },
  'next.fix_scene': {
    en: 'Declare the transfer scene in the merchant console, and set it in the profile as it stands there.',
    zh: '请在商家平台申报转账场景，并按其内容填写配置中的转账场景。',
  },
  'next.grant_permission': {
    en: 'Give the application this permission in the Alipay console, or use one that has it.',
    zh: '请在支付宝控制台为该应用开通此权限，或使用已有权限的应用。',
  },
  'next.new_number': {
    en: 'If it is the same order, query it; if it is another order, use a new number.',
    zh: '若是同一订单，请查询；若是另一订单，请使用新的编号。',
  },
  'next.payee_name': {
    en: 'Give the payee’s name as well, so that Alipay can tell the accounts apart.',
    zh: '请同时提供收款方姓名，以便支付宝区分账户。',
  },
  'next.query_refund': {
    en: 'A refund with this number and another amount exists: query it, and use a new number only if a second refund is wanted.',
    zh: '已有使用此编号、金额不同的退款：请先查询；只有确实需要另一笔退款时才使用新的编号。',
  },
  'next.query_trade': {
    en: 'Query the trade: its status says what can still be done.',
    zh: '请查询交易：其状态说明还可以做什么。',
  },
  'next.query_transfer': {
    en: 'A transfer with this number exists: query it; a new number would be a second payment.',
    zh: '已有使用此编号的转账：请先查询；换新编号将是第二笔付款。',
  },
  'next.refund_whole': {
    en: 'Refund the whole amount, or settle the part outside Alipay.',
    zh: '请全额退款，或在支付宝之外处理部分退款。',
  },
  'next.report': {
    en: 'This should not happen: please report it, with the code, as a fault of this program.',
    zh: '这种情况不应出现：请附上此代码，作为本程序的缺陷报告。',
  },
  'next.settle_offline': {
    en: 'It cannot be refunded through Alipay any more: settle it with the buyer in another way.',
    zh: '无法再通过支付宝退款：请与买家以其他方式处理。',
  },
  'next.sign_contract': {
    en: 'Sign up for the product in the merchant console, and wait until it is in force.',
    zh: '请在商家平台签约此产品，并等待生效。',
  },
  'next.top_up': {
    en: 'Top up the merchant’s Alipay balance, then repeat the same request under the same number.',
    zh: '请为商户的支付宝账户充值，然后以相同编号重新提交相同请求。',
  },
  'next.try_later': {
    en: 'Try again later, with the same number and the same values.',
    zh: '请稍后以相同的编号和内容重试。',
  },
  'next.use_refund': {
    en: 'Use a refund instead.',
    zh: '请改用退款。',
  },
  'next.wait_bill': {
    en: 'A day’s bill is ready at about 9:00 the next day, a month’s on about the 3rd: try again then, or check the date.',
    zh: '日账单约在次日 9:00 生成，月账单约在次月 3 日生成：请届时重试，或核对日期。',
  },
  'next.wait_minute': {
    en: 'Wait a minute, then try again.',
    zh: '请等待一分钟后重试。',
  },
  'next.wait_transfer': {
    en: 'Check the number; after a transfer whose result is unknown, wait and query again before anything else.',
    zh: '请核对编号；若该转账结果未知，请先等待并再次查询。',
  },
} as const satisfies Record<string, Bilingual>;
