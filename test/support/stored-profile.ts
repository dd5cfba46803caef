import type { StoredProfile } from '../../src/vscode/profiles/stored-profile.ts';

/** A profile as a person might have set it up, on no gateway that exists. */
export function storedProfile(given: Partial<StoredProfile> = {}): StoredProfile {
  return {
    id: 'shop',
    label: 'Shop',
    gateway: 'https://openapi.alipay.com/gateway.do',
    appId: '2021000000000001',
    level: 'read-only',
    keyFingerprint: 'f'.repeat(64),
    alipay: { mode: 'key', publicKey: 'public' },
    ...given,
  };
}
