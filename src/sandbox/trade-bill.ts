import { formatBeijing } from '../alipay/beijing-time.ts';
import { formatYuan, type Fen } from '../alipay/money.ts';
import { billFile, freeText, memberName, sum, yuanOf, type BillPeriod, type Column } from './bill-table.ts';
import { zip } from './zip.ts';

/** One row of a trade bill's detail file. Times are ms. On 退款 both amounts are negative and `outRequestNo` is set. */
export interface TradeBillRow {
  tradeNo: string;
  outTradeNo: string;
  kind: '交易' | '退款';
  subject: string;
  createdAt: number;
  finishedAt: number;
  storeId?: string;
  terminalId?: string;
  /** Masked, as the platform prints it: `*杨(137****2600)`. */
  buyer: string;
  totalFen: Fen;
  receiptFen: Fen;
  outRequestNo: string;
  /** Negative when the merchant pays it. */
  feeFen: Fen;
  body: string;
}

const none = (): string => '';
const zero = (): string => '0.00';

const DETAIL: readonly Column<TradeBillRow>[] = [
  { title: '支付宝交易号', cell: (row) => row.tradeNo, tab: true },
  { title: '商户订单号', cell: (row) => freeText(row.outTradeNo), tab: true },
  { title: '业务类型', cell: (row) => row.kind, tab: true },
  { title: '商品名称', cell: (row) => freeText(row.subject) },
  { title: '创建时间', cell: (row) => formatBeijing(row.createdAt) },
  { title: '完成时间', cell: (row) => formatBeijing(row.finishedAt) },
  { title: '门店编号', cell: (row) => freeText(row.storeId ?? ''), tab: true },
  { title: '门店名称', cell: none, tab: true },
  { title: '操作员', cell: none, tab: true },
  { title: '终端号', cell: (row) => freeText(row.terminalId ?? ''), tab: true },
  { title: '对方账户', cell: (row) => freeText(row.buyer), tab: true },
  { title: '订单金额（元）', cell: (row) => formatYuan(row.totalFen) },
  { title: '商家实收（元）', cell: (row) => formatYuan(row.receiptFen) },
  { title: '支付宝红包（元）', cell: zero },
  { title: '集分宝（元）', cell: zero },
  { title: '支付宝优惠（元）', cell: zero },
  { title: '商家优惠（元）', cell: zero },
  { title: '券核销金额（元）', cell: zero },
  { title: '券名称', cell: none },
  { title: '商家红包消费金额（元）', cell: zero, tab: true },
  { title: '卡消费金额（元）', cell: zero },
  { title: '退款批次号/请求号', cell: (row) => freeText(row.outRequestNo), tab: true },
  { title: '服务费（元）', cell: (row) => formatYuan(row.feeFen) },
  { title: '分润（元）', cell: zero },
  { title: '备注', cell: (row) => freeText(row.body) },
];

interface StoreRow {
  readonly store: string;
  readonly rows: readonly TradeBillRow[];
}

const total = (row: TradeBillRow): Fen => row.totalFen;
const receipt = (row: TradeBillRow): Fen => row.receiptFen;
const fee = (row: TradeBillRow): Fen => row.feeFen;
const count = (store: StoreRow, kind: TradeBillRow['kind']): string => String(ofKind(store.rows, kind).length);

/** What the summary's amounts leave out or take in is written down nowhere: here all count refunds, and the net fees too. */
const SUMMARY: readonly Column<StoreRow>[] = [
  { title: '门店编号', cell: (store) => freeText(store.store), tab: true },
  { title: '门店名称', cell: none, tab: true },
  { title: '交易订单总笔数', cell: (store) => count(store, '交易') },
  { title: '退款订单总笔数', cell: (store) => count(store, '退款') },
  { title: '订单金额（元）', cell: (store) => yuanOf(store.rows, total) },
  { title: '商家实收（元）', cell: (store) => yuanOf(store.rows, receipt) },
  { title: '支付宝优惠（元）', cell: zero },
  { title: '商家优惠（元）', cell: zero },
  { title: '卡消费金额（元）', cell: zero },
  { title: '服务费（元）', cell: (store) => yuanOf(store.rows, fee) },
  { title: '分润（元）', cell: zero },
  { title: '实收净额（元）', cell: (store) => formatYuan(sum(store.rows, receipt) + sum(store.rows, fee)) },
];

/** The ZIP of a `trade` bill: 业务明细 and 业务明细(汇总). A period without rows has headers and end markers only. */
export function writeTradeBill(period: BillPeriod, rows: readonly TradeBillRow[]): Buffer {
  const detail = billFile(period, {
    heading: '支付宝业务明细查询',
    list: '业务明细列表',
    dashes: [41, 36],
    columns: DETAIL,
    rows,
    totals: rows.length === 0 ? [] : totals(rows),
  });
  const summary = billFile(period, {
    heading: '支付宝业务汇总查询',
    list: '业务汇总列表',
    dashes: [40, 37],
    columns: SUMMARY,
    rows: byStore(rows),
    totals: [],
  });
  const members = [
    { name: memberName(period, '业务明细'), content: detail },
    { name: memberName(period, '业务明细(汇总)'), content: summary },
  ];
  return zip(members, period.exportedAt);
}

/** One line for each store, the one without a number first, and the sum of all. */
function byStore(rows: readonly TradeBillRow[]): StoreRow[] {
  if (rows.length === 0) return [];
  const stores = [...Map.groupBy(rows, (row) => row.storeId ?? '')].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [...stores.map(([store, ofStore]) => ({ store, rows: ofStore })), { store: '合计', rows }];
}

function totals(rows: readonly TradeBillRow[]): string[] {
  const trades = ofKind(rows, '交易');
  const refunds = ofKind(rows, '退款');
  return [
    `交易合计：${trades.length}笔，商家实收共${yuanOf(trades, receipt)}元，商家优惠共0.00元`,
    `退款合计：${refunds.length}笔，商家实收退款共${yuanOf(refunds, receipt)}元，商家优惠退款共0.00元`,
  ];
}

function ofKind(rows: readonly TradeBillRow[], kind: TradeBillRow['kind']): readonly TradeBillRow[] {
  return rows.filter((row) => row.kind === kind);
}
