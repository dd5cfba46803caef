import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { formatBeijing } from '../../../src/alipay/beijing-time.ts';
import { formatYuan } from '../../../src/alipay/money.ts';
import { KEY_APP_ID, MERCHANT_ID } from '../../../src/sandbox/identity.ts';
import { Refusal } from '../../../src/sandbox/refusals.ts';
import { CAST } from '../../../src/sandbox/seed/cast.ts';
import { seedWorld } from '../../../src/sandbox/seed/seed.ts';
import { balanceOf } from '../../../src/sandbox/world/accounts.ts';
import { accountBillRows, tradeBillRows } from '../../../src/sandbox/world/bills.ts';
import { cancelTrade, refundTrade, type Refund } from '../../../src/sandbox/world/refunds.ts';
import { SWITCHES } from '../../../src/sandbox/switches.ts';
import type { Trade } from '../../../src/sandbox/world/trade.ts';
import {
  bindBuyer,
  closeTrade,
  findTrade,
  orderByNumber,
  payTrade,
  requestTrade,
  settleByClock,
} from '../../../src/sandbox/world/trades.ts';
import { transfer } from '../../../src/sandbox/world/transfers.ts';
import { openWorld, type World } from '../../../src/sandbox/world/world.ts';

const START = Date.parse('2026-03-01T00:00:00Z');
const OPENING_FEN = 1_000_000_000;
const ALL_TIME = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** Face to face, and not: the switch `close-notification` tells them apart. */
const METHODS = ['create', 'page.pay'] as const;

type Step =
  | { kind: 'order'; trade: number; fen: number; method: (typeof METHODS)[number] }
  | { kind: 'bind' | 'pay' | 'close' | 'cancel'; trade: number; fen: number; buyer: number }
  | { kind: 'refund'; trade: number; fen: number; number: number | undefined }
  | { kind: 'transfer'; number: number; fen: number; payee: number }
  | { kind: 'wait'; ms: number }
  | { kind: 'restart' };

const trade = fc.nat(3);
const method = fc.constantFrom(...METHODS);
const person = fc.nat(CAST.length - 1);
// Few amounts, so that repeats, exact remainders and overdrafts all happen.
const fen = fc.constantFrom(1, 100, 29_900, 400_000_000, 700_000_000);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('order' as const), trade, fen, method }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('bind' as const), trade, fen, buyer: person }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pay' as const), trade, fen, buyer: person }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('close' as const, 'cancel' as const), trade, fen, buyer: person }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      trade,
      fen: fc.constantFrom(1, 50, 100, 29_900, 400_000_000),
      number: fc.option(fc.nat(1), { nil: undefined }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('transfer' as const), number: fc.nat(3), fen, payee: person }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(60_000, 4 * 3_600_000, 25 * 3_600_000, 366 * 86_400_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

const steps = fc.array(step, { minLength: 30, maxLength: 60, size: 'max' });
const settings = fc.record({
  'close-notification': fc.constantFrom(...SWITCHES['close-notification'].values, 'not-face-to-face' as const),
  'refund-notification': fc.constantFrom(...SWITCHES['refund-notification'].values),
});

/** What has to have happened in the histories of a run, or the run shows nothing of it. */
const EVERY_KIND = [
  'order',
  'bind',
  'pay',
  'close',
  'cancel',
  'refund',
  'transfer',
  'unpaid, timeout',
  'unpaid, close',
  'unpaid, cancel',
  'paid, refund',
  'paid, cancel',
  'create closed, untold',
  'page.pay closed, told',
];

/** One request as the gateway runs it: one transaction, time first, a refusal takes everything back. */
function request(world: World, act: () => unknown): 'done' | 'refused' {
  try {
    world.store.transaction(() => {
      settleByClock(world);
      act();
    });
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return 'refused';
    throw error;
  }
}

function take(world: World, action: Exclude<Step, { kind: 'wait' | 'restart' }>): void {
  if (action.kind === 'transfer') {
    const payee = CAST[action.payee]!.user_id;
    transfer(world, {
      out_biz_no: `T${action.number}`,
      product_code: 'TRANS_ACCOUNT_NO_PWD',
      biz_scene: 'DIRECT_TRANSFER',
      amount_fen: action.fen,
      payee_id: payee,
      parameters: JSON.stringify([action.fen, payee]),
      order_title: 't',
      remark: null,
      passback_params: null,
    });
    return;
  }
  const outTradeNo = `O${action.trade}`;
  if (action.kind === 'order') {
    const now = world.now();
    requestTrade(world, {
      out_trade_no: outTradeNo,
      app_id: KEY_APP_ID,
      method: action.method,
      total_fen: action.fen,
      subject: 's',
      body: null,
      passback_params: null,
      store_id: null,
      terminal_id: null,
      notify_url: 'http://127.0.0.1:1/',
      return_url: null,
      qr_expires_at: null,
      expires_at: now + 3 * 3_600_000,
    });
    return;
  }
  if (action.kind === 'bind') {
    bindBuyer(world, orderByNumber(world, outTradeNo) ?? refuse(), CAST[action.buyer]!.user_id);
    return;
  }
  if (action.kind === 'pay') {
    const order = orderByNumber(world, outTradeNo) ?? refuse();
    payTrade(world, bindBuyer(world, order, order.buyer_id ?? CAST[action.buyer]!.user_id));
    return;
  }
  const real = findTrade(world, { outTradeNo });
  if (action.kind === 'close') closeTrade(world, real, 'close');
  if (action.kind === 'cancel') cancelTrade(world, real);
  if (action.kind === 'refund') {
    const outRequestNo = action.number === undefined ? undefined : `r${action.number}`;
    refundTrade(world, real, { fen: action.fen, outRequestNo, reason: undefined });
  }
}

function refuse(): never {
  throw new Refusal('ACQ.TRADE_NOT_EXIST');
}

/** Everything that must be the same after a request that was refused, and after a restart. */
function contents(world: World): string {
  const tables = ['trades', 'refunds', 'transfers', 'movements', 'accounts', 'notifications'];
  return JSON.stringify(tables.map((table) => world.store.all(`SELECT * FROM ${table} ORDER BY 1, 2`)));
}

function sum(world: World, sql: string): number {
  return world.store.get<{ fen: number | null }>(`SELECT (${sql}) AS fen`)?.fen ?? 0;
}

function checkBooks(world: World): void {
  assert.equal(sum(world, 'SELECT sum(balance_fen) FROM accounts'), 0, 'no fen is made or lost');
  const wrong = world.store.all(`
    SELECT owner FROM accounts WHERE balance_fen <> (SELECT coalesce(sum(amount_fen), 0) FROM movements WHERE account = owner)
      OR balance_fen <> coalesce((SELECT balance_fen FROM movements WHERE account = owner ORDER BY id DESC LIMIT 1), 0)`);
  assert.deepEqual(wrong, [], 'balances are the sums of their movements');
  const paid = sum(world, 'SELECT sum(total_fen) FROM trades WHERE paid_at IS NOT NULL');
  const refunded = sum(world, 'SELECT sum(refund_fen) FROM refunds');
  const sent = sum(world, 'SELECT sum(amount_fen) FROM transfers');
  assert.equal(sum(world, 'SELECT sum(refunded_fen) FROM trades'), refunded);
  assert.equal(balanceOf(world, MERCHANT_ID), OPENING_FEN + paid - refunded - sent);
  const bill = tradeBillRows(world, ALL_TIME);
  assert.equal(
    bill.reduce((total, row) => total + row.receiptFen, 0),
    paid - refunded,
    'the bill says the same',
  );
  const account = accountBillRows(world, ALL_TIME);
  assert.equal(
    account.reduce((total, row) => total + row.incomeFen + row.expenseFen, 0),
    balanceOf(world, MERCHANT_ID),
  );
  for (const row of world.store.all<Trade>('SELECT * FROM trades')) {
    const given = sum(world, `SELECT sum(refund_fen) FROM refunds WHERE trade_no = '${row.trade_no}'`);
    assert.equal(row.refunded_fen, given);
    assert.deepEqual(told(world, row), worthTelling(world, row), 'what the merchant is told is what happened');
  }
}

type Told = Readonly<Record<string, string | undefined>>;

/** What the notifications of a trade say, in the order they were queued. */
function told(world: World, { out_trade_no: number }: Trade): Told[] {
  const rows = world.store.all<{ parameters: string }>(
    'SELECT parameters FROM notifications WHERE out_trade_no = ? ORDER BY rowid',
    number,
  );
  return rows.map((row) => {
    const said = JSON.parse(row.parameters) as Told;
    return {
      trade_no: said['trade_no'],
      trade_status: said['trade_status'],
      total_amount: said['total_amount'],
      gmt_payment: said['gmt_payment'],
      gmt_close: said['gmt_close'],
      out_biz_no: said['out_biz_no'],
      refund_fee: said['refund_fee'],
    };
  });
}

/** The same from the books: the payment or the unpaid end, then each refund with the sum so far, as the switches let out. */
function worthTelling(world: World, trade: Trade): Told[] {
  const about = {
    trade_no: trade.trade_no ?? undefined,
    total_amount: formatYuan(trade.total_fen),
    gmt_payment: trade.paid_at === null ? undefined : formatBeijing(trade.paid_at),
    gmt_close: undefined,
    out_biz_no: undefined,
    refund_fee: undefined,
  };
  const closed = trade.closed_at === null ? undefined : formatBeijing(trade.closed_at);
  if (trade.paid_at === null) {
    const setting = world.switches.get('close-notification');
    const isTold = setting === 'on' || (setting === 'not-face-to-face' && trade.method === 'page.pay');
    return closed !== undefined && isTold ? [{ ...about, trade_status: 'TRADE_CLOSED', gmt_close: closed }] : [];
  }
  const all = world.store.all<Refund>('SELECT * FROM refunds WHERE trade_no = ? ORDER BY rowid', trade.trade_no);
  let given = 0;
  const refunds = all.map((refund): Told => {
    given += refund.refund_fen;
    const isWhole = given === trade.total_fen;
    return {
      ...about,
      trade_status: isWhole ? 'TRADE_CLOSED' : 'TRADE_SUCCESS',
      gmt_close: isWhole ? closed : undefined,
      out_biz_no: refund.out_request_no,
      refund_fee: formatYuan(given),
    };
  });
  const isTold = world.switches.get('refund-notification') === 'on';
  return [{ ...about, trade_status: 'TRADE_SUCCESS' }, ...(isTold ? refunds : [])];
}

/** What came of a history, beyond the requests that were taken: how orders ended, and by what money went back. */
function ends(world: World): string[] {
  const ended = world.store.all<{ method: string; by: string; told: number }>(`
    SELECT method, CASE WHEN paid_at IS NULL THEN 'unpaid, ' ELSE 'paid, ' END || closed_by AS by,
      (SELECT count(*) FROM notifications WHERE notifications.out_trade_no = trades.out_trade_no) AS told
    FROM trades WHERE closed_by IS NOT NULL`);
  return ended.flatMap(({ method: made, by, told: count }) => [
    by,
    ...(by.startsWith('paid') ? [] : [`${made} closed, ${count === 0 ? 'untold' : 'told'}`]),
  ]);
}

describe('random histories of the sandbox', function () {
  this.timeout(120_000);

  it('never make or lose a fen: balances, trades, refunds, transfers, notifications and bills agree, whatever happened', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-histories-'));
    let runs = 0;
    const done = new Map<string, number>();
    const count = (kind: string): void => void done.set(kind, (done.get(kind) ?? 0) + 1);
    let refused = 0;
    try {
      fc.assert(
        fc.property(steps, settings, (history, switches) => {
          runs += 1;
          let machine = START;
          const path = join(folder, `${runs}.sqlite`);
          let world = openWorld(path, () => machine);
          seedWorld(world, 'empty');
          world.setSwitches(switches);
          for (const action of history) {
            const before = contents(world);
            if (action.kind === 'wait') machine += action.ms;
            else if (action.kind === 'restart') {
              world.store.close();
              world = openWorld(path, () => machine);
              assert.equal(contents(world), before, 'a restart changes nothing');
            } else {
              const outcome = request(world, () => take(world, action));
              if (outcome === 'done') count(action.kind);
              else refused += 1;
              if (outcome === 'refused') assert.equal(contents(world), before, 'a refused request changes nothing');
            }
            checkBooks(world);
          }
          for (const end of ends(world)) count(end);
          world.store.close();
        }),
        { numRuns: 100 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
    for (const kind of EVERY_KIND) {
      assert.ok((done.get(kind) ?? 0) >= 1, `${kind} happened ${done.get(kind) ?? 0} times`);
    }
    assert.ok(refused > 100, `${refused} requests were refused`);
  });
});
