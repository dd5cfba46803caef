import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Approval } from './approval.ts';
import { Host } from './host.ts';
import { callTool, packProduct, startTools } from './product.ts';
import type { VscodeWindow } from './window.ts';

/** The product in a window of a VS Code of its own, with its tools started. */
export interface OpenProduct {
  readonly host: Host;
  readonly window: VscodeWindow;
  readonly approval: Approval;
  /** A second window over the same ledger and vault, in Chinese. */
  readonly second: () => Promise<{ readonly window: VscodeWindow; readonly approval: Approval }>;
}

/** `name` is the server's folder; the caller stops the host. */
export async function openProduct(name: string): Promise<OpenProduct> {
  const host = await Host.start({ name, extensions: [packProduct()] });
  const window = await host.openWindow({ chat: false });
  await startTools(window);
  await callTool(window, 'query_trade', { out_trade_no: '2024040112345' }); // the first call starts the sandbox
  let second: ReturnType<OpenProduct['second']> | undefined;
  const openSecond = async (): ReturnType<OpenProduct['second']> => {
    const folder = join(host.server.folder, 'second');
    mkdirSync(folder, { recursive: true });
    const other = await host.openWindow({ beside: window, folder, language: 'zh-cn' });
    await startTools(other);
    return { window: other, approval: new Approval(other, 'zh-cn') };
  };
  return { host, window, approval: new Approval(window), second: () => (second ??= openSecond()) };
}
