import { randomBytes } from 'node:crypto';
import { DAY_MS, beijingDate, startOfBeijingDay } from '../../alipay/beijing-time.ts';
import { billAccountOf, MERCHANT_ID } from '../identity.ts';
import type { AccountBillRow, BillPeriod, TradeBillRow } from '../bill-writer.ts';
import { OUTSIDE } from './accounts.ts';
import { maskPerson, personById } from './people.ts';
import type { RealTrade } from './trade.ts';
import type { World } from './world.ts';

export type BillType = 'trade' | 'signcustomer';

/** A link is dead this long after it was handed out. */
const LINK_LIFE_MS = 30_000;

export interface BillLink {
  readonly file_id: string;
  readonly merchant_id: string;
  readonly bill_type: BillType;
  /** `yyyy-MM-dd` or `yyyy-MM`. */
  readonly bill_date: string;
  readonly expires_at: number;
}

/** The Beijing day `yyyy-MM-dd` or month `yyyy-MM` in ms, or undefined when there is no such. */
export function periodOf(date: string): { from: number; to: number } | undefined {
  try {
    if (date.length === 10) {
      const from = startOfBeijingDay(date);
      return { from, to: from + DAY_MS };
    }
    const from = startOfBeijingDay(`${date}-01`);
    return { from, to: startOfBeijingDay(`${beijingDate(from + 32 * DAY_MS).slice(0, 7)}-01`) };
  } catch {
    return undefined;
  }
}

/** Hands out a link to a bill. */
export function linkBill(world: World, merchantId: string, type: BillType, date: string): BillLink {
  const link = {
    file_id: randomBytes(16).toString('hex'),
    merchant_id: merchantId,
    bill_type: type,
    bill_date: date,
    expires_at: world.now() + LINK_LIFE_MS,
  };
  world.store.insert('bill_links', link);
  return link;
}

/** The link with this id while it lives. */
export function findBillLink(world: World, fileId: string): BillLink | undefined {
  world.store.run('DELETE FROM bill_links WHERE expires_at < ?', world.now());
  return world.store.get<BillLink>('SELECT * FROM bill_links WHERE file_id = ?', fileId);
}

/** What the head of a bill file says. */
export function billPeriod(world: World, { bill_date: date, merchant_id: merchantId }: BillLink): BillPeriod {
  const period = periodOf(date);
  if (!period) throw new RangeError(`no such day or month: ${date}`);
  return { account: billAccountOf(merchantId), ...period, exportedAt: world.now() };
}

/** Every payment to a merchant and refund in a period, in the order they happened. */
export function tradeBillRows(
  world: World,
  { from, to }: { from: number; to: number },
  merchantId = MERCHANT_ID,
): TradeBillRow[] {
  if (world.switches.get('alipay-sandbox-limits') === 'on') return []; // a template
  const paid = world.store.all<RealTrade & { paid_at: number }>(
    'SELECT * FROM trades WHERE paid_at >= ? AND paid_at < ? AND merchant_id = ?',
    from,
    to,
    merchantId,
  );
  const refunded = world.store.all<
    RealTrade & { out_request_no: string; refund_fen: number; at: number; reason: string | null }
  >(
    'SELECT * FROM refunds JOIN trades USING (trade_no) WHERE at >= ? AND at < ? AND merchant_id = ?',
    from,
    to,
    merchantId,
  );
  const rows = [
    ...paid.map((trade) =>
      tradeRow(world, trade, { kind: '交易', fen: trade.total_fen, at: trade.paid_at, outRequestNo: '' }),
    ),
    ...refunded.map((row) =>
      tradeRow(world, row, { kind: '退款', fen: -row.refund_fen, at: row.at, outRequestNo: row.out_request_no }),
    ),
  ];
  return rows.toSorted((a, b) => a.finishedAt - b.finishedAt);
}

/** Every movement of a merchant's balance in a period, newest first. */
export function accountBillRows(
  world: World,
  { from, to }: { from: number; to: number },
  merchantId = MERCHANT_ID,
): AccountBillRow[] {
  if (world.switches.get('alipay-sandbox-limits') === 'on') return []; // a template
  const rows = world.store.all<{
    id: number;
    at: number;
    counterparty: string;
    amount_fen: number;
    balance_fen: number;
    kind: string;
    trade_no: string;
    out_no: string;
    subject: string;
    remark: string;
  }>(
    'SELECT * FROM movements WHERE account = ? AND at >= ? AND at < ? ORDER BY at DESC, id DESC',
    merchantId,
    from,
    to,
  );
  return rows.map((row) => ({
    accountLogId: String(row.id).padStart(14, '0'),
    tradeNo: row.trade_no,
    outTradeNo: row.out_no,
    subject: row.subject,
    at: row.at,
    counterparty: row.counterparty === OUTSIDE ? '' : personName(world, row.counterparty),
    incomeFen: Math.max(row.amount_fen, 0),
    expenseFen: Math.min(row.amount_fen, 0),
    balanceFen: row.balance_fen,
    channel: '支付宝',
    kind: row.kind,
    remark: row.remark,
  }));
}

function tradeRow(
  world: World,
  trade: RealTrade,
  part: { kind: '交易' | '退款'; fen: number; at: number; outRequestNo: string },
): TradeBillRow {
  return {
    tradeNo: trade.trade_no,
    outTradeNo: trade.out_trade_no,
    kind: part.kind,
    subject: trade.subject,
    createdAt: trade.created_at,
    finishedAt: part.at,
    storeId: trade.store_id ?? '',
    terminalId: trade.terminal_id ?? '',
    buyer: personName(world, trade.buyer_id ?? ''),
    totalFen: part.fen,
    receiptFen: part.fen,
    outRequestNo: part.outRequestNo,
    feeFen: 0,
    body: trade.body ?? '',
  };
}

function personName(world: World, userId: string): string {
  const person = personById(world, userId);
  return person ? maskPerson(person) : userId;
}
