import { formatBeijing } from '../alipay/beijing-time.ts';
import { formatYuan, type Fen } from '../alipay/money.ts';
import { billFile, freeText, memberName, sum, yuanOf, type BillPeriod, type Column } from './bill-table.ts';
import { zip } from './zip.ts';

/** One row of a signcustomer bill's detail file: a movement of the balance. `at` is ms; `expenseFen` is negative or 0. */
export interface AccountBillRow {
  accountLogId: string;
  tradeNo: string;
  outTradeNo: string;
  subject: string;
  at: number;
  counterparty: string;
  incomeFen: Fen;
  expenseFen: Fen;
  balanceFen: Fen;
  channel: string;
  kind: string;
  remark: string;
}

const DETAIL: readonly Column<AccountBillRow>[] = [
  { title: '账务流水号', cell: (row) => row.accountLogId, tab: true },
  { title: '业务流水号', cell: (row) => row.tradeNo, tab: true },
  { title: '商户订单号', cell: (row) => freeText(row.outTradeNo), tab: true },
  { title: '商品名称', cell: (row) => freeText(row.subject), tab: true },
  { title: '发生时间', cell: (row) => formatBeijing(row.at) },
  { title: '对方账号', cell: (row) => freeText(row.counterparty), tab: true },
  { title: '收入金额（+元）', cell: (row) => formatYuan(row.incomeFen) },
  { title: '支出金额（-元）', cell: (row) => formatYuan(row.expenseFen) },
  { title: '账户余额（元）', cell: (row) => formatYuan(row.balanceFen) },
  { title: '交易渠道', cell: (row) => freeText(row.channel) },
  { title: '业务类型', cell: (row) => freeText(row.kind) },
  { title: '备注', cell: (row) => freeText(row.remark) },
];

interface KindRow {
  readonly kind: string;
  readonly rows: readonly AccountBillRow[];
}

const income = (row: AccountBillRow): Fen => row.incomeFen;
const expense = (row: AccountBillRow): Fen => row.expenseFen;

const SUMMARY: readonly Column<KindRow>[] = [
  { title: '类型', cell: (kind) => freeText(kind.kind) },
  { title: '收入笔数', cell: (kind) => String(moving(kind.rows, income)) },
  { title: '收入金额（+元）', cell: (kind) => yuanOf(kind.rows, income) },
  { title: '支出笔数', cell: (kind) => String(moving(kind.rows, expense)) },
  { title: '支出金额（-元）', cell: (kind) => yuanOf(kind.rows, expense) },
  { title: '总金额（元）', cell: (kind) => formatYuan(sum(kind.rows, income) + sum(kind.rows, expense)) },
];

/** The ZIP of a `signcustomer` bill: 账务明细 and 账务汇总. A period without rows has headers and end markers only. */
export function writeAccountBill(period: BillPeriod, rows: readonly AccountBillRow[]): Buffer {
  const detail = billFile(period, {
    heading: '支付宝账务明细查询',
    list: '账务明细列表',
    dashes: [41, 36],
    columns: DETAIL,
    rows,
    totals: rows.length === 0 ? [] : totals(rows),
  });
  const summary = billFile(period, {
    heading: '支付宝账务汇总查询',
    list: '账务汇总列表',
    dashes: [41, 36],
    columns: SUMMARY,
    rows: byKind(rows),
    totals: [],
  });
  const members = [
    { name: memberName(period, '账务明细'), content: detail },
    { name: memberName(period, '账务汇总'), content: summary },
  ];
  return zip(members, period.exportedAt);
}

function totals(rows: readonly AccountBillRow[]): string[] {
  return [
    `支出合计：${moving(rows, expense)}笔，共${yuanOf(rows, expense)}元`,
    `收入合计：${moving(rows, income)}笔，共${yuanOf(rows, income)}元`,
  ];
}

function byKind(rows: readonly AccountBillRow[]): KindRow[] {
  if (rows.length === 0) return [];
  const kinds = Map.groupBy(rows, (row) => row.kind);
  return [...[...kinds].map(([kind, ofKind]) => ({ kind, rows: ofKind })), { kind: '合计', rows }];
}

function moving(rows: readonly AccountBillRow[], amount: (row: AccountBillRow) => Fen): number {
  return rows.filter((row) => amount(row) !== 0).length;
}
