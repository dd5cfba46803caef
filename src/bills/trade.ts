import type { Fen } from '../alipay/money.ts';
import { say } from '../text/index.ts';
import type { BillCheck, TradeBill, TradeRow } from './bill.ts';
import { addUp, amountCheck, countCheck, noneOf, outside, readTotal, sameFrame, summaryChecks } from './checks.ts';
import type { BillFile } from './frame.ts';
import type { BillRow } from './table.ts';

const RECEIPT = '商家实收（元）';
const FEE = '服务费（元）';
const DISCOUNT = '商家优惠（元）';
const DETAIL = ['支付宝交易号', '商户订单号', '业务类型', '完成时间', '订单金额（元）', RECEIPT, FEE];
const SUMMARY = ['门店编号', '交易订单总笔数', '退款订单总笔数', RECEIPT, FEE, '实收净额（元）'];

const TRADES = /^交易合计:(\d{1,15})笔,商家实收共([^元]+)元,商家优惠共([^元]+)元$/;
const REFUNDS = /^退款合计:(\d{1,15})笔,商家实收退款共([^元]+)元,商家优惠退款共([^元]+)元$/;

/**
 * Reads a trade bill. What counts is 商家实收, what the merchant received, and not 订单金额, what the order cost: it is the
 * column the platform's own totals are made of, and they differ where the merchant paid a discount. A refund is printed
 * negative; should one be positive, its size still counts as money that went back, and a check says so.
 *
 * @throws InputError for a missing column, or a cell that is not what its column says.
 */
export function readTradeBill(detail: BillFile, openSummary: (() => BillFile) | undefined): TradeBill {
  detail.table.require(DETAIL);
  const rows = detail.rows.map(tradeRow);
  const trades = rows.filter((row) => row.kind === 'trade');
  const refunds = rows.filter((row) => row.kind === 'refund');
  const gross = addUp(trades.map((row) => row.receipt));
  const returned = addUp(refunds.map((row) => Math.abs(row.receipt)));
  const bill = {
    type: 'trade' as const,
    account: detail.account,
    from: detail.from,
    to: detail.to,
    trades: { count: trades.length, gross },
    refunds: { count: refunds.length, amount: returned },
    net: addUp([gross, -returned]),
    fees: addUp(rows.map((row) => row.fee)),
    rows,
  };
  const checks = [
    ...totalChecks(detail, bill),
    ...summaryChecks(openSummary, (summary) => compareSummary(detail, summary, bill)),
    ...rowChecks(detail, rows),
  ];
  return { ...bill, checks };
}

function tradeRow(row: BillRow): TradeRow {
  return {
    line: row.line,
    tradeNo: row.text('支付宝交易号'),
    outTradeNo: row.text('商户订单号'),
    kind: kindOf(row.text('业务类型')),
    subject: row.text('商品名称'),
    createdAt: row.time('创建时间'),
    finishedAt: row.time('完成时间'),
    buyer: row.text('对方账户'),
    total: row.amount('订单金额（元）'),
    receipt: row.amount(RECEIPT),
    fee: row.amount(FEE),
    outRequestNo: row.text('退款批次号/请求号'),
    remark: row.text('备注'),
  };
}

function kindOf(cell: string): TradeRow['kind'] {
  if (cell === '交易') return 'trade';
  return cell === '退款' ? 'refund' : 'other';
}

type Totals = Omit<TradeBill, 'checks'>;

/** The lines behind the end marker. A file without rows may leave them out. */
function totalChecks(detail: BillFile, bill: Totals): BillCheck[] {
  const trades = readTotal(detail.totals, TRADES);
  const refunds = readTotal(detail.totals, REFUNDS);
  if (bill.rows.length === 0 && !detail.totals.some((line) => line.includes('合计'))) return [];
  const refundsSaid = refunds?.amounts[0];
  const discounts = detail.table.has(DISCOUNT)
    ? [
        amountCheck(say('bill.check.trade_discounts'), trades?.amounts[1], ...discount(detail, 'trade')),
        amountCheck(say('bill.check.refund_discounts'), refunds?.amounts[1], ...discount(detail, 'refund')),
      ]
    : [];
  return [
    countCheck(say('bill.check.trades'), trades?.count, bill.trades.count),
    amountCheck(say('bill.check.trade_amount'), trades?.amounts[0], bill.trades.gross),
    countCheck(say('bill.check.refunds'), refunds?.count, bill.refunds.count),
    amountCheck(say('bill.check.refund_amount'), refundsSaid && Math.abs(refundsSaid), bill.refunds.amount),
    ...discounts,
  ];
}

/** The discount of one kind of row, in either sign: the platform does not say which one its totals have. */
function discount(detail: BillFile, kind: TradeRow['kind']): [Fen, Fen] {
  const rows = detail.rows.filter((row) => kindOf(row.text('业务类型')) === kind);
  const total = addUp(rows.map((row) => row.amount(DISCOUNT)));
  return [total, -total];
}

/**
 * The summary file's last row. Whether its 商家实收 has refunds in it, and its 实收净额 the fees, is not written down
 * anywhere, so either is taken as agreement.
 */
function compareSummary(detail: BillFile, summary: BillFile, bill: Totals): BillCheck[] {
  summary.table.require(SUMMARY);
  const last = summary.rows.filter((row) => row.text('门店编号') === '合计');
  const rows = last.length > 0 ? last : summary.rows;
  const total = (column: string): Fen => addUp(rows.map((row) => row.amount(column)));
  const count = (column: string): number => addUp(rows.map((row) => row.count(column)));
  const shared = addUp(detail.rows.map((row) => row.amount('分润（元）')));
  const afterFees = addUp([bill.net, bill.fees, shared]);
  return [
    ...sameFrame(detail, summary),
    countCheck(say('bill.check.summary_trades'), count('交易订单总笔数'), bill.trades.count),
    countCheck(say('bill.check.summary_refunds'), count('退款订单总笔数'), bill.refunds.count),
    amountCheck(say('bill.check.summary_receipt'), total(RECEIPT), bill.net, bill.trades.gross),
    amountCheck(say('bill.check.summary_fees'), total(FEE), bill.fees),
    amountCheck(say('bill.check.summary_net'), total('实收净额（元）'), bill.net, afterFees),
  ];
}

function rowChecks(detail: BillFile, rows: readonly TradeRow[]): BillCheck[] {
  const finished = rows.map((row) => row.finishedAt);
  return [
    ...noneOf(say('bill.check.unknown_kind'), rows.filter((row) => row.kind === 'other').length),
    ...noneOf(say('bill.check.positive_refund'), rows.filter((row) => row.kind === 'refund' && row.receipt > 0).length),
    ...noneOf(say('bill.check.negative_trade'), rows.filter((row) => row.kind === 'trade' && row.receipt < 0).length),
    ...noneOf(say('bill.check.outside'), outside(detail, finished)),
  ];
}
