/** `npm start -- --tour`: three requests a merchant makes, with every call, question and answer shown in the terminal. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { connectChild, type ChildClient } from '../mcp/child-client.ts';
import { generateSandboxKeys, startSandbox, type Sandbox } from '../sandbox/index.ts';
import { t } from '../text/index.ts';
import { askTerminal } from './ask-terminal.ts';
import { localeOf } from './locale.ts';

const WEBHOOK = 'https://shop.example/alipay/notify';

const locale = localeOf(process.env);
/** Where the product lies once it is built: beside this program. */
const SERVER = join(import.meta.dirname, 'stdio.js');

try {
  await tour();
} catch (error) {
  process.exitCode = 1;
  tell(t(locale, 'tour.failed', { words: error instanceof Error ? error.message : String(error) }));
}

async function tour(): Promise<void> {
  tell('', styleText('bold', t(locale, 'tour.title')), '');
  const folder = mkdtempSync(join(tmpdir(), 'alipay-tour-'));
  try {
    const keys = await generateSandboxKeys(Date.now());
    const sandbox = await startSandbox({ database: ':memory:', seed: 'demo', keys });
    try {
      tell(t(locale, 'tour.sandbox', { gateway: sandbox.gateway }));
      await walk(sandbox, folder);
    } finally {
      await sandbox.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function walk(sandbox: Sandbox, folder: string): Promise<void> {
  const tokenFile = join(folder, 'admin-token');
  writeFileSync(tokenFile, sandbox.adminToken, { mode: 0o600 });
  const options = ['--sandbox', '--admin', sandbox.admin, '--admin-token-file', tokenFile];
  const client = await connectChild({
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', SERVER, ...options, '--data', folder, '--locale', locale],
    name: 'guided-tour',
    version: packageJson.version,
    ask: askHere,
    onProgress: (message) => tell(styleText('dim', `  … ${message}`)),
  });
  try {
    const names = await client.toolNames();
    tell(t(locale, 'tour.server', { count: names.length, names: names.join(', ') }));
    await refund(client);
    await create(client);
    await sumBill(client);
  } finally {
    await client.close();
  }
  tell('', styleText('bold', t(locale, 'tour.next')));
  tell(
    `  • ${t(locale, 'tour.next.mcp')}`,
    `  • ${t(locale, 'tour.next.sandbox')}`,
    `  • ${t(locale, 'tour.next.bill')}`,
  );
}

async function refund(client: ChildClient): Promise<void> {
  heading(1, t(locale, 'tour.prompt.refund'));
  const input = {
    out_trade_no: '2024040112345',
    refund_amount: '15.50',
    refund_reason: locale === 'zh' ? '商品有缺陷' : 'defective item',
  };
  const status = await show(client, 'refund_trade', input);
  if (status !== 'succeeded') return;
  tell('', t(locale, 'tour.again'));
  await show(client, 'refund_trade', input);
}

async function create(client: ChildClient): Promise<void> {
  heading(2, t(locale, 'tour.prompt.create'));
  const input = { total_amount: '299.00', subject: 'Premium Subscription', notify_url: WEBHOOK };
  await show(client, 'create_trade', input);
}

async function sumBill(client: ChildClient): Promise<void> {
  heading(3, t(locale, 'tour.prompt.bill'));
  await show(client, 'query_bill_download_url', { bill_date: '2024-04-11', flag_above: '5000.00' });
}

async function show(client: ChildClient, tool: string, input: Readonly<Record<string, string>>): Promise<unknown> {
  tell('', styleText('cyan', t(locale, 'tour.calls', { tool, input: JSON.stringify(input) })));
  const { status, text } = await client.call(tool, input);
  tell(indented(text, '  '));
  return status;
}

/** Shows the whole request and takes `y` from a person at a terminal; everything else is a no. */
async function askHere(message: string, signal: AbortSignal): Promise<boolean> {
  tell('', styleText('yellow', t(locale, 'tour.asked')), indented(message, '  │ '));
  if (!process.stdin.isTTY) {
    tell(t(locale, 'tour.no_terminal'));
    return false;
  }
  const question = styleText('bold', t(locale, 'tour.approve'));
  const answer = await askTerminal(question, { input: process.stdin, output: process.stdout }, signal);
  if (answer === undefined) tell('', t(locale, signal.aborted ? 'tour.taken_back' : 'tour.left'));
  return answer !== undefined && /^y(?:es)?$/i.test(answer.trim());
}

function heading(number: number, words: string): void {
  tell('', styleText('bold', t(locale, 'tour.prompt', { number, words })));
}

function indented(text: string, margin: string): string {
  return text.replaceAll(/^/gm, margin);
}

function tell(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
