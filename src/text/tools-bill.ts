import type { Bilingual } from './sentence.ts';

/** What `query_bill_download_url` says. */
export const toolsBillText = {
  'query_bill.trade': {
    en: 'Bill of {date}: {trades} payments of {gross} CNY in all, {refunds} refunds of {refunded} CNY, net {net} CNY before fees.',
    zh: '{date} 账单：交易 {trades} 笔，共 {gross} 元；退款 {refunds} 笔，共 {refunded} 元；扣除手续费前净额 {net} 元。',
  },
  'query_bill.account': {
    en: 'Account bill of {date}: {ins} movements in of {income} CNY, {outs} out of {expense} CNY, net {net} CNY.',
    zh: '{date} 账务账单：收入 {ins} 笔，共 {income} 元；支出 {outs} 笔，共 {expense} 元；净额 {net} 元。',
  },
  'query_bill.agree': {
    en: 'All {count} checks against the file’s own figures agree.',
    zh: '与账单自带数据核对的 {count} 项全部一致。',
  },
  'query_bill.disagree': {
    en: 'WARNING: {wrong} of {count} checks against the file’s own figures DISAGREE, so these totals are not to be relied on: {list}.',
    zh: '警告：与账单自带数据核对的 {count} 项中有 {wrong} 项不一致，以上合计不可信：{list}。',
  },
  'query_bill.one_check': {
    en: '{what} (file {said}, counted {counted})',
    zh: '{what}（账单 {said}，实计 {counted}）',
  },
  'query_bill.disagree.next': {
    en: 'Let a person look at the bill before using any of its figures; call again to download it anew.',
    zh: '在使用其中任何数字之前，请由人查看此账单；再次调用可重新下载。',
  },
  'query_bill.flagged': {
    en: '{count} rows are above {above} CNY.',
    zh: '超过 {above} 元的明细有 {count} 笔。',
  },
  'query_bill.flagged_some': {
    en: '{count} rows are above {above} CNY; the first {shown} are listed.',
    zh: '超过 {above} 元的明细有 {count} 笔，列出前 {shown} 笔。',
  },
  'query_bill.link': {
    en: 'The download link of the {type} bill of {date} is ready. It dies 30 seconds after it was made and opens the whole bill to whoever has it.',
    zh: '{date} 的 {type} 账单下载链接已生成。链接在生成 30 秒后失效，持有者可查看整份账单。',
  },
  'query_bill.link_only': {
    en: 'Bills of this type are not summed here; only the link is given.',
    zh: '此类账单不在此汇总，仅返回链接。',
  },
  'query_bill.empty': {
    en: 'The {type} bill of {date} has no rows: nothing happened in that period.',
    zh: '{date} 的 {type} 账单没有明细：该期间没有发生任何业务。',
  },
  'query_bill.not_read': {
    en: 'The link came, but the bill could not be downloaded and summed: {why}',
    zh: '已取得链接，但未能下载并汇总账单：{why}',
  },
  'query_bill.not_read.next': {
    en: 'Call again: a new link is made, since this one is about to die.',
    zh: '请再次调用：当前链接即将失效，会重新生成链接。',
  },
  'query_bill.not_ready': {
    en: 'The bill of {date} is not ready yet: Alipay makes it by about {when} (Beijing time).',
    zh: '{date} 的账单尚未生成：支付宝约在 {when}（北京时间）前生成。',
  },
  'query_bill.not_ready.next': {
    en: 'Ask again after that time.',
    zh: '请在该时间之后再查询。',
  },
  'query_bill.nothing': {
    en: 'Alipay has no {type} bill of {date}: nothing happened in that period, or it was not made yet.',
    zh: '支付宝没有 {date} 的 {type} 账单：该期间没有业务，或尚未生成。',
  },
  'query_bill.nothing.next': {
    en: 'Try bill_type signcustomer or another date; if there must be data, ask again later.',
    zh: '请尝试 bill_type 为 signcustomer 或其他日期；若确定应有数据，请稍后再查询。',
  },
  'query_bill.too_new': {
    en: 'There is no bill of {date} yet: a day’s bill comes on the next day, a month’s on the 3rd of the next month. The latest possible day is {latest}.',
    zh: '还没有 {date} 的账单：日账单次日生成，月账单次月 3 日左右生成。目前最晚可查 {latest}。',
  },
  'query_bill.too_old': {
    en: 'Alipay keeps bills for six years; {date} is before that.',
    zh: '支付宝仅保留六年内的账单，{date} 已超出范围。',
  },
  'query_bill.smid': {
    en: 'smid belongs to bill_type trade_zft_merchant: give both or neither.',
    zh: 'smid 与 bill_type trade_zft_merchant 须同时使用。',
  },
  'query_bill.flag_needs_rows': {
    en: 'flag_above needs the rows: it works for bill_type trade or signcustomer, with download not false.',
    zh: 'flag_above 需要账单明细：仅用于 bill_type 为 trade 或 signcustomer 且 download 不为 false 时。',
  },
  'query_bill.reading': {
    en: 'Downloading and summing the bill …',
    zh: '正在下载并汇总账单……',
  },
  'query_bill.url': {
    en: 'Dies 30 seconds after it was made; opens the whole bill to whoever has it.',
    zh: '生成 30 秒后失效；持有者可查看整份账单。',
  },
  'query_bill.checks_agree': {
    en: 'Whether every figure the file gives of itself agrees with what was counted.',
    zh: '账单自带的数据是否与实际统计全部一致。',
  },
  'query_bill.net': { en: 'In yuan, before fees.', zh: '单位元，扣除手续费前。' },
  'query_bill.count_and_sum': { en: 'How many, and their sum in yuan.', zh: '笔数及合计金额（元）。' },
  'query_bill.rows': {
    en: 'The rows above flag_above, at most 50; amounts in yuan.',
    zh: '超过 flag_above 的明细，最多 50 笔；金额单位为元。',
  },
} as const satisfies Record<string, Bilingual>;
