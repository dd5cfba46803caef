import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { ApprovalRequest } from '../../src/guard/approver.ts';
import { say } from '../../src/text/index.ts';
import { launchBrowser } from '../host/support/window.ts';
import { ApprovalPage, THEME_NAMES, type PageOptions } from '../support/approval-page.ts';
import { cancelRequest, refundRequest, transferRequest } from '../support/approval-requests.ts';
import { accessibilityProblems } from '../support/axe.ts';
import { MovedClock } from '../support/ledgers.ts';

/** Tall enough that nothing scrolls: axe cannot judge the colours of what is scrolled away. */
const TALL = { width: 900, height: 2_600 };

describe('the approval page in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let approval: ApprovalPage;
  before(async () => (browser = await launchBrowser()));
  after(() => browser.close());
  afterEach(() => approval.close());

  const start = async (options: PageOptions = {}): Promise<Page> => {
    approval = await ApprovalPage.start(browser, options);
    return approval.page;
  };
  const button = (name: string) => approval.page.getByRole('button', { name, exact: true });
  const answers = (): string[] => approval.sent.map(({ type }) => type).filter((type) => /approve|deny/.test(type));

  describe('G5: approves', () => {
    it('by the mouse on Approve, and nothing before it', async () => {
      await start();
      const request = refundRequest();
      const { decision } = await approval.askAndWake(request);
      await button('Approve').click();
      assert.deepEqual(await decision, { verdict: 'approved', digest: request.digest });
      assert.deepEqual(answers(), ['approve']);
    });

    it('by Enter or Space on the focused button', async () => {
      for (const key of ['Enter', 'Space']) {
        const page = await start();
        const { decision } = await approval.askAndWake(refundRequest());
        await page.keyboard.press('Tab');
        assert.equal(await focused(page), 'Approve');
        await page.keyboard.press(key);
        assert.equal((await decision).verdict, 'approved', key);
        await approval.close();
      }
      await start();
    });
  });

  it('G5: is approved by no synthetic event', async () => {
    const page = await start();
    const { decision } = await approval.askAndWake(refundRequest());
    await page.evaluate(`
      for (const button of document.querySelectorAll('button')) {
        button.click();
        button.focus();
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
          button.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, detail: 1 }));
        for (const key of ['Enter', ' ', 'Escape'])
          for (const type of ['keydown', 'keypress', 'keyup'])
            button.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true }));
      }
      window.postMessage({ type: 'approve' }, '*');
    `);
    await heartbeat();
    assert.deepEqual(answers(), []);
    await button('Deny').click();
    assert.equal((await decision).verdict, 'denied');
  });

  it('G5: reacts to nothing in the first second, nor to a press that began in it', async () => {
    const page = await start();
    const decision = approval.ask(refundRequest());
    await page.getByRole('dialog').waitFor();
    const box = (await button('Approve').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.mouse.down();
    assert.match((await page.getByRole('status').first().textContent()) ?? '', /in a moment/);
    assert.equal(await button('Approve').getAttribute('aria-disabled'), 'true');
    await page.locator('.approve:not([aria-disabled])').waitFor();
    await page.mouse.up();
    await heartbeat();
    assert.deepEqual(answers(), []);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    assert.equal((await decision).verdict, 'approved');
  });

  it('G5: puts the focus on Deny, and no key but Esc decides elsewhere', async () => {
    const page = await start();
    const { decision } = await approval.askAndWake(refundRequest());
    assert.equal(await focused(page), 'Deny');
    await page.getByRole('textbox').fill('wrong order');
    await page.keyboard.press('Enter');
    await page.locator('summary').press('Enter');
    await heartbeat();
    assert.deepEqual(answers(), []);
    await page.keyboard.press('Escape');
    assert.deepEqual(await decision, { verdict: 'denied', reason: 'wrong order' });
  });

  it('G5: after a switched tab is drawn anew, begins its first second again, and can then be approved', async () => {
    const page = await start();
    const { decision } = await approval.askAndWake(refundRequest());
    await approval.hideAndShow();
    assert.equal(await button('Approve').getAttribute('aria-disabled'), 'true');
    await page.locator('.approve:not([aria-disabled])').waitFor();
    await button('Approve').click();
    assert.equal((await decision).verdict, 'approved');
  });

  it('in production wants the amount typed, exactly', async () => {
    const page = await start({ locale: 'zh' });
    const { decision } = await approval.askAndWake(refundRequest('production', { fen: 20_000 }));
    const amount = page.getByRole('textbox', { name: '金额', exact: true });
    for (const typed of ['', '200', '200.0', '2000.00']) {
      await amount.fill(typed);
      await button('批准').click();
      assert.equal(await focused(page), '');
    }
    await heartbeat();
    assert.deepEqual(answers(), []);
    await amount.fill('200.00');
    await button('批准').click();
    assert.equal((await decision).verdict, 'approved');
  });

  it('G3: says that it is dead when the extension goes silent, and takes no click; lives again when it is heard', async () => {
    const page = await start();
    const { decision } = await approval.askAndWake(refundRequest());
    approval.isCutOff = true;
    await page.getByText('This page is dead').first().waitFor();
    assert.equal(await page.getByRole('button').count(), 0);
    await page.keyboard.press('Escape');
    approval.isCutOff = false;
    await page.locator('.approve:not([aria-disabled])').waitFor();
    assert.equal(await page.getByText('This page is dead').count(), 0);
    assert.deepEqual(answers(), []);
    await button('Deny').click();
    await decision;
  });

  it('G3: says that it expired, and takes no click', async () => {
    const clock = new MovedClock();
    const page = await start({ clock });
    const { decision } = await approval.askAndWake(refundRequest());
    clock.monotonicOffset += 300_000;
    assert.deepEqual(await decision, { verdict: 'expired' });
    await page.getByRole('alert').getByText('Nobody decided in time').waitFor();
    assert.equal(await page.getByRole('button').count(), 0);
    await page.keyboard.press('Escape');
    assert.deepEqual(answers(), []);
  });

  it('takes what agents write as text, never as markup', async () => {
    const page = await start();
    const text = '<img src=x onerror="document.title=1"><b>bold</b> {{x}} &amp;';
    await approval.askAndWake(
      refundRequest('local-sandbox', { agentWords: [{ field: 'refund_reason', text }], caller: text }),
    );
    assert.equal(await page.locator('img, b, iframe, a').count(), 0);
    assert.equal(await page.locator('.words dd').textContent(), text);
  });

  it('shows the whole request, unclipped, when asked to', async () => {
    const page = await start({ viewport: { width: 600, height: 500 } });
    const request = transferRequest();
    await approval.askAndWake(request);
    await page.locator('summary').click();
    const raw = page.locator('pre.raw');
    assert.equal(await raw.textContent(), request.bizContent.replace('\u202e', '⟨U+202E⟩'));
    const clipped = 'pre.scrollWidth > pre.clientWidth || pre.scrollHeight > pre.clientHeight';
    assert.equal(await page.evaluate(`{ const pre = document.querySelector('pre.raw'); ${clipped} }`), false);
    assert.equal((await page.locator('.digest dd').textContent()) ?? '', request.digest);
  });

  const everything = (changed: boolean): ApprovalRequest =>
    refundRequest('production', {
      changed,
      isSecond: true,
      queueLength: 3,
      refunded: changed ? 10_000 : 5_000,
      warnings: [
        say('warn.production'),
        say('warn.denied_because', { minutes: 3, reason: 'wrong order' }),
        say('warn.unusual', { amount: '15.50', largest: '3.00' }),
      ],
    });

  for (const theme of THEME_NAMES) {
    it(`has nothing that axe objects to in ${theme}`, async () => {
      const cases = [
        { locale: 'en', request: transferRequest() },
        { locale: 'zh', request: everything(false) },
        ...(theme === 'dark' ? [{ locale: 'en', request: cancelRequest('alipay-sandbox') } as const] : []),
      ] as const;
      for (const { locale, request } of cases) {
        const page = await start({ theme, locale, viewport: TALL });
        await approval.askAndWake(request);
        await page.locator('summary').click();
        assert.deepEqual(await accessibilityProblems(page), []);
        await approval.close();
      }
      await start();
    });
  }

  it('has nothing that axe objects to where a change is marked, nor once it is over', async () => {
    const clock = new MovedClock();
    const page = await start({ clock, viewport: TALL });
    const first = await approval.askAndWake(everything(false));
    await page.getByRole('textbox', { name: 'Amount' }).fill('15.50');
    await button('Approve').click();
    await first.decision;
    const { decision } = await approval.askAndWake(everything(true));
    assert.ok((await page.locator('.was').count()) >= 2);
    assert.deepEqual(await accessibilityProblems(page), []);
    clock.monotonicOffset += 300_000;
    await decision;
    await page.getByRole('alert').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
  });

  it('needs no sideways scrolling at 320 pixels, and keeps the decision in sight', async () => {
    for (const locale of ['en', 'zh'] as const) {
      for (const request of [
        everything(false),
        transferRequest('production', { fen: 10_000_000_000 }),
        cancelRequest(),
      ]) {
        const page = await start({ locale, viewport: { width: 320, height: 568 } });
        await approval.askAndWake(request);
        await page.locator('summary').click();
        const wide =
          'document.documentElement.scrollWidth > 320 || document.querySelector(".request").scrollWidth > 320';
        assert.equal(await page.evaluate(wide), false);
        for (const name of locale === 'en' ? ['Approve', 'Deny'] : ['批准', '拒绝']) {
          const box = await button(name).boundingBox();
          assert.ok(box && box.x >= 0 && box.x + box.width <= 320 && box.y + box.height <= 568, name);
        }
        const content = await page.locator('.request').boundingBox();
        assert.ok(content && content.height > 120, `only ${content?.height} pixels for the request`);
        await approval.close();
      }
    }
    await start();
  });

  it('G12: shows a changed headline whole, and what it was', async () => {
    const page = await start({ viewport: { width: 900, height: 760 } });
    const request = cancelRequest();
    const first = await approval.askAndWake(request);
    await button('Approve').click();
    await first.decision;
    const paid = say('cancel_trade.effect.paid', { amount: '299.00', order: '2024040112345' });
    await approval.askAndWake({ ...request, changed: true, effect: [paid] });
    await page.locator('h1 .was').getByText('closes the unpaid order').waitFor();
    await page.locator('h1 .now').getByText('all 299.00 CNY goes back').waitFor();
    assert.equal(await page.evaluate('document.querySelector(".request").scrollWidth > 900'), false);
  });

  it('is a dialog named by its operation, with one heading of the first rank', async () => {
    const page = await start();
    await approval.askAndWake(refundRequest());
    const name = 'Refund 15.50 CNY of order 2024040112345 to buyer zha***@example.com.';
    await page.getByRole('dialog', { name }).waitFor();
    assert.equal(await page.getByRole('heading', { level: 1, name }).count(), 1);
    const buttons = await page.getByRole('button').allTextContents();
    assert.deepEqual(buttons, ['Deny', 'Approve']);
  });

  /** Waits for the page's next heartbeat: whatever it sent before is then here. */
  async function heartbeat(): Promise<void> {
    const before = approval.sent.length;
    await approval.page.waitForFunction('true');
    while (!approval.sent.slice(before).some(({ type }) => type === 'heartbeat')) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
});

function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent');
}
