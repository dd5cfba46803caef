import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askFor, callTool, eventually, freshOrder, operationsOn, refundsOf, startTools } from '../support/product.ts';
import type { OpenProduct } from '../support/open-product.ts';
import { sharedProduct, STARTING_MS } from '../support/shared.ts';

describe('a refund in a real VS Code', function () {
  this.timeout(60_000);
  let product: OpenProduct;
  let order: string;

  before(async function () {
    this.timeout(STARTING_MS);
    product = await sharedProduct();
    order = freshOrder(product.host);
  });

  const refund = (): object => ({ out_trade_no: order, refund_amount: '15.50', refund_reason: 'defective item' });

  it('is one of exactly ten tools', async () => {
    assert.deepEqual((await startTools(product.window)).toSorted(), [
      'mcp_alipay_cancel_trade',
      'mcp_alipay_close_trade',
      'mcp_alipay_create_trade',
      'mcp_alipay_get_oauth_token',
      'mcp_alipay_query_bill_download_url',
      'mcp_alipay_query_trade',
      'mcp_alipay_query_transfer',
      'mcp_alipay_query_user_info',
      'mcp_alipay_refund_trade',
      'mcp_alipay_transfer_fund',
    ]);
  });

  it('needs nothing set up: the local sandbox answers a read tool', async () => {
    const told = await callTool(product.window, 'query_trade', { out_trade_no: '2024040112345' });
    assert.deepEqual([told.status, told['total_amount']], ['succeeded', '299.00']);
  });

  it('G3: changes nothing on Deny, and the reason reaches the caller', async () => {
    const { window, host, approval } = product;
    const { answer } = await askFor(window, 'refund_trade', refund());
    await approval.deny('the buyer keeps it 买家留下了');
    const told = await answer;
    assert.equal(told.status, 'denied');
    assert.match(told.message, /the buyer keeps it 买家留下了/);
    assert.deepEqual(refundsOf(host, order), []);
  });

  it('G3: asks anew after a denial, and says that it was denied before', async () => {
    const { window, host, approval } = product;
    const { answer } = await askFor(window, 'refund_trade', refund());
    await approval.dialog.getByText('the buyer keeps it 买家留下了').waitFor();
    await approval.deny();
    assert.equal((await answer).status, 'denied');
    assert.deepEqual(refundsOf(host, order), []);
  });

  it('G2: changes it exactly once on Approve, and says what went back', async () => {
    const { window, host, approval } = product;
    const { answer } = await askFor(window, 'refund_trade', refund());
    await approval.approve();
    const told = await answer;
    assert.deepEqual([told.status, told['refund_amount'], told['moved']], ['succeeded', '15.50', 'yes']);
    assert.deepEqual(refundsOf(host, order), [1_550]);
    await eventually('the panel closes', async () => !(await approval.isOpen()));
  });

  it('G10: leaves the scan every message the panel was sent', () => {
    const sent = readFileSync(join(product.host.server.folder, 'webview-messages.jsonl'), 'utf8');
    for (const part of ['"type":"show"', '"type":"pulse"', order]) assert.ok(sent.includes(part), part);
  });

  it('G11: answers the same call again with already_done, and asks nobody', async () => {
    const { window, host, approval } = product;
    const { answer } = await askFor(window, 'refund_trade', refund());
    assert.equal((await answer).status, 'already_done');
    assert.equal(await approval.isOpen(), false);
    assert.deepEqual(refundsOf(host, order), [1_550]);
    assert.deepEqual(operationsOn(host, order), ['denied', 'denied', 'succeeded']);
  });
});
