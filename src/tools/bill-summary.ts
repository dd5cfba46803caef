import * as z from 'zod/mini';
import { formatBeijing } from '../alipay/beijing-time.ts';
import { formatYuan, type Fen } from '../alipay/money.ts';
import { flagAbove, type Bill } from '../bills/index.ts';
import { render, t, type Locale } from '../text/index.ts';
import { count } from './facts.ts';
import { describeField } from './schema.ts';

const MOST_FLAGGED = 50;

/** Facts of a summed bill, as its tool publishes them. */
export const countAndSum = describeField(z.object({ count: count(), amount: z.string() }), {
  description: 'query_bill.count_and_sum',
  example: '',
});
export const countAndGross = describeField(z.object({ count: count(), gross: z.string() }), {
  description: 'query_bill.count_and_sum',
  example: '',
});
export const flaggedRows = describeField(z.array(z.record(z.string(), z.string())), {
  description: 'query_bill.rows',
  example: '',
});
export const disagreements = z.array(z.object({ what: z.string(), said: z.string(), counted: z.string() }));

export interface Summary {
  readonly sentences: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly agrees: boolean;
}

/**
 * A bill's totals in words and as facts, amounts in yuan. Checks that disagree are said right after the totals.
 *
 * @param above lists the rows above this many fen, at most 50 of them.
 */
export function summarise(locale: Locale, date: string, bill: Bill, above: Fen | undefined): Summary {
  const totals = totalsOf(locale, date, bill);
  const checks = checksOf(locale, bill);
  const flagged = above === undefined ? undefined : flaggedOf(locale, bill, above);
  return {
    sentences: [totals.sentence, checks.sentence, ...(flagged ? [flagged.sentence] : [])],
    facts: { ...totals.facts, ...checks.facts, ...flagged?.facts },
    agrees: checks.agrees,
  };
}

function totalsOf(locale: Locale, date: string, bill: Bill) {
  const net = formatYuan(bill.net);
  if (bill.type === 'trade') {
    const [gross, refunded] = [formatYuan(bill.trades.gross), formatYuan(bill.refunds.amount)];
    const [trades, refunds] = [bill.trades.count, bill.refunds.count];
    return {
      sentence: t(locale, 'query_bill.trade', { date, trades, gross, refunds, refunded, net }),
      facts: {
        trades: { count: trades, gross },
        refunds: { count: refunds, amount: refunded },
        net,
        fees: formatYuan(bill.fees),
      },
    };
  }
  const [income, expense] = [formatYuan(bill.income.amount), formatYuan(bill.expense.amount)];
  const [ins, outs] = [bill.income.count, bill.expense.count];
  return {
    sentence: t(locale, 'query_bill.account', { date, ins, income, outs, expense, net }),
    facts: { income: { count: ins, amount: income }, expense: { count: outs, amount: expense }, net },
  };
}

function checksOf(locale: Locale, { checks }: Bill) {
  const wrong = checks
    .filter((check) => !check.agrees)
    .map(({ what, said, counted }) => ({ what: render(locale, what), said, counted }));
  const all = checks.length;
  if (wrong.length === 0) {
    return { agrees: true, sentence: t(locale, 'query_bill.agree', { count: all }), facts: { checks_agree: true } };
  }
  const list = wrong.map((check) => t(locale, 'query_bill.one_check', check)).join(locale === 'en' ? '; ' : '；');
  return {
    agrees: false,
    sentence: t(locale, 'query_bill.disagree', { wrong: wrong.length, count: all, list }),
    facts: { checks_agree: false, disagreements: wrong },
  };
}

function flaggedOf(locale: Locale, bill: Bill, above: Fen) {
  const rows = bill.type === 'trade' ? tradeRows(bill, above) : accountRows(bill, above);
  const [found, shown] = [rows.length, Math.min(rows.length, MOST_FLAGGED)];
  const yuan = formatYuan(above);
  return {
    sentence:
      found > shown
        ? t(locale, 'query_bill.flagged_some', { count: found, above: yuan, shown })
        : t(locale, 'query_bill.flagged', { count: found, above: yuan }),
    facts: { flagged_count: found, flagged: rows.slice(0, MOST_FLAGGED) },
  };
}

function tradeRows(bill: Extract<Bill, { type: 'trade' }>, above: Fen): Record<string, string>[] {
  return flagAbove(bill, above).map((row) => ({
    trade_no: row.tradeNo,
    out_trade_no: row.outTradeNo,
    subject: row.subject,
    amount: formatYuan(row.receipt),
    finished_at: timeOf(row.finishedAt),
  }));
}

function accountRows(bill: Extract<Bill, { type: 'signcustomer' }>, above: Fen): Record<string, string>[] {
  return flagAbove(bill, above).map((row) => ({
    account_log_id: row.accountLogId,
    trade_no: row.tradeNo,
    kind: row.kind,
    income: formatYuan(row.income),
    expense: formatYuan(row.expense),
    at: timeOf(row.at),
  }));
}

function timeOf(ms: number | undefined): string {
  return ms === undefined ? '' : formatBeijing(ms);
}
