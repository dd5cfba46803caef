import { t } from '../../text/index.ts';
import type { Choice } from '../ui/ui.ts';
import { bandName, levelName, refuseProductionInBrowser } from './band.ts';
import { trusted, type Desk } from './desk.ts';
import { addProfile } from './add-profile.ts';
import { LOCAL_SANDBOX, profileOf } from './stored-profile.ts';

const ADD = 'add';

/** *Switch Profile*, in every window at once. @throws RefusedError for a production profile in a browser. */
export async function switchProfile(desk: Desk): Promise<void> {
  const profiles = await trusted(desk);
  if (!profiles) return;
  const { ui, store, isWeb } = desk;
  const { locale } = ui;
  const { active } = await store.load();
  const mark = (id: string): string => (id === active ? '$(check) ' : '');
  const choices: Choice<string>[] = [
    {
      label: `${mark(LOCAL_SANDBOX)}${t(locale, 'band.local')}`,
      detail: t(locale, 'switch.local.detail'),
      value: LOCAL_SANDBOX,
    },
    ...profiles.map(profileOf).map(({ id, label, band, level, appId }) => ({
      label: `${mark(id)}${label}`,
      description: `${bandName(locale, band)} · ${levelName(locale, level)}`,
      detail: appId,
      value: id,
    })),
    { label: `$(add) ${t(locale, 'switch.add')}`, value: ADD },
  ];
  const picked = await ui.pick({ title: t(locale, 'switch.title'), placeholder: t(locale, 'profiles.which'), choices });
  if (picked === undefined || picked === active) return; // a change would deny what waits
  if (picked === ADD) return addProfile(desk);
  const profile = profiles.find(({ id }) => id === picked);
  if (profile) refuseProductionInBrowser(profileOf(profile).band, isWeb);
  await store.use(picked);
}
