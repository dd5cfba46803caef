import { RefusedError } from '../alipay/errors.ts';
import { readAmount, type Fen } from '../alipay/money.ts';
import type { ResponseNode } from '../alipay/outcome.ts';
import { say } from '../text/index.ts';
import { cannotRead, type Sources } from './playbook.ts';
import type { TradeFacts, TradeRef } from './proposal.ts';

const CURRENCIES = ['trans_currency', 'settle_currency', 'pay_currency'];

/**
 * Reads a trade from the gateway, for preflight and again at the click.
 *
 * @throws RefusedError when Alipay does not know it, the answer is not definite, or it is not in CNY.
 */
export async function readTrade(sources: Sources, trade: TradeRef): Promise<TradeFacts> {
  const { client } = sources;
  const outcome = await client.send(client.prepare({ method: 'alipay.trade.query', bizContent: { ...trade } }));
  if (outcome.status === 'rejected' && outcome.subCode === 'ACQ.TRADE_NOT_EXIST' && 'out_trade_no' in trade) {
    throw new RefusedError(say('guard.not_scanned', { number: trade.out_trade_no }), say('guard.not_scanned.next'));
  }
  if (outcome.status !== 'succeeded') throw cannotRead(outcome);
  const { node } = outcome;
  const foreign = CURRENCIES.map((name) => field(node, name)).find((value) => value !== undefined && value !== 'CNY');
  if (foreign !== undefined) throw new RefusedError(say('guard.currency', { currency: foreign.slice(0, 8) }));
  const [tradeNo, outTradeNo, tradeStatus] = ['trade_no', 'out_trade_no', 'trade_status'].map((name) =>
    field(node, name),
  );
  const totalFen = readAmount(node['total_amount']);
  if (!tradeNo || !outTradeNo || !tradeStatus || !totalFen) throw cannotRead(outcome);
  return {
    kind: 'trade',
    tradeNo,
    outTradeNo,
    tradeStatus,
    totalFen,
    refundedFen: refundedSoFar(sources, tradeNo, totalFen),
    paidAt: field(node, 'send_pay_date'),
    buyer: field(node, 'buyer_logon_id'),
  };
}

export function tradeTarget(tradeNo: string): string {
  return `trade:${tradeNo}`;
}

/**
 * What was refunded before, from verified answers about this account's own operations: the largest cumulative
 * `refund_fee`, or the sum of the operations. Alipay's query names no refunds, so refunds made elsewhere since are not in
 * it; Alipay itself refuses what would exceed the total, and a sum that does is none.
 */
function refundedSoFar({ ledger, account }: Sources, tradeNo: string, totalFen: Fen): Fen {
  const done = ledger.succeededOn(account, tradeTarget(tradeNo));
  const sum = done.reduce((total, { fen }) => total + fen, 0);
  const said = done.map(({ answer }) => readAmount((JSON.parse(answer) as ResponseNode)['refund_fee']) ?? 0);
  return Math.max(sum, ...said.filter((fen) => fen <= totalFen));
}

function field(node: ResponseNode, name: string): string | undefined {
  const value = node[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
