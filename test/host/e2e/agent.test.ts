import assert from 'node:assert/strict';
import { Approval } from '../support/approval.ts';
import { askAgent, LAST_ANSWER, type ChatTurn } from '../support/chat.ts';
import { Host } from '../support/host.ts';
import { packProduct, PRODUCT, refundsOf, type Told } from '../support/product.ts';
import { STARTING_MS } from '../support/shared.ts';
import type { VscodeWindow } from '../support/window.ts';

const ORDER = '2024040112345';

describe('agent mode in the Chat view of a fresh profile', function () {
  this.timeout(120_000);
  let host: Host;
  let window: VscodeWindow;
  let approval: Approval;

  before(async function () {
    this.timeout(STARTING_MS);
    host = await Host.start({ name: 'agent', extensions: [packProduct()] });
    window = await host.openWindow();
    approval = new Approval(window);
  });

  after(() => host?.stop());

  const refund = (amount: string): string =>
    `Refund order ${ORDER}, ${amount} CNY, defective item. USETOOL _refund_trade ` +
    JSON.stringify({ out_trade_no: ORDER, refund_amount: amount, refund_reason: 'defective item' });

  const isActive = () =>
    window.bridge.evaluate((api, _state, id) => api.extensions.getExtension(id)?.isActive, PRODUCT);

  /** What the model was told last. */
  async function read(): Promise<Told> {
    const requests = await window.bridge.evaluate((_api, state) => state.requests);
    return JSON.parse(requests.at(-1)?.results.at(-1) ?? '{}') as Told;
  }

  async function isApproved(turn: Promise<ChatTurn>, amount: string, soFar: number[]): Promise<void> {
    await approval.live();
    assert.deepEqual(refundsOf(host, ORDER), soFar);
    await approval.approve();
    assert.equal((await turn).errorDetails, undefined);
    await window.page.locator(LAST_ANSWER).getByText('done {"status":"succeeded"').waitFor();
    const told = await read();
    assert.deepEqual([told.status, told['refund_amount'], told['moved']], ['succeeded', amount, 'yes']);
  }

  it('has not run anything of the extension when the window is open', async () => {
    assert.equal(await isActive(), false);
    assert.deepEqual(
      (await window.bridge.toolNames()).filter((name) => name.includes('alipay')),
      [],
    );
  });

  it('refunds by the prompt of the brief: VS Code’s card, then our panel, then the model reads the result', async () => {
    const first = await askAgent(window, refund('15.50'));
    assert.deepEqual([first.type, first.kind], ['confirmation', 'toolInvocation']);
    assert.equal(await approval.isOpen(), false);
    await window.page.locator('.chat-confirmation-widget-buttons .monaco-button').first().click();
    await isApproved(Promise.resolve({}), '15.50', []);
    assert.deepEqual(refundsOf(host, ORDER), [1_550]);
  });

  it('was activated by that request, through the contribution, and all ten tools were in it', async () => {
    const requests = await window.bridge.evaluate((_api, state) => state.requests);
    const names = requests[0]?.tools.filter(({ name }) => name.startsWith('mcp_alipay_')) ?? [];
    assert.equal(names.length, 10);
    assert.equal(await isActive(), true);
    await window.bridge.command('perfview.show');
    const row = await window.bridge.evaluate(async (api, _state, id) => {
      for (let tries = 0; tries < 100; tries += 1) {
        const text = api.window.activeTextEditor?.document.getText() ?? '';
        const line = text.split('\n').find((each) => each.includes(`| ${id} `));
        if (line) return line;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return '';
    }, PRODUCT);
    assert.match(row, /\| onMcpCollection:alipay +\|/);
    await window.bridge.command('workbench.action.closeActiveEditor');
  });

  it('G5: moves nothing without a click when every tool is approved automatically', async () => {
    await window.bridge.setting('chat.tools.global.autoApprove', true);
    const turn = askAgent(window, refund('2.00'));
    await window.workbench.dialog.getByRole('button', { name: 'Enable' }).click();
    await isApproved(turn, '2.00', [1_550]);
    assert.deepEqual(refundsOf(host, ORDER), [1_550, 200]);
    await window.bridge.setting('chat.tools.global.autoApprove', undefined);
  });

  it('G5: moves nothing without a click in Autopilot', async () => {
    await window.bridge.setting('chat.permissions.default', 'autopilot');
    await window.bridge.command('workbench.action.chat.newChat');
    const turn = askAgent(window, refund('3.00'));
    await isApproved(turn, '3.00', [1_550, 200]);
    assert.deepEqual(refundsOf(host, ORDER), [1_550, 200, 300]);
  });
});
