import type { Outcome, ResponseNode } from '../alipay/outcome.ts';
import type { TradeRef } from '../guard/proposal.ts';
import { render, say, t } from '../text/index.ts';
import type { ToolContext } from './context.ts';
import { defineTool } from './define.ts';
import { fact, yesNo } from './facts.ts';
import { input, number, optional, outTradeNo, tradeNo, whole } from './fields.ts';
import { queryRefund } from './refund-query.ts';
import { notSucceeded, resultSchema, succeeded, together, type ToolResult } from './result.ts';
import { tradeState } from './trade-state.ts';
import { isOurNumber, numberOf, textOf, tradeRef, yuanOf } from './trade.ts';

const POLL_MS = 3_000;

/** `alipay.trade.query` (`alipay-openapi.md` §3.7), with the refund query where a refund is asked for. */
export const queryTrade = defineTool({
  name: 'query_trade',
  title: 'query_trade.title',
  description: 'query_trade.description',
  kind: 'read',

  input: input({
    trade_no: optional(tradeNo()),
    out_trade_no: optional(outTradeNo()),
    out_request_no: optional(number('field.refund_query_no', 'R20260605A1')),
    wait_seconds: optional(whole('field.wait_seconds', 0, 120)),
  }),

  output: resultSchema({
    trade_no: fact('field.trade_no'),
    out_trade_no: fact('field.out_trade_no'),
    trade_status: fact(),
    trade_status_meaning: fact('query_trade.meaning'),
    paid: yesNo('query_trade.paid'),
    total_amount: fact('query_trade.yuan'),
    buyer_pay_amount: fact('query_trade.yuan'),
    receipt_amount: fact('query_trade.yuan'),
    refunded: fact('query_trade.refunded'),
    send_pay_date: fact('query_trade.beijing'),
    buyer_logon_id: fact(),
    out_request_no: fact(),
    refund_status: fact('query_trade.refund_status'),
    refund_amount: fact('query_trade.yuan'),
    gmt_refund_pay: fact('query_trade.beijing'),
  }),

  async handle(ctx, given) {
    const ref = tradeRef(given);
    const outcome = await watch(ctx, ref, given.wait_seconds ?? 0);
    if (outcome.status !== 'succeeded') return notThere(ctx, ref, outcome);
    const { node } = outcome;
    const state = tradeState(node);
    const refund = given.out_request_no === undefined ? undefined : await queryRefund(ctx, ref, given.out_request_no);
    const meaning = render(ctx.locale, state.meaning);
    const [total, waiting] = [yuanOf(node, 'total_amount'), state.status === 'WAIT_BUYER_PAY'];
    const message = [
      t(ctx.locale, 'query_trade.message', { number: numberOf(ref), meaning }),
      ...(total === undefined ? [] : [t(ctx.locale, 'query_trade.amount', { amount: total })]),
      ...(waiting && given.wait_seconds ? [t(ctx.locale, 'query_trade.waited')] : []),
      ...aboutBoth(ctx, ref, given.out_trade_no, node),
      ...(refund ? [refund.message] : []),
    ];
    const facts = {
      trade_no: textOf(node, 'trade_no'),
      out_trade_no: textOf(node, 'out_trade_no'),
      trade_status: state.status,
      trade_status_meaning: meaning,
      paid: state.paid,
      total_amount: total,
      buyer_pay_amount: yuanOf(node, 'buyer_pay_amount'),
      receipt_amount: yuanOf(node, 'receipt_amount'),
      refunded: state.refunded,
      send_pay_date: textOf(node, 'send_pay_date'),
      buyer_logon_id: textOf(node, 'buyer_logon_id'),
      ...refund?.facts,
    };
    const next = waiting ? t(ctx.locale, 'query_trade.next.wait') : undefined;
    return succeeded(together(ctx.locale, message), facts, next);
  },
});

/** Asks every few seconds until the trade is paid or closed, the time is up, or nobody waits any longer. */
async function watch(ctx: ToolContext, ref: TradeRef, seconds: number): Promise<Outcome> {
  const { client, clock, signal } = ctx;
  const end = clock.monotonic() + seconds * 1000;
  for (;;) {
    const outcome = await client.send(client.prepare({ method: 'alipay.trade.query', bizContent: { ...ref } }), {
      signal,
    });
    const leftMs = end - clock.monotonic();
    if (!canStillBePaid(outcome, ref) || leftMs <= 0 || signal.aborted) return outcome;
    const meaning = outcome.status === 'succeeded' ? tradeState(outcome.node).meaning : outcome.meaning;
    ctx.progress(
      say('query_trade.waiting', { seconds: Math.ceil(leftMs / 1000), meaning: render(ctx.locale, meaning) }),
    );
    try {
      await clock.wait(Math.min(POLL_MS, leftMs), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      return outcome;
    }
  }
}

function canStillBePaid(outcome: Outcome, ref: TradeRef): boolean {
  switch (outcome.status) {
    case 'succeeded':
      return tradeState(outcome.node).status === 'WAIT_BUYER_PAY';
    case 'rejected':
      // A QR or page order comes into being only when somebody scans or opens it.
      return outcome.subCode === 'ACQ.TRADE_NOT_EXIST' && 'out_trade_no' in ref;
    case 'unknown':
      return true;
  }
}

function notThere(ctx: ToolContext, ref: TradeRef, outcome: Exclude<Outcome, { status: 'succeeded' }>): ToolResult {
  const { locale } = ctx;
  if (outcome.status === 'unknown' || outcome.subCode !== 'ACQ.TRADE_NOT_EXIST') {
    return notSucceeded(locale, outcome, { ...ref });
  }
  if ('trade_no' in ref) return notSucceeded(locale, outcome, { ...ref }, say('query_trade.not_found.trade_no.next'));
  if (!isOurNumber(ref.out_trade_no))
    return notSucceeded(locale, outcome, { ...ref }, say('query_trade.not_found.next'));
  const meaning = t(locale, 'trade_status.TRADE_NOT_EXIST');
  return succeeded(
    t(locale, 'query_trade.message', { number: ref.out_trade_no, meaning }),
    { ...ref, trade_status: 'TRADE_NOT_EXIST', trade_status_meaning: meaning, paid: false },
    t(locale, 'query_trade.next.wait'),
  );
}

function aboutBoth({ locale }: ToolContext, ref: TradeRef, order: string | undefined, node: ResponseNode): string[] {
  if (order === undefined || 'out_trade_no' in ref) return [];
  const got = textOf(node, 'out_trade_no');
  return got === undefined || got === order
    ? [t(locale, 'query_trade.both')]
    : [t(locale, 'query_trade.disagree', { got, given: order })];
}
