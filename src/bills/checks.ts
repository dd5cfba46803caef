import { beijingDate } from '../alipay/beijing-time.ts';
import { InputError } from '../alipay/errors.ts';
import { formatYuan, parseBillAmount, type Fen } from '../alipay/money.ts';
import { say, type Sentence } from '../text/index.ts';
import type { BillCheck } from './bill.ts';
import type { BillFile } from './frame.ts';

const SILENT = '—';

/** Compares a count. `said` is undefined where the file is silent although it should speak. */
export function countCheck(what: Sentence, said: number | undefined, counted: number): BillCheck {
  return { what, said: said === undefined ? SILENT : String(said), counted: String(counted), agrees: said === counted };
}

/** Compares an amount in fen with what it may stand for: `counted`, or one of the others where the meaning is not known. */
export function amountCheck(what: Sentence, said: Fen | undefined, counted: Fen, ...orElse: Fen[]): BillCheck {
  if (said === undefined) return { what, said: SILENT, counted: formatYuan(counted), agrees: false };
  const meant = [counted, ...orElse].find((fen) => fen === said);
  return { what, said: formatYuan(said), counted: formatYuan(meant ?? counted), agrees: meant !== undefined };
}

/**
 * What the summary file has to say. One that can't be read takes no total away, since those are made of the detail's rows;
 * but it does not pass in silence either.
 */
export function summaryChecks(
  open: (() => BillFile) | undefined,
  check: (summary: BillFile) => readonly BillCheck[],
): readonly BillCheck[] {
  if (!open) return [];
  try {
    return check(open());
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [say('bill.check.summary_unreadable'), error.sentence].map((what) => {
      return { what, said: SILENT, counted: SILENT, agrees: false };
    });
  }
}

/** The two files of a bill must be about the same account and period. */
export function sameFrame(detail: BillFile, summary: BillFile): BillCheck[] {
  const account = { said: summary.account, counted: detail.account, agrees: summary.account === detail.account };
  const [said, counted] = [periodOf(summary), periodOf(detail)];
  const agrees = summary.from === detail.from && summary.to === detail.to;
  return [
    { what: say('bill.check.account'), ...account },
    { what: say('bill.check.period'), said, counted, agrees },
  ];
}

/** Nothing when there are none: a check that something which should not be is not. */
export function noneOf(what: Sentence, count: number): BillCheck[] {
  return count === 0 ? [] : [{ what, said: '0', counted: String(count), agrees: false }];
}

/** How many moments lie outside the period; the platform's own border may belong to either side. */
export function outside(file: BillFile, moments: readonly (number | undefined)[]): number {
  return moments.filter((ms) => ms !== undefined && (ms < file.from || ms > file.to)).length;
}

/** `<n>` and the amounts in fen of a total such as 交易合计:3笔,商家实收共7.00元,…, or undefined where there is none to read. */
export function readTotal(
  totals: readonly string[],
  pattern: RegExp,
): { count: number; amounts: readonly Fen[] } | undefined {
  const found = totals.map((line) => pattern.exec(line)).filter((match) => match !== null);
  const [match] = found;
  if (found.length !== 1 || !match) return undefined;
  const [, count, ...amounts] = match;
  try {
    return { count: Number(count), amounts: amounts.map(parseBillAmount) };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Adds fen. @throws InputError when the sum is more than can be counted exactly. */
export function addUp(amounts: readonly Fen[]): Fen {
  const total = amounts.reduce((sum, fen) => sum + fen, 0);
  if (!Number.isSafeInteger(total)) throw new InputError(say('bill.too_much'));
  return total;
}

function periodOf(file: BillFile): string {
  return `${beijingDate(file.from)} – ${beijingDate(file.to)}`;
}
