import { t } from '../text/index.ts';
import type { Desk } from './profiles/desk.ts';

/** *Lock Everything*: at once and without a question, since nobody is harmed by it. */
export async function lockEverything({ ui, store }: Pick<Desk, 'ui' | 'store'>): Promise<void> {
  await store.lockEverything();
  await ui.tell(t(ui.locale, 'emergency.done'));
}

/** *Unlock Everything*: only after a modal question, which no command can answer. */
export async function unlockEverything({ ui, store }: Pick<Desk, 'ui' | 'store'>): Promise<void> {
  const { locale } = ui;
  const { isEmergency } = await store.load();
  if (!isEmergency) return void (await ui.tell(t(locale, 'emergency.not_locked')));
  const isSure = await ui.confirm({
    message: t(locale, 'emergency.unlock'),
    detail: t(locale, 'emergency.unlock.detail'),
    action: t(locale, 'emergency.unlock.action'),
  });
  if (!isSure) return;
  await store.unlockEverything();
  await ui.tell(t(locale, 'emergency.unlocked'));
}
