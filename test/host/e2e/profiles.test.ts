import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { generateSandboxKeys, sandboxKeyTexts, type SandboxKeyTexts } from '../../../src/sandbox/index.ts';
import { Host } from '../support/host.ts';
import { eventually, packProduct, startTools } from '../support/product.ts';
import type { VscodeWindow } from '../support/window.ts';
import type { Workbench } from '../support/workbench.ts';

/** Nothing leaves the machine: whatever is not loopback goes to a proxy that is not there. */
const OFFLINE = { 'http.proxy': 'http://127.0.0.1:9' };

describe('profiles in a real VS Code', function () {
  this.timeout(120_000);
  let host: Host;
  let window: VscodeWindow;
  let bench: Workbench;
  let issued: SandboxKeyTexts;

  before(async function () {
    this.timeout(300_000);
    issued = sandboxKeyTexts(await generateSandboxKeys(Date.now()));
    host = await Host.start({ name: 'profiles', extensions: [packProduct()], settings: OFFLINE });
    for (const name of ['appCert', 'alipayCert', 'rootCert'] as const) {
      writeFileSync(join(host.server.workspace, `${name}.crt`), issued[name]);
    }
    window = await host.openWindow();
    bench = window.workbench;
    await startTools(window);
  });

  after(() => host?.stop());

  /** Waits for the question with this in its title, so that no answer goes to the one before. */
  const question = (title: string): Promise<void> => titled(title).waitFor();
  const titled = (title: string): Locator =>
    window.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title });

  const chooses = async (text: string): Promise<void> => {
    await bench.quickPickRow(text).first().waitFor();
    await bench.pick(text);
  };

  async function picksFile(title: string, name: string): Promise<void> {
    await question(title);
    // VS Code reads the folder in its own time, and takes a file that is chosen meanwhile for the folder: it asks again then.
    await eventually(`${name} was chosen`, async () => {
      await bench.fillQuickInput(join(host.server.workspace, name));
      await bench.pick(name);
      const over = titled(title).waitFor({ state: 'hidden', timeout: 3_000 });
      return over.then(
        () => true,
        () => false,
      );
    });
  }

  const profilesFile = (): string => {
    const [file] = globSync('data/User/globalStorage/*alipay*/profiles.json', { cwd: host.server.dataDir });
    return join(host.server.dataDir, file ?? 'no profiles.json');
  };

  it('has the local sandbox in use, with nothing set up, and says so in the status bar', async () => {
    await bench.statusBarItem('Alipay: Local sandbox').waitFor();
  });

  it('refuses production in a browser, with the reason, and stays at the question', async () => {
    await bench.runCommand('Alipay: Add a Profile…');
    await chooses('PRODUCTION');
    await bench.dialog.getByText('This VS Code runs in a browser').waitFor();
    await bench.dialog.getByRole('button', { name: 'OK' }).click();
    await bench.quickPickRow('PRODUCTION').first().waitFor();
    await window.page.keyboard.press('Escape');
    await bench.quickInput.waitFor({ state: 'hidden' });
  });

  it('adds a profile by hand: key in a password box, three certificate files, at read-only', async () => {
    await bench.runCommand('Alipay: Add a Profile…');
    await chooses('Alipay sandbox');
    await question('(2/5)');
    await bench.answer('12');
    await bench.quickInput.getByText('“12”').waitFor();
    await bench.answer('9021000100000002');
    await question('(3/5)');
    await bench.answer('Trial 试用');
    await question('(4/5)');
    await chooses('password box');
    await bench.quickInput.locator('input[type="password"]').waitFor();
    await bench.answer(issued.certAppPrivateKey.replaceAll('\n', ''));
    await question('(5/5)');
    await chooses('Three certificates');
    await picksFile('app certificate', 'appCert.crt');
    await picksFile('Alipay’s certificate', 'alipayCert.crt');
    await picksFile('root certificate', 'rootCert.crt');
    await bench.dialog.getByText('does not work').waitFor();
    await bench.dialog.getByRole('button', { name: 'OK' }).click();
    await chooses('Keep it as it is');
    await bench.notification('at read-only').getByRole('button', { name: 'Use It Now' }).click();
    await bench.statusBarItem('Alipay: Trial 试用 – Alipay sandbox').waitFor();
  });

  it('raises it to money-out only in a modal dialog that names the limits', async () => {
    await bench.runCommand('Alipay: Set Level and Limits…');
    await chooses('Trial');
    await chooses('Money-out');
    for (const [prompt, value] of [
      ['limit of a day', '5000'],
      ['payee or trade', '1000'],
      ['one operation', '100.50'],
    ] as const) {
      await bench.quickInput.getByText(prompt).waitFor();
      await bench.answer(value);
    }
    await bench.dialog.getByText('At most 100.50 yuan in one operation').waitFor();
    assert.equal(JSON.parse(readFileSync(profilesFile(), 'utf8')).policy.profiles[0].level, 'read-only');
    await bench.dialog.getByRole('button', { name: 'Allow' }).click();
    await bench.notification('is at Money-out now').waitFor();
  });

  it('keeps profile and key over a reload, and the key out of every file', async () => {
    await window.reload();
    await startTools(window);
    await bench.statusBarItem('Trial 试用').waitFor();
    await bench.runCommand('Alipay: Run a Tool…');
    await bench.fillQuickInput('query_trade');
    await chooses('query_trade');
    await chooses('out_trade_no');
    await bench.answer('2024040112345');
    await chooses('Run query_trade');
    const result = window.page.locator('.editor-instance .view-lines');
    await result.getByText('unknown').first().waitFor(); // it was signed and sent, and no answer came
    const line = issued.certAppPrivateKey.split('\n')[5] ?? '';
    const files = globSync('**/*', { cwd: host.server.dataDir, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.ok(files.length > 10 && line.length >= 60);
    for (const { parentPath, name } of files) {
      assert.ok(!readFileSync(join(parentPath, name)).includes(line), `the key is in ${name}`);
    }
  });

  it('G8: locks money-out when something else has changed the file, until a person decides', async () => {
    const file = profilesFile();
    writeFileSync(file, readFileSync(file, 'utf8').replace('"perDay": 500000', '"perDay": 50000000'));
    await bench.statusBarItem('Alipay: locked').waitFor();
    await bench.runCommand('Alipay: Set Level and Limits…');
    await bench.dialog.getByText('changed by something other than this extension').waitFor();
    await bench.dialog.getByRole('button', { name: 'OK' }).click();
    await bench.runCommand('Alipay: Review Locked Settings…');
    await chooses('Keep the 1');
    await bench.dialog.getByText(/, app 9021000100000002, your key [0-9a-f]{16}, .*: “Trial 试用”/).waitFor();
    await bench.dialog.getByRole('button', { name: 'Yes, I Have Checked' }).click();
    await bench.statusBarItem('Alipay: Local sandbox').waitFor();
    const [profile] = JSON.parse(readFileSync(file, 'utf8')).policy.profiles as { level: string; limits?: object }[];
    assert.deepEqual([profile?.level, profile?.limits], ['read-only', undefined]);
  });

  it('removes it with its secrets, after a modal dialog', async () => {
    await bench.runCommand('Alipay: Remove a Profile…');
    await chooses('Trial');
    await bench.dialog.getByText('Its private key and its OAuth tokens are deleted').waitFor();
    await bench.dialog.getByRole('button', { name: 'Remove' }).click();
    await bench.notification('its secrets are gone').waitFor();
    assert.deepEqual(JSON.parse(readFileSync(profilesFile(), 'utf8')).policy.profiles, []);
  });
});
