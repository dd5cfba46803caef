import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import packageJson from '../../../package.json' with { type: 'json' };
import { askFor, eventually, freshOrder, operationsOn, refundsOf } from '../support/product.ts';
import type { OpenProduct } from '../support/open-product.ts';
import { sharedProduct, STARTING_MS } from '../support/shared.ts';

/** What VS Code offers to every extension for saying yes to its own questions, and what might press a button of ours. */
const YES_COMMANDS = [
  'workbench.action.chat.acceptTool',
  'workbench.action.chat.acceptToolPostExecution',
  'workbench.action.chat.acceptElicitation',
  'workbench.action.chat.skipTool',
  'workbench.action.acceptSelectedQuickOpenItem',
  'workbench.action.quickInputAccept',
  'quickInput.accept',
  'quickInput.acceptInBackground',
  'notification.acceptPrimaryAction',
  'notifications.showList',
  'notifications.focusToasts',
  'notifications.focusFirstToast',
  'notifications.clearAll',
  'notifications.hideToasts',
  'notifications.hideList',
  'editor.action.webvieweditor.showFind',
  'workbench.action.webview.reloadWebviewAction',
  'workbench.action.webview.openDeveloperTools',
] as const;

const CONTRIBUTED = packageJson.contributes.commands.map(({ command }) => command);

describe('no machine approves', function () {
  this.timeout(90_000);
  let product: OpenProduct;
  let order: string;

  before(async function () {
    this.timeout(STARTING_MS);
    product = await sharedProduct();
  });

  beforeEach(() => {
    order = freshOrder(product.host);
  });

  const ask = () => askFor(product.window, 'refund_trade', { out_trade_no: order, refund_amount: '1.00' });

  /** The request is still waiting; a person's own No ends it, which no earlier yes had done. */
  async function isStillWaiting(answer: Promise<{ status: string }>): Promise<void> {
    assert.deepEqual(operationsOn(product.host, order), ['proposed']);
    await product.approval.deny();
    assert.equal((await answer).status, 'denied');
    assert.deepEqual(refundsOf(product.host, order), []);
  }

  /** One of the commands opens a page to read before the panel, in its own time: a person closes it. */
  function inFront(): Promise<void> {
    const { window, approval } = product;
    return eventually('the approval is in front', async () => {
      await window.bridge.evaluate(async (api) => {
        const tab = api.window.tabGroups.activeTabGroup.activeTab;
        if (tab && !(tab.input instanceof api.TabInputWebview)) await api.window.tabGroups.close(tab);
      });
      return approval.isLive();
    });
  }

  it('G5: the extension has no command but those a person sees in the palette', async () => {
    const all = await product.window.bridge.evaluate((api) => api.commands.getCommands(true));
    assert.deepEqual(all.filter((id) => id.startsWith('alipay')).toSorted(), CONTRIBUTED.toSorted());
  });

  it('G5: none of its commands approves, nor VS Code’s own yes to each question they open', async () => {
    const { window, host, approval } = product;
    const { answer } = await ask(); // before anything waves dialogs away: this one gets its Yes
    // What opens as a modal dialog no command accepts: a person waves it away when it is in the way.
    const modal = window.workbench.dialog.filter({ hasNot: window.page.getByRole('button', { name: 'Yes' }) });
    const away = () => modal.getByRole('button', { name: /^(Cancel|OK)$/ }).click();
    await window.page.addLocatorHandler(modal, away, { noWaitAfter: true }); // the next may follow at once
    // Locking everything denies what waits, and has a suite of its own.
    for (const command of CONTRIBUTED.filter((id) => id !== 'alipay.lock')) {
      await inFront();
      await approval.live();
      // Most wait for a person, so they are started, and what they open is accepted by command and closed.
      await window.bridge.evaluate(async (api, _state, id) => {
        const run = (name: string) => Promise.resolve(api.commands.executeCommand(name)).catch(() => undefined);
        void run(id);
        await new Promise((resolve) => setTimeout(resolve, 150));
        await run('workbench.action.acceptSelectedQuickOpenItem');
        await new Promise((resolve) => setTimeout(resolve, 50));
        await run('workbench.action.closeQuickOpen');
      }, command);
      assert.deepEqual(refundsOf(host, order), [], command);
    }
    await inFront();
    await isStillWaiting(answer);
    await window.page.removeLocatorHandler(modal);
  });

  it('G5: VS Code’s commands that answer its own questions approve nothing', async () => {
    const { window, approval } = product;
    const { answer } = await ask();
    await approval.live();
    const known = await window.bridge.evaluate((api) => api.commands.getCommands(false));
    const run = YES_COMMANDS.filter((id) => known.includes(id));
    assert.ok(run.includes('workbench.action.acceptSelectedQuickOpenItem') && run.length >= 5, run.join());
    for (const command of run) {
      await window.bridge.evaluate((api, _state, id) => {
        void Promise.resolve(api.commands.executeCommand(id)).catch(() => undefined);
      }, command);
    }
    await isStillWaiting(answer);
  });

  it('G5: synthetic events in its page approve nothing', async () => {
    const { approval } = product;
    const { answer } = await ask();
    await approval.live();
    await (
      await approval.frame()
    ).evaluate(`
      for (const button of [...document.querySelectorAll('button')].reverse()) {
        button.focus();
        button.click();
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
          button.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, detail: 1, isPrimary: true }));
        for (const key of ['Enter', ' ', 'Escape'])
          for (const type of ['keydown', 'keypress', 'keyup'])
            button.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true }));
        button.dispatchEvent(new SubmitEvent('submit', { bubbles: true, submitter: button }));
        const form = document.createElement('form');
        button.parentElement.insertBefore(form, button);
        form.append(button);
        button.type = 'submit';
        form.requestSubmit(button);
        button.click();
      }
    `);
    await isStillWaiting(answer);
  });

  it('G5: messages with a wrong token, a wrong digest, too early or from a panel not in front approve nothing', async () => {
    const { window, approval } = product;
    const { answer } = await ask();
    await approval.live();
    const page = await approval.frame();
    const post = (message: object) => say(page, message);
    const digest = ((await approval.page.locator('.digest code').textContent()) ?? '').replaceAll(/\s/g, '');
    assert.match(digest, /^[0-9a-f]{64}$/);
    const token = await learnToken(page);

    await post({ type: 'approve', token, digest }); // its first second has only begun
    await approval.live();
    await post({ type: 'approve', token: `${token.slice(0, -1)}_`, digest });
    await post({ type: 'approve', token: '', digest });
    await post({ type: 'approve', digest });
    await post({ type: 'approve', token, digest: '0'.repeat(64) });
    await post({ type: 'approve', token, digest: digest.toUpperCase() });
    await post({ type: 'approve', token });
    assert.deepEqual(operationsOn(product.host, order), ['proposed']);

    await window.bridge.evaluate(async (api) => {
      const notes = await api.workspace.openTextDocument({ content: 'beside' });
      await api.window.showTextDocument(notes, { preview: true, viewColumn: api.ViewColumn.Beside });
    });
    const beside = await approval.frame();
    await beside.getByRole('dialog').waitFor();
    await learnToken(beside);
    await approval.live();
    await window.page.locator('.editor-instance .view-lines', { hasText: 'beside' }).click();
    // What gives way to another column may be shown once more, under another token.
    await eventually('the page was told that it was not in front', async () => {
      await say(beside, { type: 'approve', token: await lastToken(beside), digest });
      return approval.page.getByText('this page was not in front').isVisible();
    });
    assert.deepEqual(operationsOn(product.host, order), ['proposed']);

    await say(beside, { type: 'deny', token: await lastToken(beside), reason: 'the door is real' });
    const told = await answer;
    assert.deepEqual([told.status, refundsOf(product.host, order)], ['denied', []]);
    assert.match(told.message, /the door is real/);
    await window.bridge.command('workbench.action.revertAndCloseActiveEditor');
  });

  it('G5: a real click within the first second approves nothing', async () => {
    const { approval } = product;
    let point = { x: 0, y: 0 };
    for (let tries = 0; ; tries += 1) {
      const { answer } = await ask();
      const wasAtOnce = tries > 0 && (await approval.pressAtOnce(point));
      if (wasAtOnce) return isStillWaiting(answer);
      assert.ok(tries < 4, 'never pressed within the first second');
      await Promise.race([approval.live(), answer]);
      if (await approval.isOpen()) {
        point = await approval.approvePoint();
        await approval.deny();
      }
      await answer;
      order = freshOrder(product.host);
    }
  });
});

/** Posts to the extension as the page's own script does. */
async function say(page: Frame, message: object): Promise<void> {
  const post = '__vscode_post_message__'; // VS Code's own door between the two frames of a webview
  const outer = page.parentFrame();
  if (!outer) throw new Error('a webview is a frame in a frame');
  await outer.evaluate(`${post}('onmessage', { message: ${JSON.stringify(message)} })`);
}

/** The token of the next showing, which it asks for: what only code in the page can learn. */
async function learnToken(page: Frame): Promise<string> {
  // Listening must have begun before the asking: the two go through different frames, in no order of their own.
  await page.evaluate(`globalThis.learnt = new Promise((learnt) => {
    addEventListener('message', ({ data }) => data.type === 'show' && learnt((globalThis.lastToken = data.token)));
  }); undefined`);
  await say(page, { type: 'ready' });
  return page.evaluate<string>('globalThis.learnt');
}

/** The token of the latest showing of a page that has learnt one. */
function lastToken(page: Frame): Promise<string> {
  return page.evaluate<string>('globalThis.lastToken');
}
