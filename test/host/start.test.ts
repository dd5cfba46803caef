import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { globSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errors, type Browser, type Page } from 'playwright-core';
import { catalog } from '../../src/tools/catalog.ts';
import { artifactsDir } from '../support/artifacts.ts';
import { Started, leftOf } from './support/start.ts';
import { launchBrowser } from './support/window.ts';
import { Workbench } from './support/workbench.ts';

const ORDER = '2024040112345';

describe('npm start', function () {
  this.timeout(360_000);
  let folder: string;
  let started: Started;
  let browser: Browser;
  let page: Page;
  let workbench: Workbench;

  before(async () => {
    folder = artifactsDir('host/start');
    started = Started.run(folder);
    browser = await launchBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(90_000);
    workbench = new Workbench(page);
    await page.goto(await started.address());
  });

  after(async () => {
    await browser?.close();
    await started?.stop();
    // The sandbox's key files are its product, not what the scan looks for.
    rmSync(join(folder, 'sandbox/keys'), { recursive: true, force: true });
  });

  it('opens VS Code with a page that says what to do', async () => {
    const preview = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await preview.getByRole('heading', { name: 'Start here' }).waitFor();
    await preview.getByText('Refund the Alipay order 2024040112345 for 15.50 CNY').waitFor();
    await page.screenshot({ path: join(folder, 'welcome.png') });
  });

  it('has the ten tools, by hand, over the demo data', async () => {
    await runATool();
    assert.equal(await workbench.quickPickRow('').first().getAttribute('aria-setsize'), String(catalog.length));
    for (const { name } of catalog) {
      await workbench.fillQuickInput(name);
      await workbench.quickPickRow(name).first().waitFor();
    }
    await queryByHand();
  });

  it('keeps secrets over a reload, and over a new start at the same address', async () => {
    const secrets = sandboxSecrets();
    await page.reload();
    await runATool();
    await queryByHand();
    assert.equal(sandboxSecrets(), secrets, 'the sandbox has new keys after a reload');
    const address = await started.address();
    await started.stop();
    started = Started.run(folder);
    assert.equal(await started.address(), address);
    await page.goto(address);
    await runATool();
    await queryByHand();
    assert.equal(sandboxSecrets(), secrets, 'the sandbox has new keys after a new start');
  });

  it('opens to nobody who has not been given the token, and gives nobody else the sealing key', async () => {
    const { origin } = new URL(await started.address());
    for (const path of ['/', '/version', '/mint-key']) assert.equal((await fetch(origin + path)).status, 403, path);
    assert.equal((await fetch(`${origin}/mint-key`, { method: 'POST' })).status, 403);
    for (const file of ['token', 'seal-key']) assert.equal(statSync(join(folder, file)).mode & 0o77, 0, file);
  });

  it('runs a sandbox for other programs, and says where', async () => {
    const [, admin, token] = /Admin +(\S+)\s+Authorization: Bearer (\w+)/.exec(started.words) ?? [];
    const state = await fetch(`${admin}/state`, { headers: { authorization: `Bearer ${token}` } });
    assert.ok((await state.text()).includes(ORDER));
  });

  it('says so when it runs already, and when the port is taken', async () => {
    const again = Started.run(folder);
    await again.says(/“npm start” runs already over the folder/);
    assert.equal(await again.end(), 1);
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as { port: number };
    const other = artifactsDir('host/start-port');
    try {
      const third = Started.run(other, '--port', String(port));
      await third.says(new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken`));
      assert.equal(await third.end(), 1);
    } finally {
      taken.close();
      rmSync(join(other, 'sandbox/keys'), { recursive: true, force: true });
    }
  });

  it('leaves no process behind when npm is ended, and ends with 0 when it is ended itself', async () => {
    const first = started.processes();
    assert.ok(first.length >= 5, `npm, the program, the sandbox, the server and its children: ${first.join()}`);
    await started.stop();
    assert.deepEqual(await leftOf(first), []);
    started = Started.run(folder);
    await started.address();
    const second = started.processes();
    process.kill(started.program(), 'SIGINT');
    assert.equal(await started.end(), 0, started.words);
    assert.deepEqual(await leftOf(second), []);
  });

  /** Opens the list of tools. While a window starts, the palette closes by itself and lacks what extensions add. */
  async function runATool(): Promise<void> {
    await page.locator('.monaco-workbench .statusbar').waitFor();
    for (let tries = 1; !(await openTools()); tries += 1) {
      assert.ok(tries < 20, 'the palette has no “Alipay: Run a Tool…”');
      await page.keyboard.press('Escape');
    }
  }

  async function openTools(): Promise<boolean> {
    const timeout = 5000;
    try {
      await page.keyboard.press('F1');
      await workbench.quickInput.locator('input').first().fill('>Alipay: Run a Tool', { timeout });
      await workbench.quickPickRow('Alipay: Run a Tool…').first().click({ timeout });
      await workbench.quickPickRow('query_trade').first().waitFor({ timeout });
      return true;
    } catch (error) {
      if (error instanceof errors.TimeoutError) return false;
      throw error;
    }
  }

  async function queryByHand(): Promise<void> {
    await workbench.fillQuickInput('query_trade');
    await workbench.pick('query_trade');
    await workbench.pick(/^out_trade_no/);
    await workbench.answer(ORDER);
    await workbench.pick('Run query_trade');
    const result = page.locator('.monaco-editor .view-lines').filter({ hasText: `Trade ${ORDER}` });
    await result.filter({ hasText: '299.00' }).waitFor();
    await workbench.runCommand('View: Close All Editors');
    await result.waitFor({ state: 'detached' });
  }

  /** The name under which VS Code's secret store keeps the sandbox's keys: another one when they were made anew. */
  function sandboxSecrets(): string {
    const [file] = globSync('vscode-server/data/User/globalStorage/*alipay*/sandbox.json', { cwd: folder });
    assert.ok(file, 'the sandbox has not started');
    return (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { secrets: string }).secrets;
  }
});
