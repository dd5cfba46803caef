import { formatBeijing } from '../../alipay/beijing-time.ts';
import { formatYuan } from '../../alipay/money.ts';
import type { AdminParts } from '../admin/admin.ts';
import { FAULTS } from '../gateway/faults.ts';
import { METHOD_NAMES } from '../methods/catalog.ts';
import { DASHBOARD_PATH } from './lock.ts';
import type { Frame, Part, Section } from '../pages/dashboard/frame.ts';
import { notificationsPage, tradesPage, transfersPage } from '../pages/dashboard/lists.ts';
import { overviewPage } from '../pages/dashboard/overview.ts';
import { requestsPage } from '../pages/dashboard/requests.ts';
import { SWITCH_NAMES, SWITCHES } from '../switches.ts';
import type { Notification } from '../world/notifications.ts';
import type { Refund } from '../world/refunds.ts';
import type { Trade } from '../world/trade.ts';
import { isPayable, settleByClock } from '../world/trades.ts';
import type { Transfer } from '../world/transfers.ts';
import type { World } from '../world/world.ts';

/** What of the sandbox the dashboard shows. */
type ViewParts = Pick<AdminParts, 'world' | 'faults' | 'journal'>;

const ROWS = 50;

/** Draws a section as things stand. @param query `page` from 1, and `find` among the trades. */
export function drawSection(parts: ViewParts, section: Section, query: URLSearchParams, frame: Frame): string {
  const { world } = parts;
  world.store.transaction(() => settleByClock(world));
  switch (section) {
    case 'overview':
      return drawOverview(parts, frame);
    case 'trades':
      return drawTrades(world, query, frame);
    case 'transfers':
      return drawTransfers(world, query, frame);
    case 'notifications':
      return drawNotifications(world, query, frame);
    case 'requests':
      return drawRequests(parts, query, frame);
  }
}

function drawOverview({ world, faults }: ViewParts, frame: Frame): string {
  return overviewPage({
    ...frame,
    now: formatBeijing(world.now()),
    offsetMs: world.clockOffset(),
    faults: faults.list(),
    methods: METHOD_NAMES,
    faultNames: FAULTS,
    switches: SWITCH_NAMES.map((name) => ({ name, value: world.switches.get(name), values: SWITCHES[name].values })),
  });
}

function drawTrades(world: World, query: URLSearchParams, frame: Frame): string {
  const { store } = world;
  const find = (query.get('find') ?? '').trim().slice(0, 64);
  const matching = `FROM trades WHERE instr(out_trade_no, ?) > 0 OR instr(coalesce(trade_no, ''), ?) > 0`;
  const part = partOf('trades', query, count(world, matching, find, find));
  const trades = store.all<Trade>(
    `SELECT * ${matching} ORDER BY requested_at DESC, rowid DESC LIMIT ? OFFSET ?`,
    find,
    find,
    ...rowsOf(part),
  );
  return tradesPage({
    ...frame,
    part,
    find,
    trades: trades.map((trade) => ({
      outTradeNo: trade.out_trade_no,
      tradeNo: trade.trade_no ?? '',
      subject: trade.subject,
      amount: formatYuan(trade.total_fen),
      status: trade.status,
      closedBy: trade.closed_by ?? undefined,
      requested: formatBeijing(trade.requested_at),
      cashier: isPayable(trade, world.now()) ? `/cashier/${trade.cashier}` : undefined,
      refunds: store
        .all<Refund>('SELECT * FROM refunds WHERE trade_no = ? ORDER BY at', trade.trade_no)
        .map((refund) => ({
          amount: formatYuan(refund.refund_fen),
          number: refund.out_request_no,
          time: formatBeijing(refund.at),
        })),
    })),
  });
}

function drawTransfers(world: World, query: URLSearchParams, frame: Frame): string {
  const part = partOf('transfers', query, count(world, 'FROM transfers'));
  const transfers = world.store.all<Transfer & { name: string; logon_id: string }>(
    `SELECT transfers.*, name, logon_id FROM transfers JOIN users ON user_id = payee_id
      ORDER BY at DESC, transfers.rowid DESC LIMIT ? OFFSET ?`,
    ...rowsOf(part),
  );
  return transfersPage({
    ...frame,
    part,
    transfers: transfers.map((transfer) => ({
      outBizNo: transfer.out_biz_no,
      orderId: transfer.order_id,
      title: transfer.order_title,
      amount: formatYuan(transfer.amount_fen),
      payee: `${transfer.name} ${transfer.logon_id}`,
      status: transfer.status,
      time: formatBeijing(transfer.at),
    })),
  });
}

function drawNotifications(world: World, query: URLSearchParams, frame: Frame): string {
  const part = partOf('notifications', query, count(world, 'FROM notifications'));
  const notifications = world.store.all<Notification>(
    'SELECT * FROM notifications ORDER BY created_at DESC, rowid DESC LIMIT ? OFFSET ?',
    ...rowsOf(part),
  );
  return notificationsPage({
    ...frame,
    part,
    notifications: notifications.map((one) => ({
      notifyId: one.notify_id,
      outTradeNo: one.out_trade_no,
      url: one.notify_url,
      status: one.status,
      attempts: one.attempts,
      lastAnswer: one.last_answer ?? undefined,
      next: one.next_at === null ? undefined : formatBeijing(one.next_at),
    })),
  });
}

function drawRequests({ journal }: ViewParts, query: URLSearchParams, frame: Frame): string {
  const all = journal.list().toReversed();
  const part = partOf('requests', query, all.length);
  const [most, from] = rowsOf(part);
  return requestsPage({
    ...frame,
    part,
    requests: all.slice(from, from + most).map((entry) => ({
      id: entry.id,
      time: formatBeijing(entry.at),
      verb: entry.verb,
      method: entry.method ?? '',
      appId: entry.app_id ?? '',
      code: entry.code ?? '',
      subCode: entry.sub_code ?? '',
      verdict: entry.verdict,
      fault: entry.fault ?? '',
      notes: entry.notes,
      verified: entry.verified,
    })),
  });
}

function count({ store }: World, what: string, ...values: string[]): number {
  return store.get<{ rows: number }>(`SELECT count(*) AS rows ${what}`, ...values)?.rows ?? 0;
}

/** The page that was asked for, or the nearest there is. */
function partOf(section: Section, query: URLSearchParams, total: number): Part {
  const pages = Math.max(1, Math.ceil(total / ROWS));
  const asked = Number(query.get('page') ?? '1');
  const page = Number.isSafeInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
  const find = query.get('find') ?? '';
  const link = (other: number): string => {
    const search = new URLSearchParams({ ...(find !== '' && { find }), page: String(other) });
    return `${DASHBOARD_PATH}/${section}?${search.toString()}`;
  };
  return { page, pages, total, link };
}

function rowsOf({ page }: Part): [most: number, from: number] {
  return [ROWS, (page - 1) * ROWS];
}
