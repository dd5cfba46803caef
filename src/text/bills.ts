import { billCommandText } from './bill-command.ts';
import type { Bilingual } from './sentence.ts';

/** What the bill reader and the download say. */
export const billsText = {
  ...billCommandText,
  'bill.not_a_zip': {
    en: 'This is not a ZIP file. A bill is the .zip behind the download link, as it was downloaded.',
    zh: '这不是 ZIP 文件。账单应为下载链接返回的 .zip 原文件。',
  },
  'bill.zip_broken': {
    en: 'The ZIP file is incomplete or damaged. Download the bill again.',
    zh: 'ZIP 文件不完整或已损坏，请重新下载账单。',
  },
  'bill.zip_damaged': {
    en: 'The file “{name}” in the ZIP is damaged. Download the bill again.',
    zh: 'ZIP 中的文件“{name}”已损坏，请重新下载账单。',
  },
  'bill.zip64': {
    en: 'The ZIP uses the ZIP64 format, which bills never do. It was not opened.',
    zh: '该 ZIP 使用了账单不会使用的 ZIP64 格式，未打开。',
  },
  'bill.zip_many': {
    en: 'The ZIP holds {count} files; a bill has at most {max}. It was not opened.',
    zh: '该 ZIP 含有 {count} 个文件，账单最多 {max} 个，未打开。',
  },
  'bill.zip_duplicate': {
    en: 'The ZIP holds two files named “{name}”, which a bill never does. It was not opened.',
    zh: '该 ZIP 含有两个同名文件“{name}”，账单不会如此，未打开。',
  },
  'bill.zip_path': {
    en: 'The ZIP holds a file with the unsafe name “{name}”. It was not opened.',
    zh: '该 ZIP 含有不安全的文件名“{name}”，未打开。',
  },
  'bill.zip_encrypted': {
    en: 'The file “{name}” in the ZIP is encrypted. Bills from the download link are not; use the original file.',
    zh: 'ZIP 中的文件“{name}”已加密。下载链接返回的账单不加密，请使用原文件。',
  },
  'bill.zip_method': {
    en: 'The file “{name}” in the ZIP is packed in a way that bills are not (method {method}).',
    zh: 'ZIP 中的文件“{name}”使用了账单不会使用的压缩方式（{method}）。',
  },
  'bill.zip_large': {
    en: 'Unpacked, “{name}” would be too large for a bill (at most {max} MB in all). It was not opened.',
    zh: '“{name}”解压后超出账单的大小（合计最多 {max} MB），未打开。',
  },
  'bill.not_a_bill': {
    en: 'None of the {count} files in the ZIP starts like a bill of type trade or signcustomer in GBK.',
    zh: 'ZIP 中的 {count} 个文件都不是 GBK 编码的 trade 或 signcustomer 账单。',
  },
  'bill.two_bills': {
    en: 'The ZIP holds more than one bill. Read them one at a time, so that nothing is summed twice.',
    zh: '该 ZIP 含有不止一份账单。请逐份读取，以免重复合计。',
  },
  'bill.no_header': {
    en: 'The bill has no row with the names of the columns.',
    zh: '账单中没有列名行。',
  },
  'bill.no_account': {
    en: 'The bill does not say whose account it is (a line such as #账号：[2088…0156]).',
    zh: '账单中没有账号行（形如 #账号：[2088…0156]）。',
  },
  'bill.no_period': {
    en: 'The bill does not say which period it covers (a line with 起始日期 and 终止日期).',
    zh: '账单中没有起止日期行（含 起始日期 和 终止日期）。',
  },
  'bill.bad_period': {
    en: '“{value}” is not a date as bills write it, such as 2024年04月11日 00:00:00.',
    zh: '“{value}”不是账单的日期写法，例如 2024年04月11日 00:00:00。',
  },
  'bill.period_order': {
    en: 'The bill’s period ends ({to}) before it begins ({from}).',
    zh: '账单的终止日期（{to}）早于起始日期（{from}）。',
  },
  'bill.no_end': {
    en: 'The bill stops before its end marker (列表结束): rows may be missing. Download it again.',
    zh: '账单缺少结束标记（列表结束），可能缺行，请重新下载。',
  },
  'bill.odd_line': {
    en: 'Line {line} of the bill belongs to no part of it: “{value}”.',
    zh: '账单第 {line} 行不属于任何部分：“{value}”。',
  },
  'bill.column_missing': {
    en: 'The bill has no column “{column}”, without which it cannot be summed.',
    zh: '账单缺少“{column}”列，无法合计。',
  },
  'bill.column_twice': {
    en: 'The bill has the column “{column}” twice (line {line}), so it is not clear which one counts.',
    zh: '账单第 {line} 行有两个“{column}”列，无法确定以哪一个为准。',
  },
  'bill.cell_count': {
    en: 'Line {line} of the bill has {count} cells where the header has {expected}.',
    zh: '账单第 {line} 行有 {count} 个单元格，而列名行有 {expected} 个。',
  },
  'bill.bad_amount': {
    en: 'Line {line} of the bill has “{value}” in the column {column}, where an amount should be.',
    zh: '账单第 {line} 行“{column}”列中是“{value}”，不是金额。',
  },
  'bill.bad_count': {
    en: 'Line {line} of the bill has “{value}” in the column {column}, where a count should be.',
    zh: '账单第 {line} 行“{column}”列中是“{value}”，不是笔数。',
  },
  'bill.bad_time': {
    en: 'Line {line} of the bill has “{value}” in the column {column}, where a time such as 2024-04-11 09:30:00 should be.',
    zh: '账单第 {line} 行“{column}”列中是“{value}”，不是 2024-04-11 09:30:00 这样的时间。',
  },
  'bill.too_much': {
    en: 'The amounts of the bill add up to more than can be counted exactly.',
    zh: '账单金额之和超出可精确计算的范围。',
  },
  'bill.check.account': { en: 'account, summary file against detail file', zh: '账号（汇总与明细）' },
  'bill.check.period': { en: 'period, summary file against detail file', zh: '起止日期（汇总与明细）' },
  'bill.check.trades': { en: 'number of payments', zh: '交易笔数' },
  'bill.check.trade_amount': { en: 'payments received', zh: '交易商家实收' },
  'bill.check.refunds': { en: 'number of refunds', zh: '退款笔数' },
  'bill.check.refund_amount': { en: 'refunds given', zh: '退款商家实收' },
  'bill.check.trade_discounts': { en: 'merchant’s discounts on payments', zh: '交易商家优惠' },
  'bill.check.refund_discounts': { en: 'merchant’s discounts on refunds', zh: '退款商家优惠' },
  'bill.check.summary_trades': { en: 'number of payments, summary file', zh: '交易笔数（汇总）' },
  'bill.check.summary_refunds': { en: 'number of refunds, summary file', zh: '退款笔数（汇总）' },
  'bill.check.summary_receipt': { en: 'received (商家实收), summary file', zh: '商家实收（汇总）' },
  'bill.check.summary_fees': { en: 'fees (服务费), summary file', zh: '服务费（汇总）' },
  'bill.check.summary_net': { en: 'net (实收净额), summary file', zh: '实收净额（汇总）' },
  'bill.check.summary_unreadable': { en: 'the summary file could not be read', zh: '汇总文件无法读取' },
  'bill.check.unknown_kind': {
    en: 'rows that are neither payment (交易) nor refund (退款) and are in no total',
    zh: '既非交易也非退款、未计入合计的行',
  },
  'bill.check.positive_refund': {
    en: 'refunds printed with a positive amount, counted as money that went back',
    zh: '金额为正数的退款行，按退回计入',
  },
  'bill.check.negative_trade': { en: 'payments printed with a negative amount', zh: '金额为负数的交易行' },
  'bill.check.outside': { en: 'rows from outside the period', zh: '不在起止日期内的行' },
  'bill.check.incomes': { en: 'number of movements in', zh: '收入笔数' },
  'bill.check.income': { en: 'money in', zh: '收入金额' },
  'bill.check.expenses': { en: 'number of movements out', zh: '支出笔数' },
  'bill.check.expense': { en: 'money out', zh: '支出金额' },
  'bill.check.negative_income': { en: 'movements in with a negative amount', zh: '金额为负数的收入行' },
  'bill.check.summary_incomes': { en: 'number of movements in, {kind}, summary file', zh: '收入笔数，{kind}（汇总）' },
  'bill.check.summary_income': { en: 'money in, {kind}, summary file', zh: '收入金额，{kind}（汇总）' },
  'bill.check.summary_expenses': {
    en: 'number of movements out, {kind}, summary file',
    zh: '支出笔数，{kind}（汇总）',
  },
  'bill.check.summary_expense': { en: 'money out, {kind}, summary file', zh: '支出金额，{kind}（汇总）' },
  'bill.not_a_link': {
    en: 'The bill’s download link is not an http(s) address. Query it again with query_bill_download_url.',
    zh: '账单下载链接不是 http(s) 地址，请用 query_bill_download_url 重新查询。',
  },
  'bill.wrong_host': {
    en: 'The bill’s download link points to {host}, where Alipay does not keep bills. It was not opened.',
    zh: '账单下载链接指向 {host}，该处不是支付宝存放账单的主机，未打开。',
  },
  'bill.download_redirect': {
    en: '{host} wanted to send the bill’s download elsewhere. It was not followed, since the link opens the whole bill.',
    zh: '{host} 要求跳转到别处下载账单。链接可打开整份账单，因此没有跟随跳转。',
  },
  'bill.download_status': {
    en: '{host} did not give out the bill (HTTP {status}). Links die 30 seconds after they were made.',
    zh: '{host} 没有返回账单（HTTP {status}）。链接在生成 30 秒后失效。',
  },
  'bill.download_page': {
    en: '{host} answered with a web page instead of the bill. Links die 30 seconds after they were made.',
    zh: '{host} 返回的是网页而不是账单。链接在生成 30 秒后失效。',
  },
  'bill.download_not_zip': {
    en: '{host} answered with something that is not a ZIP file.',
    zh: '{host} 返回的内容不是 ZIP 文件。',
  },
  'bill.download_large': {
    en: 'The bill is larger than {max} MB. Download it by hand and read the file with the bill command.',
    zh: '账单超过 {max} MB，请手动下载后用 bill 命令读取。',
  },
  'bill.download_slow': {
    en: '{host} took too long to send the bill.',
    zh: '{host} 发送账单超时。',
  },
  'bill.download_failed': {
    en: 'The bill could not be downloaded: no connection to {host}, or it was cut.',
    zh: '账单下载失败：无法连接 {host}，或连接中断。',
  },
  'bill.ask_again': {
    en: 'Query the bill again for a new link.',
    zh: '请重新查询账单以取得新链接。',
  },
} as const satisfies Record<string, Bilingual>;
