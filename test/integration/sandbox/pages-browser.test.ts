import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../host/support/window.ts';
import { accessibilityProblems } from '../../support/axe.ts';
import { Merchant } from '../../support/merchant.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';
import { call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';

const WIDTHS = { desktop: 1280, phone: 390 } as const;
const SCHEMES = ['light', 'dark'] as const;
const LOCALES = ['en-US', 'zh-CN'] as const;
const LONG = '长'.repeat(60) + 'x'.repeat(60);

describe('the sandbox’s pages in a browser', function () {
  this.timeout(120_000);
  let sandbox: SandboxProcess;
  let merchant: Merchant;
  let browser: Browser;
  let origin: string;
  before(async () => {
    [sandbox, merchant, browser] = await Promise.all([
      SandboxProcess.start('sandbox-pages-browser'),
      Merchant.listen('fail'),
      launchBrowser(),
    ]);
    ({ origin } = new URL(sandbox.line.gateway));
    const paid = await paidTrade(sandbox, sandbox.sdk('key'), '12.30', { notify_url: merchant.url });
    await call(sandbox.sdk('key'), 'alipay.trade.refund', { out_trade_no: paid, refund_amount: '2.00' });
    await call(sandbox.sdk('key'), 'alipay.trade.precreate', {
      out_trade_no: newNumber(),
      total_amount: '1.00',
      subject: LONG,
    });
    await fetch(`${sandbox.line.gateway}?method=${LONG}`);
    for (const method of ['*', 'alipay.trade.refund'])
      await sandbox.admin('POST', '/faults', { method, fault: 'delay', count: 1000, ms: 0 });
  });
  after(async () => {
    await browser.close();
    merchant.close();
    assert.equal(await sandbox.stop(), 0);
  });

  /** A page's order at the cashier, which leads back to this sandbox. */
  const cashier = async (): Promise<string> => {
    const bizContent = {
      out_trade_no: newNumber(),
      total_amount: '9.90',
      subject: LONG,
      product_code: 'FAST_INSTANT_TRADE_PAY',
    };
    const params = { bizContent, returnUrl: `${origin}/back` };
    const sent = await fetch(sandbox.sdk('key').pageExecute('alipay.trade.page.pay', 'GET', params), {
      redirect: 'manual',
    });
    return sent.headers.get('location') ?? '';
  };
  const consent = (): string =>
    `${origin}/oauth2/publicAppAuthorize.htm?app_id=${sandbox.line.appId}&scope=auth_user&redirect_uri=${origin}/back`;
  const letIn = async (page: Page): Promise<void> => {
    await page.goto(sandbox.line.dashboard);
    await page.waitForURL(`${origin}/dashboard`);
  };

  for (const scheme of SCHEMES) {
    for (const [size, width] of Object.entries(WIDTHS)) {
      for (const locale of LOCALES) {
        it(`have nothing that axe objects to, and no sideways scrolling: ${size}, ${scheme}, ${locale}`, async () => {
          // Tall enough that nothing scrolls: axe cannot judge the colours of what is scrolled away.
          const context = await browser.newContext({
            viewport: { width, height: 12_000 },
            colorScheme: scheme,
            locale,
          });
          const page = await context.newPage();
          const judge = async (what: string): Promise<void> => {
            assert.deepEqual(await accessibilityProblems(page), [], what);
            assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `${what} is too wide`);
          };
          await page.goto(`${origin}/dashboard`);
          await judge('locked');
          await letIn(page);
          await judge('overview');
          for (const section of ['trades?find=SDK', 'trades?find=nothing', 'transfers', 'notifications?done=resent']) {
            await page.goto(`${origin}/dashboard/${section}`);
            await judge(section);
          }
          await page.goto(`${origin}/dashboard/requests`);
          for (const summary of await page.locator('summary').all()) await summary.click();
          await judge('requests');
          await page.goto(await cashier());
          await judge('cashier');
          await page.getByRole('button').nth(1).click();
          await page.getByRole('status').waitFor();
          await judge('cashier, failed');
          await page.goto(consent());
          await judge('consent');
          await context.close();
        });
      }
    }
  }

  for (const scheme of SCHEMES) {
    it(`keep apart in forced colours, ${scheme}, what colour alone tells apart elsewhere`, async () => {
      const context = await browser.newContext({ colorScheme: scheme, forcedColors: 'active' });
      const page = await context.newPage();
      await letIn(page);
      await page.goto(`${origin}/dashboard/trades?find=SDK`);
      assert.deepEqual(await accessibilityProblems(page), []);
      // Styles tell what was wished for; only a picture tells which colours were forced.
      const colourOf = async (tab: string): Promise<string> => {
        const box = await page.locator(`.tabs ${tab}`).first().boundingBox();
        assert.ok(box, tab);
        const clip = { x: box.x + 6, y: box.y + box.height / 2, width: 3, height: 3 };
        return (await page.screenshot({ clip })).toString('base64');
      };
      assert.notEqual(await colourOf('[aria-current]'), await colourOf('a:not([aria-current])'), 'the page one is on');
      const state = await page.locator('.state.good').first().elementHandle();
      assert.ok(state);
      const paid = await state.screenshot();
      await state.evaluate((element) => void element.classList.remove('good'));
      assert.equal(paid.equals(await state.screenshot()), false, 'the mark of a paid trade and that of one that waits');
      await context.close();
    });
  }

  it('show the whole string that was verified, at phone width too', async () => {
    const page = await browser.newPage({ viewport: { width: WIDTHS.phone, height: 800 } });
    await letIn(page);
    await page.getByRole('link', { name: 'Requests' }).click();
    for (const summary of await page.locator('summary').all()) await summary.press('Enter');
    const clipped = `[...document.querySelectorAll('pre')].filter(
      (pre) => pre.scrollWidth > pre.clientWidth || pre.scrollHeight > pre.clientHeight).length`;
    assert.ok((await page.locator('pre:visible').count()) >= 4);
    assert.equal(await page.evaluate(clipped), 0);
    await page.close();
  });

  it('let a person arm a fault, clear it, advance the clock and resend, by the keyboard alone', async () => {
    const page = await browser.newPage();
    await letIn(page);
    assert.ok(!page.url().includes('key='));
    await page.getByLabel('Fault', { exact: true }).selectOption('http-500');
    await page.getByLabel('Method').selectOption('alipay.trade.close');
    await page.getByLabel('Requests', { exact: true }).fill('7');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('The fault is armed.').waitFor();
    await page.getByRole('row', { name: /alipay\.trade\.close http-500 7/ }).waitFor();
    await page.getByRole('button', { name: 'Clear http-500 of alipay.trade.close' }).press('Enter');
    await page.getByRole('status').getByText('Cleared.').waitFor();
    assert.equal(await page.getByText('http-500', { exact: true }).filter({ visible: true }).count(), 0);
    await page.getByLabel('Unit').selectOption('hours');
    await page.getByLabel('Advance by').press('Enter');
    await page.getByText('0 d 1 h 0 min ahead').waitFor();
    await page.getByRole('link', { name: 'Notifications' }).press('Enter');
    const before = merchant.received.length;
    await page.getByRole('button', { name: /Resend the notification of SDK/ }).press('Enter');
    await page.getByRole('status').getByText('It was sent again').waitFor();
    assert.equal(merchant.received.length, before + 1);
    const outline = 'getComputedStyle(document.activeElement).outlineStyle';
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(outline), 'solid');
    await page.close();
  });

  it('take no form of another page on this machine, though the browser is let in', async () => {
    const page = await browser.newPage();
    await letIn(page);
    const other = new URL(merchant.url).origin;
    await page.route(`${other}/page`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<form method="post" action="${origin}/dashboard/faults/clear"><button>go</button></form>`,
      }),
    );
    await page.goto(`${other}/page`);
    await page.getByRole('button').click();
    await page.getByRole('heading', { name: 'Nothing was done' }).waitFor();
    assert.equal((await sandbox.admin('GET', '/faults')).json.length, 2);
    await page.close();
  });

  it('can be read in the other language, from where one is', async () => {
    const page = await browser.newPage({ locale: 'en-US' });
    await page.goto(consent());
    await page.getByRole('link', { name: '中文' }).click();
    await page.getByRole('heading', { name: '授权登录' }).waitFor();
    assert.equal(page.url(), consent());
    await page.goto(await cashier());
    await page.getByRole('button', { name: /^付款/ }).waitFor();
    await page.getByRole('link', { name: 'In English' }).click();
    await page.getByRole('button', { name: /^Pay/ }).waitFor();
    await page.close();
  });

  it('pay at the cashier, and bring the buyer back with signed parameters', async () => {
    const page = await browser.newPage({ viewport: { width: WIDTHS.phone, height: 800 } });
    await page.goto(await cashier());
    await page.getByRole('button', { name: 'Let the payment fail' }).click();
    await page.getByRole('button', { name: /^Try again/ }).click();
    await page.waitForURL(`${origin}/back?**`);
    const back = Object.fromEntries(new URL(page.url()).searchParams);
    assert.equal(sandbox.sdk('key').checkNotifySignV2(back), true);
    await page.close();
  });
});
