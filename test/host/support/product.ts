import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from './host.ts';
import type { VscodeWindow } from './window.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Publisher and name, as VS Code knows the product. */
export const PRODUCT = 'alipay-open-platform-mcp.alipay-open-platform-mcp';

let packed: string | undefined;

/** Packs the product as it is published (`npm run package`), once, and returns the .vsix file's path. */
export function packProduct(): string {
  packed ??= pack();
  return packed;
}

function pack(): string {
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'package'], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the product cannot be packed:\n${stdout}${stderr}`);
  return join(ROOT, 'dist/alipay-open-platform-mcp.vsix');
}

/** Activates the product and starts its MCP server, as the first request in agent mode does. */
export async function startTools(window: VscodeWindow): Promise<string[]> {
  await window.bridge.evaluate(async (api, _state, product) => {
    await api.extensions.getExtension(product)?.activate();
    const listed = (): boolean => api.lm.tools.some(({ name }) => name.startsWith('mcp_alipay_'));
    for (let tries = 0; tries < 100 && !listed(); tries += 1) {
      const options = { autoTrustChanges: true, waitForLiveTools: true };
      await api.commands.executeCommand('workbench.mcp.startServer', '*', options);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }, PRODUCT);
  return (await window.bridge.toolNames()).filter((name) => name.startsWith('mcp_alipay_'));
}

/** A tool's result, as the model gets it. */
export interface Told {
  readonly status: string;
  readonly message: string;
  readonly [fact: string]: unknown;
}

/** Calls a tool that VS Code lets run without a question: one that only reads. */
export async function callTool(window: VscodeWindow, tool: string, input: object): Promise<Told> {
  const [text] = await window.bridge.invokeTool(`mcp_alipay_${tool}`, input);
  return JSON.parse(text ?? '') as Told;
}

/** A call under way; wrapped, so that waiting for the asking does not wait for the answer. */
export interface Asked {
  readonly answer: Promise<Told>;
}

/** Calls any other tool, and says Yes to VS Code's own question, which is no approval of ours. */
export async function askFor(window: VscodeWindow, tool: string, input: object): Promise<Asked> {
  const answer = callTool(window, tool, input);
  answer.catch(() => undefined);
  await window.workbench.dialog.getByRole('button', { name: 'Yes' }).click();
  return { answer };
}

/** Reads one of the extension's databases on the server's disk, as a reviewer with a file browser would. */
function readDatabase<Row>(host: Host, name: 'ledger' | 'sandbox', query: string): Row[] {
  const [file] = globSync(`data/User/globalStorage/*alipay*/${name}.sqlite`, { cwd: host.server.dataDir });
  if (!file) throw new Error(`there is no ${name}.sqlite`);
  const database = new DatabaseSync(join(host.server.dataDir, file), { readOnly: true, timeout: 5_000 });
  try {
    return database.prepare(query).all() as Row[];
  } finally {
    database.close();
  }
}

/** What went back to buyers of one order, refund by refund, in fen. */
export function refundsOf(host: Host, outTradeNo: string): number[] {
  return readDatabase<{ fen: number }>(
    host,
    'sandbox',
    `SELECT refund_fen AS fen FROM refunds JOIN trades USING (trade_no) WHERE out_trade_no = '${outTradeNo}' ORDER BY at`,
  ).map(({ fen }) => fen);
}

/** The states of the operations on one order, oldest first. */
export function operationsOn(host: Host, outTradeNo: string): string[] {
  return readDatabase<{ state: string }>(
    host,
    'ledger',
    `SELECT state FROM operation WHERE facts LIKE '%"${outTradeNo}"%' ORDER BY proposed_at`,
  ).map(({ state }) => state);
}

const freshOrders = new Map<Host, string[]>();

/** The number of a paid order of the demo data that no test has used yet: 50.00 or more, nothing refunded. */
export function freshOrder(host: Host): string {
  if (!freshOrders.has(host)) freshOrders.set(host, paidOrders(host));
  const order = freshOrders.get(host)?.shift();
  if (!order) throw new Error('the demo data has no more orders');
  return order;
}

function paidOrders(host: Host): string[] {
  return readDatabase<{ number: string }>(
    host,
    'sandbox',
    `SELECT out_trade_no AS number FROM trades WHERE status = 'TRADE_SUCCESS' AND total_fen >= 5000 AND refunded_fen = 0
       AND out_trade_no LIKE 'S20240411%' ORDER BY out_trade_no`,
  ).map(({ number }) => number);
}

/** Looks again until it is so. @throws Error after 20 s. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await delay(100)) if (await isSo()) return;
  throw new Error(`not in 20 s: ${what}`);
}
