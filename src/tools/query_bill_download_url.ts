import { InputError, ProductError } from '../alipay/errors.ts';
import type { Rejected } from '../alipay/outcome.ts';
import { say, t } from '../text/index.ts';
import { notReadyUntil, resolveBillDate } from './bill-date.ts';
import { countAndGross, countAndSum, disagreements, flaggedRows, summarise } from './bill-summary.ts';
import type { ToolContext } from './context.ts';
import { defineTool } from './define.ts';
import { count, fact, yesNo } from './facts.ts';
import { amount, flag, input, number, oneOf, optional, text } from './fields.ts';
import { notSucceeded, present, resultSchema, succeeded, together, type ToolResult } from './result.ts';
import { textOf } from './trade.ts';

const TYPES = ['trade', 'signcustomer', 'merchant_act', 'trade_zft_merchant', 'zft_acc', 'settlementMerge'] as const;
const ABSENT = new Set(['BILL_NOT_EXIST', 'isp.bill_not_exist', 'NO_BILL_DATA']);

/** `alipay.data.dataservice.bill.downloadurl.query` (`alipay-openapi.md` §3.15, §5), and the bill behind the link. */
export const queryBillDownloadUrl = defineTool({
  name: 'query_bill_download_url',
  title: 'query_bill_download_url.title',
  description: 'query_bill_download_url.description',
  kind: 'read',

  input: input({
    bill_date: text('field.bill_date', 15, '2024-04-11', {
      pattern: /^(?:yesterday|\d{4}-\d{2}(?:-\d{2})?)$/,
      says: 'field.bill_date.rule',
    }),
    bill_type: optional(oneOf('field.bill_type', TYPES, 'trade')),
    smid: optional(number('field.smid', '2088000000000001', 20)),
    download: optional(flag('field.download', true)),
    flag_above: optional(amount('flag_above', 'field.flag_above', { min: 1, max: 10_000_000_000 })),
  }),

  output: resultSchema({
    bill_type: fact(),
    bill_date: fact(),
    bill_download_url: fact('query_bill.url'),
    trades: countAndGross,
    refunds: countAndSum,
    income: countAndSum,
    expense: countAndSum,
    net: fact('query_bill.net'),
    fees: fact('query_trade.yuan'),
    checks_agree: yesNo('query_bill.checks_agree'),
    disagreements,
    flagged_count: count(),
    flagged: flaggedRows,
  }),

  async handle(ctx, given) {
    const { client, clock, locale, signal } = ctx;
    const type = given.bill_type ?? 'trade';
    const summable = type === 'trade' || type === 'signcustomer';
    const wanted = given.download !== false;
    if ((given.smid !== undefined) !== (type === 'trade_zft_merchant')) throw new InputError(say('query_bill.smid'));
    if (given.flag_above !== undefined && !(summable && wanted))
      throw new InputError(say('query_bill.flag_needs_rows'));
    const date = resolveBillDate(given.bill_date, clock.now());
    const bizContent = present({ bill_type: type, bill_date: date, smid: given.smid });
    const query = client.prepare({ method: 'alipay.data.dataservice.bill.downloadurl.query', bizContent });
    const outcome = await client.send(query, { signal });
    const asked = { bill_type: type, bill_date: date };
    if (outcome.status === 'rejected' && ABSENT.has(outcome.subCode)) return absent(ctx, type, date, outcome);
    if (outcome.status !== 'succeeded') return notSucceeded(locale, outcome, asked);
    const url = textOf(outcome.node, 'bill_download_url') ?? '';
    if (outcome.node['bill_file_code'] === 'EMPTY_DATA_WITH_BILL_FILE') {
      return succeeded(t(locale, 'query_bill.empty', { type, date }), {
        ...asked,
        bill_download_url: url,
        ...NOTHING[type],
      });
    }
    if (summable && wanted) return sumUp(ctx, date, { ...asked, bill_download_url: url }, given.flag_above);
    const message = [
      t(locale, 'query_bill.link', { type, date }),
      ...(wanted ? [t(locale, 'query_bill.link_only')] : []),
    ];
    return succeeded(together(locale, message), { ...asked, bill_download_url: url });
  },
});

/** What a bill without rows adds up to. */
const NOTHING: Partial<Record<(typeof TYPES)[number], Readonly<Record<string, unknown>>>> = {
  trade: { trades: { count: 0, gross: '0.00' }, refunds: { count: 0, amount: '0.00' }, net: '0.00' },
  signcustomer: { income: { count: 0, amount: '0.00' }, expense: { count: 0, amount: '0.00' }, net: '0.00' },
};

/** The link dies 30 seconds after it was made, so the bill is read at once. */
async function sumUp(
  ctx: ToolContext,
  date: string,
  facts: { readonly bill_type: string; readonly bill_date: string; readonly bill_download_url: string },
  above: number | undefined,
): Promise<ToolResult> {
  const { bills, locale, signal } = ctx;
  ctx.progress(say('query_bill.reading'));
  try {
    const bill = await bills.read(facts.bill_download_url, signal);
    const { sentences, agrees, facts: summed } = summarise(locale, date, bill, above);
    const next = agrees ? undefined : t(locale, 'query_bill.disagree.next');
    return succeeded(together(locale, sentences), { ...facts, ...summed }, next);
  } catch (error) {
    if (!(error instanceof ProductError)) throw error;
    const message = t(locale, 'query_bill.not_read', { why: error.say(locale) });
    return { status: 'unknown', message, ...facts, next_step: t(locale, 'query_bill.not_read.next') };
  }
}

/** No bill: either it is not made yet, which the time tells, or there is nothing in it. */
function absent({ clock, locale }: ToolContext, type: string, date: string, refusal: Rejected): ToolResult {
  const when = notReadyUntil(date, clock.now());
  const { code, subCode, verified } = refusal;
  const facts = { bill_type: type, bill_date: date, code, sub_code: subCode, verified };
  return when === undefined
    ? {
        status: 'rejected',
        message: t(locale, 'query_bill.nothing', { type, date }),
        ...facts,
        next_step: t(locale, 'query_bill.nothing.next'),
      }
    : {
        status: 'rejected',
        message: t(locale, 'query_bill.not_ready', { date, when }),
        ...facts,
        next_step: t(locale, 'query_bill.not_ready.next'),
      };
}
