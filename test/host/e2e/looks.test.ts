import assert from 'node:assert/strict';
import type { Approval } from '../support/approval.ts';
import { accessibilityProblems } from '../support/axe.ts';
import { useTheme } from '../support/host.ts';
import type { OpenProduct } from '../support/open-product.ts';
import { askFor, freshOrder, type Told } from '../support/product.ts';
import { sharedProduct, STARTING_MS } from '../support/shared.ts';
import type { VscodeWindow } from '../support/window.ts';

/** Tall enough that nothing scrolls: axe cannot judge the colours of what is scrolled away. */
const TALL = { width: 1280, height: 2_000 };

for (const language of ['en', 'zh-cn'] as const) {
  describe(`the approval’s looks in VS Code (${language})`, function () {
    this.timeout(90_000);
    let product: OpenProduct;
    let window: VscodeWindow;
    let approval: Approval;
    let answer: Promise<Told>;

    before(async function () {
      this.timeout(STARTING_MS);
      product = await sharedProduct();
      ({ window, approval } = language === 'en' ? product : await product.second());
      await window.page.bringToFront();
      await window.page.setViewportSize(TALL);
      const input = { out_trade_no: freshOrder(product.host), refund_amount: '1.00', refund_reason: 'defective 次品' };
      ({ answer } = await askFor(window, 'refund_trade', input));
      await approval.live();
      await approval.page.locator('summary').click();
    });

    after(async () => {
      await approval.deny();
      assert.equal((await answer).status, 'denied');
      await useTheme(window, 'dark');
      await window.page.setViewportSize({ width: 1280, height: 800 });
    });

    for (const theme of ['light', 'dark', 'hc-black', 'hc-light'] as const) {
      it(`axe finds nothing in ${theme}`, async () => {
        await useTheme(window, theme);
        assert.deepEqual(await accessibilityProblems(approval.page), []);
      });
    }
  });
}
