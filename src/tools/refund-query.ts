import type { TradeRef } from '../guard/proposal.ts';
import { t } from '../text/index.ts';
import type { ToolContext } from './context.ts';
import { explain } from './result.ts';
import { textOf, yuanOf } from './trade.ts';

/**
 * What became of one refund (`alipay.trade.fastpay.refund.query`, `alipay-openapi.md` §3.11), in words and as facts. An
 * answer without refund fields is no failure: the refund may not have been received, or is asked for too early.
 */
export async function queryRefund(
  { client, locale, signal }: ToolContext,
  ref: TradeRef,
  number: string,
): Promise<{ readonly message: string; readonly facts: Readonly<Record<string, unknown>> }> {
  const bizContent = { ...ref, out_request_no: number, query_options: ['gmt_refund_pay'] };
  const outcome = await client.send(client.prepare({ method: 'alipay.trade.fastpay.refund.query', bizContent }), {
    signal,
  });
  const asked = { out_request_no: number };
  if (outcome.status !== 'succeeded') {
    const why = explain(locale, outcome.meaning);
    return { message: t(locale, 'query_trade.refund.unknown', { number, why }), facts: asked };
  }
  const { node } = outcome;
  const status = textOf(node, 'refund_status');
  if (status !== 'REFUND_SUCCESS') return { message: t(locale, 'query_trade.refund.none', { number }), facts: asked };
  const amount = yuanOf(node, 'refund_amount');
  return {
    message: t(locale, 'query_trade.refund.done', { number, amount: amount ?? '–' }),
    facts: { ...asked, refund_status: status, refund_amount: amount, gmt_refund_pay: textOf(node, 'gmt_refund_pay') },
  };
}
