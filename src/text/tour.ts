import type { Bilingual } from './sentence.ts';

/** What the guided tour (`npm start -- --tour`) says in the terminal. */
export const tourText = {
  'tour.title': {
    en: 'Alipay Open Platform MCP – a guided tour',
    zh: '支付宝开放平台 MCP——导览',
  },
  'tour.sandbox': {
    en: 'A local Alipay with demo data runs at {gateway}. It is on this machine only, and no money is real.',
    zh: '带演示数据的本地支付宝正在 {gateway} 运行：仅限本机，不涉及真实资金。',
  },
  'tour.server': {
    en: 'Our MCP server runs beside it as a client would start it, and offers {count} tools: {names}.',
    zh: '我们的 MCP 服务以客户端的启动方式与其一同运行，提供 {count} 个工具：{names}。',
  },
  'tour.prompt': {
    en: '{number}. A person says: “{words}”',
    zh: '{number}. 用户说：“{words}”',
  },
  'tour.prompt.refund': {
    en: 'Refund the Alipay order 2024040112345 for 15.50 CNY with reason: defective item.',
    zh: '将支付宝订单 2024040112345 退款 15.50 元，原因：商品有缺陷。',
  },
  'tour.prompt.create': {
    en: 'Create a new Alipay trade for 299.00 CNY with subject ‘Premium Subscription’ and notify URL pointing to my webhook.',
    zh: '创建一笔 299.00 元的支付宝交易，标题为“Premium Subscription”，通知地址指向我的 webhook。',
  },
  'tour.prompt.bill': {
    en: 'Download the settlement bill of 2024-04-11, summarize revenue and refunds, and flag transactions above 5,000 CNY.',
    zh: '下载 2024-04-11 的对账单，汇总收入与退款，并标出 5,000 元以上的交易。',
  },
  'tour.calls': {
    en: 'The agent calls {tool} {input}',
    zh: '智能体调用 {tool} {input}',
  },
  'tour.again': {
    en: 'The agent, not sure whether it worked, calls exactly the same again:',
    zh: '智能体不确定是否成功，又进行了完全相同的调用：',
  },
  'tour.asked': {
    en: 'Before anything is signed, you are asked:',
    zh: '在签名任何内容之前，先征求您的批准：',
  },
  'tour.approve': {
    en: 'Approve? [y/N] ',
    zh: '批准吗？[y/N] ',
  },
  'tour.no_terminal': {
    en: 'Nobody sits at this terminal (stdin is no TTY), so the answer is no. Run “npm start -- --tour” in a terminal to decide yourself.',
    zh: '此终端没有人（stdin 不是 TTY），因此答复为“否”。请在终端中运行 “npm start -- --tour” 自行决定。',
  },
  'tour.taken_back': {
    en: 'The question was taken back.',
    zh: '该询问已被撤回。',
  },
  'tour.left': {
    en: 'No answer, so the answer is no.',
    zh: '没有答复，即视为拒绝。',
  },
  'tour.next': {
    en: 'Three things to try next:',
    zh: '接下来可以尝试：',
  },
  'tour.next.mcp': {
    en: 'Give these tools to an MCP client: the command is “npm run mcp -- --sandbox”, in this folder.',
    zh: '把这些工具交给 MCP 客户端：在此文件夹中使用命令 “npm run mcp -- --sandbox”。',
  },
  'tour.next.sandbox': {
    en: 'Point your own code at a local Alipay: “npm run sandbox” prints its gateway, app ids and key files.',
    zh: '让您自己的代码连接本地支付宝：“npm run sandbox” 会打印网关、应用 ID 与密钥文件。',
  },
  'tour.next.bill': {
    en: 'Sum a bill you have downloaded: “npm run --silent bill -- FILE.zip --flag-above 5000”.',
    zh: '汇总您已下载的账单：“npm run --silent bill -- FILE.zip --flag-above 5000”。',
  },
  'tour.failed': {
    en: 'The tour had to stop: {words}',
    zh: '导览不得不中止：{words}',
  },
} as const satisfies Record<string, Bilingual>;
