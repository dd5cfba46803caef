import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePrivateKey } from '../../../src/alipay/keys.ts';
import { keyCredentials, type Profile } from '../../../src/alipay/profile.ts';
import { openActive, type ActiveParts } from '../../../src/vscode/profiles/active.ts';
import { fingerprintOfKey } from '../../../src/vscode/profiles/credentials.ts';
import { ProfileStore } from '../../../src/vscode/profiles/profile-store.ts';
import { Vault } from '../../../src/vscode/vault.ts';
import { withFolder } from '../../support/folders.ts';
import { issued, otherKey } from '../../support/profile-desk.ts';
import { FakeSecrets } from '../../support/secrets.ts';
import { storedProfile } from '../../support/stored-profile.ts';

const key = parsePrivateKey(otherKey);
const LIMITS = { perOperation: 1, perDay: 3, perPayee: 2 };
const SANDBOX: Profile = {
  id: 'local-sandbox',
  label: 'Local sandbox',
  gateway: 'http://127.0.0.1:9/gateway.do',
  appId: '9021000100000002',
  mode: 'certificate',
  level: 'money-out',
  band: 'local-sandbox',
};
const running = {
  profile: SANDBOX,
  limits: LIMITS,
  credentials: keyCredentials(key, issued.alipayPublicKey),
  admin: '',
  close: () => Promise.resolve(),
};

const SHOP = storedProfile({
  level: 'money-out',
  limits: LIMITS,
  keyFingerprint: fingerprintOfKey(key),
  alipay: { mode: 'key', publicKey: issued.alipayPublicKey },
});

interface Bench {
  readonly parts: ActiveParts;
  readonly secrets: FakeSecrets;
  readonly file: string;
}

const bench = (test: (bench: Bench) => Promise<void>) => (): Promise<void> =>
  withFolder(async (folder) => {
    const [file, secrets] = [join(folder, 'profiles.json'), new FakeSecrets()];
    const vault = new Vault(secrets);
    const sandbox = { connect: () => Promise.resolve(running) };
    const store = new ProfileStore(file, vault);
    const parts = {
      store,
      vault,
      sandbox,
      parseKey: parsePrivateKey,
      clock: Date,
      locale: 'zh',
      isWeb: false,
    } as const;
    await test({ parts, secrets, file });
  });

describe('the profile in use', () => {
  it(
    'is none while everything is locked: no key is read, the sandbox’s neither',
    bench(async ({ parts, secrets }) => {
      await parts.store.add(SHOP);
      await parts.store.lockEverything();
      const asked: string[] = [];
      const get = secrets.get.bind(secrets);
      secrets.get = (name) => (asked.push(name), get(name));
      await assert.rejects(openActive(parts), /locked everything/);
      await assert.rejects(openActive({ ...parts, sandbox: { connect: () => assert.fail('connected') } }));
      assert.deepEqual(
        asked.filter((name) => name.startsWith('key/')),
        [],
      );
    }),
  );

  it(
    'is none from the moment that another window locks everything, although the vault hangs',
    bench(async ({ parts, secrets, file }) => {
      await parts.store.add(SHOP);
      await new ProfileStore(file, parts.vault).lockEverything();
      secrets.get = () => new Promise(() => undefined);
      await assert.rejects(openActive(parts), /locked everything/);
    }),
  );

  it(
    'is the local sandbox at money-out, with limits, when nothing is set up',
    bench(async ({ parts }) => {
      const { profile, limits, lock } = await openActive(parts);
      assert.deepEqual([profile.label, profile.level, limits, lock], ['本地沙箱', 'money-out', LIMITS, undefined]);
    }),
  );

  it(
    'is the one a person chose, signing with its key from the vault',
    bench(async ({ parts, secrets }) => {
      await parts.store.add(SHOP);
      await parts.store.use('shop');
      await assert.rejects(openActive(parts), /private key of this profile is not/);
      secrets.values.set(`key/${SHOP.keyFingerprint}`, otherKey);
      const { profile, credentials, limits } = await openActive(parts);
      assert.deepEqual([profile.label, profile.band, limits], ['Shop', 'production', LIMITS]);
      assert.equal(credentials.privateKey.publicKeyBase64, key.publicKeyBase64);
    }),
  );

  it(
    'signs with no other key than its own, whatever the vault holds under its name',
    bench(async ({ parts, secrets }) => {
      await parts.store.add(SHOP);
      await parts.store.use('shop');
      secrets.values.set(`key/${SHOP.keyFingerprint}`, issued.certAppPrivateKey);
      await assert.rejects(openActive(parts), /another value/);
    }),
  );

  it(
    'is refused in a browser when it is production',
    bench(async ({ parts, secrets }) => {
      secrets.values.set(`key/${SHOP.keyFingerprint}`, otherKey);
      await parts.store.add(SHOP);
      await parts.store.use('shop');
      await assert.rejects(openActive({ ...parts, isWeb: true }), /runs in a browser/);
    }),
  );

  it(
    'G8: is the local sandbox, without limits, while the settings are locked',
    bench(async ({ parts, secrets, file }) => {
      secrets.values.set(`key/${SHOP.keyFingerprint}`, otherKey);
      await parts.store.add(SHOP);
      await parts.store.use('shop');
      writeFileSync(file, readFileSync(file, 'utf8').replace('"perDay": 3', '"perDay": 300'));
      const { profile, limits, lock } = await openActive(parts);
      assert.deepEqual([profile.band, limits, lock?.key], ['local-sandbox', undefined, 'lock.altered']);
    }),
  );

  it(
    'has another identity when anything that matters has changed',
    bench(async ({ parts, secrets, file }) => {
      secrets.values.set(`key/${SHOP.keyFingerprint}`, otherKey);
      const identities = [(await openActive(parts)).identity];
      await parts.store.add(SHOP);
      assert.equal((await openActive(parts)).identity, identities[0]);
      await parts.store.use('shop');
      identities.push((await openActive(parts)).identity);
      await parts.store.update('shop', (one) => ({ ...one, limits: { ...LIMITS, perDay: 4 } }));
      identities.push((await openActive(parts)).identity);
      await parts.store.update('shop', (one) => ({ ...one, level: 'write' }));
      identities.push((await openActive(parts)).identity);
      writeFileSync(file, 'x');
      identities.push((await openActive(parts)).identity);
      assert.equal(new Set(identities).size, 5);
    }),
  );

  it(
    'G10: shows no key in anything that prints it',
    bench(async ({ parts, secrets }) => {
      secrets.values.set(`key/${SHOP.keyFingerprint}`, otherKey);
      await parts.store.add(SHOP);
      await parts.store.use('shop');
      const printed = JSON.stringify(await openActive(parts));
      assert.ok(!printed.includes(otherKey.slice(100, 140)));
    }),
  );
});
