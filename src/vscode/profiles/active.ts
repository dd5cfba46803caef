import type { Clock } from '../../alipay/clock.ts';
import { RefusedError } from '../../alipay/errors.ts';
import type { Credentials, Profile } from '../../alipay/profile.ts';
import { say, t, type Locale, type Sentence } from '../../text/index.ts';
import type { LocalSandbox } from '../local-sandbox/local-sandbox.ts';
import type { Vault } from '../vault.ts';
import { refuseProductionInBrowser } from './band.ts';
import { openCredentials, type KeyParser } from './credentials.ts';
import { activeOf, type ProfileStore } from './profile-store.ts';
import { profileOf, type Limits, type StoredProfile } from './stored-profile.ts';

export interface ActiveParts {
  readonly store: ProfileStore;
  readonly vault: Vault;
  readonly sandbox: Pick<LocalSandbox, 'connect'>;
  readonly parseKey: KeyParser;
  readonly clock: Pick<Clock, 'now'>;
  readonly locale: Locale;
  readonly isWeb: boolean;
}

/** The profile in use, ready to sign. */
export interface ActiveProfile {
  readonly profile: Profile;
  readonly credentials: Credentials;
  /** Undefined: nobody set any, or the settings are locked; no money moves then. */
  readonly limits: Limits | undefined;
  /** Why the settings are locked (G8), and so why no money moves. */
  readonly lock: Sentence | undefined;
  /** Equal for as long as client and guard made from the rest are still the right ones. */
  readonly identity: string;
}

/**
 * Opens the profile in use, everything read anew: the settings, the vault, the state of the sandbox. While the settings
 * are locked that is the local sandbox, whatever they say.
 *
 * @throws SetupError or RefusedError when it cannot be used here and now, with what to do.
 */
export async function openActive(parts: ActiveParts): Promise<ActiveProfile> {
  const { store } = parts;
  refuseIf(await store.isLockedAtSight()); // now, even if the vault hangs
  const settings = await store.load();
  refuseIf(settings.isEmergency);
  const stored = activeOf(settings);
  return stored ? openStored(parts, stored) : openLocalSandbox(parts, settings.lock);
}

function refuseIf(isEmergency: boolean): void {
  if (isEmergency) throw new RefusedError(say('emergency.on'), say('emergency.next'));
}

async function openStored(parts: ActiveParts, stored: StoredProfile): Promise<ActiveProfile> {
  const { vault, parseKey, clock, isWeb } = parts;
  const profile = profileOf(stored);
  refuseProductionInBrowser(profile.band, isWeb);
  const credentials = await openCredentials(stored, vault, parseKey, clock.now());
  return { profile, credentials, limits: stored.limits, lock: undefined, identity: JSON.stringify(stored) };
}

async function openLocalSandbox({ sandbox, locale }: ActiveParts, lock: Sentence | undefined): Promise<ActiveProfile> {
  const { profile, credentials, limits } = await sandbox.connect();
  return {
    profile: { ...profile, label: t(locale, 'band.local') },
    credentials,
    limits: lock ? undefined : limits,
    lock,
    identity: JSON.stringify([profile.gateway, credentials.privateKey.publicKeyBase64, lock ?? null]),
  };
}
