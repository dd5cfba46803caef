import { join } from 'node:path';
import { systemClock } from '../../src/alipay/clock.ts';
import { parsePrivateKey } from '../../src/alipay/keys.ts';
import { certificateCredentials } from '../../src/alipay/profile.ts';
import { memoryTokens } from '../../src/cli/memory-tokens.ts';
import { openEditor, type Editor } from '../../src/editor.ts';
import type { ApprovalRequest, Approver } from '../../src/tools/ports.ts';
import type { ToolResult } from '../../src/tools/result.ts';
import { glanceAt } from '../../src/vscode/audit/glance.ts';
import { openActive } from '../../src/vscode/profiles/active.ts';
import { fingerprintOfKey } from '../../src/vscode/profiles/credentials.ts';
import { ProfileStore } from '../../src/vscode/profiles/profile-store.ts';
import { Vault } from '../../src/vscode/vault.ts';
import { VaultSeal } from '../../src/vscode/vault-seal.ts';
import { approve, type Desk, type Hand } from './desk.ts';
import { FakeSecrets } from './secrets.ts';
import { storedProfile } from './stored-profile.ts';

const LIMITS = { perOperation: 100_000, perDay: 300_000, perPayee: 200_000 };

interface Issued {
  readonly keyApp: { readonly appId: string; readonly appPrivateKey: string; readonly alipayPublicKey: string };
  readonly certApp: {
    readonly appPrivateKey: string;
    readonly appCert: string;
    readonly alipayCert: string;
    readonly rootCert: string;
  };
}

/** One window of the editor without VS Code: settings, vault, ledger, guard and tools, over a sandbox's gateway. */
export class EditorDesk {
  readonly store: ProfileStore;
  readonly vault: Vault;
  readonly profilesFile: string;
  readonly asked: ApprovalRequest[] = [];
  readonly faults: unknown[] = [];
  readonly editor: Editor;
  hand: Hand = approve;
  readonly #approver: Approver = {
    ask: async (request, signal) => {
      this.asked.push(request);
      return this.hand(request, signal);
    },
  };

  readonly #folder: string;
  readonly #committed = new Set<() => void>();

  private constructor(desk: Desk, folder: string, secrets: FakeSecrets, { certApp }: Issued) {
    this.#folder = folder;
    this.vault = new Vault(secrets);
    this.profilesFile = join(folder, 'profiles.json');
    this.store = new ProfileStore(this.profilesFile, this.vault);
    const { store, vault } = this;
    this.editor = openEditor({
      folder,
      seal: new VaultSeal(vault),
      locale: 'en',
      version: '0.0.0',
      profile: () =>
        openActive({
          store,
          vault,
          sandbox: {
            connect: () =>
              Promise.resolve({
                profile: desk.client.profile,
                credentials: certificateCredentials(parsePrivateKey(certApp.appPrivateKey), certApp, Date.now()),
                limits: LIMITS,
                admin: desk.sandbox.admin,
                close: () => Promise.resolve(),
              }),
          },
          parseKey: parsePrivateKey,
          clock: systemClock,
          locale: 'en',
          isWeb: false,
        }),
      tokensOf: () => memoryTokens(),
      approver: this.#approver,
      isEmergency: async () => (await store.load()).isEmergency,
      onEmergencyChanged: () => ({ dispose: () => undefined }),
      onCommit: () => {
        for (const look of this.#committed) look();
      },
      onLedgerLock: () => undefined,
      onFault: (_tool, fault) => this.faults.push(fault),
    });
  }

  /** A window with nothing set up, so that `desk`'s sandbox is its local one; `secrets` are those of its other windows. */
  static async local(desk: Desk, folder: string, secrets = new FakeSecrets()): Promise<EditorDesk> {
    return new EditorDesk(desk, folder, secrets, await desk.admin<Issued>('GET', '/credentials'));
  }

  /** A window whose profile in use is an app of `desk`'s sandbox, at money-out. */
  static async open(desk: Desk, folder: string): Promise<EditorDesk> {
    const secrets = new FakeSecrets();
    const issued = await desk.admin<Issued>('GET', '/credentials');
    const { keyApp, certApp } = issued;
    const [own, other] = [keyApp, certApp].map(({ appPrivateKey: text }) => {
      const fingerprint = fingerprintOfKey(parsePrivateKey(text));
      secrets.values.set(`key/${fingerprint}`, text);
      return fingerprint;
    });
    const made = new EditorDesk(desk, folder, secrets, issued);
    const profile = storedProfile({
      gateway: desk.sandbox.gateway,
      appId: keyApp.appId,
      level: 'money-out',
      limits: LIMITS,
      keyFingerprint: own ?? '',
      alipay: { mode: 'key', publicKey: keyApp.alipayPublicKey },
    });
    await made.store.add(profile);
    await made.store.add({ ...profile, id: 'other', appId: '2021000000000009', keyFingerprint: other ?? '' });
    await made.store.use(profile.id);
    return made;
  }

  /** Resolves when the ledger's file holds `count` operations in doubt, looked at after each change of this window's. */
  async doubts(count: number): Promise<void> {
    const reached = Promise.withResolvers<void>();
    const look = (): void => {
      if (glanceAt(join(this.#folder, 'ledger.sqlite'))?.inDoubt === count) reached.resolve();
    };
    this.#committed.add(look);
    look();
    await reached.promise;
    this.#committed.delete(look);
  }

  /** One call of a tool, as an agent makes it. */
  run(tool: string, input: Readonly<Record<string, unknown>>): Promise<ToolResult> {
    return this.editor.run(tool, input, {
      clientId: 'one',
      name: 'test',
      signal: new AbortController().signal,
      progress: () => undefined,
      approver: this.#approver,
    });
  }
}
