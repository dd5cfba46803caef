import assert from 'node:assert/strict';
import { limitsLeft } from '../../../src/guard/limits-left.ts';
import { absentOn, pick, verdictOf } from '../../../src/guard/playbook.ts';
import { settledOf } from '../../../src/guard/settled-of.ts';
import type { Settled } from '../../../src/guard/settled.ts';
import { waitsFor } from '../../../src/guard/waits.ts';
import type { Operation, State } from '../../../src/ledger/index.ts';
import { say } from '../../../src/text/index.ts';
import { no, SILENCE } from '../../support/played-desk.ts';

describe('what is reported of an operation', () => {
  const operation = {
    id: 'op_1',
    fen: 1_550,
    number: 'R1',
    facts: '{"kind":"trade"}',
    answer: '{"fund_change":"Y"}',
    why: say('guard.expired'),
    reason: 'no',
    next: say('guard.busy.next'),
    proposedAt: 1,
    sentAt: 2,
    settledAt: 3,
  } as Operation;

  const statuses: Record<State, Settled['status']> = {
    proposed: 'in_progress',
    approved: 'in_progress',
    sending: 'unknown',
    unknown: 'unknown',
    resolved_by_hand: 'unknown',
    succeeded: 'succeeded',
    denied: 'denied',
    expired: 'expired',
    rejected: 'rejected',
    not_executed: 'not_executed',
  };
  for (const [state, status] of Object.entries(statuses) as [State, Settled['status']][]) {
    it(`G7: ${state} is reported as ${status}`, () => {
      assert.deepEqual(settledOf({ ...operation, state }), {
        status,
        operationId: 'op_1',
        fen: 1_550,
        number: 'R1',
        at: 3,
        facts: { kind: 'trade' },
        answer: { fund_change: 'Y' },
        why: operation.why,
        reason: 'no',
        next: operation.next,
      });
    });
  }

  it('is as of when that was reached: settled, else sent, else proposed', () => {
    const at = (change: Partial<Operation>): number => settledOf({ ...operation, state: 'unknown', ...change }).at;
    assert.equal(at({}), 3);
    assert.equal(at({ settledAt: undefined }), 2);
    assert.equal(at({ settledAt: undefined, sentAt: undefined }), 1);
  });

  it('is what its caller knows better', () => {
    assert.equal(settledOf({ ...operation, state: 'succeeded' }, 'already_done').status, 'already_done');
    assert.equal(settledOf({ ...operation, state: 'unknown' }, 'in_progress').status, 'in_progress');
  });
});

describe('G7: the waits', () => {
  it('are Alipay’s wherever Alipay answers, and short with our own sandbox', () => {
    assert.deepEqual(waitsFor('production'), waitsFor('alipay-sandbox'));
    const alipay = waitsFor('production');
    assert.equal(alipay.queries[0], 10_000, 'Alipay asks for ten seconds before the first query');
    assert.ok(alipay.queries.every((ms, index) => ms >= (alipay.queries[index - 1] ?? 0)));
    assert.equal(alipay.absentForSure, 600_000);
    assert.ok(alipay.absentForSure > 15_000 * 10, 'far longer than the client waits for an answer');
    assert.equal(alipay.answerWithin, 90_000);
    const local = waitsFor('local-sandbox');
    assert.deepEqual([local.queries[0], local.absentForSure, local.answerWithin], [0, 60_000, 10_000]);
  });
});

describe('G7: an outcome that is no success', () => {
  it('of the call itself: refused for sure, or in doubt', () => {
    assert.deepEqual(verdictOf(no('X')), {
      verdict: 'rejected',
      why: say('refund.closed'),
      next: say('cancel.use_refund'),
    });
    assert.deepEqual(verdictOf(SILENCE), { verdict: 'unclear', why: say('outcome.network') });
  });

  it('of a query: absent only by a verified word that means just that', () => {
    assert.deepEqual(absentOn(no('A'), 'A', 'B'), { verdict: 'absent', why: say('refund.closed') });
    assert.equal(absentOn(no('B'), 'A', 'B').verdict, 'absent');
    for (const outcome of [no('C'), no('A', false), SILENCE])
      assert.equal(absentOn(outcome, 'A', 'B').verdict, 'unclear');
    assert.equal(absentOn(no('A')).verdict, 'unclear');
  });

  it('keeps of an answer the named fields that are there', () => {
    assert.deepEqual(pick({ a: 1, b: undefined, c: null, d: '' }, 'a', 'b', 'c', 'd', 'e'), { a: 1, c: null, d: '' });
  });
});

describe('G9: the limits left', () => {
  it('are what others leave, for the day and the payee', () => {
    const asked: unknown[] = [];
    const ledger = {
      spent: (...args: unknown[]) => {
        asked.push(args);
        return { today: 30, payeeToday: 20 };
      },
    } as unknown as Parameters<typeof limitsLeft>[0];
    const operation = { id: 'op_1', account: 'a', target: 't' } as Operation;
    assert.deepEqual(limitsLeft(ledger, operation, { perOperation: 10, perDay: 25, perPayee: 100 }), {
      perOperation: 10,
      today: -5,
      payeeToday: 80,
    });
    assert.deepEqual(asked, [['a', 't', 'op_1']]);
  });
});
