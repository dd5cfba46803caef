import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { parsePrivateKey } from '../../src/alipay/keys.ts';
import type { Outcome } from '../../src/alipay/outcome.ts';
import { generateSandboxKeys, sandboxKeyTexts } from '../../src/sandbox/index.ts';
import { say } from '../../src/text/index.ts';
import type { Desk } from '../../src/vscode/profiles/desk.ts';
import { ProfileStore } from '../../src/vscode/profiles/profile-store.ts';
import { Vault } from '../../src/vscode/vault.ts';
import { FakeUi, type Answer } from './fake-ui.ts';
import { FakeSecrets } from './secrets.ts';

const now = Date.now();

/** Keys and certificates as the console hands them out, made for this run. */
export const issued = sandboxKeyTexts(await generateSandboxKeys(now));

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Another app's key, as the key tool saves it: bare base64. */
export const otherKey = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

export const WORKS: Outcome = {
  status: 'rejected',
  code: '40004',
  subCode: 'ACQ.TRADE_NOT_EXIST',
  subMsg: '',
  verified: true,
  meaning: say('outcome.network'),
  next: undefined,
};
export const FAILS: Outcome = {
  status: 'unknown',
  reason: 'network',
  meaning: say('outcome.network'),
  subCode: undefined,
};

export interface ProfileBench {
  readonly folder: string;
  readonly secrets: FakeSecrets;
  readonly store: ProfileStore;
  /** What the gateway answers to each probe, in turn; the last one from then on. */
  outcomes: Outcome[];
  /** Runs one command with a person who follows a script. */
  readonly run: (
    command: (desk: Desk) => Promise<unknown>,
    script: readonly Answer[],
    options?: { clipboard?: string; isWeb?: boolean },
  ) => Promise<FakeUi>;
}

export function profileBench(folder: string): ProfileBench {
  const secrets = new FakeSecrets();
  const vault = new Vault(secrets);
  const store = new ProfileStore(join(folder, 'profiles.json'), vault);
  const bench: ProfileBench = {
    folder,
    secrets,
    store,
    outcomes: [WORKS],
    async run(command, script, { clipboard = '', isWeb = false } = {}) {
      const ui = new FakeUi(script, clipboard);
      const probe = () => {
        const [outcome = WORKS, ...rest] = bench.outcomes;
        if (rest.length > 0) bench.outcomes = rest;
        return Promise.resolve(outcome);
      };
      await command({ ui, store, vault, parseKey: parsePrivateKey, probe, clock: { now: () => now }, isWeb });
      return ui;
    },
  };
  return bench;
}
