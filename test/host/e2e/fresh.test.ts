import assert from 'node:assert/strict';
import { askFor, freshOrder, operationsOn, refundsOf } from '../support/product.ts';
import type { OpenProduct } from '../support/open-product.ts';
import { sharedProduct, STARTING_MS } from '../support/shared.ts';

describe('what changes between showing and clicking', function () {
  this.timeout(120_000);
  let product: OpenProduct;

  before(async function () {
    this.timeout(STARTING_MS);
    product = await sharedProduct();
  });

  it('G12: an order that the buyer pays meanwhile is asked about again, marked as changed', async () => {
    const { window, host, approval } = product;
    const order = { total_amount: '66.60', subject: 'Tea', out_trade_no: 'PAIDMEANWHILE1' };
    const made = await (await askFor(window, 'create_trade', order)).answer;
    const cashier = await window.context.newPage();
    await cashier.goto(made['qr_code'] as string); // scans it
    await window.page.bringToFront();

    const { answer } = await askFor(window, 'cancel_trade', { out_trade_no: order.out_trade_no });
    await approval.live();
    await approval.dialog.getByText('closes the unpaid order').first().waitFor();
    await cashier.getByRole('button', { name: 'Pay 66.60 CNY' }).click();
    await cashier.getByText('The order is paid').waitFor();
    await cashier.close();

    await approval.approveButton.click();
    await approval.dialog.getByText('Changed – look again').waitFor();
    await approval.dialog.getByText('all 66.60 CNY goes back').first().waitFor();
    await approval.dialog.locator('h1 .was').getByText('closes the unpaid order').waitFor();
    assert.deepEqual(refundsOf(host, order.out_trade_no), []);
    assert.deepEqual(operationsOn(host, order.out_trade_no), ['proposed']);

    await approval.approve();
    assert.deepEqual([(await answer).status, refundsOf(host, order.out_trade_no)], ['succeeded', [6_660]]);
  });

  it('G12: limits that another window has used meanwhile are asked about again; G9: both windows count', async () => {
    const { window, host, approval } = product;
    const other = await product.second();
    const [here, there] = [freshOrder(host), freshOrder(host)];
    const { answer } = await askFor(window, 'refund_trade', { out_trade_no: here, refund_amount: '1.00' });
    await approval.live();

    await other.window.page.bringToFront();
    const busy = await (
      await askFor(other.window, 'refund_trade', { out_trade_no: here, refund_amount: '2.00' })
    ).answer;
    assert.equal(busy.status, 'refused');
    const elsewhere = await askFor(other.window, 'refund_trade', { out_trade_no: there, refund_amount: '7.77' });
    await other.approval.approve();
    assert.equal((await elsewhere.answer).status, 'succeeded');

    await window.page.bringToFront();
    await approval.approve();
    await approval.dialog.getByText('Changed – look again').waitFor();
    await approval.dialog.locator('.limits .was').first().waitFor();
    assert.deepEqual(refundsOf(host, here), []);
    await approval.approve();
    assert.equal((await answer).status, 'succeeded');
    assert.deepEqual([refundsOf(host, here), refundsOf(host, there)], [[100], [777]]);
  });
});
