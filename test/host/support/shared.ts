import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Approval } from './approval.ts';
import { Host } from './host.ts';
import { callTool, packProduct, startTools } from './product.ts';
import type { VscodeWindow } from './window.ts';

/** The product in a window of a VS Code of its own, with its tools started. */
export interface Shared {
  readonly host: Host;
  readonly window: VscodeWindow;
  readonly approval: Approval;
  /** A second window over the same ledger and vault, in Chinese. */
  readonly second: () => Promise<{ readonly window: VscodeWindow; readonly approval: Approval }>;
}

/** For a `before` hook that may be the one that starts it, on a machine that has not packed anything yet. */
export const STARTING_MS = 300_000;

let shared: Promise<Shared> | undefined;

/** One VS Code for all suites about the approval: each uses orders of its own, and leaves nothing waiting. */
export function sharedProduct(): Promise<Shared> {
  shared ??= start();
  return shared;
}

after(async () => (await shared)?.host.stop());

async function start(): Promise<Shared> {
  const host = await Host.start({ name: 'approval', extensions: [packProduct()] });
  const window = await host.openWindow({ chat: false });
  await startTools(window);
  await callTool(window, 'query_trade', { out_trade_no: '2024040112345' }); // the first call starts the sandbox
  let second: ReturnType<Shared['second']> | undefined;
  const openSecond = async (): ReturnType<Shared['second']> => {
    const folder = join(host.server.folder, 'second');
    mkdirSync(folder, { recursive: true });
    const other = await host.openWindow({ beside: window, folder, language: 'zh-cn' });
    await startTools(other);
    return { window: other, approval: new Approval(other, 'zh-cn') };
  };
  return { host, window, approval: new Approval(window), second: () => (second ??= openSecond()) };
}
