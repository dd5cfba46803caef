import { formatBeijing } from '../../alipay/beijing-time.ts';
import type { World } from './world.ts';

/** A trade number of the platform's shape: 28 digits, `yyyyMMdd22001`, the buyer's last digits, a running number. */
export function tradeNumber(world: World, now: number, buyerId: string): string {
  return `${digitsOfDay(now)}22001${buyerId.slice(-4)}${running(world, 'trade', 11)}`;
}

/** A transfer's `order_id`: 32 digits. */
export function transferNumber(world: World, now: number): string {
  return `${digitsOfDay(now)}110070000006${running(world, 'transfer', 12)}`;
}

/** A transfer's `pay_fund_order_id`: 32 digits. */
export function fundNumber(world: World, now: number): string {
  return `${digitsOfDay(now)}110070001506${running(world, 'fund', 12)}`;
}

/** A notification's id: 34 digits; every retry of one notification carries the same. */
export function notifyNumber(world: World, now: number): string {
  return `${digitsOfDay(now)}00222${formatBeijing(now).slice(11).replaceAll(':', '')}${running(world, 'notify', 15)}`;
}

function digitsOfDay(now: number): string {
  return formatBeijing(now).slice(0, 10).replaceAll('-', '');
}

function running(world: World, sequence: string, length: number): string {
  return String(world.next(sequence)).padStart(length, '0');
}
