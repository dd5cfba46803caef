import { PrivateKey } from '../alipay/keys.ts';
import { bandOf, certificateCredentials, type Profile, type TransferScene } from '../alipay/profile.ts';
import type { Limits } from '../ledger/index.ts';
import { generateSandboxKeys, startSandbox } from '../sandbox/index.ts';
import type { Connection } from './connection.ts';

/** Wide enough for every try in a sandbox, and still limits: 1,000,000.00 for one operation. */
export const SANDBOX_LIMITS: Limits = { perOperation: 100_000_000, perDay: 1_000_000_000, perPayee: 500_000_000 };

/** A scene every merchant console knows, with the reports it asks for (`alipay-openapi.md` §3.12). */
const SCENE: TransferScene = {
  name: '佣金报酬',
  reports: [
    { info_type: '岗位类型', info_content: '推广' },
    { info_type: '报酬说明', info_content: '推广佣金' },
  ],
};

/** The profile of a sandbox of ours, for its app in certificate mode: the one profile that moves money out of the box. */
export function localProfile(gateway: string, appId: string): Profile {
  return {
    id: 'local-sandbox',
    label: 'Local sandbox',
    gateway,
    appId,
    mode: 'certificate',
    level: 'money-out',
    band: bandOf(gateway, gateway),
    transferScene: SCENE,
  };
}

/** Starts a sandbox in this process, with demo data, in memory; its keys are made for it and go with it. */
export async function startEmbedded(now: number): Promise<Connection> {
  const keys = await generateSandboxKeys(now);
  const sandbox = await startSandbox({ database: ':memory:', seed: 'demo', keys });
  return {
    profile: localProfile(sandbox.gateway, sandbox.certAppId),
    credentials: certificateCredentials(new PrivateKey(keys.certApp), keys.certificates, now),
    ledgerName: 'ledger.sqlite',
    close: () => sandbox.close(),
  };
}
