import { join } from 'node:path';
import { systemClock } from '../../src/alipay/clock.ts';
import { parsePrivateKey } from '../../src/alipay/keys.ts';
import { memoryTokens } from '../../src/cli/memory-tokens.ts';
import { openEditor, type Editor } from '../../src/editor.ts';
import type { ApprovalRequest, Approver } from '../../src/tools/ports.ts';
import type { ToolResult } from '../../src/tools/result.ts';
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
  readonly certApp: { readonly appPrivateKey: string };
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

  private constructor(folder: string, secrets: FakeSecrets) {
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
          sandbox: { connect: () => Promise.reject(new Error('this test has no embedded sandbox')) },
          parseKey: parsePrivateKey,
          clock: systemClock,
          locale: 'en',
          isWeb: false,
        }),
      tokensOf: () => memoryTokens(),
      approver: this.#approver,
      isEmergency: async () => (await store.load()).isEmergency,
      onEmergencyChanged: () => ({ dispose: () => undefined }),
      onCommit: () => undefined,
      onLedgerLock: () => undefined,
      onFault: (_tool, fault) => this.faults.push(fault),
    });
  }

  /** A window whose profile in use is an app of `desk`'s sandbox, at money-out. */
  static async open(desk: Desk, folder: string): Promise<EditorDesk> {
    const secrets = new FakeSecrets();
    const { keyApp, certApp } = await desk.admin<Issued>('GET', '/credentials');
    const [own, other] = [keyApp, certApp].map(({ appPrivateKey: text }) => {
      const fingerprint = fingerprintOfKey(parsePrivateKey(text));
      secrets.values.set(`key/${fingerprint}`, text);
      return fingerprint;
    });
    const made = new EditorDesk(folder, secrets);
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
