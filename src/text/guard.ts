import type { Bilingual } from './sentence.ts';

/** Sentences of the guard and the ledger: why something is refused, what a person is warned of, how it ended. */
export const guardText = {
  'ledger.left_behind': {
    en: 'The process that held this operation ended before it was settled.',
    zh: '持有此操作的进程在其结束之前就已退出。',
  },
  'ledger.gone': {
    en: 'This operation is no longer in the state it was approved in. Nothing was sent.',
    zh: '此操作已不处于获批时的状态，没有发送任何请求。',
  },
  'ledger.adopted': {
    en: 'Alipay had done this already, under the same number.',
    zh: '支付宝此前已按同一编号完成了此操作。',
  },
  'limit.perOperation': {
    en: '{amount} CNY is above the limit of {limit} CNY for one operation. Only a person can raise it, in VS Code.',
    zh: '{amount} 元超过单笔限额 {limit} 元。只有人可以在 VS Code 中提高限额。',
  },
  'limit.perDay': {
    en: 'With {amount} CNY more, today (Beijing) would pass this account’s limit of {limit} CNY, counting what is under way or in doubt.',
    zh: '再加 {amount} 元将超过此账户今日（北京时间）限额 {limit} 元，进行中和结果未明的操作也计算在内。',
  },
  'limit.perPayee': {
    en: 'With {amount} CNY more, today (Beijing) would pass the limit of {limit} CNY for one payee or trade.',
    zh: '再加 {amount} 元将超过单个收款方或单笔交易的今日（北京时间）限额 {limit} 元。',
  },
} as const satisfies Record<string, Bilingual>;
