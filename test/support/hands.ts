import type { ApprovalRequest, Decision } from '../../src/guard/approver.ts';
import type { RefundProposal } from '../../src/guard/proposal.ts';

/** A person's answer, by a function of what is shown. */
export type Hand = (request: ApprovalRequest, signal: AbortSignal) => Promise<Decision> | Decision;

export const approve: Hand = ({ digest }) => ({ verdict: 'approved', digest });
export const deny: Hand = () => ({ verdict: 'denied', reason: 'not today' });

/** The brief's refund: 15.50 of order 2024040112345. */
export function refund(change: Partial<RefundProposal> = {}): RefundProposal {
  return {
    method: 'alipay.trade.refund',
    trade: { out_trade_no: '2024040112345' },
    fen: 1_550,
    reason: 'defective item',
    outRequestNo: undefined,
    againAfter: undefined,
    ...change,
  };
}
