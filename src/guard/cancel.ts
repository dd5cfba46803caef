import { DAY_MS, momentOf } from '../alipay/beijing-time.ts';
import { RefusedError } from '../alipay/errors.ts';
import type { ResponseNode } from '../alipay/outcome.ts';
import { say } from '../text/index.ts';
import { absentOn, pick, type Playbook } from './playbook.ts';
import type { CancelProposal, TradeFacts } from './proposal.ts';
import { readTrade, tradeTarget } from './trade-facts.ts';

const METHOD = 'alipay.trade.cancel';

/**
 * `alipay.trade.cancel`: closes an unpaid trade and refunds a paid one in full. It cannot be made conditional, so the
 * whole amount counts as going out whatever the trade's state is when it is read.
 */
export const cancelPlaybook: Playbook<CancelProposal, TradeFacts> = {
  async read(sources, { trade }) {
    const facts = await readTrade(sources, trade);
    return { facts, target: tradeTarget(facts.tradeNo), fen: facts.totalFen };
  },

  check({ ledger }, _proposal, { tradeStatus, refundedFen, paidAt }) {
    if (refundedFen > 0) throw new RefusedError(say('cancel.after_refund'), say('cancel.use_refund'));
    switch (tradeStatus) {
      case 'WAIT_BUYER_PAY':
        return;
      case 'TRADE_SUCCESS':
        break;
      case 'TRADE_FINISHED':
        throw new RefusedError(say('refund.finished'), say('refund.finished.next'));
      case 'TRADE_CLOSED':
        throw new RefusedError(say('cancel.closed'));
      default:
        throw new RefusedError(say('guard.status', { status: tradeStatus.slice(0, 32) }));
    }
    // Without a time of payment the 24 hours cannot be known to be left.
    const paid = momentOf(paidAt);
    if (paid === undefined || ledger.now() - paid > DAY_MS) {
      throw new RefusedError(say('cancel.too_late'), say('cancel.use_refund'));
    }
  },

  number: () => Promise.resolve({ kind: 'free', number: undefined }),

  call(_sources, _proposal, { tradeNo }) {
    return { method: METHOD, bizContent: { trade_no: tradeNo } };
  },

  confirm(node) {
    const done = node['retry_flag'] === 'N' && (node['action'] === 'close' || node['action'] === 'refund');
    return done ? { verdict: 'succeeded', answer: keep(node) } : { verdict: 'unclear', why: say('cancel.unproven') };
  },

  async ask({ client }, operation) {
    const { tradeNo } = JSON.parse(operation.facts) as TradeFacts;
    const outcome = await client.send(
      client.prepare({ method: 'alipay.trade.query', bizContent: { trade_no: tradeNo } }),
    );
    if (outcome.status !== 'succeeded') return absentOn(outcome);
    const { node } = outcome;
    switch (node['trade_status']) {
      case 'TRADE_CLOSED':
        // What was wanted holds. Whether this request did it, or a refund or close elsewhere, the query does not say.
        return { verdict: 'succeeded', answer: keep(node) };
      case 'WAIT_BUYER_PAY':
      case 'TRADE_SUCCESS':
        return { verdict: 'absent', why: say('cancel.not_there') };
      default:
        return { verdict: 'unclear', why: say('cancel.unproven') };
    }
  },

  agentWords: () => [],
};

function keep(node: ResponseNode): ResponseNode {
  return pick(node, 'trade_no', 'out_trade_no', 'action', 'retry_flag', 'trade_status');
}
