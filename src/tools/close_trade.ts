import type { Rejected } from '../alipay/outcome.ts';
import type { TradeRef } from '../guard/proposal.ts';
import { render, say, t } from '../text/index.ts';
import type { ToolContext } from './context.ts';
import { defineTool } from './define.ts';
import { fact } from './facts.ts';
import { input, optional, outTradeNo, tradeNo } from './fields.ts';
import { notSucceeded, present, resultSchema, succeeded, type ToolResult } from './result.ts';
import { tradeState } from './trade-state.ts';
import { isOurNumber, numberOf, textOf, tradeRef } from './trade.ts';

/** Codes that say: not in a state to be closed (`alipay-openapi.md` §3.8). Which one it is in, only a query tells. */
const WRONG_STATE = new Set(['ACQ.TRADE_STATUS_ERROR', 'ACQ.REASON_TRADE_STATUS_INVALID', 'ACQ.REASON_ILLEGAL_STATUS']);

/** `alipay.trade.close` (`alipay-openapi.md` §3.8): ends a trade that nobody has paid. */
export const closeTrade = defineTool({
  name: 'close_trade',
  title: 'close_trade.title',
  description: 'close_trade.description',
  kind: 'write',

  input: input({
    trade_no: optional(tradeNo()),
    out_trade_no: optional(outTradeNo()),
  }),

  output: resultSchema({
    trade_no: fact('field.trade_no'),
    out_trade_no: fact('field.out_trade_no'),
    trade_status: fact(),
    trade_status_meaning: fact('query_trade.meaning'),
  }),

  async handle(ctx, given) {
    const { client, locale, signal } = ctx;
    const ref = tradeRef(given);
    const outcome = await client.send(client.prepare({ method: 'alipay.trade.close', bizContent: { ...ref } }), {
      signal,
    });
    switch (outcome.status) {
      case 'succeeded': {
        const { node } = outcome;
        return succeeded(t(locale, 'close_trade.done', { number: numberOf(ref) }), {
          trade_no: textOf(node, 'trade_no') ?? given.trade_no,
          out_trade_no: textOf(node, 'out_trade_no') ?? given.out_trade_no,
          trade_status: 'TRADE_CLOSED',
        });
      }
      case 'unknown':
        return notSucceeded(locale, outcome, { ...ref }, say('close_trade.unknown.next'));
      case 'rejected':
        return notClosed(ctx, ref, outcome);
    }
  },
});

async function notClosed(ctx: ToolContext, ref: TradeRef, refusal: Rejected): Promise<ToolResult> {
  const { locale } = ctx;
  if (WRONG_STATE.has(refusal.subCode)) return insteadOf(ctx, ref, refusal);
  if (refusal.subCode === 'ACQ.TRADE_NOT_EXIST' && 'out_trade_no' in ref) {
    if (!isOurNumber(ref.out_trade_no)) {
      return notSucceeded(locale, refusal, { ...ref }, say('query_trade.not_found.next'));
    }
    const message = t(locale, 'close_trade.not_scanned', { number: ref.out_trade_no });
    return rejected(refusal, message, { ...ref }, t(locale, 'close_trade.not_scanned.next'));
  }
  return notSucceeded(locale, refusal, { ...ref });
}

/** Looks at the trade that would not close, and says what a person would do with it. */
async function insteadOf(ctx: ToolContext, ref: TradeRef, refusal: Rejected): Promise<ToolResult> {
  const { client, locale, signal } = ctx;
  const query = client.prepare({ method: 'alipay.trade.query', bizContent: { ...ref } });
  const outcome = await client.send(query, { signal });
  if (outcome.status !== 'succeeded') return notSucceeded(locale, refusal, { ...ref });
  const state = tradeState(outcome.node);
  const [number, meaning] = [numberOf(ref), render(locale, state.meaning)];
  const facts = {
    trade_no: textOf(outcome.node, 'trade_no'),
    out_trade_no: textOf(outcome.node, 'out_trade_no'),
    trade_status: state.status,
    trade_status_meaning: meaning,
  };
  switch (state.status) {
    case 'TRADE_CLOSED':
      return { ...succeeded(t(locale, 'close_trade.already', { number, meaning }), facts), status: 'already_done' };
    case 'TRADE_SUCCESS':
      return rejected(refusal, t(locale, 'close_trade.paid', { number }), facts, t(locale, 'close_trade.paid.next'));
    case 'TRADE_FINISHED':
      return rejected(refusal, t(locale, 'close_trade.finished', { number }), facts);
    default:
      return notSucceeded(locale, refusal, facts);
  }
}

function rejected(
  refusal: Rejected,
  message: string,
  facts: Readonly<Record<string, unknown>>,
  next?: string,
): ToolResult {
  const { code, subCode, verified } = refusal;
  return { status: 'rejected', message, ...present({ ...facts, code, sub_code: subCode, verified, next_step: next }) };
}
