import { join } from 'node:path';
import { openAccount } from '../account.ts';
import { systemClock } from '../alipay/clock.ts';
import { Ledger } from '../ledger/index.ts';
import { elicitationApprover } from '../mcp/elicitation.ts';
import type { McpParts } from '../mcp/session.ts';
import { say, render, type Locale } from '../text/index.ts';
import { catalog, findTool } from '../tools/catalog.ts';
import type { Runner } from '../tools/run.ts';
import type { Connection } from './connection.ts';
import { FileSeal } from './file-seal.ts';
import { SANDBOX_LIMITS } from './local-sandbox.ts';
import { memoryTokens } from './memory-tokens.ts';

export interface Joined {
  readonly parts: McpParts;
  /** Denies what waits, lets what was sent settle, and closes the ledger. */
  close(): Promise<void>;
}

/** Joins ledger, account and stores over one connection, for MCP outside VS Code. */
export async function joinParts(
  connection: Connection,
  folder: string,
  locale: Locale,
  version: string,
): Promise<Joined> {
  const { profile, credentials, ledgerName } = connection;
  const clock = systemClock;
  const isOurs = profile.band === 'local-sandbox';
  const file = join(folder, ledgerName);
  const ledger = await Ledger.open(file, clock, new FileSeal(file));
  const account = openAccount({
    profile,
    credentials,
    ledger,
    limits: isOurs ? SANDBOX_LIMITS : undefined,
    tokens: memoryTokens(),
    clock,
    locale,
    onFault: reportFault,
  });
  return {
    parts: {
      tools: async () => catalog,
      runner: isOurs ? account.runner : refusingMoneyOut(account.runner, locale),
      approverFor: (door) => (isOurs ? elicitationApprover(door, clock, locale) : undefined),
      clock,
      locale,
      version,
    },
    async close() {
      await account.close();
      await ledger.settled();
      ledger.close();
    },
  };
}

/** Says at once what a level would only say by the way: that there is nobody here who could approve. */
function refusingMoneyOut(runner: Runner, locale: Locale): Runner {
  const refusal = {
    status: 'refused' as const,
    message: render(locale, say('guard.nobody_to_ask')),
    next_step: render(locale, say('guard.nobody_to_ask.next')),
  };
  return {
    run: (name, input, caller) =>
      findTool(name)?.kind === 'money-out' ? Promise.resolve(refusal) : runner.run(name, input, caller),
  };
}

/** Where in the code it happened, for the client's log; its words may quote what the tool was given. */
function reportFault(tool: string, fault: unknown): void {
  const stack = fault instanceof Error ? (fault.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '));
  process.stderr.write(`${tool}: ${fault instanceof Error ? fault.name : typeof fault}\n${frames.join('\n')}\n`);
}
