import { systemClock } from './alipay/clock.ts';
import { PrivateKey } from './alipay/keys.ts';
import { certificateCredentials } from './alipay/profile.ts';
import { attach } from './cli/attach.ts';
import { localProfile, SANDBOX_LIMITS } from './cli/local-sandbox.ts';
import {
  generateSandboxKeys,
  parseSandboxKeys,
  sandboxKeyTexts,
  startSandbox,
  type SandboxKeyTexts,
} from './sandbox/index.ts';
import type { SandboxMaker } from './vscode/local-sandbox/local-sandbox.ts';

/** Makes the editor's sandbox: its keys are text only between here and the vault. */
export const sandboxMaker: SandboxMaker = {
  async makeKeys() {
    return JSON.stringify(sandboxKeyTexts(await generateSandboxKeys(systemClock.now())));
  },

  async start({ keys: text, adminToken, database, port }) {
    const keys = parseSandboxKeys(JSON.parse(text) as SandboxKeyTexts);
    const sandbox = await startSandbox({ keys, adminToken, database, port, seed: 'demo' });
    return {
      profile: localProfile(sandbox.gateway, sandbox.certAppId),
      limits: SANDBOX_LIMITS,
      admin: sandbox.admin,
      credentials: certificateCredentials(new PrivateKey(keys.certApp), keys.certificates, systemClock.now()),
      close: () => sandbox.close(),
    };
  },

  async attach(admin, adminToken) {
    const { profile, credentials } = await attach(admin, adminToken, systemClock.now());
    return { profile, limits: SANDBOX_LIMITS, admin, credentials, close: () => Promise.resolve() };
  },
};
