import type { Fen } from '../alipay/money.ts';
import { say } from '../text/index.ts';
import type { AccountBill, AccountRow, BillCheck, KindTotals, Movements } from './bill.ts';
import { addUp, amountCheck, countCheck, noneOf, outside, readTotal, sameFrame, summaryChecks } from './checks.ts';
import type { BillFile } from './frame.ts';
import type { BillRow } from './table.ts';

const INCOME = '收入金额（+元）';
const EXPENSE = '支出金额（-元）';
const DETAIL = ['账务流水号', '发生时间', INCOME, EXPENSE, '业务类型'];
const SUMMARY = ['类型', '收入笔数', INCOME, '支出笔数', EXPENSE];

const EXPENSES = /^支出合计:(\d{1,15})笔,共([^元]+)元$/;
const INCOMES = /^收入合计:(\d{1,15})笔,共([^元]+)元$/;

/**
 * Reads a signcustomer bill. A movement counts as income or expense where that column is not 0; the sign the expense
 * column is printed with differs between sources, so its size is what counts.
 *
 * @throws InputError for a missing column, or a cell that is not what its column says.
 */
export function readAccountBill(detail: BillFile, openSummary: (() => BillFile) | undefined): AccountBill {
  detail.table.require(DETAIL);
  const rows = detail.rows.map(accountRow);
  const kinds = [...Map.groupBy(rows, (row) => row.kind)].map(([kind, ofKind]) => ({ kind, ...totals(ofKind) }));
  const { income, expense, net } = totals(rows);
  const checks = [
    ...totalChecks(detail, income, expense),
    ...summaryChecks(openSummary, (summary) => compareSummary(detail, summary, kinds, { income, expense })),
    ...noneOf(say('bill.check.negative_income'), rows.filter((row) => row.income < 0).length),
    ...noneOf(
      say('bill.check.outside'),
      outside(
        detail,
        rows.map((row) => row.at),
      ),
    ),
  ];
  const { account, from, to } = detail;
  return { type: 'signcustomer', account, from, to, income, expense, net, kinds, rows, checks };
}

function accountRow(row: BillRow): AccountRow {
  return {
    line: row.line,
    accountLogId: row.text('账务流水号'),
    tradeNo: row.text('业务流水号'),
    outTradeNo: row.text('商户订单号'),
    subject: row.text('商品名称'),
    at: row.time('发生时间'),
    counterparty: row.text('对方账号'),
    income: row.amount(INCOME),
    expense: Math.abs(row.amount(EXPENSE)),
    kind: row.text('业务类型'),
    remark: row.text('备注'),
  };
}

function totals(rows: readonly AccountRow[]): Omit<KindTotals, 'kind'> {
  const income = movements(rows.map((row) => row.income));
  const expense = movements(rows.map((row) => row.expense));
  return { count: rows.length, income, expense, net: addUp([income.amount, -expense.amount]) };
}

function movements(amounts: readonly Fen[]): Movements {
  return { count: amounts.filter((fen) => fen !== 0).length, amount: addUp(amounts) };
}

/** The lines behind the end marker. A file without rows may leave them out. */
function totalChecks(detail: BillFile, income: Movements, expense: Movements): BillCheck[] {
  const incomeSaid = readTotal(detail.totals, INCOMES);
  const expenseSaid = readTotal(detail.totals, EXPENSES);
  if (detail.rows.length === 0 && !detail.totals.some((line) => line.includes('合计'))) return [];
  const spent = expenseSaid?.amounts[0];
  return [
    countCheck(say('bill.check.incomes'), incomeSaid?.count, income.count),
    amountCheck(say('bill.check.income'), incomeSaid?.amounts[0], income.amount),
    countCheck(say('bill.check.expenses'), expenseSaid?.count, expense.count),
    amountCheck(say('bill.check.expense'), spent && Math.abs(spent), expense.amount),
  ];
}

type Both = Pick<KindTotals, 'income' | 'expense'>;

function compareSummary(detail: BillFile, summary: BillFile, kinds: readonly KindTotals[], all: Both): BillCheck[] {
  summary.table.require(SUMMARY);
  const none: Both = { income: { count: 0, amount: 0 }, expense: { count: 0, amount: 0 } };
  const rows = summary.rows.map((row) => ({ row, kind: row.text('类型') }));
  return [
    ...sameFrame(detail, summary),
    ...rows.flatMap(({ row, kind }) => {
      const counted = kind === '合计' ? all : (kinds.find((ofKind) => ofKind.kind === kind) ?? none);
      return summaryRowChecks(row, kind, counted);
    }),
  ];
}

function summaryRowChecks(row: BillRow, kind: string, counted: Both): BillCheck[] {
  const { income, expense } = counted;
  return [
    countCheck(say('bill.check.summary_incomes', { kind }), row.count('收入笔数'), income.count),
    amountCheck(say('bill.check.summary_income', { kind }), row.amount(INCOME), income.amount),
    countCheck(say('bill.check.summary_expenses', { kind }), row.count('支出笔数'), expense.count),
    amountCheck(say('bill.check.summary_expense', { kind }), Math.abs(row.amount(EXPENSE)), expense.amount),
  ];
}
