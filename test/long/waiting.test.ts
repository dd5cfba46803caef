import assert from 'node:assert/strict';
import { askFor, freshOrder, refundsOf } from '../host/support/product.ts';
import { sharedProduct, STARTING_MS } from '../host/support/shared.ts';

describe('five real minutes in a real VS Code', function () {
  this.timeout(STARTING_MS + 8 * 60_000);

  it('G3: nobody answers: expired; a call that waited longer than 300 s behind it is still answered', async () => {
    const { host, window, approval } = await sharedProduct();
    const [first, second] = [freshOrder(host), freshOrder(host)];
    const unanswered = await askFor(window, 'refund_trade', { out_trade_no: first, refund_amount: '1.00' });
    await approval.live();
    const waiting = await askFor(window, 'refund_trade', { out_trade_no: second, refund_amount: '2.00' });
    const began = performance.now();
    assert.equal((await unanswered.answer).status, 'expired');
    await approval.dialog.getByText(second).first().waitFor();
    await window.page.waitForTimeout(Math.max(0, 310_000 - (performance.now() - began)));
    await approval.approve();
    assert.equal((await waiting.answer).status, 'succeeded');
    assert.deepEqual([refundsOf(host, first), refundsOf(host, second)], [[], [200]]);
  });
});
