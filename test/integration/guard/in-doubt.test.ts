import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/alipay/errors.ts';
import type { Proposal } from '../../../src/guard/proposal.ts';
import type { Settled } from '../../../src/guard/settled.ts';
import { approve, Desk } from '../../support/desk.ts';
import { GUARDED } from '../../support/guarded-tools.ts';

describe('G7: each guarded method while its outcome is in doubt', () => {
  let desk: Desk;

  before(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.admin('DELETE', '/faults'));

  after(() => desk.close());

  /** What the ledger says must be what the sandbox did. */
  function agree(settled: Settled, moved: number): void {
    const done = settled.status === 'succeeded' || settled.status === 'already_done';
    const not = settled.status === 'rejected' || settled.status === 'not_executed';
    assert.ok(done || not, `still ${settled.status}`);
    assert.equal(moved, done ? 1 : 0, `${settled.status}, and money moved ${moved} times`);
  }

  for (const [method, { query, errand }] of Object.entries(GUARDED)) {
    it(`${method}: while Alipay cannot be asked it stays unknown, and others on it are refused; then it is settled`, async () => {
      const { proposal, moved } = await errand(desk);
      const askedBefore = desk.asked.length;
      // The queries of preflight must still work: the faults are armed right before the sending.
      const original = desk.ledger.redeem.bind(desk.ledger);
      desk.ledger.redeem = async (...args) => {
        await desk.fault(method, 'drop-after', 1);
        await desk.fault(query, 'garbage', 1_000);
        await original(...args);
      };
      const window = await desk.window();
      const waiting = desk.execute(proposal, approve);
      while (!desk.ledger.inDoubt(desk.account).length) await new Promise((resolve) => setImmediate(resolve));
      const doubtful = desk.ledger.inDoubt(desk.account)[0];
      assert.equal(await moved(), 1);
      const more: Proposal = 'fen' in proposal ? { ...proposal, fen: proposal.fen + 1 } : proposal;
      const other = window.execute(more, () => [], desk.caller(approve));
      // Another intent on the same target is refused; the same one, held by the first window, is said to be under way.
      if (more !== proposal) await assert.rejects(other, RefusedError);
      else if (query !== 'alipay.trade.query') assert.equal((await other).status, 'in_progress');
      else await assert.rejects(other, RefusedError, 'even its preflight cannot read the trade');
      await desk.admin('DELETE', '/faults');
      desk.ledger.redeem = original;
      agree(await waiting, await moved());
      assert.equal(desk.ledger.get(doubtful?.id ?? '')?.state, 'succeeded');
      assert.equal(desk.asked.length, askedBefore + 1, 'asked once');
    });

    it(`${method}: after a restart an operation in doubt is only asked about, never sent again`, async () => {
      const { proposal, moved } = await errand(desk);
      const original = desk.ledger.redeem.bind(desk.ledger);
      desk.ledger.redeem = async (...args) => {
        await desk.fault('*', 'drop-before', 10_000);
        await original(...args);
      };
      const gone = desk.execute(proposal, approve);
      while (!desk.ledger.inDoubt(desk.account).length) await new Promise((resolve) => setImmediate(resolve));
      await desk.guard.dispose();
      assert.equal((await gone).status, 'unknown');
      await desk.admin('DELETE', '/faults');
      await desk.admin('POST', '/journal/clear');
      await desk.restart();
      desk.guard.recover();
      const [left] = desk.ledger.inDoubt(desk.account);
      while (desk.ledger.inDoubt(desk.account).length > 0) await new Promise((resolve) => setImmediate(resolve));
      assert.equal(desk.ledger.get(left?.id ?? '')?.state, 'not_executed');
      assert.equal((await desk.requests(method)).length, 0);
      assert.equal(await moved(), 0);
      const again = await desk.execute(proposal, approve);
      assert.equal(again.status, 'succeeded');
      if (method !== 'alipay.trade.cancel')
        assert.equal(again.number, left?.number, 'approved again under the same number');
      assert.equal(await moved(), 1);
    });
  }
});
