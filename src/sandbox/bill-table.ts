import iconv from 'iconv-lite';

import { formatBeijing } from '../alipay/beijing-time.ts';
import { formatYuan, type Fen } from '../alipay/money.ts';

/** One column of a bill: its title, and how a row fills it. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** The platform ends some cells with a tab, so that a spreadsheet leaves long numbers alone. */
  readonly tab?: true;
}

/** What a bill covers: `account` is the PID with `0156` behind it; `from` and `to` are ms, borders of a Beijing day or month. */
export interface BillPeriod {
  account: string;
  from: number;
  to: number;
  exportedAt: number;
}

/** One file of a bill. `dashes` are those before and after the words of the closing marker: they differ from file to file. */
export interface BillFile<Row> {
  readonly heading: string;
  readonly list: string;
  readonly dashes: readonly [number, number];
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly totals: readonly string[];
}

/** A bill file as the platform lays it out, in GBK; what GBK can't write becomes `?`, as the platform's own writer does. */
export function billFile<Row>(period: BillPeriod, file: BillFile<Row>): Buffer {
  const lines = [
    `#${file.heading}`,
    `#账号：[${period.account}]`,
    `#起始日期：[${longTime(period.from)}]   终止日期：[${longTime(period.to)}]`,
    marker(41, file.list, 40),
    file.columns.map((column) => column.title).join(','),
    ...file.rows.map((row) => file.columns.map((column) => cell(column, row)).join(',')),
    marker(file.dashes[0], `${file.list}结束`, file.dashes[1]),
    ...file.totals.map((total) => `#${total}`),
    `#导出时间：[${longTime(period.exportedAt)}]`,
  ];
  return iconv.encode(lines.map((line) => `${line}\r\n`).join(''), 'gbk');
}

/** The name of a member of the ZIP, as GBK bytes: `<account>_<yyyyMMdd or yyyyMM>_<what>.csv`. */
export function memberName(period: BillPeriod, what: string): Buffer {
  const days = (period.to - period.from) / 86_400_000;
  const date = formatBeijing(period.from)
    .slice(0, days > 1 ? 7 : 10)
    .replaceAll('-', '');
  return iconv.encode(`${period.account}_${date}_${what}.csv`, 'gbk');
}

/**
 * Text that a person typed, made harmless for a row. Bills have no quoting, so commas and quotes become their full-width
 * forms, and tabs, line breaks and other control characters a blank.
 */
export function freeText(text: string): string {
  return (
    text
      .replaceAll(',', '，')
      .replaceAll('"', '＂')
      // oxlint-disable-next-line no-control-regex -- control characters are what this takes out
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
  );
}

export function sum<Row>(rows: readonly Row[], amount: (row: Row) => Fen): Fen {
  return rows.reduce((total, row) => total + amount(row), 0);
}

export function yuanOf<Row>(rows: readonly Row[], amount: (row: Row) => Fen): string {
  return formatYuan(sum(rows, amount));
}

function cell<Row>(column: Column<Row>, row: Row): string {
  return `${column.cell(row)}${column.tab ? '\t' : ''}`;
}

function marker(before: number, words: string, after: number): string {
  return `#${'-'.repeat(before)}${words}${'-'.repeat(after)}`;
}

function longTime(ms: number): string {
  const [date = '', time = ''] = formatBeijing(ms).split(' ');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}年${month}月${day}日 ${time}`;
}
