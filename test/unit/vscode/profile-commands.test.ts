import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePrivateKey } from '../../../src/alipay/keys.ts';
import { lockEverything, unlockEverything } from '../../../src/vscode/emergency.ts';
import { addProfile } from '../../../src/vscode/profiles/add-profile.ts';
import { fingerprintOfKey, openCredentials } from '../../../src/vscode/profiles/credentials.ts';
import { removeProfile } from '../../../src/vscode/profiles/remove-profile.ts';
import { reviewLock } from '../../../src/vscode/profiles/review-lock.ts';
import { rotateKey } from '../../../src/vscode/profiles/rotate-key.ts';
import { setLevel } from '../../../src/vscode/profiles/set-level.ts';
import { setScene } from '../../../src/vscode/profiles/set-scene.ts';
import { switchProfile } from '../../../src/vscode/profiles/switch-profile.ts';
import { Vault } from '../../../src/vscode/vault.ts';
import type { Answer } from '../../support/fake-ui.ts';
import { withFolder } from '../../support/folders.ts';
import { FAILS, issued, otherKey, profileBench, WORKS, type ProfileBench } from '../../support/profile-desk.ts';

const fingerprint = (text: string): string => fingerprintOfKey(parsePrivateKey(text));
const KEY = fingerprint(issued.certAppPrivateKey);

const APP: readonly Answer[] = [{ pick: 'Alipay sandbox' }, { type: '9021000100000002' }, { type: 'Shop' }];
const PRIVATE_KEY: readonly Answer[] = [{ pick: 'Choose a file' }, { file: issued.certAppPrivateKey }];
const CERTIFICATES: readonly Answer[] = [
  { pick: 'Three certificates' },
  { file: issued.appCert },
  { file: issued.alipayCert },
  { file: issued.rootCert },
];
const ADD = [...APP, ...PRIVATE_KEY, ...CERTIFICATES];
const MONEY_OUT: readonly Answer[] = [
  { pick: 'Shop' },
  { pick: 'Money-out' },
  { type: '5000.00' },
  { type: '1000' },
  { type: '100.50' },
  { press: 'Allow' },
];

/** The first certificate of a file, without its issuer. */
const leafOf = (pem: string): string => pem.slice(0, pem.indexOf('-----END CERTIFICATE-----') + 26);

const bench = (test: (bench: ProfileBench) => Promise<void>) => (): Promise<void> =>
  withFolder((folder) => test(profileBench(folder)));

/** Runs a command once for each of its steps, and leaves it there with Esc. */
async function leavingAnywhere(
  { run, store, secrets }: ProfileBench,
  command: Parameters<ProfileBench['run']>[0],
  script: readonly Answer[],
): Promise<void> {
  const before = [JSON.stringify(await store.load()), [...secrets.values.keys()].join()];
  for (let steps = 0; steps < script.length; steps += 1) {
    await run(command, script.slice(0, steps));
    assert.deepEqual([JSON.stringify(await store.load()), [...secrets.values.keys()].join()], before, `${steps} steps`);
  }
}

describe('adding a profile', () => {
  it(
    'stores it at read-only, without limits, its key in the vault only',
    bench(async ({ run, store, secrets }) => {
      const ui = await run(addProfile, ADD);
      const {
        profiles: [profile],
        active,
      } = await store.load();
      assert.ok(profile);
      const { id, ...rest } = profile;
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.deepEqual(rest, {
        label: 'Shop',
        gateway: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do',
        appId: '9021000100000002',
        level: 'read-only',
        keyFingerprint: KEY,
        alipay: {
          mode: 'certificate',
          appCert: issued.appCert,
          alipayCert: issued.alipayCert,
          rootCert: issued.rootCert,
        },
      });
      assert.equal(active, 'local-sandbox');
      assert.match(ui.said.join('\n'), /at read-only/);
      const { privateKey } = await openCredentials(profile, new Vault(secrets), parsePrivateKey, Date.now());
      assert.equal(fingerprintOfKey(privateKey), KEY);
    }),
  );

  it(
    'leaves nothing behind wherever it is left',
    bench(async (made) => {
      await leavingAnywhere(made, addProfile, ADD);
    }),
  );

  it(
    'puts it in use when the person takes that',
    bench(async ({ run, store }) => {
      await run(addProfile, [...ADD, { press: 'Use It Now' }]);
      const { profiles, active } = await store.load();
      assert.equal(active, profiles[0]?.id);
    }),
  );

  it(
    'stays at a step until its input can be taken, and says why not',
    bench(async ({ run, store }) => {
      const script: readonly Answer[] = [
        { pick: 'Another gateway' },
        { type: 'ftp://x' },
        { type: 'http://example.com/gateway.do' },
        { type: 'https://example.com/gateway.do' },
        { type: '12' },
        { type: '9021000100000002' },
        { type: ' ' },
        { type: 'Local sandbox' },
        { type: 'Sh\u202Eop' },
        { type: 'Shop' },
        { pick: 'password box' },
        { type: 'MII' },
        { type: issued.alipayPublicKey },
        { type: issued.certAppPrivateKey.replaceAll('\n', '') },
        { pick: 'Alipay public key' },
        { pick: 'into a box' },
        { type: issued.appCert },
        { type: issued.alipayPublicKey },
      ];
      const ui = await run(addProfile, script);
      assert.equal(ui.left, 0);
      assert.equal((await store.load()).profiles[0]?.gateway, 'https://example.com/gateway.do');
      const said = ui.said.join('\n');
      for (const words of [/ftp:\/\/x/, /https/, /“12”/, /1 to 60/, /called “Local sandbox”/, /cannot be seen/]) {
        assert.match(said, words);
      }
      for (const words of [
        /public key\. The app private key/,
        /cut off|base64|not an RSA/,
        /certificate, and a public key/,
      ]) {
        assert.match(said, words);
      }
    }),
  );

  it(
    'asks for the key where nothing shows it',
    bench(async ({ run }) => {
      const ui = await run(addProfile, [...APP, { pick: 'password box' }]);
      const last = ui.asked.at(-2);
      assert.ok(last && 'secret' in last && last.secret === true);
    }),
  );

  it(
    'takes a key from the clipboard, and empties it once the key is kept',
    bench(async ({ run, store }) => {
      const clipboard = issued.certAppPrivateKey;
      const left = await run(addProfile, [...APP, { pick: 'clipboard' }], { clipboard });
      assert.equal(left.clipboard, clipboard);
      const ui = await run(addProfile, [...APP, { pick: 'clipboard' }, ...CERTIFICATES], { clipboard });
      assert.equal(ui.clipboard, '');
      assert.equal((await store.load()).profiles.length, 1);
    }),
  );

  it(
    'says which certificate does not fit, and asks again',
    bench(async ({ run, store }) => {
      const files = (...given: string[]): Answer[] => [
        { pick: 'Three certificates' },
        ...given.map((file) => ({ file })),
      ];
      const wrong: readonly Answer[] = [
        ...files(issued.alipayCert, issued.alipayCert, issued.rootCert),
        ...files(issued.appCert, issued.appCert, issued.rootCert),
        ...files(issued.appCert, issued.alipayCert, leafOf(issued.appCert)),
        ...files('x', issued.alipayCert, issued.rootCert),
        ...files(issued.appCert),
        'esc',
      ];
      const ui = await run(addProfile, [...APP, ...PRIVATE_KEY, ...wrong, ...CERTIFICATES]);
      assert.equal(ui.left, 0);
      assert.equal(ui.said.length, 5, ui.said.join('\n'));
      assert.equal((await store.load()).profiles.length, 1);
    }),
  );

  it(
    'G9: does not take the same app twice',
    bench(async ({ run, store }) => {
      await run(addProfile, ADD);
      const ui = await run(addProfile, [{ pick: 'Alipay sandbox' }, { type: '9021000100000002' }]);
      assert.match(ui.said.join(), /already as “Shop”/);
      assert.equal((await store.load()).profiles.length, 1);
    }),
  );

  it(
    'says what a failed test means, tests again, or keeps it as it is',
    bench(async (made) => {
      made.outcomes = [FAILS, FAILS, WORKS];
      const ui = await made.run(addProfile, [...ADD, { pick: 'Test again' }, 'esc']);
      assert.match(ui.said.join(), /connection test failed/);
      assert.deepEqual((await made.store.load()).profiles, []);
      assert.equal(made.secrets.values.size, 0);
      made.outcomes = [FAILS];
      await made.run(addProfile, [...ADD, { pick: 'Keep it' }]);
      assert.equal((await made.store.load()).profiles[0]?.level, 'read-only');
    }),
  );

  it(
    'refuses production in a browser, by choice and by address',
    bench(async ({ run, store }) => {
      const script: readonly Answer[] = [
        { pick: 'PRODUCTION' },
        { pick: 'Another gateway' },
        { type: 'https://openapi.alipay.com/gateway.do' },
        { type: 'http://127.0.0.1:8080/gateway.do' },
      ];
      const ui = await run(addProfile, script, { isWeb: true });
      assert.equal(ui.said.filter((words) => words.includes('runs in a browser')).length, 3);
      assert.deepEqual((await store.load()).profiles, []);
      await run(addProfile, ADD, { isWeb: true });
      assert.equal((await store.load()).profiles.length, 1);
    }),
  );
});

describe('the level of a profile', () => {
  it(
    'rises to money-out only with limits, and after a modal question that names them',
    bench(async (made) => {
      const { run, store } = made;
      await run(addProfile, ADD);
      await leavingAnywhere(made, setLevel, MONEY_OUT);
      const ui = await run(setLevel, MONEY_OUT);
      const [profile] = (await store.load()).profiles;
      assert.equal(profile?.level, 'money-out');
      assert.deepEqual(profile?.limits, { perOperation: 10_050, perDay: 500_000, perPayee: 100_000 });
      assert.match(
        ui.said[0] ?? '',
        /100\.50 yuan in one operation, 1000\.00 yuan to one payee .* 5000\.00 yuan in a day/,
      );
    }),
  );

  it(
    'does not rise to write without the modal question',
    bench(async ({ run, store }) => {
      await run(addProfile, ADD);
      await run(setLevel, [{ pick: 'Shop' }, { pick: 'Write' }]);
      assert.equal((await store.load()).profiles[0]?.level, 'read-only');
      await run(setLevel, [{ pick: 'Shop' }, { pick: 'Write' }, { press: 'Allow' }]);
      assert.equal((await store.load()).profiles[0]?.level, 'write');
    }),
  );

  it(
    'is lowered at once, without a question',
    bench(async ({ run, store }) => {
      await run(addProfile, ADD);
      await run(setLevel, MONEY_OUT);
      await run(setLevel, [{ pick: 'Shop' }, { pick: 'Read-only' }]);
      assert.equal((await store.load()).profiles[0]?.level, 'read-only');
    }),
  );

  it(
    'takes no limit larger than the one it lies within, and none that is not an amount',
    bench(async ({ run, store }) => {
      await run(addProfile, ADD);
      const typed = ['5,000', '-1', '0', '5000', '5000.01', '1000', '1001', '¥5', '100'].map((type) => ({ type }));
      const ui = await run(setLevel, [{ pick: 'Shop' }, { pick: 'Money-out' }, ...typed, { press: 'Allow' }]);
      assert.equal(ui.left, 0);
      assert.deepEqual((await store.load()).profiles[0]?.limits, {
        perOperation: 10_000,
        perDay: 500_000,
        perPayee: 100_000,
      });
    }),
  );
});

describe('rotating a key', () => {
  const newKey: readonly Answer[] = [
    { pick: 'Shop' },
    { pick: 'new app private key' },
    { pick: 'Choose a file' },
    { file: otherKey },
    { pick: 'Alipay public key' },
    { pick: 'into a box' },
    { type: issued.alipayPublicKey },
  ];

  it(
    'keeps level and limits, and deletes the old key only after the new one has passed',
    bench(async (made) => {
      const { run, store, secrets } = made;
      await run(addProfile, ADD);
      await run(setLevel, MONEY_OUT);
      made.outcomes = [FAILS, WORKS];
      const ui = await run(rotateKey, newKey);
      assert.match(ui.said.join(), /present one stays in use/);
      assert.equal((await store.load()).profiles[0]?.keyFingerprint, KEY);
      await run(rotateKey, newKey);
      const [profile] = (await store.load()).profiles;
      assert.equal(profile?.keyFingerprint, fingerprint(otherKey));
      assert.deepEqual(
        [profile?.level, profile?.alipay.mode, profile?.limits?.perOperation],
        ['money-out', 'key', 10_050],
      );
      assert.ok(!secrets.values.has(`key/${KEY}`));
      assert.ok(secrets.values.has(`key/${fingerprint(otherKey)}`));
    }),
  );

  it(
    'changes nothing wherever it is left',
    bench(async (made) => {
      await made.run(addProfile, ADD);
      await leavingAnywhere(made, rotateKey, newKey);
    }),
  );

  it(
    'takes other certificates for the present key, which stays',
    bench(async ({ run, store, secrets }) => {
      await run(addProfile, ADD);
      await run(rotateKey, [{ pick: 'Shop' }, { pick: 'present key' }, ...CERTIFICATES]);
      assert.equal((await store.load()).profiles[0]?.keyFingerprint, KEY);
      assert.ok(secrets.values.has(`key/${KEY}`));
    }),
  );

  it(
    'is the way back for a profile whose key is lost',
    bench(async ({ run, secrets, store }) => {
      await run(addProfile, ADD);
      secrets.values.delete(`key/${KEY}`);
      const again: readonly Answer[] = [{ pick: 'Shop' }, { pick: 'present key' }, ...newKey.slice(1)];
      const ui = await run(rotateKey, again);
      assert.match(ui.said[0] ?? '', /private key of this profile is not in/);
      assert.equal((await store.load()).profiles[0]?.keyFingerprint, fingerprint(otherKey));
    }),
  );
});

describe('removing a profile', () => {
  it(
    'wipes its key and its tokens, after a modal question',
    bench(async (made) => {
      const { run, store, secrets } = made;
      await run(addProfile, ADD);
      const [profile] = (await store.load()).profiles;
      secrets.values.set(`token/${profile?.id}/tok_1`, '{}');
      await leavingAnywhere(made, removeProfile, [{ pick: 'Shop' }, { press: 'Remove' }]);
      await run(removeProfile, [{ pick: 'Shop' }, { press: 'Remove' }]);
      assert.deepEqual((await store.load()).profiles, []);
      assert.deepEqual(
        [...secrets.values.keys()].filter((name) => /^(?:key|token)/.test(name)),
        [],
      );
    }),
  );

  it(
    'leaves a key that another profile signs with',
    bench(async ({ run, secrets }) => {
      await run(addProfile, ADD);
      const second = [{ pick: 'Alipay sandbox' }, { type: '9021000100000009' }, { type: 'Second' }];
      await run(addProfile, [...second, ...PRIVATE_KEY, ...CERTIFICATES]);
      await run(removeProfile, [{ pick: 'Shop' }, { press: 'Remove' }]);
      assert.ok(secrets.values.has(`key/${KEY}`));
    }),
  );
});

describe('switching profiles', () => {
  it(
    'puts one in use, and the sandbox again',
    bench(async ({ run, store, secrets }) => {
      await run(addProfile, ADD);
      await run(switchProfile, [{ pick: 'Shop' }]);
      assert.equal((await store.load()).active, (await store.load()).profiles[0]?.id);
      await run(switchProfile, ['esc']);
      const { version } = JSON.parse(secrets.values.get('policy') ?? '{}') as { version: number };
      await run(switchProfile, [{ pick: 'Shop' }]);
      assert.equal(JSON.parse(secrets.values.get('policy') ?? '{}').version, version, 'the same again is no change');
      await run(switchProfile, [{ pick: 'Local sandbox' }]);
      assert.equal((await store.load()).active, 'local-sandbox');
    }),
  );

  it(
    'refuses production in a browser, where a profile of the desktop may be seen',
    bench(async ({ run, store }) => {
      const production = [{ pick: 'PRODUCTION' }, ...ADD.slice(1)];
      await run(addProfile, production);
      await assert.rejects(run(switchProfile, [{ pick: 'Shop' }], { isWeb: true }), /runs in a browser/);
      assert.equal((await store.load()).active, 'local-sandbox');
    }),
  );
});

describe('the transfer scene', () => {
  const SCENE: readonly Answer[] = [
    { pick: 'Shop' },
    { pick: '佣金报酬' },
    { type: '岗位类型' },
    { type: '' },
    { type: '推广' },
    { type: '报酬说明' },
    { type: 'a\u200bb' },
    { type: '推广佣金' },
    { type: '' },
  ];

  it(
    'is kept with its reports, changed and taken away; Esc anywhere changes nothing',
    bench(async (made) => {
      const { run, store } = made;
      await run(addProfile, ADD);
      const scene = async () => (await store.load()).profiles[0]?.transferScene;
      await leavingAnywhere(made, setScene, SCENE);
      const ui = await run(setScene, SCENE);
      assert.equal(ui.left, 0);
      assert.equal(ui.said.filter((said) => /none of them invisible/.test(said)).length, 2);
      assert.deepEqual(await scene(), {
        name: '佣金报酬',
        reports: [
          { info_type: '岗位类型', info_content: '推广' },
          { info_type: '报酬说明', info_content: '推广佣金' },
        ],
      });
      await run(setScene, [{ pick: 'Shop' }, { pick: 'Another' }, { type: ' 采购 ' }, { type: '' }]);
      assert.deepEqual(await scene(), { name: '采购', reports: [] });
      await run(setScene, [{ pick: 'Shop' }, { pick: 'No scene' }]);
      assert.equal(await scene(), undefined);
    }),
  );
});

describe('everything locked', () => {
  it(
    'stops every command but unlocking, which asks in a modal dialog',
    bench(async (made) => {
      const { run, store } = made;
      await run(addProfile, ADD);
      await run(lockEverything, []);
      for (const command of [addProfile, setLevel, setScene, rotateKey, removeProfile, switchProfile]) {
        const ui = await run(command, []);
        assert.equal(ui.asked.length, 0);
        assert.match(ui.said.join(), /Unlock Everything/);
      }
      await leavingAnywhere(made, unlockEverything, [{ press: 'Unlock' }]);
      await run(unlockEverything, [{ press: 'Unlock' }]);
      assert.equal((await store.load()).isEmergency, false);
    }),
  );

  it(
    'is said to hold for one window alone where it could not be kept, with what to do',
    bench(async ({ run, store, secrets, folder }) => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, 'in the way');
      secrets.store = () => Promise.reject(new Error('no keyring'));
      const ui = await run(lockEverything, []);
      assert.match(ui.said.join(), /^This window is locked, but that could not be kept.* Close all other windows now/);
      assert.equal((await store.load()).isEmergency, true);
    }),
  );

  it(
    'is not ended, and nobody is asked, while the settings are locked as well: it is said what comes first',
    bench(async ({ run, store, secrets }) => {
      await run(addProfile, ADD);
      secrets.values.delete('policy');
      await run(lockEverything, []);
      const ui = await run(unlockEverything, [{ press: 'Unlock' }]);
      assert.match(
        ui.said.join(),
        /what would prove it is not.*Everything stays locked. First .*Review Locked Settings/,
      );
      assert.deepEqual([ui.left, (await store.load()).isEmergency], [1, true]);
      await run(reviewLock, [{ pick: 'Keep the 1' }, { press: 'Yes, I Have Checked' }]);
      await run(unlockEverything, [{ press: 'Unlock' }]);
      const { lock, isEmergency } = await store.load();
      assert.deepEqual([lock, isEmergency], [undefined, false]);
    }),
  );
});

describe('locked settings', () => {
  it(
    'G8: no command changes them but the review, and that only after a modal question',
    bench(async (made) => {
      const { run, store, secrets } = made;
      await run(addProfile, ADD);
      await run(setLevel, MONEY_OUT);
      secrets.values.delete('policy');
      for (const command of [addProfile, setLevel, setScene, rotateKey, removeProfile, switchProfile]) {
        const ui = await run(command, []);
        assert.equal(ui.asked.length, 0);
        assert.match(ui.said.join(), /Review Locked Settings/);
      }
      await leavingAnywhere(made, reviewLock, [{ pick: 'Keep the 1' }, { press: 'Yes, I Have Checked' }]);
      const ui = await run(reviewLock, [{ pick: 'Keep the 1' }, { press: 'Yes, I Have Checked' }]);
      const line = `https://openapi-sandbox.dl.alipaydev.com/gateway.do, app 9021000100000002, your key ${KEY.slice(0, 16)}`;
      assert.ok(ui.said.join().includes(line), ui.said.join());
      assert.match(ui.said.join(), /Alipay’s [0-9a-f]{16}: “Shop”/);
      const {
        lock,
        profiles: [profile],
      } = await store.load();
      assert.deepEqual([lock, profile?.level, profile?.limits], [undefined, 'read-only', undefined]);
    }),
  );

  it(
    'G8: are reviewed as they are: no name hides the gateway or stands in for it, and nothing is kept that was not shown',
    bench(async ({ run, store, folder }) => {
      await run(addProfile, ADD);
      const file = join(folder, 'profiles.json');
      const text = readFileSync(file, 'utf8');
      const written = JSON.parse(text) as { policy: { profiles: Record<string, unknown>[] } };
      Object.assign(written.policy.profiles[0] ?? {}, {
        label: `Shop, key 0123456789abcdef${'\n'.repeat(40)}\u202e`,
        gateway: `https://elsewhere.example/${'\n'.repeat(40)}${'x'.repeat(200)}`,
        transferScene: { name: '现金营销', reports: [] },
      });
      writeFileSync(file, JSON.stringify(written));
      const ui = await run(reviewLock, [{ pick: 'Keep the 1' }, { press: 'Yes, I Have Checked' }]);
      const [, , line = '', ...more] = ui.said.join().split('\n');
      assert.deepEqual(more, []);
      assert.match(
        line,
        /^https:\/\/elsewhere\.example\/x{90,100}…, app \d+, your key [0-9a-f]{16}, Alipay’s [0-9a-f]{16}: “/,
      );
      assert.ok(line.length < 300, `${line.length}`);
      const [kept] = (await store.load()).profiles;
      assert.ok(kept && line.endsWith(`“${kept.label}”`), line);
      assert.match(kept.label, /^Shop, key 0123456789abcdef⟨U\+000A⟩.*…$/);
      assert.deepEqual([new URL(kept.gateway).href, kept.transferScene], [kept.gateway, undefined]);
    }),
  );
});
