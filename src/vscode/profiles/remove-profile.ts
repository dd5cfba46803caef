import { t } from '../../text/index.ts';
import { pickProfile, trusted, type Desk } from './desk.ts';
import { forgetKey } from './forget-key.ts';

/** *Remove a Profile*: the profile, its key and its OAuth tokens. What it did stays in the ledger. */
export async function removeProfile(desk: Desk): Promise<void> {
  const profiles = await trusted(desk);
  if (!profiles) return;
  const { ui, store, vault } = desk;
  const { locale } = ui;
  const profile = await pickProfile(desk, t(locale, 'remove.title'), profiles);
  if (!profile) return;
  const { id, label, appId, keyFingerprint } = profile;
  const isSure = await ui.confirm({
    message: t(locale, 'remove.sure', { label }),
    detail: t(locale, 'remove.detail', { appId }),
    action: t(locale, 'remove.action'),
  });
  if (!isSure) return;
  await store.remove(id);
  await forgetKey(desk, keyFingerprint);
  await vault.deleteAll(`token/${id}/`);
  await ui.tell(t(locale, 'remove.done', { label }));
}
