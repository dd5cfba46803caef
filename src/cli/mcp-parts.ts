import { join } from 'node:path';
import { AlipayClient } from '../alipay/client.ts';
import { systemClock } from '../alipay/clock.ts';
import { accountOf, type Profile } from '../alipay/profile.ts';
import { downloadBill, isBillHost, readBill } from '../bills/index.ts';
import { Guard } from '../guard/index.ts';
import { waitsFor } from '../guard/waits.ts';
import { Ledger, type Limits } from '../ledger/index.ts';
import { elicitationApprover } from '../mcp/elicitation.ts';
import type { McpParts } from '../mcp/session.ts';
import { say, render, type Locale } from '../text/index.ts';
import { catalog, findTool } from '../tools/catalog.ts';
import type { BillReader, KnownTransfers } from '../tools/context.ts';
import { createRunner, type Runner } from '../tools/run.ts';
import type { Connection } from './connection.ts';
import { memoryTokens } from './memory-tokens.ts';

/** Wide enough for every try in a sandbox, and still limits: 1,000,000.00 for one operation. */
const SANDBOX_LIMITS: Limits = { perOperation: 100_000_000, perDay: 1_000_000_000, perPayee: 500_000_000 };
/** A busy merchant's month is some tens of megabytes. */
const MAX_BILL_BYTES = 64 * 1024 * 1024;

export interface Joined {
  readonly parts: McpParts;
  /** Denies what waits, lets what was sent settle, and closes the ledger. */
  close(): Promise<void>;
}

/** Joins client, ledger, guard, stores and tools over one connection, for MCP outside VS Code. */
export async function joinParts(
  connection: Connection,
  folder: string,
  locale: Locale,
  version: string,
): Promise<Joined> {
  const { profile, credentials, ledgerName } = connection;
  const clock = systemClock;
  const isOurs = profile.band === 'local-sandbox';
  const client: AlipayClient = new AlipayClient({
    profile,
    credentials,
    clock,
    onGatewayTime: (gatewayMs, localMs) => guard.noteGatewayTime(gatewayMs, localMs),
  });
  const ledger = new Ledger(join(folder, ledgerName), clock);
  await ledger.start();
  const limits = isOurs ? SANDBOX_LIMITS : undefined;
  const guard = new Guard({ client, ledger, clock, waits: waitsFor(profile.band), limits });
  guard.recover();
  const runner = createRunner({
    client,
    guard,
    clock,
    locale,
    tokens: memoryTokens(),
    bills: billReader(profile),
    transfers: knownTransfers(ledger, accountOf(profile)),
    onFault: reportFault,
  });
  return {
    parts: {
      tools: catalog,
      runner: isOurs ? runner : refusingMoneyOut(runner, locale),
      approverFor: (door) => (isOurs ? elicitationApprover(door, clock, locale) : undefined),
      clock,
      locale,
      version,
    },
    async close() {
      await guard.dispose();
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

/** Bills lie where the gateway is, and those of Alipay's gateways also on its other hosts. */
function billReader({ gateway, band }: Profile): BillReader {
  const { origin } = new URL(gateway);
  const allowedHost = (url: URL) => url.origin === origin || (band !== 'local-sandbox' && isBillHost(url));
  return {
    async read(link, signal) {
      const options = { fetch: globalThis.fetch, signal, maxBytes: MAX_BILL_BYTES, allowedHost };
      return readBill(await downloadBill(link, options));
    },
  };
}

function knownTransfers(ledger: Ledger, account: string): KnownTransfers {
  return {
    find(outBizNo) {
      const operation = ledger.byNumber(account, 'alipay.fund.trans.uni.transfer', outBizNo);
      const content = JSON.parse(operation?.bizContent ?? '{}') as Partial<Record<string, unknown>>;
      const { product_code, biz_scene } = content;
      return typeof product_code === 'string' && typeof biz_scene === 'string'
        ? { product_code, biz_scene }
        : undefined;
    },
  };
}

/** Where in the code it happened, for the client's log; its words may quote what the tool was given. */
function reportFault(tool: string, fault: unknown): void {
  const stack = fault instanceof Error ? (fault.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '));
  process.stderr.write(`${tool}: ${fault instanceof Error ? fault.name : typeof fault}\n${frames.join('\n')}\n`);
}
