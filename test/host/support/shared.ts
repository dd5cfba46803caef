import { openProduct, type OpenProduct } from './open-product.ts';

/** For a `before` hook that may be the one that starts it, on a machine that has not packed anything yet. */
export const STARTING_MS = 300_000;

let shared: Promise<OpenProduct> | undefined;

/** One VS Code for all suites about the approval: each uses orders of its own, and leaves nothing waiting. */
export async function sharedProduct(): Promise<OpenProduct> {
  shared ??= openProduct('approval');
  const product = await shared;
  await product.window.page.bringToFront(); // the browser draws nothing in a page behind another
  return product;
}

after(async () => (await shared)?.host.stop());
