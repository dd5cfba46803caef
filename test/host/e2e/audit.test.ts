import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { artifactsDir } from '../../support/artifacts.ts';
import { useTheme } from '../support/host.ts';
import { openProduct, type OpenProduct } from '../support/open-product.ts';
import { askFor, eventually, freshOrder, operationsOn } from '../support/product.ts';

const HOUR_MS = 3_600_000;

describe('the audit trail in a real VS Code', function () {
  this.timeout(120_000);
  let product: OpenProduct;
  let order: string;

  before(async function () {
    this.timeout(300_000);
    product = await openProduct('audit');
    order = freshOrder(product.host);
    const { answer } = await askFor(product.window, 'refund_trade', { out_trade_no: order, refund_amount: '1.00' });
    await product.approval.approve();
    assert.equal((await answer).status, 'succeeded');
  });

  after(() => product?.host.stop());

  const picture = (name: string): Promise<void> =>
    product.window.screenshot(join(artifactsDir('audit-pictures'), `${name}.png`));

  /** Makes the refund one in doubt that Alipay does not know, as somebody with an SQLite shell could. */
  function tamper(): void {
    const { dataDir } = product.host.server;
    const [file] = globSync('data/User/globalStorage/*alipay*/ledger.sqlite', { cwd: dataDir });
    const db = new DatabaseSync(join(dataDir, file ?? 'no ledger'), { timeout: 5_000 });
    db.prepare(`UPDATE operation SET state = 'unknown', settled_at = NULL, number = 'X1', sent_at = ?`).run(
      Date.now() + HOUR_MS, // not absent for sure while this test runs
    );
    db.close();
  }

  const says = async (words: string | RegExp): Promise<void> => {
    const { dialog } = product.window.workbench;
    await dialog.getByText(words).first().waitFor();
  };

  it('is verified as it was written', async () => {
    const { workbench } = product.window;
    await workbench.runCommand('Alipay: Verify Audit Trail');
    await says('The audit trail is good');
    await picture('verified');
    await workbench.dialog.getByRole('button', { name: 'OK' }).click();
  });

  it('G8: an altered ledger is said, moves no money, and is used again only when a person says so', async () => {
    const { window, host, approval } = product;
    const { workbench } = window;
    tamper();
    await workbench.runCommand('Alipay: Verify Audit Trail');
    await says(/The ledger was altered: operation op_/);
    await picture('altered');
    await workbench.dialog.getByRole('button', { name: 'OK' }).click();
    await workbench.statusBarItem('ledger locked').waitFor();
    const other = freshOrder(host);
    const { answer } = await askFor(window, 'refund_trade', { out_trade_no: other, refund_amount: '1.00' });
    const { status, message } = await answer;
    assert.deepEqual([status, /The ledger was altered/.test(message)], ['refused', true], message);
    assert.equal(await approval.isOpen(), false);
    await picture('locked');
    await workbench.statusBarItem('ledger locked').click();
    await workbench.pick('Go on with it as it stands');
    await says('Believe the ledger as it stands?');
    await picture('believe');
    await workbench.dialog.getByRole('button', { name: 'Believe It' }).click();
    await workbench.statusBarItem('1 in doubt').waitFor();
    await workbench.statusBarItem('ledger locked').waitFor({ state: 'hidden' });
  });

  it('G5: no argument of a command resolves what is in doubt', async () => {
    const { window, host } = product;
    await window.bridge.evaluate((api) => {
      void api.commands.executeCommand('alipay.resolveByHand', 'op_1', 'looked it up', { confirm: true });
    });
    await window.workbench.quickPickRow('refund of 1.00 CNY').waitFor();
    await window.page.keyboard.press('Escape');
    assert.deepEqual(operationsOn(host, order), ['unknown']);
  });

  it('G7: what is in doubt stands in the status bar until a person resolves it by hand, with a reason', async () => {
    const { window, host } = product;
    const { workbench } = window;
    await workbench.statusBarItem('1 in doubt').click();
    await workbench.pick('refund of 1.00 CNY');
    await workbench.quickInput.getByText('What did you find').waitFor();
    await workbench.answer('The merchant console shows the refund');
    await says('Close this refund of 1.00 CNY by hand?');
    await picture('resolve');
    await workbench.dialog.getByRole('button', { name: 'Close by Hand' }).click();
    await eventually('it is closed', () => operationsOn(host, order).join() === 'resolved_by_hand');
    await workbench.statusBarItem('in doubt').waitFor({ state: 'hidden' });
  });

  it('is shown as a page to read', async () => {
    const { window } = product;
    await window.workbench.runCommand('Alipay: Show Audit Trail');
    const editor = window.page.locator('.part.editor .view-lines');
    for (const words of ['Audit trail of money operations', 'Verified: all', 'closed by hand', 'approved by a person'])
      await editor.getByText(words).first().waitFor();
    for (const theme of ['dark', 'hc-black', 'hc-light'] as const) {
      await useTheme(window, theme);
      await picture(`trail-${theme}`);
    }
  });
});
