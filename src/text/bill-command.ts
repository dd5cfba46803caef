import type { Bilingual } from './sentence.ts';

/** What the bill command says. */
export const billCommandText = {
  'bill_command.usage': {
    en: 'Usage: npm run --silent bill -- FILE.zip [--json] [--flag-above YUAN]',
    zh: '用法：npm run --silent bill -- FILE.zip [--json] [--flag-above 元]',
  },
  'bill_command.which': {
    en: 'Say which bill: the .zip as it was downloaded.',
    zh: '请指明账单文件：下载得到的 .zip 原文件。',
  },
  'bill_command.too_large': {
    en: 'The file {file} is too large for a bill (at most {max} MB).',
    zh: '文件 {file} 超出账单的大小（最多 {max} MB）。',
  },
  'bill_command.title_trade': {
    en: 'Bill of {period}, payments and refunds (trade)',
    zh: '{period} 业务账单（trade）',
  },
  'bill_command.title_signcustomer': {
    en: 'Bill of {period}, movements of the balance (signcustomer)',
    zh: '{period} 账务账单（signcustomer）',
  },
  'bill_command.account': { en: 'Account {account}, amounts in CNY', zh: '账号 {account}，金额单位为元' },
  'bill_command.trades': { en: 'Payments received', zh: '交易' },
  'bill_command.refunds': { en: 'Refunds given', zh: '退款' },
  'bill_command.net': { en: 'Net', zh: '净额' },
  'bill_command.fees': { en: 'Fees (not in the net)', zh: '服务费（未计入净额）' },
  'bill_command.income': { en: 'Money in', zh: '收入' },
  'bill_command.expense': { en: 'Money out', zh: '支出' },
  'bill_command.no_kind': { en: '(no kind)', zh: '（无类型）' },
  'bill_command.flagged': { en: 'Above {amount}: {count}', zh: '高于 {amount}：{count} 笔' },
  'bill_command.flagged_row': {
    en: 'line {line}  {time}  {amount}  {number}  {subject}',
    zh: '第 {line} 行  {time}  {amount}  {number}  {subject}',
  },
  'bill_command.agree': {
    en: 'The {count} figures the file gives about itself agree with its rows.',
    zh: '账单自述的 {count} 项数字与各行一致。',
  },
  'bill_command.no_figures': {
    en: 'The file gives no figures about itself to compare with.',
    zh: '账单没有可供核对的自述数字。',
  },
  'bill_command.disagree': {
    en: 'WARNING: {count} figures of the file DO NOT AGREE with its rows. Do not book these totals unexamined.',
    zh: '警告：账单有 {count} 项数字与各行不一致。核实之前请勿以此入账。',
  },
  'bill_command.difference': {
    en: '{what}: the file says {said}, its rows give {counted}',
    zh: '{what}：账单写明 {said}，各行合计 {counted}',
  },
} as const satisfies Record<string, Bilingual>;
