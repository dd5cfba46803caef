import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { VaultTokens } from '../../../src/vscode/vault-tokens.ts';
import { Vault } from '../../../src/vscode/vault.ts';
import { withFolder } from '../../support/folders.ts';
import { FakeSecrets } from '../../support/secrets.ts';

const TOKEN = {
  accessToken: 'access',
  refreshToken: 'refresh',
  userId: '2088000000000001',
  openId: undefined,
  expiresAt: 1,
};

describe('OAuth tokens in the vault', () => {
  it('come back by their handle, also after a reload, and only for their own profile', () =>
    withFolder(async (folder) => {
      const vault = new Vault(new FakeSecrets());
      const handle = await new VaultTokens(vault, 'shop', folder).put(TOKEN);
      assert.match(handle, /^tok_[0-9a-f]{32}$/);
      assert.deepEqual(await new VaultTokens(vault, 'shop', folder).get(handle), TOKEN);
      assert.equal(await new VaultTokens(vault, 'other', folder).get(handle), undefined);
    }));

  it('read nothing else of the vault by a handle that is none', () =>
    withFolder(async (folder) => {
      const vault = new Vault(
        new FakeSecrets([
          ['token/shop/../key', '{}'],
          ['key/x', '{}'],
        ]),
      );
      const tokens = new VaultTokens(vault, 'shop', folder);
      for (const handle of ['../key', '../../key/x', '', 'tok_']) assert.equal(await tokens.get(handle), undefined);
    }));

  it('let a code be claimed once, by one of all windows, also after a reload', () =>
    withFolder(async (folder) => {
      const vault = new Vault(new FakeSecrets());
      const windows = ['shop', 'shop', 'other'].map((id) => new VaultTokens(vault, id, folder));
      const claims = await Promise.all(windows.map((tokens) => tokens.claimCode('4b203fe6c1')));
      assert.equal(claims.filter(Boolean).length, 1);
      assert.equal(await new VaultTokens(vault, 'shop', folder).claimCode('4b203fe6c1'), false);
      assert.equal(await new VaultTokens(vault, 'shop', folder).claimCode('another'), true);
    }));

  it('G10: do not write the code itself', () =>
    withFolder(async (folder) => {
      await new VaultTokens(new Vault(new FakeSecrets()), 'shop', folder).claimCode('4b203fe6c1');
      assert.ok(!readdirSync(join(folder, 'claimed-codes')).join().includes('4b203fe6c1'));
    }));
});
