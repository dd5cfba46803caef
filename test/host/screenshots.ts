/** `npm run screenshots`: what the README shows of the approval, taken in a real VS Code, into docs/images. */
import { resolve } from 'node:path';
import type { Approval } from './support/approval.ts';
import { useTheme } from './support/host.ts';
import { openProduct } from './support/open-product.ts';
import { askFor } from './support/product.ts';
import type { VscodeWindow } from './support/window.ts';

const IMAGES = resolve(import.meta.dirname, '../../docs/images');
/** Another order for each language: what was denied before would be said on the page. */
const REFUNDS = {
  en: { out_trade_no: '2024040112345', refund_amount: '15.50', refund_reason: 'defective item' },
  zh: { out_trade_no: 'AP2024041200987', refund_amount: '15.50', refund_reason: '商品瑕疵' },
} as const;

async function take(
  { window, approval }: { window: VscodeWindow; approval: Approval },
  language: keyof typeof REFUNDS,
): Promise<void> {
  await window.page.bringToFront();
  await window.page.setViewportSize({ width: 1000, height: 960 });
  for (const command of ['closeSidebar', 'closeAuxiliaryBar', 'closePanel']) {
    await window.bridge.command(`workbench.action.${command}`);
  }
  const { answer } = await askFor(window, 'refund_trade', REFUNDS[language]);
  await approval.live();
  for (const theme of ['light', 'dark', 'hc-black', 'hc-light'] as const) {
    await useTheme(window, theme);
    await approval.live();
    const path = resolve(IMAGES, `approval-${theme}-${language}.png`);
    await window.page.locator('.part.editor').screenshot({ path, animations: 'disabled' });
    process.stdout.write(`${path}\n`);
  }
  await approval.deny();
  await answer;
}

const product = await openProduct('screenshots');
try {
  await take(product, 'en');
  await take(await product.second(), 'zh');
} finally {
  await product.host.stop();
}
