import assert from 'node:assert/strict';
import type { SetupError } from '../../../src/alipay/errors.ts';
import { fingerprintOf, Vault } from '../../../src/vscode/vault.ts';
import { FakeSecrets } from '../../support/secrets.ts';

describe('the vault', () => {
  it('keeps what was written once, and takes the same value again', async () => {
    const vault = new Vault(new FakeSecrets());
    await vault.writeOnce('key/a', 'text');
    await vault.writeOnce('key/a', 'text');
    assert.equal(await vault.must('key/a'), 'text');
  });

  it('never overwrites a value with another', async () => {
    const secrets = new FakeSecrets();
    const vault = new Vault(secrets);
    await vault.writeOnce('key/a', 'one');
    await assert.rejects(vault.writeOnce('key/a', 'two'), /another value/);
    assert.equal(secrets.values.get('key/a'), 'one');
  });

  it('says what to do when a value is missing, and makes none', async () => {
    const secrets = new FakeSecrets();
    await assert.rejects(new Vault(secrets).must('key/a'), (error: SetupError) => {
      assert.match(error.message, /private key/);
      assert.equal(error.nextStep?.key, 'vault.missing.next');
      return true;
    });
    assert.equal(secrets.values.size, 0);
  });

  it('reads a value back, since another window’s write can take it away at once', async () => {
    const secrets = new FakeSecrets();
    secrets.store = () => Promise.resolve();
    await assert.rejects(new Vault(secrets).writeOnce('key/a', 'text'), /did not keep/);
  });

  it('names a sealed value by its fingerprint, and refuses another one there', async () => {
    const secrets = new FakeSecrets();
    const vault = new Vault(secrets);
    const fingerprint = await vault.seal('mac', 'value');
    assert.equal(fingerprint, fingerprintOf('value'));
    assert.equal(await vault.unseal('mac', fingerprint), 'value');
    secrets.values.set(`mac/${fingerprint}`, 'other');
    await assert.rejects(vault.unseal('mac', fingerprint), /another value/);
  });

  it('does not tell a handle in a sentence', async () => {
    await assert.rejects(new Vault(new FakeSecrets()).must('token/shop/tok_1a2b'), (error: SetupError) => {
      assert.doesNotMatch(error.message, /tok_1a2b/);
      return true;
    });
  });

  it('deletes all tokens of one profile and no others', async () => {
    const secrets = new FakeSecrets([
      ['token/shop/a', '1'],
      ['token/shop/b', '2'],
      ['token/shop2/c', '3'],
      ['key/x', '4'],
    ]);
    await new Vault(secrets).deleteAll('token/shop/');
    assert.deepEqual([...secrets.values.keys()], ['token/shop2/c', 'key/x']);
  });
});
