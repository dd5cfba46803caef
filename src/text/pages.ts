import type { Bilingual } from './sentence.ts';

/** What the sandbox's pages in the browser say. */
export const pagesText = {
  'pages.band': { en: 'LOCAL SANDBOX', zh: '本地沙箱' },
  'pages.no_money': { en: 'Not Alipay. No real money moves here.', zh: '并非支付宝，此处不涉及真实资金。' },
  'pages.footer': {
    en: 'This page is served by the sandbox on this computer.',
    zh: '此页面由本机上的沙箱提供。',
  },
  'pages.language': { en: 'In English', zh: '中文' },
  'cashier.pay.title': { en: 'Pay for your order', zh: '付款' },
  'cashier.pay.text': {
    en: 'You play the buyer: pay, or let it fail, and watch what the merchant is told.',
    zh: '您在此扮演买家：付款或让付款失败，观察商户会收到什么。',
  },
  'cashier.paid.title': { en: 'Paid', zh: '付款成功' },
  'cashier.paid.text': {
    en: 'The order is paid, and the merchant is being notified.',
    zh: '订单已付款，正在通知商户。',
  },
  'cashier.closed.title': { en: 'This order is closed', zh: '订单已关闭' },
  'cashier.closed.text': {
    en: 'It can no longer be paid. Ask the merchant for a new order.',
    zh: '订单不能再付款，请向商户重新下单。',
  },
  'cashier.failed.title': { en: 'The payment failed', zh: '付款失败' },
  'cashier.failed.text': {
    en: 'Nothing was taken, and the order still waits to be paid.',
    zh: '未扣款，订单仍在等待付款。',
  },
  'cashier.missing.title': { en: 'No such order', zh: '订单不存在' },
  'cashier.missing.text': {
    en: 'The link is wrong, or the order belongs to a sandbox that was reset.',
    zh: '链接有误，或该订单属于已重置的沙箱。',
  },
  'cashier.no_balance': {
    en: 'The buyer’s balance is not enough for this payment.',
    zh: '买家余额不足，无法完成付款。',
  },
  'cashier.refused': { en: 'The payment was refused: {code}.', zh: '付款被拒绝：{code}。' },
  'cashier.close_page': {
    en: 'The merchant named no address to go back to: close this page to leave.',
    zh: '商户未提供返回地址，关闭此页面即可离开。',
  },
  'cashier.unit': { en: 'CNY', zh: '元' },
  'cashier.seller': { en: 'Merchant', zh: '收款方' },
  'cashier.subject': { en: 'Item', zh: '商品' },
  'cashier.out_trade_no': { en: 'Order number', zh: '商户订单号' },
  'cashier.pay': { en: 'Pay {amount} CNY', zh: '付款 {amount} 元' },
  'cashier.pay_again': { en: 'Try again: pay {amount} CNY', zh: '重新付款 {amount} 元' },
  'cashier.fail': { en: 'Let the payment fail', zh: '让付款失败' },
  'cashier.leave': { en: 'Leave without paying', zh: '不付款，返回商户' },
  'cashier.return': { en: 'Back to the merchant', zh: '返回商户' },
  'consent.title': { en: 'Allow access to your account?', zh: '授权登录' },
  'consent.asks': { en: 'asks to:', zh: '请求以下权限：' },
  'consent.scope.auth_user': {
    en: 'see your name, picture and other personal details',
    zh: '获取您的昵称、头像等个人信息',
  },
  'consent.scope.auth_base': { en: 'know which Alipay account you are', zh: '获知您的支付宝账户标识' },
  'consent.scope.other': { en: 'use the scope {scope}', zh: '使用权限 {scope}' },
  'consent.who': { en: 'Which demo user agrees?', zh: '由哪位演示用户授权？' },
  'consent.no_users': { en: 'This sandbox has no demo user who could agree.', zh: '此沙箱没有可授权的演示用户。' },
  'consent.agree': { en: 'Agree', zh: '同意授权' },
  'consent.refuse': { en: 'Refuse', zh: '拒绝' },
  'consent.refused.isv.invalid-app-id': {
    en: 'The address names an app this sandbox does not have: app_id must be one of its apps.',
    zh: '地址中的 app_id 不是此沙箱的应用，请使用沙箱内的应用。',
  },
  'consent.refused.insufficient-isv-permissions': {
    en: 'The address must ask for a scope: auth_user, auth_base, or both with a comma.',
    zh: '地址中的 scope 须为 auth_user、auth_base，或以逗号连接的两者。',
  },
  'consent.refused.invalid-redirect-uri': {
    en: 'The address must name a redirect_uri that is a whole http or https address.',
    zh: '地址中的 redirect_uri 须为完整的 http 或 https 地址。',
  },
  'consent.refused.isv.invalid-parameter': {
    en: 'The form did not come from this page, or names a person this sandbox does not have. Nothing was granted.',
    zh: '该表单并非由此页面提交，或所选用户不在此沙箱中。未作任何授权。',
  },
  'consent.app': { en: 'App {appId}', zh: '应用 {appId}' },
  'error_page.title': { en: 'This did not work', zh: '操作未完成' },
  'error_page.code': { en: 'Code', zh: '错误码' },
  'error_page.hint': {
    en: 'Go back in your browser, or start again from the merchant.',
    zh: '请返回上一页，或从商户重新发起。',
  },
} as const satisfies Record<string, Bilingual>;
