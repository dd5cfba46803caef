/** `npm run screenshots`: what the README shows of the approval, taken in a real VS Code, into docs/images. */
import { resolve } from 'node:path';
import type { Approval } from './support/approval.ts';
import { useTheme } from './support/host.ts';
import { openProduct } from './support/open-product.ts';
import { askFor } from './support/product.ts';
import type { VscodeWindow } from './support/window.ts';

const IMAGES = resolve(import.meta.dirname, '../../docs/images');
const REFUND = { out_trade_no: '2024040112345', refund_amount: '15.50', refund_reason: 'defective item 商品瑕疵' };

async function take(
  { window, approval }: { window: VscodeWindow; approval: Approval },
  language: string,
): Promise<void> {
  await window.page.bringToFront();
  await window.page.setViewportSize({ width: 1000, height: 960 });
  for (const command of ['closeSidebar', 'closeAuxiliaryBar', 'closePanel']) {
    await window.bridge.command(`workbench.action.${command}`);
  }
  const { answer } = await askFor(window, 'refund_trade', REFUND);
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
