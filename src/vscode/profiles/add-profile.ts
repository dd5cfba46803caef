import { randomUUID } from 'node:crypto';
import { t } from '../../text/index.ts';
import { askAppId, askGateway, askLabel } from './ask-app.ts';
import { askAlipaySide, askPrivateKey, type ReadKey } from './ask-keys.ts';
import { testConnection } from './connection-test.ts';
import { fingerprintOfKey, joinCredentials } from './credentials.ts';
import { trusted, type Desk } from './desk.ts';
import { forgetKey } from './forget-key.ts';
import type { StoredProfile } from './stored-profile.ts';

const STEPS = 5;

/**
 * *Add a Profile*: gateway, app id, label, key, Alipay's half, and a test of the connection. Leaving any step leaves
 * nothing behind; a new profile is at read-only.
 */
export async function addProfile(desk: Desk): Promise<void> {
  const profiles = await trusted(desk);
  if (!profiles) return;
  const { locale } = desk.ui;
  const title = (step: number): string => t(locale, 'add.title', { step, steps: STEPS });
  const gateway = await askGateway(desk, title(1));
  if (gateway === undefined) return;
  const appId = await askAppId(desk, title(2), gateway, profiles);
  if (appId === undefined) return;
  const label = await askLabel(desk, title(3), profiles);
  if (label === undefined) return;
  const read = await askPrivateKey(desk, title(4));
  if (!read) return;
  const alipay = await askAlipaySide(desk, title(5), read.key);
  if (!alipay) return;
  const keyFingerprint = fingerprintOfKey(read.key);
  const profile = { id: randomUUID(), label, gateway, appId, level: 'read-only', keyFingerprint, alipay } as const;
  if (await isWanted(desk, profile, read)) await keep(desk, profile, read);
}

/** Tests until it works, or the person takes the profile as it is, or leaves. */
async function isWanted(desk: Desk, profile: StoredProfile, { key }: ReadKey): Promise<boolean> {
  const { ui, clock } = desk;
  const { locale } = ui;
  for (;;) {
    const { works, words } = await testConnection(desk, profile, joinCredentials(key, profile.alipay, clock.now()));
    if (works) return true;
    await ui.warn(t(locale, 'test.failed.title', { label: profile.label }), words);
    const next = await ui.pick<'again' | 'keep'>({
      title: t(locale, 'test.failed.title', { label: profile.label }),
      placeholder: words,
      choices: [
        { label: t(locale, 'test.again'), value: 'again' },
        { label: t(locale, 'test.keep'), detail: t(locale, 'test.keep.detail'), value: 'keep' },
      ],
    });
    if (next !== 'again') return next === 'keep';
  }
}

async function keep(desk: Desk, profile: StoredProfile, { text, fromClipboard }: ReadKey): Promise<void> {
  const { ui, vault, store } = desk;
  const { locale } = ui;
  await vault.writeOnce(`key/${profile.keyFingerprint}`, text);
  try {
    await store.add(profile);
  } catch (error) {
    await forgetKey(desk, profile.keyFingerprint);
    throw error;
  }
  if (fromClipboard) await clearClipboard(desk, text);
  const { id, label } = profile;
  if (await ui.tell(t(locale, 'add.done', { label }), t(locale, 'add.use_now'))) await store.use(id);
}

/** A key that was pasted would otherwise be pasted somewhere else, sooner or later. */
export async function clearClipboard({ ui }: Desk, text: string): Promise<void> {
  if ((await ui.readClipboard()) === text) await ui.clearClipboard();
}
