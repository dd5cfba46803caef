import { beijingDate, formatBeijing } from '../alipay/beijing-time.ts';
import { formatYuan, type Fen } from '../alipay/money.ts';
import {
  flagAbove,
  type AccountBill,
  type AccountRow,
  type Bill,
  type TradeBill,
  type TradeRow,
} from '../bills/index.ts';
import { render, t, type Locale } from '../text/index.ts';
import { showHidden } from '../text/visible.ts';

type Flagged = TradeRow | AccountRow;

/** One JSON object: amounts as yuan strings, times in Beijing time, Alipay's field names in rows. */
export function billAsJson(bill: Bill, above: Fen | undefined): string {
  const { type, account, checks } = bill;
  const frame = { type, account, from: formatBeijing(bill.from), to: formatBeijing(bill.to) };
  const flagged = above === undefined ? {} : { flagged: flaggedAsJson(bill, above) };
  const said = checks.map((check) => ({ ...check, what: render('en', check.what) }));
  const checksAgree = checks.every((check) => check.agrees);
  return JSON.stringify(
    { ...frame, ...totalsAsJson(bill), ...flagged, checks_agree: checksAgree, checks: said },
    null,
    2,
  );
}

function totalsAsJson(bill: Bill): object {
  if (bill.type === 'signcustomer') return accountAsJson(bill);
  return {
    trades: { count: bill.trades.count, gross: formatYuan(bill.trades.gross) },
    refunds: { count: bill.refunds.count, amount: formatYuan(bill.refunds.amount) },
    net: formatYuan(bill.net),
    fees: formatYuan(bill.fees),
  };
}

function accountAsJson(bill: AccountBill): object {
  const movements = ({ income, expense, net }: Pick<AccountBill, 'income' | 'expense' | 'net'>): object => ({
    income: { count: income.count, amount: formatYuan(income.amount) },
    expense: { count: expense.count, amount: formatYuan(expense.amount) },
    net: formatYuan(net),
  });
  const kinds = bill.kinds.map((kind) => ({ kind: kind.kind, count: kind.count, ...movements(kind) }));
  return { ...movements(bill), kinds };
}

function flaggedAsJson(bill: Bill, above: Fen): object {
  const rows = flaggedRows(bill, above).map((row) => ({
    line: row.line,
    trade_no: row.tradeNo,
    out_trade_no: row.outTradeNo,
    subject: row.subject,
    time: timeOf(row),
    amount: formatYuan(amountOf(row)),
  }));
  return { above: formatYuan(above), count: rows.length, rows };
}

/** The totals for a person: aligned columns, what to look at, and loudly whatever does not agree. */
export function billAsText(locale: Locale, bill: Bill, above: Fen | undefined): string {
  const title = bill.type === 'trade' ? 'bill_command.title_trade' : 'bill_command.title_signcustomer';
  const head = [
    t(locale, title, { period: periodOf(bill) }),
    t(locale, 'bill_command.account', { account: bill.account }),
  ];
  const totals = bill.type === 'trade' ? tradeLines(locale, bill) : accountLines(locale, bill);
  const flagged = above === undefined ? [] : ['', ...flaggedLines(locale, bill, above)];
  return [...head, '', ...aligned(totals), ...flagged, '', ...checkLines(locale, bill)].join('\n');
}

type Line = readonly [label: string, count: string, amount: string];

function tradeLines(locale: Locale, bill: TradeBill): Line[] {
  return [
    [t(locale, 'bill_command.trades'), String(bill.trades.count), grouped(bill.trades.gross)],
    [t(locale, 'bill_command.refunds'), String(bill.refunds.count), grouped(bill.refunds.amount)],
    [t(locale, 'bill_command.net'), '', grouped(bill.net)],
    [t(locale, 'bill_command.fees'), '', grouped(bill.fees)],
  ];
}

function accountLines(locale: Locale, bill: AccountBill): Line[] {
  return [
    [t(locale, 'bill_command.income'), String(bill.income.count), grouped(bill.income.amount)],
    [t(locale, 'bill_command.expense'), String(bill.expense.count), grouped(bill.expense.amount)],
    [t(locale, 'bill_command.net'), '', grouped(bill.net)],
    ...bill.kinds.map(({ kind, count, net }): Line => {
      return [`  ${showHidden(kind) || t(locale, 'bill_command.no_kind')}`, String(count), grouped(net)];
    }),
  ];
}

function flaggedLines(locale: Locale, bill: Bill, above: Fen): string[] {
  const rows = flaggedRows(bill, above);
  const width = Math.max(0, ...rows.map((row) => grouped(amountOf(row)).length));
  const lines = rows.map((row) =>
    t(locale, 'bill_command.flagged_row', {
      line: row.line,
      time: timeOf(row),
      amount: grouped(amountOf(row)).padStart(width),
      number: showHidden(row.outTradeNo || row.tradeNo),
      subject: showHidden(row.subject),
    }),
  );
  return [t(locale, 'bill_command.flagged', { amount: grouped(above), count: rows.length }), ...lines.map(indented)];
}

function checkLines(locale: Locale, bill: Bill): string[] {
  const differing = bill.checks.filter((check) => !check.agrees);
  if (bill.checks.length === 0) return [t(locale, 'bill_command.no_figures')];
  if (differing.length === 0) return [t(locale, 'bill_command.agree', { count: bill.checks.length })];
  const lines = differing.map(({ what, said, counted }) => {
    return t(locale, 'bill_command.difference', { what: showHidden(render(locale, what)), said, counted });
  });
  return [t(locale, 'bill_command.disagree', { count: differing.length }), ...lines.map(indented)];
}

function flaggedRows(bill: Bill, above: Fen): Flagged[] {
  return bill.type === 'trade' ? flagAbove(bill, above) : flagAbove(bill, above);
}

function amountOf(row: Flagged): Fen {
  return 'receipt' in row ? row.receipt : Math.max(row.income, row.expense);
}

function timeOf(row: Flagged): string {
  const ms = 'receipt' in row ? row.finishedAt : row.at;
  return ms === undefined ? '' : formatBeijing(ms);
}

/** A day as `2024-04-11`, a whole month as `2024-04`, anything else as both days. */
function periodOf(bill: Bill): string {
  const [first, last] = [beijingDate(bill.from), beijingDate(bill.to - 1)];
  if (first === last) return first;
  const wholeMonth =
    first.endsWith('-01') && beijingDate(bill.to).endsWith('-01') && first.slice(0, 7) === last.slice(0, 7);
  return wholeMonth ? first.slice(0, 7) : `${first} – ${last}`;
}

function aligned(lines: readonly Line[]): string[] {
  const widest = (part: 0 | 1 | 2): number => Math.max(...lines.map((line) => columns(line[part])));
  const [labels, counts, amounts] = [widest(0), widest(1), widest(2)];
  const pad = (text: string, width: number): string => ' '.repeat(width - columns(text));
  return lines.map(([label, count, amount]) => {
    return `  ${label}${pad(label, labels)}  ${pad(count, counts)}${count}  ${pad(amount, amounts)}${amount}`;
  });
}

/** How many columns of a terminal a text takes: Chinese letters and full-width signs take two. */
function columns(text: string): number {
  return Array.from(text).reduce((width, letter) => width + (letter >= '\u2e80' ? 2 : 1), 0);
}

/** Yuan with thousands commas, for eyes. */
function grouped(fen: Fen): string {
  return formatYuan(fen).replace(/\B(?=(\d{3})+\.)/g, ',');
}

function indented(line: string): string {
  return `  ${line}`;
}
