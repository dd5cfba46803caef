import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { systemClock } from '../../../src/alipay/clock.ts';
import { methodFacts, type Method } from '../../../src/alipay/methods.ts';
import { accountOf } from '../../../src/alipay/profile.ts';
import { Ledger } from '../../../src/ledger/index.ts';
import { sandboxMaker } from '../../../src/sandbox-maker.ts';
import { LocalSandbox } from '../../../src/vscode/local-sandbox/local-sandbox.ts';
import { Vault } from '../../../src/vscode/vault.ts';
import { VaultSeal } from '../../../src/vscode/vault-seal.ts';
import { withFolder } from '../../support/folders.ts';
import { sending } from '../../support/ledgers.ts';
import { FakeSecrets } from '../../support/secrets.ts';
import { stubVscode, stubWindow } from '../../support/vscode-stub.ts';

/** Leaves an operation in doubt on the account of the local sandbox, as a window that was killed does. */
async function leaveInDoubt(folder: string, secrets: FakeSecrets): Promise<void> {
  const vault = new Vault(secrets);
  const sandbox = new LocalSandbox({
    folder,
    vault,
    maker: sandboxMaker,
    clock: systemClock,
    onNewKeys: () => undefined,
  });
  const { profile } = await sandbox.connect();
  await sandbox.dispose();
  const ledger = await Ledger.open(join(folder, 'ledger.sqlite'), systemClock, new VaultSeal(vault));
  const facts = JSON.stringify({ kind: 'trade', tradeNo: '2024040122001400000000000001' });
  await sending(ledger, { account: accountOf(profile), facts });
  await ledger.settled();
  ledger.close();
}

describe('the activation of the extension', function () {
  this.timeout(60_000);
  const { fetch } = globalThis;
  const getBuiltinModule = process.getBuiltinModule.bind(process);

  afterEach(() => {
    globalThis.fetch = fetch;
    process.getBuiltinModule = getBuiltinModule;
  });

  it('G6, G7: asks about what was left in doubt, after activation and not within it, and sends nothing', () =>
    withFolder(async (folder) => {
      const secrets = new FakeSecrets();
      await leaveInDoubt(folder, secrets);
      const read: string[] = [];
      const get = secrets.get.bind(secrets);
      secrets.get = (name) => (read.push(name), get(name));
      const opened: string[] = [];
      process.getBuiltinModule = (id: string) => (opened.push(id), getBuiltinModule(id)) as object;
      const sent: Method[] = [];
      const asked = Promise.withResolvers<void>();
      globalThis.fetch = async (target, init) => {
        const { searchParams } = new URL(target instanceof Request ? target.url : target);
        sent.push(searchParams.get('method') as Method);
        const response = await fetch(target, init);
        if (sent.length >= 3) asked.resolve();
        return response;
      };
      const errors: unknown[] = [];
      stubVscode({ env: { language: 'en', uiKind: 1 }, UIKind: { Desktop: 1, Web: 2 }, window: stubWindow(errors) });
      const { activate, deactivate } = await import('../../../src/extension.ts');
      const context = {
        extensionPath: resolve(import.meta.dirname, '../../..'),
        globalStorageUri: { fsPath: folder },
        secrets,
        subscriptions: [],
      };
      activate(context as unknown as ExtensionContext);
      assert.deepEqual(
        read.filter((name) => !/^(?:emergency|policy|mac\/.*)$/.test(name)),
        [],
        'neither key nor ledger is touched within activation',
      );
      assert.deepEqual([opened, sent], [[], []], 'not even a look into the ledger’s file');
      await asked.promise;
      await deactivate();
      assert.ok(read.includes('ledger-head'));
      for (const method of sent) assert.equal(methodFacts(method).kind, 'read', method);
      assert.deepEqual(errors, []);
    }));
});
