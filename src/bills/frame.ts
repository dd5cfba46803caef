import iconv from 'iconv-lite';

import { parseBeijing } from '../alipay/beijing-time.ts';
import { InputError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';
import { plain, shown } from './cells.ts';
import { BillTable, type BillRow } from './table.ts';

/** One file of a bill, taken apart: what the frame says, and the rows between the markers. */
export interface BillFile {
  readonly account: string;
  readonly from: number;
  readonly to: number;
  readonly table: BillTable;
  readonly rows: readonly BillRow[];
  /** What stands behind the end marker (totals, export time), made plain. */
  readonly totals: readonly string[];
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The text of a file: GBK, read as its superset GB18030; or UTF-8 where a byte order mark says so. */
function decode(content: Buffer): string {
  const utf8 = content.subarray(0, 3).equals(UTF8_MARK);
  return utf8 ? content.toString('utf8', 3) : iconv.decode(content, 'gb18030');
}

/** The words of a file's first line, which say what the file is: 支付宝业务明细查询 and so on. */
export function headingOf(content: Buffer): string {
  const [first = ''] = decode(content.subarray(0, 200)).split(/[\r\n]/, 1);
  return plain(first).replace(/^#\s*/, '');
}

/**
 * Takes a file apart along its frame: lines with `#`, the header row, rows, end marker, totals.
 *
 * @throws InputError for a frame that is incomplete, or a line that belongs nowhere.
 */
export function readFile(content: Buffer): BillFile {
  const lines = decode(content).split(/\r\n|\n|\r/);
  const header = lines.findIndex((line) => plain(line) !== '' && !isFrame(line));
  const headerLine = lines[header];
  if (headerLine === undefined) throw new InputError(say('bill.no_header'));
  const table = new BillTable(headerLine, header + 1);
  const end = lines.findIndex((line, index) => index > header && isFrame(line));
  if (end === -1 || !/列表结束-*$/.test(plain(lines[end] ?? ''))) throw noEnd(lines, end);
  return {
    ...period(lines.slice(0, header).map(plain)),
    table,
    rows: rowsBetween(lines, header, end, table),
    totals: totalsAfter(lines, end),
  };
}

function rowsBetween(lines: readonly string[], header: number, end: number, table: BillTable): BillRow[] {
  return lines
    .slice(header + 1, end)
    .map((text, index) => ({ text, line: header + 2 + index }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, line }) => table.row(text, line));
}

function totalsAfter(lines: readonly string[], end: number): string[] {
  const rest = lines.slice(end + 1);
  const stray = rest.findIndex((line) => plain(line) !== '' && !isFrame(line));
  if (stray !== -1) throw oddLine(end + 2 + stray, rest[stray]);
  return rest.map((line) => plain(line).replace(/^#\s*/, '')).filter((line) => line !== '');
}

function period(frame: readonly string[]): { account: string; from: number; to: number } {
  const account = /^#账号:\[(\d{1,32})\]$/m.exec(frame.join('\n'))?.[1];
  const days = /^#起始日期:\[([^\]]+)\]\s*终止日期:\[([^\]]+)\]$/m.exec(frame.join('\n'));
  if (account === undefined) throw new InputError(say('bill.no_account'));
  if (!days?.[1] || !days[2]) throw new InputError(say('bill.no_period'));
  const [from, to] = [moment(days[1]), moment(days[2])];
  if (from >= to) throw new InputError(say('bill.period_order', { from: shown(days[1]), to: shown(days[2]) }));
  return { account, from, to };
}

/** ms of `2026年06月05日 00:00:00`. */
function moment(text: string): number {
  const parts = /^(\d{4})年(\d{2})月(\d{2})日 (\d{2}:\d{2}:\d{2})$/.exec(text.trim());
  if (!parts) throw new InputError(say('bill.bad_period', { value: shown(text) }));
  return parseBeijing(`${parts[1]}-${parts[2]}-${parts[3]} ${parts[4]}`);
}

function isFrame(line: string): boolean {
  return /^[\s\ufeff]*[#＃]/.test(line);
}

function noEnd(lines: readonly string[], end: number): InputError {
  return end === -1 ? new InputError(say('bill.no_end')) : oddLine(end + 1, lines[end]);
}

function oddLine(line: number, text: string | undefined): InputError {
  return new InputError(say('bill.odd_line', { line, value: shown(text ?? '') }));
}
