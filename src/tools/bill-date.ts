import { beijingDate, DAY_MS, formatBeijing, startOfBeijingDay } from '../alipay/beijing-time.ts';
import { InputError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';

const HOUR_MS = 3_600_000;
const YEARS = 6;

/**
 * The `bill_date` to send: a Beijing day `yyyy-MM-dd`, a month `yyyy-MM`, or `yesterday` (`alipay-openapi.md` §3.15).
 *
 * @param now ms.
 * @throws InputError for no such date, today, this month, the future, or more than six years ago.
 */
export function resolveBillDate(given: string, now: number): string {
  const yesterday = beijingDate(now - DAY_MS);
  if (given === 'yesterday') return yesterday;
  const isMonth = given.length === 7;
  startOfBeijingDay(isMonth ? `${given}-01` : given);
  const today = beijingDate(now);
  const oldest = `${Number(today.slice(0, 4)) - YEARS}${today.slice(4)}`;
  // Dates written this way sort as they follow each other; a month is compared with months.
  const [latest, least] = isMonth ? [today.slice(0, 7), oldest.slice(0, 7)] : [today, oldest];
  if (given >= latest) throw new InputError(say('query_bill.too_new', { date: given, latest: yesterday }));
  if (given < least) throw new InputError(say('query_bill.too_old', { date: given }));
  return given;
}

/**
 * When Alipay has made the bill of a date, as a rule: by 9:00 of the next day, or of the 3rd of the next month
 * (`alipay-openapi.md` §5.5). Undefined once that is past.
 */
export function notReadyUntil(date: string, now: number): string | undefined {
  const ready = date.length === 7 ? startOfBeijingDay(nextMonth(date)) + 2 * DAY_MS : startOfBeijingDay(date) + DAY_MS;
  const due = ready + 9 * HOUR_MS;
  return now < due ? formatBeijing(due) : undefined;
}

function nextMonth(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}
