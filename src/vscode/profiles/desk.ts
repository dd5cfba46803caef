import type { Clock } from '../../alipay/clock.ts';
import { ProductError } from '../../alipay/errors.ts';
import type { Outcome } from '../../alipay/outcome.ts';
import type { Credentials, Profile } from '../../alipay/profile.ts';
import { render, t, type Locale } from '../../text/index.ts';
import type { Ui } from '../ui/ui.ts';
import type { Vault } from '../vault.ts';
import type { KeyParser } from './credentials.ts';
import type { ProfileStore } from './profile-store.ts';
import type { StoredProfile } from './stored-profile.ts';

/** What the commands about profiles work with. */
export interface Desk {
  readonly ui: Ui;
  readonly store: ProfileStore;
  readonly vault: Vault;
  readonly parseKey: KeyParser;
  /** Asks the gateway about a trade that cannot exist. */
  readonly probe: (profile: Profile, credentials: Credentials, signal: AbortSignal) => Promise<Outcome>;
  readonly clock: Pick<Clock, 'now'>;
  /** Whether VS Code runs in a browser: production is refused there. */
  readonly isWeb: boolean;
}

/** What is wrong with a value, as the floors below say it; anything but their refusals is a fault and goes on. */
export function problemOf(locale: Locale, check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return wordsOf(locale, error);
  }
}

/** A refusal in a sentence. Any other error is thrown on. */
function wordsOf(locale: Locale, error: unknown): string {
  if (!(error instanceof ProductError)) throw error;
  return error.say(locale);
}

/** Says a refusal, and what to do about it. Any other error is thrown on. */
export async function sayRefusal(ui: Ui, error: unknown): Promise<void> {
  const next = error instanceof ProductError && error.nextStep ? render(ui.locale, error.nextStep) : undefined;
  await ui.warn(wordsOf(ui.locale, error), next);
}

/** The profiles as they are stored, unless nothing can be believed: then says so and answers nothing. */
export async function trusted({ store, ui }: Desk): Promise<readonly StoredProfile[] | undefined> {
  const { profiles, lock, isEmergency } = await store.load();
  if (isEmergency) {
    await ui.warn(t(ui.locale, 'emergency.on'), t(ui.locale, 'emergency.next'));
    return undefined;
  }
  if (!lock) return profiles;
  await ui.warn(render(ui.locale, lock), t(ui.locale, 'lock.next'));
  return undefined;
}

/** Asks which of the profiles, unless there is only one, or none to ask about. */
export async function pickProfile(
  { ui }: Desk,
  title: string,
  profiles: readonly StoredProfile[],
): Promise<StoredProfile | undefined> {
  if (profiles.length === 0) {
    await ui.tell(t(ui.locale, 'profiles.none'));
    return undefined;
  }
  return ui.pick({
    title,
    placeholder: t(ui.locale, 'profiles.which'),
    choices: profiles.map((profile) => ({
      label: profile.label,
      description: `${profile.appId} · ${new URL(profile.gateway).host}`,
      value: profile,
    })),
  });
}
