import assert from 'node:assert/strict';
import { askFor, eventually, freshOrder, operationsOn, refundsOf, startTools } from '../support/product.ts';
import type { OpenProduct } from '../support/open-product.ts';
import { sharedProduct, STARTING_MS } from '../support/shared.ts';

describe('what denies a waiting refund', function () {
  this.timeout(90_000);
  let product: OpenProduct;
  let order: string;

  before(async function () {
    this.timeout(STARTING_MS);
    product = await sharedProduct();
    const { bridge } = product.window;
    await bridge.evaluate(async (api) => {
      const notes = await api.workspace.openTextDocument({ content: 'notes' });
      await api.window.showTextDocument(notes, { preview: false });
    });
  });

  // Whoever closes it later would be asked whether to save it.
  after(async () => {
    await notes().click();
    await product.window.bridge.command('workbench.action.revertAndCloseActiveEditor');
    await notes().waitFor({ state: 'detached' });
  });

  beforeEach(() => {
    order = freshOrder(product.host);
  });

  afterEach(() => assert.deepEqual(refundsOf(product.host, order), []));

  const ask = () => askFor(product.window, 'refund_trade', { out_trade_no: order, refund_amount: '1.00' });
  const notes = () => product.window.page.locator('.tab', { hasText: 'Untitled' });

  async function close(): Promise<void> {
    const { tab } = product.approval;
    await tab.hover();
    await tab.locator('.tab-actions .action-label').click();
  }

  it('G3: closing the tab of the panel', async () => {
    const { approval } = product;
    const { answer } = await ask();
    await approval.live();
    await close();
    assert.equal((await answer).status, 'denied');
  });

  it('G3: Esc', async () => {
    const { approval, window } = product;
    const { answer } = await ask();
    await approval.live();
    await window.page.keyboard.press('Escape');
    assert.equal((await answer).status, 'denied');
    await eventually('the panel closes', async () => !(await approval.isOpen()));
  });

  it('G3: a page that has shown no sign of life for ten seconds', async () => {
    const { approval } = product;
    const { answer } = await ask();
    await approval.live();
    // Every timer of the page stops, as in a frozen tab; all that is drawn stays.
    await (await approval.frame()).evaluate('for (let id = setTimeout(() => {}); id > 0; id -= 1) clearTimeout(id)');
    assert.equal((await answer).status, 'denied');
    await eventually('the panel closes', async () => !(await approval.isOpen()));
  });

  it('G3: a cancelled call, whose panel closes', async () => {
    const { approval, window, host } = product;
    const ended = window.bridge.evaluate(
      async (api, state, input) => {
        const source = new api.CancellationTokenSource();
        state['source'] = source;
        const call = { input, toolInvocationToken: undefined };
        return api.lm.invokeTool('mcp_alipay_refund_trade', call, source.token).then(
          () => 'answered',
          (error: unknown) => (error as Error).message,
        );
      },
      { out_trade_no: order, refund_amount: '1.00' },
    );
    await window.workbench.dialog.getByRole('button', { name: 'Yes' }).click();
    await approval.live();
    await window.bridge.evaluate((_api, state) => (state['source'] as { cancel(): void }).cancel());
    assert.equal(await ended, 'Canceled');
    await eventually('the panel closes', async () => !(await approval.isOpen()));
    await eventually('the denial is written', () => operationsOn(host, order).join() === 'denied');
  });

  it('G3: five minutes without an answer; what is left on the screen says so and has no buttons', async () => {
    const { approval, window } = product;
    const { answer } = await ask();
    await approval.live();
    await window.bridge.evaluate((_api, state) => {
      const now = Date.now;
      state['restore'] = () => (Date.now = now);
      Date.now = () => now() + 5 * 60_000;
    });
    try {
      assert.equal((await answer).status, 'expired');
    } finally {
      await window.bridge.evaluate((_api, state) => void (state['restore'] as () => void)());
    }
    await approval.page.getByText('Nobody decided in time.').waitFor();
    assert.equal(await approval.approveButton.isVisible(), false);
    await close();
  });

  it('G3: not switching to another tab and back; G5: the first second begins anew', async () => {
    const { approval } = product;
    for (let tries = 1; ; tries += 1) {
      const { answer } = await ask();
      await approval.live();
      const point = await approval.approvePoint();
      await notes().click();
      await approval.dialog.waitFor({ state: 'detached' });
      assert.equal(await approval.isOpen(), true);
      await approval.tab.click();
      const wasAtOnce = await approval.pressAtOnce(point);
      if (wasAtOnce) await approval.deny();
      const { status } = await answer;
      if (wasAtOnce) return assert.equal(status, 'denied');
      assert.ok(tries < 3, 'never pressed within the first second');
      order = freshOrder(product.host);
    }
  });

  it('G3: a reload of the window, and nothing is left of the panel', async () => {
    const { approval, window, host } = product;
    const { answer } = await ask();
    await approval.live();
    await window.reload();
    await assert.rejects(answer);
    await startTools(window);
    await eventually('the panel is gone', async () => !(await approval.isOpen()));
    await eventually('it is recorded', () => /^(denied|expired)$/.test(operationsOn(host, order).join()));
  });

  it('G3: a crash of the extension host; the panel it left approves nothing and is closed', async () => {
    const { approval, window, host } = product;
    const { answer } = await ask();
    await approval.live();
    const point = await approval.approvePoint();
    process.kill(window.bridge.pid, 'SIGKILL');
    await window.page.mouse.click(point.x, point.y);
    await window.bridge.connect();
    await assert.rejects(answer);
    await startTools(window);
    await eventually('the panel is closed', async () => !(await approval.isOpen()));
    const again = freshOrder(host);
    const next = await askFor(window, 'refund_trade', { out_trade_no: again, refund_amount: '1.00' });
    await approval.deny();
    assert.equal((await next.answer).status, 'denied');
    assert.deepEqual(operationsOn(host, order), ['expired']);
  });
});
