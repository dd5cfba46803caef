import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseAppId, readGateway } from '../../alipay/profile.ts';
import { LEVELS, type StoredProfile } from './stored-profile.ts';

/** Everything a person has allowed, as the MAC covers it. */
export interface Policy {
  /** Counts the changes; the vault knows the last. */
  readonly version: number;
  /** The id of the profile in use. */
  readonly active: string;
  readonly profiles: readonly StoredProfile[];
  /** Somebody locked everything; here, so that deleting a file unlocks nothing. */
  readonly emergency?: true;
}

/** The policy's file: the policy, its MAC, and which key that was made with. */
export interface SignedPolicy {
  readonly policy: Policy;
  readonly macKey: string;
  readonly mac: string;
}

/** HMAC-SHA-256, in hex, over the policy as JSON whose fields stand in the order of their names. */
export function macOf(policy: Policy, key: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(canonical(policy), 'utf8').digest('hex');
}

export function isMac(policy: Policy, key: string, mac: string): boolean {
  const [expected, given] = [Buffer.from(macOf(policy, key), 'hex'), Buffer.from(mac, 'hex')];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

export function writePolicy(signed: SignedPolicy): string {
  return `${JSON.stringify(signed, null, 2)}\n`;
}

/** Reads the policy's file, or undefined when it is not one. Whether to believe it is for the MAC to say. */
export function readPolicy(text: string): SignedPolicy | undefined {
  try {
    const file = JSON.parse(text) as SignedPolicy;
    return typeof file.macKey === 'string' && typeof file.mac === 'string' && isPolicy(file.policy) ? file : undefined;
  } catch {
    return undefined;
  }
}

function isPolicy({ version, active, profiles, emergency }: Policy): boolean {
  return (
    Number.isSafeInteger(version) &&
    version > 0 &&
    typeof active === 'string' &&
    profiles.every(isStoredProfile) &&
    (emergency === undefined || emergency === true)
  );
}

/** Whether it is what could have been stored. @throws an error when it is nothing like it. */
function isStoredProfile(profile: StoredProfile): boolean {
  const { id, label, gateway, appId, keyFingerprint, level, limits, alipay } = profile;
  return (
    areTexts(id, label, gateway, appId, keyFingerprint) &&
    isTaken(() => [readGateway(gateway), parseAppId(appId)]) &&
    /^[0-9a-f]{64}$/.test(keyFingerprint) &&
    LEVELS.includes(level) &&
    (limits === undefined || areAmounts(limits.perOperation, limits.perDay, limits.perPayee)) &&
    (alipay.mode === 'key' ? areTexts(alipay.publicKey) : areTexts(alipay.appCert, alipay.alipayCert, alipay.rootCert))
  );
}

function isTaken(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

function areAmounts(...values: readonly unknown[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && Number(value) > 0);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
