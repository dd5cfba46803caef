import type { Bilingual } from './sentence.ts';

/** What the MCP server says to clients, and to the person a client asks for an approval. */
export const mcpText = {
  'mcp.instructions': {
    en: 'Alipay for one merchant account. Amounts are strings in yuan such as "15.50", times are Beijing time. refund_trade, cancel_trade and transfer_fund move money and each ask a person first; when such a call ends as denied, expired or unknown, tell the person what it said and do not call it again on your own.',
    zh: '用于单个商家账户的支付宝工具。金额为以元为单位的字符串，例如 "15.50"；时间均为北京时间。refund_trade、cancel_trade 与 transfer_fund 会动用资金，每次都先征求人的批准；此类调用若以 denied、expired 或 unknown 结束，请将内容如实告知用户，不要自行再次调用。',
  },
  'mcp.working': {
    en: 'Still working …',
    zh: '仍在处理……',
  },
  'mcp.next_step': {
    en: 'Next: {step}',
    zh: '下一步：{step}',
  },
  'mcp.unnamed_client': {
    en: 'an MCP client without a name',
    zh: '未具名的 MCP 客户端',
  },

  'ask.band.local-sandbox': {
    en: 'LOCAL SANDBOX – no real money',
    zh: '本地沙箱——不涉及真实资金',
  },
  'ask.second': {
    en: 'THIS IS A SECOND ONE: the same operation has already succeeded before.',
    zh: '这是第二次：同样的操作此前已经成功过。',
  },
  'ask.changed': {
    en: 'ASKED AGAIN: something changed since it was shown before. Read it again.',
    zh: '再次询问：自上次显示以来有内容发生变化，请重新阅读。',
  },
  'ask.amount': {
    en: 'Amount: {amount} CNY',
    zh: '金额：{amount} 元（CNY）',
  },
  'ask.effect': {
    en: 'What it does:',
    zh: '效果：',
  },
  'ask.warnings': {
    en: 'Warnings:',
    zh: '警告：',
  },
  'ask.agent_words': {
    en: 'The agent’s own words, checked by nobody:',
    zh: '以下为智能体自己的文字，无人核实：',
  },
  'ask.signed': {
    en: 'Exactly this will be signed:',
    zh: '将要签名的确切内容：',
  },
  'ask.limits': {
    en: 'Limits left: {perOperation} per operation, {today} today, {payeeToday} today for this payee or trade (CNY)',
    zh: '剩余限额：单笔 {perOperation}，今日 {today}，该收款方或交易今日 {payeeToday}（元）',
  },
  'ask.caller': {
    en: 'Asked for by {caller} (its own name for itself), with the profile {profile}',
    zh: '请求方：{caller}（其自称），使用配置 {profile}',
  },
  'ask.expires': {
    en: 'No answer until {time} (Beijing time) is a no.',
    zh: '{time}（北京时间）之前没有答复即视为拒绝。',
  },
  'ask.queue': {
    en: 'Waiting behind this one: {count}',
    zh: '后面还有 {count} 项等待批准',
  },
  'ask.form.title': {
    en: 'Approve',
    zh: '批准',
  },
  'ask.form.description': {
    en: 'True only if you have read the above and want it done. Anything else is a no.',
    zh: '仅当您已阅读上述内容并希望执行时才选“是”；其他一律视为拒绝。',
  },
} as const satisfies Record<string, Bilingual>;
