import assert from 'node:assert/strict';
import { askFor, callTool, eventually, freshOrder, operationsOn, refundsOf, startTools } from '../support/product.ts';
import { openProduct, type OpenProduct } from '../support/open-product.ts';
import { sharedProduct, STARTING_MS } from '../support/shared.ts';

describe('locking everything', function () {
  this.timeout(90_000);
  let product: OpenProduct;

  before(async function () {
    this.timeout(STARTING_MS);
    product = await sharedProduct();
  });

  it('denies what waits and takes the guarded tools away, until a person unlocks in a modal dialog', async () => {
    const { window, host, approval } = product;
    const { workbench } = window;
    const order = freshOrder(host);
    const { answer } = await askFor(window, 'refund_trade', { out_trade_no: order, refund_amount: '1.00' });
    await approval.live();
    await workbench.runCommand('Alipay: Lock Everything');
    assert.equal((await answer).status, 'denied');
    await eventually('the panel closes', async () => !(await approval.isOpen()));
    await eventually('seven tools are left', async () => (await offeredIn(product)).length === 7);
    assert.deepEqual([operationsOn(host, order), refundsOf(host, order)], [['denied'], []]);
    const told = await callTool(window, 'query_trade', { out_trade_no: order });
    assert.deepEqual([told.status, /locked everything/.test(told.message)], ['refused', true]);
    await workbench.statusBarItem('Alipay: LOCKED').click();
    await workbench.dialog.getByRole('button', { name: 'Unlock' }).click();
    await workbench.statusBarItem('Alipay: Local sandbox').waitFor();
    await eventually('ten tools again', async () => (await offeredIn(product)).length === 10);
    assert.equal((await callTool(window, 'query_trade', { out_trade_no: order })).status, 'succeeded');
  });

  it('G5: no command unlocks', async () => {
    const { window } = product;
    await window.workbench.runCommand('Alipay: Lock Everything');
    await window.workbench.statusBarItem('Alipay: LOCKED').waitFor();
    await window.bridge.evaluate((api) => {
      void api.commands.executeCommand('alipay.unlock', true, { confirm: true });
    });
    await window.workbench.dialog.getByText('Unlock everything?').waitFor();
    for (const id of ['workbench.action.acceptSelectedQuickOpenItem', 'notification.acceptPrimaryAction']) {
      await window.bridge.evaluate((api, _state, command) => {
        void Promise.resolve(api.commands.executeCommand(command)).catch(() => undefined);
      }, id);
    }
    await window.workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    await window.workbench.statusBarItem('Alipay: LOCKED').click();
    await window.workbench.dialog.getByRole('button', { name: 'Unlock' }).click();
    await window.workbench.statusBarItem('Alipay: Local sandbox').waitFor();
  });
});

describe('a window that starts while everything is locked', function () {
  this.timeout(90_000);
  let product: OpenProduct;

  before(async function () {
    this.timeout(STARTING_MS);
    product = await openProduct('locked-start');
  });

  after(() => product?.host.stop());

  it('has seven tools, and all ten when a person unlocks', async () => {
    const { window } = product;
    await window.workbench.runCommand('Alipay: Lock Everything');
    await window.workbench.statusBarItem('Alipay: LOCKED').waitFor();
    await window.reload();
    await startTools(window);
    // VS Code may still list what it remembers of the window before; a call starts the server, which says what there is.
    assert.equal((await callTool(window, 'query_trade', { out_trade_no: '2024040112345' })).status, 'refused');
    await eventually('seven tools are left', async () => (await offeredIn(product)).length === 7);
    await window.workbench.statusBarItem('Alipay: LOCKED').click();
    await window.workbench.dialog.getByRole('button', { name: 'Unlock' }).click();
    await window.workbench.statusBarItem('Alipay: Local sandbox').waitFor();
    await eventually('ten tools again', async () => (await offeredIn(product)).length === 10);
  });
});

/** The names of the tools a window offers. */
async function offeredIn({ window }: OpenProduct): Promise<string[]> {
  return (await window.bridge.toolNames()).filter((name) => name.startsWith('mcp_alipay_'));
}
