import { t } from '../../text/index.ts';
import { clearClipboard } from './add-profile.ts';
import { askAlipaySide, askPrivateKey, type ReadKey } from './ask-keys.ts';
import { testConnection } from './connection-test.ts';
import { fingerprintOfKey, joinCredentials, openKey } from './credentials.ts';
import { pickProfile, sayRefusal, trusted, type Desk } from './desk.ts';
import { forgetKey } from './forget-key.ts';
import type { StoredProfile } from './stored-profile.ts';

/**
 * *Replace Key or Certificates*: another key, or the same one, with another half of Alipay's. The old ones stay in use
 * until the new ones have passed the test.
 */
export async function rotateKey(desk: Desk): Promise<void> {
  const profiles = await trusted(desk);
  if (!profiles) return;
  const { locale } = desk.ui;
  const profile = await pickProfile(desk, t(locale, 'rotate.title'), profiles);
  if (!profile) return;
  const title = t(locale, 'rotate.title_of', { label: profile.label });
  const read = await askKey(desk, title, profile);
  if (!read) return;
  const alipay = await askAlipaySide(desk, title, read.key);
  if (!alipay) return;
  const rotated = { ...profile, keyFingerprint: fingerprintOfKey(read.key), alipay };
  if (await passesTest(desk, rotated, read)) await replace(desk, profile, rotated, read);
}

/** A new key, or the present one again. */
async function askKey(desk: Desk, title: string, profile: StoredProfile): Promise<ReadKey | undefined> {
  const { ui, vault, parseKey } = desk;
  for (;;) {
    const which = await ui.pick<'new' | 'present'>({
      title,
      placeholder: t(ui.locale, 'rotate.which'),
      choices: [
        { label: t(ui.locale, 'rotate.new_key'), value: 'new' },
        { label: t(ui.locale, 'rotate.present_key'), value: 'present' },
      ],
    });
    if (which === undefined) return undefined;
    if (which === 'new') return askPrivateKey(desk, title);
    try {
      return { ...(await openKey(profile, vault, parseKey)), fromClipboard: false };
    } catch (error) {
      await sayRefusal(ui, error);
    }
  }
}

async function passesTest(desk: Desk, rotated: StoredProfile, { key }: ReadKey): Promise<boolean> {
  const { ui, clock } = desk;
  for (;;) {
    const { works, words } = await testConnection(desk, rotated, joinCredentials(key, rotated.alipay, clock.now()));
    if (works) return true;
    await ui.warn(t(ui.locale, 'rotate.kept'), words);
    const again = await ui.pick<true>({
      title: t(ui.locale, 'test.failed.title', { label: rotated.label }),
      placeholder: words,
      choices: [{ label: t(ui.locale, 'test.again'), value: true }],
    });
    if (!again) return false;
  }
}

async function replace(desk: Desk, old: StoredProfile, rotated: StoredProfile, read: ReadKey): Promise<void> {
  const { ui, vault, store } = desk;
  const { keyFingerprint, alipay } = rotated;
  await vault.writeOnce(`key/${keyFingerprint}`, read.text);
  try {
    await store.update(old.id, (profile) => ({ ...profile, keyFingerprint, alipay }));
  } catch (error) {
    await forgetKey(desk, keyFingerprint);
    throw error;
  }
  await forgetKey(desk, old.keyFingerprint);
  if (read.fromClipboard) await clearClipboard(desk, read.text);
  await ui.tell(t(ui.locale, 'rotate.done', { label: old.label }));
}
