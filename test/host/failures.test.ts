import { resolve } from 'node:path';
import { openWindows } from './support/window.ts';

const PICTURES = resolve(import.meta.dirname, '../../.cache/results');
const ASKING = '.monaco-dialog-box:visible, .quick-input-widget:visible, .notification-list-item:visible';

/** Says what was on the screen when a test failed: a question nobody expected is the usual reason. */
afterEach(async function () {
  if (this.currentTest?.state !== 'failed') return;
  let number = 0;
  for (const window of openWindows) {
    const picture = resolve(
      PICTURES,
      `${this.currentTest.fullTitle().replaceAll(/\W+/g, '-').slice(0, 80)}-${number++}.png`,
    );
    const asked = await window.page.locator(ASKING).allInnerTexts();
    process.stderr.write(`on the screen: ${JSON.stringify(asked)}, ${picture}\n`);
    await window.screenshot(picture).catch(() => undefined);
  }
});
