import { DAY_MS, parseBeijing } from '../../alipay/beijing-time.ts';
import { KEY_APP_ID, MERCHANT_ID } from '../identity.ts';
import { grantCode } from '../world/authorizations.ts';
import { addPerson, openMerchant } from '../world/people.ts';
import { bindBuyer, requestTrade, settleByClock } from '../world/trades.ts';
import { transfer } from '../world/transfers.ts';
import type { World } from '../world/world.ts';
import { CAST } from './cast.ts';
import { briefDay, busyDays } from './days.ts';
import { liveThrough, orderOf, sold, type Event } from './history.ts';
import { seededRandom } from './random.ts';

/** `demo` is the data the documentation speaks of, a number the same with other busy days, `empty` people and money only. */
export type Seed = 'demo' | 'empty' | number;

const OPENED_AT = parseBeijing('2024-01-01 00:00:00');
const BUSY_DAYS = 30;

/** Codes that can be exchanged once at either app after every start or reset, without anybody at the consent page. */
const DEMO_CODES = { auth_user: 'sandboxdemocodeauthuser', auth_base: 'sandboxdemocodeauthbase' } as const;

/** Fills an empty world, in one transaction. */
export function seedWorld(world: World, seed: Seed): void {
  world.store.transaction(() => {
    world.clear();
    world.store.insert('meta', { name: 'seed', value: String(seed) });
    const opened = Math.min(OPENED_AT, world.now());
    openMerchant(world, MERCHANT_ID, opened);
    for (const person of CAST) addPerson(world, person, opened);
    if (seed === 'empty') return;
    const now = world.now();
    liveThrough(world, [
      ...briefOrders(),
      ...briefDay(seededRandom(20_240_411)),
      ...busyDays(now, BUSY_DAYS, seededRandom(seed === 'demo' ? 1 : seed)),
    ]);
    // The demo merchant's old contract set no end to refunds: the orders of 2024 stay refundable.
    world.store.run('UPDATE trades SET refundable_until = NULL');
    settleByClock(world);
    unpaidOrders(world, now);
    const [person] = CAST;
    if (!person) return;
    grantCode(world, { appId: null, userId: person.user_id, scope: 'auth_user' }, DEMO_CODES.auth_user);
    grantCode(world, { appId: null, userId: person.user_id, scope: 'auth_base' }, DEMO_CODES.auth_base);
  });
}

/** Whether the world has been seeded before. */
export function isSeeded(world: World): boolean {
  return world.store.get('SELECT value FROM meta WHERE name = ?', 'seed') !== undefined;
}

/** The orders the product's prompts speak of; none of them lies on 2024-04-11. */
function briefOrders(): Event[] {
  const [first, second] = CAST;
  if (!first || !second) return [];
  const subject = 'Premium Subscription';
  return [
    sold({
      at: parseBeijing('2024-04-01 12:34:56'),
      outTradeNo: '2024040112345',
      fen: 29_900,
      subject: '手冲壶',
      buyerId: first.user_id,
    }),
    sold({
      at: parseBeijing('2024-04-12 09:30:00'),
      outTradeNo: 'AP2024041200987',
      fen: 29_900,
      subject,
      buyerId: second.user_id,
    }),
    {
      at: parseBeijing('2024-04-13 10:00:00'),
      happen: (world) =>
        void transfer(world, {
          out_biz_no: 'AP20240413X987',
          product_code: 'TRANS_ACCOUNT_NO_PWD',
          biz_scene: 'DIRECT_TRANSFER',
          amount_fen: 150_000,
          payee_id: second.user_id,
          parameters: '"demo"',
          order_title: '四月佣金',
          remark: null,
          passback_params: null,
        }),
    },
  ];
}

/** An order whose buyer is at the cashier, and a QR nobody has scanned. */
function unpaidOrders(world: World, now: number): void {
  const [buyer] = CAST;
  if (!buyer) return;
  const order = (outTradeNo: string) => ({
    ...orderOf({ at: now, outTradeNo, fen: 9_900, subject: 'Premium Subscription', buyerId: buyer.user_id }),
    app_id: KEY_APP_ID,
    expires_at: now + 15 * DAY_MS,
    qr_expires_at: now + 15 * DAY_MS,
  });
  bindBuyer(world, requestTrade(world, order('SANDBOXWAITING01')), buyer.user_id);
  requestTrade(world, order('SANDBOXQR01'));
}
