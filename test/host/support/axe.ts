import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { FrameLocator } from 'playwright-core';

const { source } = createRequire(import.meta.url)('axe-core') as { source: string };

/**
 * What axe finds wrong in a webview, and what it cannot decide, one line each: rule, sentence and the element. A page has
 * to paint its own background: VS Code's lies outside its frame, where axe takes a transparent one for white.
 */
export async function accessibilityProblems(webview: FrameLocator): Promise<string[]> {
  const root = await webview.locator('html').elementHandle();
  const frame = await root?.ownerFrame();
  if (!frame) throw new Error('the webview is gone');
  // Evaluated from outside, so that the page's own content security policy does not refuse it.
  const { violations, incomplete } = await frame.evaluate<AxeResults>(`${source};\naxe.run(document)`);
  return [...violations, ...incomplete].flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html}`),
  );
}
