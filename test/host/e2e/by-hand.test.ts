import assert from 'node:assert/strict';
import { freshOrder, operationsOn, refundsOf, eventually } from '../support/product.ts';
import type { OpenProduct } from '../support/open-product.ts';
import { sharedProduct, STARTING_MS } from '../support/shared.ts';

describe('a tool run by hand in a real VS Code', function () {
  this.timeout(120_000);
  let product: OpenProduct;

  before(async function () {
    this.timeout(STARTING_MS);
    product = await sharedProduct();
  });

  /** Waits for the question about a field, so that no answer goes to the one before. */
  const titled = (title: string): Promise<void> =>
    product.window.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title }).waitFor();

  it('asks like an agent’s, and nothing of ours lies over the button: a mouse on it approves', async () => {
    const { window, host, approval } = product;
    const { workbench: bench, page } = window;
    const order = freshOrder(host);
    await bench.runCommand('Alipay: Run a Tool…');
    await bench.quickPickRow('cancel_trade').first().waitFor();
    await bench.fillQuickInput('refund_trade'); // the list is longer than what is in sight
    await bench.pick('refund_trade');
    await titled('refund_amount');
    await bench.answer('1.50');
    await bench.pick(/^out_trade_no/);
    await titled('out_trade_no');
    await bench.answer(order);
    await bench.pick('Run refund_trade');
    await approval.live();
    const { x, y } = await approval.approvePoint();
    await page.mouse.click(x, y);
    await eventually('the refund is made', () => refundsOf(host, order).length === 1);
    assert.deepEqual([refundsOf(host, order), operationsOn(host, order)], [[150], ['succeeded']]);
    await page.locator('.editor-instance .view-lines').getByText('succeeded').first().waitFor();
  });
});
