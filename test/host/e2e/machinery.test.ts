import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { accessibilityProblems } from '../support/axe.ts';
import { askAgent, LAST_ANSWER } from '../support/chat.ts';
import { Host, useTheme } from '../support/host.ts';
import { packVsix } from '../support/vsix.ts';
import type { VscodeWindow } from '../support/window.ts';

const FIXTURE = resolve(import.meta.dirname, '../fixture');

describe('a VS Code window in a browser', function () {
  this.timeout(60_000);
  let host: Host;
  let window: VscodeWindow;

  before(async function () {
    this.timeout(300_000);
    host = await Host.start({ name: 'machinery', extensions: [packVsix(FIXTURE)] });
    window = await host.openWindow();
  });
  after(() => host?.stop());

  it('runs a command from the palette, and a click reaches the webview', async () => {
    await window.workbench.runCommand('Fixture: Open Panel');
    const panel = window.webview();
    await panel.getByRole('button', { name: 'Approve 批准' }).click();
    await panel.getByRole('status').getByText('stored').waitFor();
    assert.deepEqual(
      (await window.bridge.tabs()).map(({ viewType, active }) => ({ viewType, active })),
      [{ viewType: 'fixture.panel', active: true }],
    );
  });

  for (const theme of ['light', 'dark', 'hc-black', 'hc-light'] as const) {
    it(`shows the webview in ${theme}, and axe finds nothing in it`, async () => {
      await useTheme(window, theme);
      assert.deepEqual(await accessibilityProblems(window.webview()), []);
      await window.screenshot(join(host.server.folder, 'images', `${theme}.png`));
    });
  }

  it('keeps a secret across a reload', async () => {
    await window.reload();
    assert.equal(await window.bridge.command('fixture.secret'), 'kept-across-a-reload');
  });

  it('calls an MCP tool from agent mode', async () => {
    const turn = await askAgent(window, 'USETOOL _echo_back {"text":"nine {lives}"}');
    assert.equal(turn.errorDetails, undefined);
    await window.page.locator(LAST_ANSWER).getByText('done {"status":"ok","said":"nine {lives}"}').waitFor();
    const requests = await window.bridge.evaluate((_api, state) => state.requests);
    assert.ok(requests.at(-1)?.tools.some(({ name }) => name === 'mcp_fixture_echo_back'));
    assert.deepEqual(await window.bridge.invokeTool('mcp_fixture_echo_back', { text: 'x' }), [
      '{"status":"ok","said":"x"}',
    ]);
  });

  it('writes the logs that a search for secrets reads', async () => {
    const logs = join(host.server.dataDir, 'data/logs');
    const own = globSync('*/exthost*/tests.host-fixture/Fixture.log', { cwd: logs });
    assert.match(own.map((file) => readFileSync(join(logs, file), 'utf8')).join(''), /fixture is active/);
  });

  it('opens a second window in Chinese', async () => {
    const folder = join(host.server.folder, 'second');
    mkdirSync(folder);
    const second = await host.openWindow({ folder, language: 'zh-cn', chat: false });
    assert.equal(await second.bridge.evaluate((api) => api.env.language), 'zh-cn');
    await second.workbench.runCommand('Fixture: 打开面板');
    await second.webview().locator('html[lang="zh-cn"]').waitFor();
    assert.notEqual(second.bridge.pid, window.bridge.pid);
    await second.close();
  });

  it('answers a quick pick and an input box, and reads a notification', async () => {
    const asked = window.bridge.evaluate(async (api) => {
      const tool = await api.window.showQuickPick(['refund_trade', 'query_trade'], { title: 'Run a Tool' });
      const trade = await api.window.showInputBox({ title: tool ?? '' });
      return api.window.showInformationMessage(`${tool} ${trade}`, 'Review');
    });
    await window.workbench.pick('query_trade');
    await window.workbench.quickInput.getByText('query_trade').waitFor();
    await window.workbench.answer('2024040112345');
    const notification = window.workbench.notification('query_trade 2024040112345');
    await notification.getByRole('button', { name: 'Review' }).click();
    assert.equal(await asked, 'Review');
  });

  it('gets a new extension host after a crash', async () => {
    const before = window.bridge.pid;
    await window.crashExtensionHost();
    assert.notEqual(window.bridge.pid, before);
    assert.equal(await window.bridge.command('fixture.secret'), 'kept-across-a-reload');
  });
});
