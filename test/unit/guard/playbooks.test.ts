import assert from 'node:assert/strict';
import type { ResponseNode } from '../../../src/alipay/outcome.ts';
import { cancelPlaybook } from '../../../src/guard/cancel.ts';
import type { Verdict } from '../../../src/guard/playbook.ts';
import { refundPlaybook } from '../../../src/guard/refund.ts';
import { transferPlaybook } from '../../../src/guard/transfer.ts';
import type { Operation } from '../../../src/ledger/index.ts';

/** A refund of 15.50 after 50.00 were refunded. */
const OPERATION = { fen: 1_550, facts: JSON.stringify({ refundedFen: 5_000 }) } as Operation;

describe('G7: what an answer with code 10000 proves', () => {
  const verdict = (judged: Verdict): string => judged.verdict;

  const refunds: [title: string, node: ResponseNode, verdict: string][] = [
    ['fund_change and the new sum: it moved', { fund_change: 'Y', refund_fee: '65.50' }, 'succeeded'],
    ['another sum: not proven', { fund_change: 'Y', refund_fee: '15.50' }, 'unclear'],
    ['the sum without fund_change: not proven', { refund_fee: '65.50' }, 'unclear'],
    ['fund_change N: not proven', { fund_change: 'N', refund_fee: '65.50' }, 'unclear'],
    ['no sum: not proven', { fund_change: 'Y' }, 'unclear'],
  ];
  for (const [title, node, expected] of refunds) {
    it(`a refund with ${title}`, () => assert.equal(verdict(refundPlaybook.confirm(node, OPERATION)), expected));
  }

  const transfers: [status: string | undefined, verdict: string][] = [
    ['SUCCESS', 'succeeded'],
    ['FAIL', 'rejected'],
    ['CLOSED', 'rejected'],
    ['REFUND', 'rejected'],
    ['DEALING', 'unclear'],
    ['WAIT_PAY', 'unclear'],
    ['NEW_WORD', 'unclear'],
    [undefined, 'unclear'],
  ];
  for (const [status, expected] of transfers) {
    it(`a transfer with status ${status} is ${expected}`, () =>
      assert.equal(verdict(transferPlaybook.confirm(status === undefined ? {} : { status }, OPERATION)), expected));
  }

  const cancels: [title: string, node: ResponseNode, verdict: string][] = [
    ['closed', { retry_flag: 'N', action: 'close' }, 'succeeded'],
    ['refunded', { retry_flag: 'N', action: 'refund' }, 'succeeded'],
    ['to be called again', { retry_flag: 'Y', action: 'refund' }, 'unclear'],
    ['without an action', { retry_flag: 'N' }, 'unclear'],
    ['with a new action', { retry_flag: 'N', action: 'later' }, 'unclear'],
  ];
  for (const [title, node, expected] of cancels) {
    it(`a cancellation ${title} is ${expected}`, () =>
      assert.equal(verdict(cancelPlaybook.confirm(node, OPERATION)), expected));
  }
});
