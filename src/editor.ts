/**
 * What the extension loads on first use, apart from `extension.ts` so that activation stays a matter of milliseconds:
 * tools, guard, ledger, MCP and the sandbox, joined for the editor.
 */
import { join } from 'node:path';
import { openAccount } from './account.ts';
import { AlipayClient } from './alipay/client.ts';
import { systemClock } from './alipay/clock.ts';
import { ProductError } from './alipay/errors.ts';
import type { Outcome } from './alipay/outcome.ts';
import type { Credentials, Profile } from './alipay/profile.ts';
import { Ledger, type LedgerSeal } from './ledger/index.ts';
import { serveSocket } from './mcp/socket.ts';
import type { SocketAddress } from './mcp/socket-address.ts';
import { say, type Locale } from './text/index.ts';
import { catalog } from './tools/catalog.ts';
import type { TokenStore } from './tools/context.ts';
import type { Tool } from './tools/define.ts';
import type { Approver } from './tools/ports.ts';
import { refused } from './tools/result.ts';
import type { Runner } from './tools/run.ts';
import { ActiveAccount } from './vscode/active-account.ts';
import type { ActiveProfile } from './vscode/profiles/active.ts';

export { sandboxMaker } from './sandbox-maker.ts';
export { runTool } from './vscode/run-tool/run-tool.ts';

/** The answer to its query tells whether gateway, app and keys fit together: no order has this number. */
const NO_SUCH_ORDER = 'CONNECTIONTEST00000000000000000000';

export interface EditorParts {
  /** The extension's own folder, for the ledger. */
  readonly folder: string;
  /** What makes the ledger tamper-evident. */
  readonly seal: LedgerSeal;
  readonly locale: Locale;
  readonly version: string;
  /** The profile in use, read anew each time. */
  readonly profile: () => Promise<ActiveProfile>;
  readonly tokensOf: (profile: Profile) => TokenStore;
  readonly approver: Approver;
  /** Whether somebody has locked everything, and what calls its listeners when that changes. */
  readonly isEmergency: () => Promise<boolean>;
  readonly onEmergencyChanged: (listener: () => void) => { dispose(): void };
  readonly onFault: (tool: string, fault: unknown) => void;
}

/** The tools over the profile in use, for VS Code's MCP client and for commands alike. */
export interface Editor extends Runner {
  /** Listens for VS Code's MCP client. */
  serve(address: SocketAddress): Promise<void>;
  /** Looks again after a change of settings: what waits for a person under another profile is denied. */
  recheck(): Promise<void>;
  /** Denies what waits, lets what was sent be recorded, and closes the ledger. */
  close(): Promise<void>;
}

export function openEditor(parts: EditorParts): Editor {
  const { folder, seal, locale, version, profile, tokensOf, approver, onFault, isEmergency, onEmergencyChanged } =
    parts;
  const ledger = new SharedLedger(folder, seal);
  const account = new ActiveAccount({
    profile,
    open: async ({ identity: _, ...active }) => {
      const tokens = tokensOf(active.profile);
      const opened = await ledger.open().catch((error: unknown) => {
        onFault('ledger', error);
        return error instanceof ProductError ? error.sentence : say('ledger.unusable');
      });
      // Whatever is wrong with the ledger, reading and creating trades goes on; only money-out is locked.
      const money = opened instanceof Ledger ? { ledger: opened } : { ledger: undefined, lock: active.lock ?? opened };
      return openAccount({ ...active, ...money, tokens, clock: systemClock, locale, onFault });
    },
  });
  const run: Runner['run'] = async (name, input, caller) => {
    try {
      return await (await account.current()).runner.run(name, input, caller);
    } catch (error) {
      if (error instanceof ProductError) return refused(locale, error);
      throw error;
    }
  };
  /** While everything is locked, or whether it is cannot be told, agents are not even offered what moves money. */
  const tools = async (): Promise<readonly Tool[]> =>
    (await isEmergency().catch(() => true)) ? catalog.filter(({ kind }) => kind !== 'money-out') : catalog;
  let server: { close(): Promise<void> } | undefined;
  return {
    run,
    async serve(address) {
      const approverFor = (): Approver => approver;
      server = await serveSocket(
        {
          tools,
          onToolsChanged: onEmergencyChanged,
          runner: { run },
          approverFor,
          clock: systemClock,
          locale,
          version,
        },
        address,
      );
    },
    recheck: () => account.recheck(),
    async close() {
      await server?.close();
      await account.dispose();
      await ledger.close();
    },
  };
}

/** Asks a gateway about a trade that cannot exist: proof that gateway, app id and keys belong together. */
export function probe(profile: Profile, credentials: Credentials, signal: AbortSignal): Promise<Outcome> {
  const client = new AlipayClient({ profile, credentials, clock: systemClock });
  const call = { method: 'alipay.trade.query', bizContent: { out_trade_no: NO_SUCH_ORDER } } as const;
  return client.send(client.prepare(call), { signal });
}

/** The ledger of all windows, opened on first use and kept open. */
class SharedLedger {
  readonly #file: string;
  readonly #seal: LedgerSeal;
  #ledger: Promise<Ledger> | undefined;

  constructor(folder: string, seal: LedgerSeal) {
    this.#file = join(folder, 'ledger.sqlite');
    this.#seal = seal;
  }

  open(): Promise<Ledger> {
    this.#ledger ??= this.#start().catch((error: unknown) => {
      this.#ledger = undefined; // the next call may find it free, or mended
      throw error;
    });
    return this.#ledger;
  }

  async close(): Promise<void> {
    const ledger = await this.#ledger?.catch(() => undefined);
    await ledger?.settled();
    ledger?.close();
  }

  #start(): Promise<Ledger> {
    return Ledger.open(this.#file, systemClock, this.#seal);
  }
}
