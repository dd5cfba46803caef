import { DAY_MS, beijingDate, startOfBeijingDay } from '../../alipay/beijing-time.ts';
import type { Fen } from '../../alipay/money.ts';
import { CAST, GOODS } from './cast.ts';
import { abandoned, returned, sold, type Event, type Sale } from './history.ts';
import type { Random } from './random.ts';

/** The day of the product's first prompt: its bill must sum to exactly these. */
const BRIEF_DAY = '2024-04-11';
const BRIEF_TRADES = 142;
const BRIEF_TOTAL_FEN = 4_872_050;
const BRIEF_LARGE_FEN = [688_800, 599_900, 520_000];
const BRIEF_REFUNDS_FEN = [40_000, 29_900, 22_020, 12_800, 10_100, 6_600, 1_580]; // 1,230.00 together

const OPENS_MS = 8 * 3_600_000;
const CLOSES_MS = 23 * 3_600_000;

/** 2024-04-11: 142 trades of 48,720.50, three of them above 5,000, and 7 refunds of 1,230.00. */
export function briefDay(random: Random): Event[] {
  const amounts = briefAmounts(random);
  const sales = amounts.map((fen, index) => saleOn(BRIEF_DAY, index, fen, random));
  // Each refund is a part of another trade that is large enough, and comes after every sale of the day.
  const refundable = sales.toSorted((a, b) => b.fen - a.fen);
  const lastMinute = startOfBeijingDay(BRIEF_DAY) + CLOSES_MS;
  return [
    ...sales.map(sold),
    ...BRIEF_REFUNDS_FEN.map((fen, index) => {
      const sale = refundable[index + BRIEF_LARGE_FEN.length - 1];
      if (!sale || sale.fen <= fen) throw new RangeError('a demo refund is larger than its trade');
      return returned(lastMinute + index * 60_000, sale.outTradeNo, fen, `R${sale.outTradeNo}`, '商品瑕疵');
    }),
  ];
}

/** The last `count` days before today, each with some dozens of sales, a few refunds, and orders nobody paid. */
export function busyDays(now: number, count: number, random: Random): Event[] {
  const today = startOfBeijingDay(beijingDate(now));
  const days = Array.from({ length: count + 1 }, (_, back) => beijingDate(today - back * DAY_MS));
  const events = days.filter((day) => day !== BRIEF_DAY).flatMap((day) => busyDay(day, random));
  return events.filter((event) => beijingDate(event.at) !== BRIEF_DAY); // nor may a return fall on it
}

function busyDay(day: string, random: Random): Event[] {
  return Array.from({ length: random.between(40, 70) }, (_, index): Event[] => {
    const [, min, max] = random.pick(GOODS);
    const large = random.between(1, 60) === 1;
    const sale = saleOn(day, index, large ? random.between(500_100, 899_900) : random.between(min, max), random);
    const chance = random.between(1, 100);
    if (chance <= 3) return [abandoned(sale)];
    if (chance > 8) return [sold(sale)];
    const part = chance <= 5 ? sale.fen : Math.ceil(sale.fen / random.between(2, 5));
    const at = sale.at + random.between(10, 3_000) * 60_000;
    return [
      sold(sale),
      returned(at, sale.outTradeNo, part, `R${sale.outTradeNo}`, random.pick(['商品瑕疵', '七天无理由', '发错货'])),
    ];
  }).flat();
}

function briefAmounts(random: Random): Fen[] {
  const count = BRIEF_TRADES - BRIEF_LARGE_FEN.length;
  let left = BRIEF_TOTAL_FEN - BRIEF_LARGE_FEN.reduce((sum, fen) => sum + fen, 0);
  const usual = Array.from({ length: count }, (_, index): Fen => {
    const trades = count - index;
    const mean = Math.floor(left / trades);
    const fen = trades === 1 ? left : random.between(Math.floor(mean * 0.3), Math.floor(mean * 1.7));
    left -= fen;
    return fen;
  });
  return [...BRIEF_LARGE_FEN, ...usual];
}

function saleOn(day: string, index: number, fen: Fen, random: Random): Sale {
  return {
    at: startOfBeijingDay(day) + random.between(OPENS_MS, CLOSES_MS - 1_000),
    outTradeNo: `S${day.replaceAll('-', '')}${String(index + 1).padStart(4, '0')}`,
    fen,
    subject: random.pick(GOODS)[0],
    buyerId: random.pick(CAST).user_id,
  };
}
