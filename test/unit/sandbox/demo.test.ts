import assert from 'node:assert/strict';
import { DAY_MS, beijingDate, parseBeijing } from '../../../src/alipay/beijing-time.ts';
import { seedWorld, type Seed } from '../../../src/sandbox/seed/seed.ts';
import { periodOf, tradeBillRows } from '../../../src/sandbox/world/bills.ts';
import { findTrade, orderByNumber } from '../../../src/sandbox/world/trades.ts';
import { refundTrade } from '../../../src/sandbox/world/refunds.ts';
import { transferByNumber } from '../../../src/sandbox/world/transfers.ts';
import { openWorld, type World } from '../../../src/sandbox/world/world.ts';

const NOW = parseBeijing('2026-06-15 10:00:00');

function demoWorld(now: number, seed: Seed = 'demo'): World {
  const world = openWorld(':memory:', () => now);
  seedWorld(world, seed);
  return world;
}

function billOf(
  world: World,
  day: string,
): { trades: number; tradesFen: number; refunds: number; refundsFen: number; large: number } {
  const rows = tradeBillRows(world, periodOf(day)!);
  const [trades, refunds] = [rows.filter(({ kind }) => kind === '交易'), rows.filter(({ kind }) => kind === '退款')];
  const total = (part: typeof rows) => part.reduce((sum, row) => sum + row.receiptFen, 0);
  return {
    trades: trades.length,
    tradesFen: total(trades),
    refunds: refunds.length,
    refundsFen: total(refunds),
    large: trades.filter((row) => row.totalFen > 500_000).length,
  };
}

describe('the demo data', () => {
  it('has the day of the brief, to the fen, whenever the sandbox starts and whatever its seed', () => {
    for (const [now, seed] of [
      [NOW, 'demo'],
      [NOW, 7],
      [parseBeijing('2024-04-12 09:00:00'), 'demo'],
      [parseBeijing('2024-04-13 09:00:00'), 3],
    ] as const) {
      const expected = { trades: 142, tradesFen: 4_872_050, refunds: 7, refundsFen: -123_000, large: 3 };
      assert.deepEqual(billOf(demoWorld(now, seed), '2024-04-11'), expected);
    }
  });

  it('has the orders of the brief, still refundable years later', () => {
    const world = demoWorld(NOW);
    for (const [outTradeNo, fen] of [
      ['2024040112345', 1_550],
      ['AP2024041200987', 5_000],
    ] as const) {
      const trade = findTrade(world, { outTradeNo });
      assert.deepEqual([trade.status, trade.total_fen], ['TRADE_SUCCESS', 29_900]);
      assert.equal(refundTrade(world, trade, { fen, outRequestNo: 'r', reason: undefined }).moved, true);
    }
    const number = { out_biz_no: 'AP20240413X987', product_code: 'TRANS_ACCOUNT_NO_PWD', biz_scene: 'DIRECT_TRANSFER' };
    assert.equal(transferByNumber(world, number)?.status, 'SUCCESS');
    assert.equal(orderByNumber(world, 'SANDBOXWAITING01')?.status, 'WAIT_BUYER_PAY');
    assert.equal(orderByNumber(world, 'SANDBOXQR01')?.status, 'REQUESTED');
  });

  it('is busy on each of the last 30 days, yesterday included', () => {
    const world = demoWorld(NOW);
    for (let back = 1; back <= 30; back += 1) {
      const day = beijingDate(NOW - back * DAY_MS);
      assert.ok(billOf(world, day).trades >= 30, day);
    }
    assert.equal(
      tradeBillRows(world, { from: NOW + 1, to: NOW + 365 * DAY_MS }).length,
      0,
      'nothing lies in the future',
    );
  });

  it('is the same at every start, and another with another seed', () => {
    const day = beijingDate(NOW - DAY_MS);
    const rows = (seed: Seed) => JSON.stringify(tradeBillRows(demoWorld(NOW, seed), periodOf(day)!));
    assert.equal(rows('demo'), rows('demo'));
    assert.notEqual(rows(5), rows('demo'));
  });
});
