import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { ProfileStore } from '../../../src/vscode/profiles/profile-store.ts';
import { profileOf } from '../../../src/vscode/profiles/stored-profile.ts';
import { Vault } from '../../../src/vscode/vault.ts';
import { withFolder } from '../../support/folders.ts';
import { FakeSecrets } from '../../support/secrets.ts';
import { storedProfile } from '../../support/stored-profile.ts';

const LIMITS = { perOperation: 10_000, perDay: 50_000, perPayee: 20_000 };
const RAISED = storedProfile({ level: 'money-out', limits: LIMITS });

/** What something else may put where a file of ours should be. */
const UNREADABLE: Readonly<Record<string, (path: string) => void>> = {
  'a folder with something in it': (path) => void mkdirSync(join(path, 'something'), { recursive: true }),
  'a pipe nobody writes to': (path) => void execFileSync('mkfifo', [path]),
  'a link that leads to itself': (path) => symlinkSync(path, path),
};

/** Leaves a folder in which there is nothing and nothing can be made, whoever tries. */
function unwritable(folder: string): void {
  rmSync(folder, { recursive: true });
  symlinkSync(join(`${folder}-gone`, 'nowhere'), folder);
}

interface Bench {
  readonly file: string;
  readonly folder: string;
  readonly secrets: FakeSecrets;
  readonly store: ProfileStore;
  /** A new window, or the same one after a reload. */
  readonly window: () => ProfileStore;
}

function bench(test: (bench: Bench) => Promise<void>): () => Promise<void> {
  return () =>
    withFolder(async (folder) => {
      const [file, secrets] = [join(folder, 'profiles.json'), new FakeSecrets()];
      const window = (): ProfileStore => new ProfileStore(file, new Vault(secrets));
      await test({ file, folder, secrets, store: window(), window });
    });
}

async function locksAs(store: ProfileStore, key: string): Promise<void> {
  const { lock, active, profiles } = await store.load();
  assert.equal(lock?.key, key);
  assert.equal(active, 'local-sandbox');
  for (const { level, limits } of profiles) assert.deepEqual([level, limits], ['read-only', undefined]);
  await assert.rejects(
    store.update('shop', () => RAISED),
    RefusedError,
  );
  await assert.rejects(store.add(storedProfile({ id: 'new', appId: '2021000000000009' })), RefusedError);
  await assert.rejects(store.use('shop'), RefusedError);
}

describe('the store of profiles', () => {
  it(
    'starts with nothing stored, the local sandbox in use, and writes nothing',
    bench(async ({ store, folder, secrets }) => {
      assert.deepEqual(await store.load(), {
        active: 'local-sandbox',
        profiles: [],
        lock: undefined,
        isEmergency: false,
      });
      assert.deepEqual(readdirSync(folder), []);
      assert.equal(secrets.values.size, 0);
    }),
  );

  it(
    'keeps profiles, limits and which one is in use over a reload',
    bench(async ({ store, window }) => {
      await store.add(storedProfile());
      await store.update('shop', (profile) => ({ ...profile, level: 'money-out', limits: LIMITS }));
      await store.use('shop');
      assert.deepEqual(await window().load(), {
        active: 'shop',
        profiles: [RAISED],
        lock: undefined,
        isEmergency: false,
      });
    }),
  );

  it(
    'writes the file whole, for this user alone',
    bench(async ({ store, folder, file }) => {
      await store.add(storedProfile());
      assert.deepEqual(readdirSync(folder), ['profiles-turn.sqlite', 'profiles.json']);
      assert.equal(statSync(join(folder, 'profiles-turn.sqlite')).size, 0);
      assert.equal(statSync(file).mode & 0o777, 0o600);
    }),
  );

  it(
    'G8: an altered file locks money-out, whatever was altered',
    bench(async ({ store, window, file }) => {
      await store.add(RAISED);
      const good = readFileSync(file, 'utf8');
      const changes: [string, string][] = [
        ['"perDay": 50000', '"perDay": 5000000'],
        ['openapi.alipay.com', 'openapi.alipay.con'],
        ['"publicKey": "public"', '"publicKey": "publix"'],
        ['"active": "local-sandbox"', '"active": "shop"'],
        ['"version": 1', '"version": 2'],
      ];
      for (const [from, to] of changes) {
        assert.ok(good.includes(from), from);
        writeFileSync(file, good.replace(from, to));
        await locksAs(window(), 'lock.altered');
      }
      writeFileSync(file, good);
      assert.equal((await window().load()).lock, undefined);
    }),
  );

  it(
    'G8: a missing file locks money-out, also for the window that has seen it',
    bench(async ({ store, window, file }) => {
      await store.add(RAISED);
      rmSync(file);
      await locksAs(store, 'lock.missing');
      await locksAs(window(), 'lock.missing');
    }),
  );

  it(
    'G8: an older file locks money-out',
    bench(async ({ store, window, file }) => {
      await store.add(RAISED);
      copyFileSync(file, `${file}.old`);
      await store.update('shop', (profile) => ({ ...profile, level: 'read-only' }));
      copyFileSync(`${file}.old`, file);
      await locksAs(store, 'lock.older');
      await locksAs(window(), 'lock.older');
    }),
  );

  it(
    'G8: a window with an old view of the vault still knows what it has seen itself',
    bench(async ({ store, file, secrets }) => {
      await store.add(RAISED);
      const [head, old] = [secrets.values.get('policy') ?? '', readFileSync(file, 'utf8')];
      await store.update('shop', (profile) => ({ ...profile, level: 'read-only' }));
      secrets.values.set('policy', head);
      assert.equal((await store.load()).lock, undefined);
      writeFileSync(file, old);
      await locksAs(store, 'lock.older');
    }),
  );

  it(
    'G8: a window knows what it has only read, too',
    bench(async ({ store, window, file, secrets }) => {
      await store.add(RAISED);
      const [head, old] = [secrets.values.get('policy') ?? '', readFileSync(file, 'utf8')];
      await store.update('shop', (profile) => ({ ...profile, level: 'read-only' }));
      const reader = window();
      assert.equal((await reader.load()).lock, undefined);
      secrets.values.set('policy', head);
      writeFileSync(file, old);
      await locksAs(reader, 'lock.older');
    }),
  );

  it(
    'believes the same content however the file spells it',
    bench(async ({ store, window, file }) => {
      await store.add(RAISED);
      const { policy, mac, macKey } = JSON.parse(readFileSync(file, 'utf8')) as {
        policy: object;
        mac: string;
        macKey: string;
      };
      const reversed = Object.fromEntries(Object.entries(policy).toReversed());
      writeFileSync(file, JSON.stringify({ mac, policy: reversed, macKey }));
      assert.deepEqual(await window().load(), {
        active: 'local-sandbox',
        profiles: [RAISED],
        lock: undefined,
        isEmergency: false,
      });
    }),
  );

  it(
    'G8: a damaged file, or one the vault cannot vouch for, locks money-out',
    bench(async (made) => {
      const { store, window, file, secrets } = made;
      await store.add(RAISED);
      const good = readFileSync(file, 'utf8');
      for (const bad of [
        '',
        '{}',
        good.slice(0, -10),
        good.replace('"money-out"', '"all"'),
        good.replace('50000', '-1'),
        good.replace('https:', 'ftp:'),
        good.replace('https:', 'http:'),
        good.replace('https://', 'https://user@'),
        good.replace('"2021000000000001"', '"2021000000000001\\n"'),
        good.replace('ffff', '\\n'),
      ]) {
        writeFileSync(file, bad);
        await locksAs(window(), 'lock.unreadable');
      }
      writeFileSync(file, good);
      secrets.values.delete('policy');
      await locksAs(window(), 'lock.no_key');
      secrets.values.clear();
      await locksAs(window(), 'lock.no_key');
      assert.equal(secrets.values.size, 0, 'nothing is made anew without a person');
    }),
  );

  for (const [what, make] of Object.entries(UNREADABLE)) {
    it(
      `G8: ${what} in the place of the file locks money-out, until a person decides; it is set aside and not deleted`,
      bench(async ({ store, window, folder, file }) => {
        await store.add(RAISED);
        rmSync(file);
        make(file);
        await locksAs(store, 'lock.unreadable');
        await locksAs(window(), 'lock.unreadable');
        await store.unlock('forget');
        const { lock, profiles } = await window().load();
        assert.deepEqual([lock, profiles], [undefined, []]);
        assert.equal(readdirSync(folder).filter((name) => name.endsWith('.set-aside')).length, 1);
      }),
    );

    it(
      `G8: ${what} in the place of the marker locks everything, until a person decides; another lock can be given`,
      bench(async ({ store, window, folder }) => {
        await store.add(RAISED);
        make(join(folder, 'locked'));
        assert.deepEqual([(await window().load()).isEmergency, await window().isLockedAtSight()], [true, true]);
        await store.lockEverything();
        await window().unlockEverything();
        const { lock, isEmergency, profiles } = await window().load();
        assert.deepEqual([lock, isEmergency, profiles], [undefined, false, [RAISED]]);
      }),
    );
  }

  it(
    'G8: no level and no limit survives a lock that a person ends',
    bench(async ({ store, window, file }) => {
      await store.add(RAISED);
      writeFileSync(file, readFileSync(file, 'utf8').replace('50000', '60000'));
      await store.unlock('keep');
      assert.deepEqual(await window().load(), {
        active: 'local-sandbox',
        profiles: [storedProfile()],
        lock: undefined,
        isEmergency: false,
      });
      writeFileSync(file, readFileSync(file, 'utf8').replace('read-only', 'money-out'));
      await store.unlock('forget');
      assert.deepEqual(await window().load(), {
        active: 'local-sandbox',
        profiles: [],
        lock: undefined,
        isEmergency: false,
      });
    }),
  );

  it(
    'G8: a file from before an ended lock stays an older one',
    bench(async ({ store, window, file }) => {
      await store.add(RAISED);
      const old = readFileSync(file, 'utf8');
      rmSync(file);
      await store.unlock('forget');
      writeFileSync(file, old);
      await locksAs(window(), 'lock.older');
    }),
  );

  it(
    'G8: a file this window has seen stays an older one after an ended lock, where the vault lags behind',
    bench(async ({ store, window, file, secrets }) => {
      await store.add(RAISED);
      const head = secrets.values.get('policy') ?? assert.fail();
      await store.update('shop', (profile) => ({ ...profile, label: 'Shop 2' }));
      const old = readFileSync(file, 'utf8');
      secrets.values.set('policy', head);
      rmSync(file);
      await store.unlock('forget');
      assert.equal((await window().load()).lock, undefined);
      writeFileSync(file, old);
      await locksAs(window(), 'lock.older');
    }),
  );

  it(
    'G8: a file from before an ended lock stays an older one, also where a window ended it that had just begun',
    bench(async ({ store, window, file }) => {
      await store.add(RAISED);
      await store.update('shop', (profile) => ({ ...profile, label: 'Shop 2' }));
      const old = readFileSync(file, 'utf8');
      rmSync(file);
      await window().unlock('forget');
      writeFileSync(file, old);
      await locksAs(window(), 'lock.older');
    }),
  );

  it(
    'G8: a lock for want of the vault’s key is ended under a new key',
    bench(async ({ store, window, file, secrets }) => {
      await store.add(RAISED);
      const keyOf = (): string => (JSON.parse(readFileSync(file, 'utf8')) as { macKey: string }).macKey;
      const lost = keyOf();
      secrets.values.delete(`mac/${lost}`);
      await locksAs(store, 'lock.no_key');
      await store.unlock('keep');
      const { lock, profiles } = await window().load();
      assert.deepEqual([lock, profiles], [undefined, [storedProfile()]]);
      assert.notEqual(keyOf(), lost);
    }),
  );

  it(
    'changes nothing by unlocking what is not locked',
    bench(async ({ store }) => {
      await store.add(RAISED);
      await store.unlock('forget');
      assert.deepEqual((await store.load()).profiles, [RAISED]);
    }),
  );

  it(
    'G9: knows the same app again when its host was stored with a dot at its end',
    bench(async ({ store, window }) => {
      await store.add(storedProfile({ gateway: 'https://openapi.alipay.com./gateway.do' }));
      assert.equal((await window().load()).lock, undefined);
      await assert.rejects(store.add(storedProfile({ id: 'twin', label: 'Twin' })), /already as “Shop”/);
    }),
  );

  it(
    'G9: takes the same app only once, however its gateway is spelt',
    bench(async ({ store }) => {
      await store.add(RAISED);
      for (const gateway of ['https://OPENAPI.alipay.com:443/gateway.do', 'https://openapi.alipay.com/other?x']) {
        await assert.rejects(store.add(storedProfile({ id: 'twin', label: 'Twin', gateway })), /already as “Shop”/);
      }
      await store.add(storedProfile({ id: 'other', appId: '2021000000000002' }));
      assert.equal((await store.load()).profiles.length, 2);
    }),
  );

  it(
    'reads the file again before it writes: two windows lose nothing of each other',
    bench(async ({ store, window }) => {
      const other = window();
      await store.add(storedProfile());
      await other.add(storedProfile({ id: 'second', appId: '2021000000000002' }));
      await Promise.all([store.use('second'), store.add(storedProfile({ id: 'third', appId: '2021000000000003' }))]);
      const { active, profiles } = await other.load();
      assert.equal(active, 'second');
      assert.deepEqual(
        profiles.map(({ id }) => id),
        ['shop', 'second', 'third'],
      );
    }),
  );

  it(
    'G8: loses no change, whenever other windows make theirs',
    bench(async ({ store, window }) => {
      const ids = Array.from({ length: 12 }, (_, at) => `shop${at}`);
      await Promise.all(ids.map((id, at) => window().add(storedProfile({ id, appId: `20210000000000${at + 10}` }))));
      const { profiles, lock } = await store.load();
      assert.deepEqual([profiles.map(({ id }) => id).toSorted(), lock], [ids.toSorted(), undefined]);
    }),
  );

  it(
    'puts the local sandbox in use when the profile in use is removed',
    bench(async ({ store }) => {
      await store.add(storedProfile());
      await store.use('shop');
      await store.remove('shop');
      assert.deepEqual(await store.load(), {
        active: 'local-sandbox',
        profiles: [],
        lock: undefined,
        isEmergency: false,
      });
      await assert.rejects(store.use('shop'), /not there any more/);
      await assert.rejects(
        store.update('shop', (one) => one),
        /not there any more/,
      );
    }),
  );

  it(
    'tells of changes by another window',
    bench(async ({ store, window }) => {
      const other = window();
      other.watch((fault) => assert.fail(String(fault)));
      try {
        const told = new Promise<void>((resolve) => other.onDidChange(resolve));
        await store.add(storedProfile());
        await told;
      } finally {
        other.dispose();
      }
    }),
  );

  it(
    'goes on without being told of them where the folder cannot be watched',
    bench(async ({ store, folder }) => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, 'in the way');
      const faults: unknown[] = [];
      store.watch((fault) => faults.push(fault));
      assert.equal(faults.length, 1);
      store.dispose();
    }),
  );

  it(
    'leaves nothing behind when the vault does not take the key',
    bench(async ({ store, secrets, file }) => {
      secrets.store = () => Promise.resolve();
      await assert.rejects(store.add(storedProfile()), /did not keep/);
      assert.ok(!existsSync(file));
    }),
  );
});

describe('everything locked', () => {
  const isLocked = async (store: ProfileStore): Promise<boolean> => (await store.load()).isEmergency;

  it(
    'is so in every window and after a restart, until a person unlocks; profiles and limits stay',
    bench(async ({ store, window }) => {
      await store.add(RAISED);
      const other = window();
      await store.lockEverything();
      assert.deepEqual([await isLocked(store), await isLocked(other), await isLocked(window())], [true, true, true]);
      await other.unlockEverything();
      assert.deepEqual([await isLocked(store), await isLocked(other), await isLocked(window())], [false, false, false]);
      assert.deepEqual((await store.load()).profiles, [RAISED]);
    }),
  );

  it(
    'holds from the first moment, before the vault has answered',
    bench(async ({ store, secrets }) => {
      await store.add(RAISED);
      const { promise: answers, resolve: answer } = Promise.withResolvers<void>();
      const get = secrets.get.bind(secrets);
      secrets.get = (name) => answers.then(() => get(name));
      const locking = store.lockEverything();
      assert.equal(await isLocked(store), true);
      answer();
      await locking;
      assert.equal(await isLocked(store), true);
    }),
  );

  it(
    'G8: is not ended by deleting a file, nor by putting an older one back',
    bench(async ({ store, window, folder, file }) => {
      await store.add(RAISED);
      copyFileSync(file, `${file}.old`);
      await store.lockEverything();
      for (const name of readdirSync(folder)) if (name !== 'profiles.json') rmSync(join(folder, name), { force: true });
      assert.equal(await isLocked(window()), true);
      await store.unlockEverything();
      await store.lockEverything();
      const policy = readFileSync(file, 'utf8').replace(/,\s*"emergency": true/, '');
      rmSync(join(folder, 'locked'));
      writeFileSync(file, policy);
      assert.equal((await window().load()).lock?.key, 'lock.altered');
      assert.equal(await isLocked(window()), true);
    }),
  );

  it(
    'G8: outlives the loss of both files, and of the settings’ review: the vault remembers it',
    bench(async ({ store, window, folder, file }) => {
      await store.add(RAISED);
      copyFileSync(file, `${file}.old`);
      await store.lockEverything();
      rmSync(join(folder, 'locked'));
      rmSync(file);
      assert.equal(await isLocked(window()), true);
      copyFileSync(`${file}.old`, file);
      assert.equal(await isLocked(window()), true);
      const other = window();
      await other.unlock('keep');
      assert.deepEqual([(await other.load()).lock, await isLocked(window())], [undefined, true]);
      await other.unlockEverything();
      assert.deepEqual([await isLocked(other), await isLocked(window())], [false, false]);
      rmSync(file);
      assert.equal(await isLocked(window()), false);
    }),
  );

  it(
    'G8: no edit of its files ends it, nor lets money out',
    bench(async ({ store, window, folder, file }) => {
      await store.add(RAISED);
      await store.use(RAISED.id);
      await store.lockEverything();
      const [marker, policy] = [join(folder, 'locked'), readFileSync(file, 'utf8')];
      for (const text of ['', 'no', 'false', '{}']) {
        writeFileSync(marker, text);
        assert.equal(await isLocked(window()), true, `“${text}” in the marker`);
      }
      rmSync(marker);
      const without = policy.replace(/,\s*"emergency": true/, '');
      const edits = [
        without,
        policy.replace('"emergency": true', '"emergency": false'),
        policy.replace('"emergency": true', '"emergency": null'),
        policy.replace('"emergency": true', '"emergency": "no"'),
        without.replace(/"mac": "\w+"/, '"mac": ""'),
        '{}',
        '',
      ];
      for (const edited of [...edits, undefined]) {
        if (edited === undefined) rmSync(file);
        else writeFileSync(file, edited);
        assert.notEqual(edited, policy);
        const { lock, isEmergency, active, profiles } = await window().load();
        assert.ok(lock ?? isEmergency, `unlocked by ${edited}`);
        if (isEmergency) continue;
        assert.equal(active, 'local-sandbox');
        for (const { level, limits } of profiles) assert.deepEqual([level, limits], ['read-only', undefined]);
      }
    }),
  );

  it(
    'locks where the settings themselves cannot be changed, and a review of those does not unlock it',
    bench(async ({ store, window, secrets }) => {
      await store.add(RAISED);
      secrets.values.delete('policy');
      const other = window();
      await other.lockEverything();
      assert.equal(await isLocked(window()), true);
      await assert.rejects(other.unlockEverything(), RefusedError);
      await other.unlock('keep');
      assert.deepEqual([(await other.load()).lock, await isLocked(window())], [undefined, true]);
      await other.unlockEverything();
      assert.equal(await isLocked(window()), false);
    }),
  );

  it(
    'G8: is kept in the vault where the settings are altered: neither the loss of the marker nor their review ends it',
    bench(async ({ store, window, folder, file }) => {
      await store.add(RAISED);
      writeFileSync(file, readFileSync(file, 'utf8').replace('50000', '60000'));
      await store.lockEverything();
      rmSync(join(folder, 'locked'));
      const other = window();
      assert.deepEqual([(await other.load()).lock?.key, await isLocked(other)], ['lock.altered', true]);
      await other.unlock('keep');
      assert.deepEqual([(await other.load()).lock, await isLocked(window())], [undefined, true]);
      await other.unlockEverything();
      assert.equal(await isLocked(window()), false);
    }),
  );

  it(
    'G8: is not ended by another window’s change that began before it and is written after it',
    bench(async ({ store, window, folder, file, secrets }) => {
      await store.add(RAISED);
      const [read, written] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let times = 0;
      const slow = new FakeSecrets();
      slow.get = async (name) => {
        if (name.startsWith('mac/')) times += 1;
        if (times === 2) {
          read.resolve(); // the settings are read, and about to be written
          await written.promise;
        }
        return secrets.get(name);
      };
      slow.store = (name, value) => secrets.store(name, value);
      const change = new ProfileStore(file, new Vault(slow)).use(RAISED.id);
      await read.promise;
      await store.lockEverything();
      written.resolve();
      await change;
      rmSync(join(folder, 'locked'));
      const { lock, active, isEmergency } = await window().load();
      assert.deepEqual([lock, active, isEmergency], [undefined, RAISED.id, true]);
      await store.use(RAISED.id); // the policy of the lock comes before
    }),
  );

  it(
    'G8: holds when its ending is cut short, after whatever step',
    bench(async ({ store, window, secrets, folder }) => {
      await store.add(RAISED);
      await store.lockEverything();
      const remove = secrets.delete.bind(secrets);
      secrets.delete = () => Promise.reject(new Error('cut short'));
      await assert.rejects(window().unlockEverything(), /cut short/);
      rmSync(join(folder, 'locked'));
      assert.equal(await isLocked(window()), true);
      secrets.delete = remove;
      await store.lockEverything();
      const keep = secrets.store.bind(secrets);
      secrets.store = (name, value) => (name === 'policy' ? Promise.reject(new Error('cut')) : keep(name, value));
      await assert.rejects(window().unlockEverything(), /cut/);
      rmSync(join(folder, 'locked'));
      assert.equal(await isLocked(window()), true);
    }),
  );

  it(
    'is not ended by an unlocking during which it was given again',
    bench(async ({ store, window, secrets }) => {
      await store.add(RAISED);
      await store.lockEverything();
      const get = secrets.get.bind(secrets);
      const held = Promise.withResolvers<void>();
      secrets.get = (name) => held.promise.then(() => get(name));
      const unlocking = store.unlockEverything();
      const locking = store.lockEverything();
      held.resolve();
      await assert.rejects(unlocking, /locked everything/);
      await locking;
      assert.deepEqual([await isLocked(store), await isLocked(window())], [true, true]);
    }),
  );

  it(
    'waits for no change of another window’s, and is in the policy when that has ended',
    bench(async ({ store, window, file, secrets }) => {
      await store.add(RAISED);
      const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const slow = new FakeSecrets();
      slow.get = async (name) => {
        begun.resolve();
        await held.promise;
        return secrets.get(name);
      };
      slow.store = (name, value) => secrets.store(name, value);
      const change = new ProfileStore(file, new Vault(slow)).use(RAISED.id);
      await begun.promise;
      await store.lockEverything();
      assert.equal(await isLocked(window()), true);
      held.resolve();
      await change;
      await store.use('local-sandbox'); // comes after the lock
      assert.match(readFileSync(file, 'utf8'), /"emergency": true/);
    }),
  );

  it(
    'is told at once, without the vault, by the window that locked and by every other that sees the marker',
    bench(async ({ store, window, secrets }) => {
      await store.add(RAISED);
      const hung = new Promise<undefined>(() => undefined);
      const get = secrets.get.bind(secrets);
      assert.equal(await store.isLockedAtSight(), false);
      await store.lockEverything();
      secrets.get = () => hung;
      assert.deepEqual([await store.isLockedAtSight(), await window().isLockedAtSight()], [true, true]);
      secrets.get = get;
      await store.unlockEverything();
      assert.deepEqual([await store.isLockedAtSight(), await window().isLockedAtSight()], [false, false]);
    }),
  );

  it(
    'is kept and ended by the vault alone where nothing can be written',
    bench(async ({ store, window, folder }) => {
      unwritable(folder);
      await store.lockEverything();
      assert.deepEqual([await isLocked(store), await isLocked(window())], [true, true]);
      await window().unlockEverything();
      assert.deepEqual([await isLocked(store), await isLocked(window())], [false, false]);
    }),
  );

  it(
    'stays locked in its window where nothing can be kept, and says so',
    bench(async ({ store, window, folder, secrets }) => {
      unwritable(folder);
      secrets.store = () => Promise.reject(new Error('no keyring'));
      await assert.rejects(store.lockEverything(), AggregateError);
      assert.deepEqual([await isLocked(store), await isLocked(window())], [true, false]);
    }),
  );
});

describe('a stored profile', () => {
  it('never counts as the local sandbox: loopback alone proves nothing', () => {
    assert.equal(profileOf(storedProfile({ gateway: 'http://127.0.0.1:8080/gateway.do' })).band, 'production');
    const sandbox = storedProfile({ gateway: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do' });
    assert.equal(profileOf(sandbox).band, 'alipay-sandbox');
  });
});
