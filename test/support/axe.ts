import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe finds wrong, and what it cannot decide. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // Evaluated from outside, so that the page's own content security policy does not refuse it.
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`axe.run(document).then(({ violations, incomplete }) =>
    [...violations, ...incomplete].flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ': ' + html + ' ' + (any[0]?.message ?? ''))))`);
}
