/**
 * What the extension loads on first use, apart from `extension.ts` so that activation stays a matter of milliseconds:
 * tools, guard, ledger, MCP and the sandbox, joined for the editor.
 */
import { isDeepStrictEqual } from 'node:util';
import { openAccount } from './account.ts';
import { AlipayClient } from './alipay/client.ts';
import { systemClock } from './alipay/clock.ts';
import { ProductError } from './alipay/errors.ts';
import type { Outcome } from './alipay/outcome.ts';
import type { Credentials, Profile } from './alipay/profile.ts';
import { Ledger, type LedgerSeal } from './ledger/index.ts';
import { serveSocket } from './mcp/socket.ts';
import type { SocketAddress } from './mcp/socket-address.ts';
import type { Locale, Sentence } from './text/index.ts';
import { catalog } from './tools/catalog.ts';
import type { TokenStore } from './tools/context.ts';
import type { Tool } from './tools/define.ts';
import type { Approver } from './tools/ports.ts';
import { refused } from './tools/result.ts';
import type { Runner } from './tools/run.ts';
import { ActiveAccount } from './vscode/active-account.ts';
import type { LedgerDoor } from './vscode/audit/door.ts';
import { lockOf, SharedLedger } from './vscode/audit/shared-ledger.ts';
import type { ActiveProfile } from './vscode/profiles/active.ts';

export { sandboxMaker } from './sandbox-maker.ts';
export { resolveByHand } from './vscode/audit/resolve.ts';
export { reviewLedger } from './vscode/audit/review-ledger.ts';
export { exportTrail, showTrail, verifyTrail } from './vscode/audit/trail.ts';
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
  /** After each change this window makes to the ledger. */
  readonly onCommit: () => void;
  /** After each opening of the ledger: why it cannot be believed or opened, and so no money moves; undefined: it can. */
  readonly onLedgerLock: (why: Sentence | undefined) => void;
  readonly onFault: (tool: string, fault: unknown) => void;
}

/** The tools over the profile in use, for VS Code's MCP client and for commands alike. */
export interface Editor extends Runner {
  /** Listens for VS Code's MCP client. */
  serve(address: SocketAddress): Promise<void>;
  /** What commands read in the ledger and what a person decides about it. */
  readonly ledger: LedgerDoor;
  /** Opens the ledger, so that it shows when it locks money-out. */
  wakeLedger(): Promise<void>;
  /** Looks again whether the ledger, once opened, still locks money-out, or does now. */
  lookAtLedger(): Promise<void>;
  /** Opens the account of the profile in use, which asks about what was left in doubt; it never sends. */
  recover(): Promise<void>;
  /** Looks again after a change of settings: what waits for a person under another profile is denied. */
  recheck(): Promise<void>;
  /** Denies what waits, lets what was sent be recorded, and closes the ledger. */
  close(): Promise<void>;
}

export function openEditor(parts: EditorParts): Editor {
  const { folder, seal, locale, version, profile, tokensOf, approver, onFault, isEmergency, onEmergencyChanged } =
    parts;
  const { onCommit, onLedgerLock: onLock } = parts;
  const account: ActiveAccount = new ActiveAccount({
    profile,
    open: async ({ identity, ...active }) => {
      const tokens = tokensOf(active.profile);
      const opened = await ledger.open().catch((error: unknown) => {
        onFault('ledger', error);
        return lockOf(error);
      });
      missing = opened instanceof Ledger ? undefined : opened;
      // Whatever is wrong with the ledger, reading and creating trades goes on; only money-out is locked.
      const money = opened instanceof Ledger ? { ledger: opened } : { ledger: undefined, lock: active.lock ?? opened };
      const isCurrent = async (): Promise<boolean> => (await profile()).identity === identity;
      return openAccount({ ...active, ...money, isCurrent, tokens, clock: systemClock, locale, onFault });
    },
  });
  /** Why the account that was opened last has no ledger. */
  let missing: Sentence | undefined;
  /** Another window's person may have decided about the ledger meanwhile, or something else may be wrong with it now. */
  const retryLedger = async (): Promise<void> => {
    if (!missing) return;
    const now = await ledger.open().then(() => undefined, lockOf);
    if (!isDeepStrictEqual(now, missing)) await account.dispose();
  };
  const release = (): Promise<void> => account.dispose();
  const ledger = new SharedLedger({ folder, seal, clock: systemClock, onCommit, onLock, release });
  const run: Runner['run'] = async (name, input, caller) => {
    try {
      await ledger.recheck();
      await retryLedger();
      return await (await account.current()).runner.run(name, input, caller);
    } catch (error) {
      if (error instanceof ProductError) return refused(locale, error);
      throw error;
    } finally {
      void ledger.look(); // what this call found wrong with it is shown now, not with the next call
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
    ledger,
    async wakeLedger() {
      await ledger.open().catch((error: unknown) => onFault('ledger', error));
    },
    lookAtLedger: () => ledger.look(),
    async recover() {
      await account.current();
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
