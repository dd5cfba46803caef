import { render, t } from '../text/index.ts';
import type { Desk } from './profiles/desk.ts';

/** *Lock Everything*: at once and without a question, since nobody is harmed by it. Says so when only this window is. */
export async function lockEverything({ ui, store }: Pick<Desk, 'ui' | 'store'>): Promise<void> {
  const isKept = await store.lockEverything().then(
    () => true,
    () => false,
  );
  if (isKept) await ui.tell(t(ui.locale, 'emergency.done'));
  else await ui.warn(t(ui.locale, 'emergency.only_here'), t(ui.locale, 'emergency.only_here.next'));
}

/** *Unlock Everything*: only after a modal question, which no command can answer. */
export async function unlockEverything({ ui, store }: Pick<Desk, 'ui' | 'store'>): Promise<void> {
  const { locale } = ui;
  const { isEmergency, lock } = await store.load();
  if (!isEmergency) return void (await ui.tell(t(locale, 'emergency.not_locked')));
  if (lock) return ui.warn(render(locale, lock), t(locale, 'emergency.review_first'));
  const isSure = await ui.confirm({
    message: t(locale, 'emergency.unlock'),
    detail: t(locale, 'emergency.unlock.detail'),
    action: t(locale, 'emergency.unlock.action'),
  });
  if (!isSure) return;
  await store.unlockEverything();
  await ui.tell(t(locale, 'emergency.unlocked'));
}
