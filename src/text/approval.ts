import type { Bilingual } from './sentence.ts';

/** What the approval in the editor says around the facts of a request. */
export const approvalText = {
  'approval.tab': { en: 'Approve? {kind} {amount}', zh: '待批准：{kind} {amount}' },
  'approval.unit': { en: 'CNY', zh: '元' },
  'approval.at_most': { en: 'At most', zh: '最多' },

  'approval.profile': { en: 'Profile: {label}', zh: '配置：{label}' },
  'approval.kind.refund': { en: 'Refund', zh: '退款' },
  'approval.kind.cancel': { en: 'Cancellation', zh: '撤销' },
  'approval.kind.transfer': { en: 'Transfer', zh: '转账' },

  'approval.band.local-sandbox': { en: 'LOCAL SANDBOX', zh: '本地沙箱' },
  'approval.band.local-sandbox.note': { en: 'No real money moves.', zh: '不涉及真实资金。' },
  'approval.band.alipay-sandbox': { en: 'ALIPAY SANDBOX', zh: '支付宝沙箱' },
  'approval.band.alipay-sandbox.note': {
    en: 'Alipay’s test environment. No real money moves.',
    zh: '支付宝测试环境，不涉及真实资金。',
  },
  'approval.band.production': { en: 'PRODUCTION', zh: '生产环境' },
  'approval.band.production.note': { en: 'Real money moves.', zh: '将动用真实资金。' },

  'approval.second': { en: 'This is a SECOND one', zh: '这是第二次' },
  'approval.second.text': {
    en: 'The same operation already succeeded before. Approving moves the money once more.',
    zh: '同样的操作此前已经成功。批准后资金将再转出一次。',
  },
  'approval.changed': { en: 'Changed – look again', zh: '内容有变，请重新核对' },
  'approval.changed.text': {
    en: 'Your click did not count: something changed since this was shown. What is new is marked.',
    zh: '刚才的点击未生效：显示之后内容发生了变化，变化之处已标出。',
  },
  'approval.before': { en: 'before:', zh: '此前：' },
  'approval.new': { en: 'new', zh: '新增' },

  'approval.warnings': { en: 'Before you decide', zh: '决定之前请注意' },
  'approval.alike.here': { en: 'This payee', zh: '此收款方' },
  'approval.alike.known': { en: 'Paid before', zh: '曾付款的收款方' },

  'approval.facts.trade': { en: 'Trade', zh: '交易' },
  'approval.facts.payee': { en: 'Payee', zh: '收款方' },
  'approval.order': { en: 'Your order number', zh: '商户订单号' },
  'approval.buyer': { en: 'Buyer', zh: '买家' },
  'approval.trade_no': { en: 'Alipay trade number', zh: '支付宝交易号' },
  'approval.payee.account': { en: 'Account', zh: '账号' },
  'approval.payee.type': { en: 'Kind of account', zh: '账号类型' },
  'approval.payee.ALIPAY_LOGON_ID': { en: 'Alipay login (email or phone)', zh: '支付宝登录号（邮箱或手机号）' },
  'approval.payee.ALIPAY_USER_ID': { en: 'Alipay user ID', zh: '支付宝用户 ID' },
  'approval.payee.ALIPAY_OPEN_ID': { en: 'Alipay open ID', zh: '支付宝 OpenID' },

  'approval.effect': { en: 'What it changes', zh: '执行前后' },
  'approval.effect.paid': { en: 'Paid', zh: '已付' },
  'approval.effect.refunded': { en: 'Refunded before (as far as known)', zh: '此前已退（据目前所知）' },
  'approval.effect.this': { en: 'This refund', zh: '本次退款' },
  'approval.effect.rest': { en: 'Remains after this', zh: '此次退款后剩余' },

  'approval.words': { en: 'The agent’s own words', zh: '智能体自己的说法' },
  'approval.words.note': { en: 'Checked by nobody.', zh: '未经任何核实。' },
  'approval.words.refund_reason': { en: 'Reason for the refund', zh: '退款原因' },
  'approval.words.payee_name': { en: 'Name of the payee', zh: '收款方姓名' },
  'approval.words.order_title': { en: 'Title', zh: '转账标题' },
  'approval.words.remark': { en: 'Remark', zh: '备注' },

  'approval.limits': { en: 'Your limits', zh: '您的限额' },
  'approval.limits.operation': { en: 'For one operation', zh: '单笔' },
  'approval.limits.today': { en: 'Left today, before this', zh: '今日剩余（未计本次）' },
  'approval.limits.payee': { en: 'Left today for this payee or trade', zh: '该收款方或交易今日剩余' },
  'approval.yuan': { en: '{amount} CNY', zh: '{amount} 元' },

  'approval.signed': { en: 'Exactly what will be signed', zh: '将要签名的完整内容' },
  'approval.signed.show': { en: 'Show the whole request', zh: '展开完整请求' },
  'approval.signed.note': {
    en: 'Your approval holds for these bytes only. The time, the certificates’ numbers and the signature are added when it is sent.',
    zh: '批准仅对以下内容有效。时间、证书序列号和签名在发送时附加。',
  },
  'approval.signed.gateway': { en: 'Gateway', zh: '网关' },
  'approval.signed.pretty': { en: 'biz_content, laid out', zh: 'biz_content（排版后）' },
  'approval.signed.raw': { en: 'biz_content, byte for byte', zh: 'biz_content（逐字节）' },
  'approval.signed.operation': { en: 'Operation', zh: '操作编号' },
  'approval.digest': { en: 'SHA-256 of this request', zh: '此请求的 SHA-256 摘要' },

  'approval.asker': {
    en: 'Asked for by “{caller}”. That is its own name for itself, and nobody checked it.',
    zh: '请求方：“{caller}”。这是其自称，未经核实。',
  },
  'approval.expires': { en: 'No answer by {time} Beijing time is a no.', zh: '北京时间 {time} 前未答复即视为拒绝。' },
  'approval.queue': { en: '{count} more waiting behind this one.', zh: '后面还有 {count} 项等待批准。' },

  'approval.amount': { en: 'Amount', zh: '金额' },
  'approval.amount.hint': { en: 'Type {amount} to approve.', zh: '输入 {amount} 后方可批准。' },
  'approval.amount.wrong': {
    en: 'Not approved: the amount typed is not {amount}.',
    zh: '未批准：输入的金额不是 {amount}。',
  },
  'approval.reason': { en: 'Reason, if you deny (optional)', zh: '拒绝原因（可不填）' },
  'approval.reason.hint': { en: 'The agent reads this.', zh: '智能体会看到。' },
  'approval.approve': { en: 'Approve', zh: '批准' },
  'approval.deny': { en: 'Deny', zh: '拒绝' },
  'approval.read_first': { en: 'Read first: the buttons work in a moment.', zh: '请先阅读，按钮稍后可用。' },
  'approval.inactive': {
    en: 'That click did not count: this page was not in front. Click once more.',
    zh: '刚才的点击未生效：此页面当时不在最前。请再点一次。',
  },
  'approval.time_left': { en: 'Time left', zh: '剩余时间' },
  'approval.left.seconds': { en: '{seconds} seconds left.', zh: '还剩 {seconds} 秒。' },
  'approval.left.minutes': { en: '{minutes} minutes left.', zh: '还剩 {minutes} 分钟。' },
  'approval.decided': { en: 'Your answer is on its way…', zh: '正在提交您的决定……' },
  'approval.expired': { en: 'Expired', zh: '已过期' },
  'approval.expired.text': {
    en: 'Nobody decided in time. Nothing was sent and no money moved. You can close this page.',
    zh: '未在规定时间内决定。没有发送任何请求，资金未变动。可以关闭此页面。',
  },
  'approval.dead': { en: 'This page is dead', zh: '此页面已失效' },
  'approval.dead.text': {
    en: 'The extension no longer answers, so the buttons do nothing and this page approves nothing. Close it.',
    zh: '扩展已无响应，按钮不起作用，此页面不会批准任何操作。请关闭。',
  },
  'approval.blank': {
    en: 'This request could not be drawn. Close this page: that denies it.',
    zh: '无法显示此请求。请关闭此页面，即视为拒绝。',
  },
  'approval.notification': {
    en: 'Alipay: {kind} of {amount} CNY waits for your decision.',
    zh: '支付宝：{kind} {amount} 元，等待您的决定。',
  },
  'approval.review': { en: 'Review', zh: '查看' },
} as const satisfies Record<string, Bilingual>;
