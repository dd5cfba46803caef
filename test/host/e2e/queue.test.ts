import assert from 'node:assert/strict';
import { askFor, freshOrder, refundsOf } from '../support/product.ts';
import type { OpenProduct } from '../support/open-product.ts';
import { sharedProduct, STARTING_MS } from '../support/shared.ts';

describe('two refunds at once', function () {
  this.timeout(60_000);
  let product: OpenProduct;

  before(async function () {
    this.timeout(STARTING_MS);
    product = await sharedProduct();
  });

  it('are shown one by one, and a click is bound to the one that is shown', async () => {
    const { window, host, approval } = product;
    const [first, second, third] = [freshOrder(host), freshOrder(host), freshOrder(host)];
    const of = (order: string, amount: string): object => ({ out_trade_no: order, refund_amount: amount });
    const one = await askFor(window, 'refund_trade', of(first, '1.11'));
    await approval.dialog.getByText(first).first().waitFor();
    const two = await askFor(window, 'refund_trade', of(second, '2.22'));
    const three = await askFor(window, 'refund_trade', of(third, '3.33'));
    assert.equal(await approval.tab.count(), 1);
    assert.equal(await approval.dialog.getByText(second).count(), 0);

    await approval.approve();
    assert.equal((await one.answer).status, 'succeeded');
    await approval.dialog.getByText(second).first().waitFor();
    await approval.dialog.getByText('1 more waiting behind this one.').waitFor();
    assert.equal(await approval.dialog.getByText(first).count(), 0);
    assert.deepEqual([refundsOf(host, first), refundsOf(host, second)], [[111], []]);

    await approval.deny();
    assert.equal((await two.answer).status, 'denied');
    await approval.dialog.getByText(third).first().waitFor();
    assert.equal(await approval.dialog.getByText('more waiting').count(), 0);
    await approval.approve();
    assert.equal((await three.answer).status, 'succeeded');
    assert.deepEqual([refundsOf(host, second), refundsOf(host, third)], [[], [333]]);
  });
});
