import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import packageJson from '../package.json' with { type: 'json' };
import { systemClock } from './alipay/clock.ts';
import { parsePrivateKey } from './alipay/keys.ts';
import type * as EditorModule from './editor.ts';
import type { Editor } from './editor.ts';
import { makeSocketAddress, sweepSocketFolders } from './mcp/socket-address.ts';
import { t, type Locale } from './text/index.ts';
import { ApprovalPanel, closeLeftBehindApprovals } from './vscode/approval/panel.ts';
import { glanceAt } from './vscode/audit/glance.ts';
import { InDoubt } from './vscode/audit/in-doubt.ts';
import { LedgerLock } from './vscode/audit/ledger-lock.ts';
import { registerCommands, type AuditCommand } from './vscode/commands.ts';
import { Listeners } from './vscode/listeners.ts';
import { LocalSandbox, type SandboxMaker } from './vscode/local-sandbox/local-sandbox.ts';
import { Log } from './vscode/log/log.ts';
import { openActive } from './vscode/profiles/active.ts';
import type { Desk } from './vscode/profiles/desk.ts';
import { ProfileStore } from './vscode/profiles/profile-store.ts';
import { AlipayServerProvider } from './vscode/provider.ts';
import { InDoubtItem, LedgerLockItem, StatusBar } from './vscode/status-bar.ts';
import { Documents } from './vscode/ui/documents.ts';
import { NativeUi } from './vscode/ui/native-ui.ts';
import { VaultSeal } from './vscode/vault-seal.ts';
import { VaultTokens } from './vscode/vault-tokens.ts';
import { Vault } from './vscode/vault.ts';

/** The id in `contributes.mcpServerDefinitionProviders`. */
const PROVIDER = 'alipay';

/** What is heavy is a bundle of its own, loaded with the first call or command that needs it. */
const load = (): Promise<typeof EditorModule> => import('./editor.ts');

let end: (() => Promise<void>) | undefined;

/** Makes the parts and joins them. */
export function activate(context: vscode.ExtensionContext): void {
  const locale: Locale = vscode.env.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  const folder = context.globalStorageUri.fsPath;
  const isWeb = vscode.env.uiKind === vscode.UIKind.Web;
  const channel = vscode.window.createOutputChannel(t(locale, 'status.name'), { log: true });
  const log = new Log(channel);
  const documents = new Documents();
  const ui = new NativeUi(locale, documents);
  const vault = new Vault(context.secrets);
  const store = new ProfileStore(join(folder, 'profiles.json'), vault);
  const onNewKeys = (): void => log.warn('The local sandbox’s keys were gone from the vault; it has new ones.');
  const sandbox = new LocalSandbox({ folder, vault, maker: lazyMaker, clock: systemClock, onNewKeys });
  const approver = new ApprovalPanel({ clock: systemClock, locale, assets: readAssets(context.extensionPath) });
  const address = makeSocketAddress();

  const emergency = new Listeners();
  let wasEmergency: boolean | undefined; // a window may start while everything is locked
  const watchEmergency = async (): Promise<void> => {
    const { isEmergency } = await store.load();
    if (isEmergency !== wasEmergency) emergency.fire();
    wasEmergency = isEmergency;
    if (!isEmergency) askAboutDoubts();
  };

  const ledgerFile = join(folder, 'ledger.sqlite');
  const doubtItem = new InDoubtItem(locale);
  const inDoubt = new InDoubt({
    ui,
    clock: systemClock,
    glance: () => glanceAt(ledgerFile),
    show: (count) => doubtItem.show(count),
    resolve: () => void vscode.commands.executeCommand('alipay.resolveByHand'),
  });
  const seal = new VaultSeal(vault);
  const lockItem = new LedgerLockItem(locale);
  const ledgerLock = new LedgerLock({
    ui,
    show: (why) => lockItem.show(why),
    review: () => void vscode.commands.executeCommand('alipay.reviewLock'),
  });

  let editor: Promise<Editor> | undefined;
  const openEditor = async (): Promise<Editor> => {
    const heavy = await load();
    return heavy.openEditor({
      folder,
      seal,
      locale,
      version: packageJson.version,
      profile: () =>
        openActive({ store, vault, sandbox, parseKey: parsePrivateKey, clock: systemClock, locale, isWeb }),
      tokensOf: ({ id }) => new VaultTokens(vault, id, folder),
      approver,
      isEmergency: async () => (await store.load()).isEmergency,
      onEmergencyChanged: emergency.on,
      onCommit: () => inDoubt.changed(),
      onLedgerLock: (why) => ledgerLock.changed(why),
      onFault: (tool, fault) => log.error(tool, fault),
    });
  };
  const theEditor = (): Promise<Editor> => (editor ??= openEditor());
  let serving: Promise<void> | undefined;
  const start = (): Promise<void> => (serving ??= theEditor().then((open) => open.serve(address)));
  const provider = new AlipayServerProvider({ address, version: `${packageJson.version}-${locale}`, start });

  /** What an earlier process left, or what was in doubt before a lock or a change of settings: only where there is some. */
  const askAboutDoubts = (): void => {
    const seen = inDoubt.look();
    const recover = async (): Promise<void> => (await theEditor()).recover();
    if (seen && seen.inDoubt + seen.underWay > 0) recover().catch((error: unknown) => log.error('recovery', error));
    // Remembered, and gone or not to be read: opening it says what is wrong. A sound ledger is opened at its first use.
    const wake = async (): Promise<void> => {
      if ((await seal.readHead()) !== undefined) await (await theEditor()).wakeLedger();
    };
    if (!seen) wake().catch((error: unknown) => log.error('ledger', error));
  };

  const desk = async (): Promise<Desk> => {
    const { probe } = await load();
    return { ui, store, vault, parseKey: parsePrivateKey, probe, clock: systemClock, isWeb };
  };
  const runTool = async (): Promise<void> => {
    const [heavy, open] = await Promise.all([load(), theEditor()]);
    await heavy.runTool({ ui, run: (name, input, caller) => open.run(name, input, caller), approver });
  };

  const audit = async (command: AuditCommand): Promise<void> => {
    const [heavy, open] = await Promise.all([load(), theEditor()]);
    await heavy[command]({ ui, ledger: open.ledger });
    await open.lookAtLedger(); // a decision just made is seen at once
    inDoubt.look();
  };

  context.subscriptions.push(
    channel,
    doubtItem,
    inDoubt,
    lockItem,
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (!focused) return;
      inDoubt.changed();
      void editor?.then((open) => open.lookAtLedger());
    }),
    documents,
    store,
    approver,
    new StatusBar(store, locale),
    vscode.lm.registerMcpServerDefinitionProvider(PROVIDER, provider),
    registerCommands({ ui, log, store, desk, runTool, audit, showLog: () => channel.show() }),
    store.onDidChange(() => void editor?.then((open) => open.recheck())),
    store.onDidChange(() => void watchEmergency().catch(() => emergency.fire())),
  );
  store.watch((fault) => log.error('settings', fault));
  sweepSocketFolders();
  void closeLeftBehindApprovals();
  setImmediate(askAboutDoubts);
  end = async () => {
    approver.dispose();
    await editor?.then((open) => open.close());
    await sandbox.dispose();
    address.remove();
  };
}

export async function deactivate(): Promise<void> {
  await end?.();
}

const lazyMaker: SandboxMaker = {
  makeKeys: async () => (await load()).sandboxMaker.makeKeys(),
  start: async (options) => (await load()).sandboxMaker.start(options),
  attach: async (admin, token) => (await load()).sandboxMaker.attach(admin, token),
};

function readAssets(extensionPath: string): { script: string; style: string } {
  const read = (name: string): string => readFileSync(join(extensionPath, 'dist', 'webview', name), 'utf8');
  return { script: read('approval.js'), style: read('approval.css') };
}
