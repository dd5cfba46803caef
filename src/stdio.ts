/** `npm run mcp`: the ten tools for any MCP client, on stdio or on a loopback port. Nothing but MCP goes to stdout. */
import { once } from 'node:events';
import packageJson from '../package.json' with { type: 'json' };
import { ProductError, SetupError } from './alipay/errors.ts';
import { readAdminToken } from './cli/admin-token.ts';
import { asksForHelp, wordsOf } from './cli/arguments.ts';
import { askedToEnd } from './cli/asked-to-end.ts';
import { askTerminal } from './cli/ask-terminal.ts';
import { attach } from './cli/attach.ts';
import type { Connection } from './cli/connection.ts';
import { lastingFolder, perUserPath, temporaryFolder, type DataFolder } from './cli/data-folder.ts';
import { startEmbedded } from './cli/local-sandbox.ts';
import { tendLedgers } from './cli/ledger-command.ts';
import { localeOf } from './cli/locale.ts';
import { parseMcpOptions, type LedgerAction, type McpOptions, type Target } from './cli/mcp-options.ts';
import { joinParts } from './cli/mcp-parts.ts';
import { otherGateway } from './cli/other-gateway.ts';
import { serveLoopback } from './mcp/loopback.ts';
import type { McpParts } from './mcp/session.ts';
import { serveStdio } from './mcp/stdio.ts';
import { say, t, type Locale } from './text/index.ts';

const EXIT_FAILED = 1;
const EXIT_BAD_INPUT = 2;

const stop = askedToEnd(process.env);

let locale = localeOf(process.env);
try {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) tell(t(locale, 'mcp.usage'));
  else await obey(parseMcpOptions(args, process.env));
} catch (error) {
  process.exitCode = error instanceof ProductError ? EXIT_BAD_INPUT : EXIT_FAILED;
  tell(error instanceof ProductError ? wordsOf(error, locale) : t(locale, 'mcp.crashed', { words: String(error) }));
}

async function obey(options: McpOptions): Promise<void> {
  ({ locale } = options);
  const { target } = options;
  if (target.kind === 'ledger') await tend(target.action, options);
  else await run(options, target);
}

async function run(options: McpOptions, target: Target): Promise<void> {
  const connection = await connect(target, options.locale);
  try {
    const folder = openFolder(options, target);
    try {
      const joined = await joinParts(connection, folder.path, options.locale, packageJson.version);
      try {
        await serve(options, joined.parts, connection.profile.gateway);
      } finally {
        await joined.close();
      }
    } finally {
      folder.release();
    }
  } finally {
    await connection.close();
  }
}

/** Beside an embedded sandbox, which goes with this process, the ledger goes too, unless a folder is named for it. */
function openFolder({ data }: McpOptions, target: Target): DataFolder {
  if (data === undefined && target.kind === 'embedded') return temporaryFolder();
  return lastingFolder(folderOf(data));
}

function folderOf(data: string | undefined): string {
  return data ?? perUserPath(process.env, process.platform);
}

/** No server: looks after the ledgers of a folder, with a person where one has to decide. */
async function tend(action: LedgerAction, { data, locale: language }: McpOptions): Promise<void> {
  const { stdin, stdout, stderr } = process;
  const terminal = stdin.isTTY && stderr.isTTY ? { input: stdin, output: stderr } : undefined;
  const isGood = await tendLedgers(action, folderOf(data), {
    locale: language,
    tell,
    print: (line) => stdout.write(`${line}\n`),
    ask: terminal && ((question) => askTerminal(question, terminal, stop)),
  });
  if (!isGood) process.exitCode = EXIT_FAILED;
}

function connect(target: Target, language: Locale): Promise<Connection> | Connection {
  switch (target.kind) {
    case 'embedded':
      return startEmbedded(Date.now());
    case 'attach':
      return attach(target.admin, readAdminToken(target), Date.now());
    case 'gateway':
      return otherGateway(target, language, Date.now());
  }
}

/** Serves until the client has gone, or somebody ends the process. */
async function serve({ http, locale: language }: McpOptions, parts: McpParts, gateway: string): Promise<void> {
  if (http === undefined) {
    tell(t(language, 'mcp.ready.stdio', { gateway }));
    return serveStdio(parts, stop);
  }
  const server = await serveLoopback(parts, http).catch((error: unknown) => {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    throw new SetupError(say('mcp.http.port_taken', { port: http, code }));
  });
  tell(t(language, 'mcp.ready.http', { url: server.url, gateway }));
  if (!stop.aborted) await once(stop, 'abort');
  await server.close();
}

function tell(words: string): void {
  process.stderr.write(`${words}\n`);
}
