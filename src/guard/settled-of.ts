import type { Operation, State } from '../ledger/index.ts';
import type { Facts } from './proposal.ts';
import type { Settled } from './settled.ts';

/** What the ledger's row says, for the tool to report. */
export function settledOf(operation: Operation, as?: 'already_done' | 'in_progress'): Settled {
  return {
    status: as ?? statusOf(operation.state),
    operationId: operation.id,
    fen: operation.fen,
    number: operation.number,
    at: operation.settledAt ?? operation.sentAt ?? operation.proposedAt,
    facts: JSON.parse(operation.facts) as Facts,
    answer: JSON.parse(operation.answer) as Record<string, unknown>,
    why: operation.why,
    reason: operation.reason,
    next: operation.next,
  };
}

function statusOf(state: State): Settled['status'] {
  switch (state) {
    case 'proposed':
    case 'approved':
      return 'in_progress';
    case 'sending':
    case 'unknown':
    case 'resolved_by_hand': // a person closed it; what Alipay did was never definite
      return 'unknown';
    case 'succeeded':
    case 'denied':
    case 'expired':
    case 'rejected':
    case 'not_executed':
      return state;
  }
}
