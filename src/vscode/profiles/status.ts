import { formatYuan } from '../../alipay/money.ts';
import { render, t, type Locale } from '../../text/index.ts';
import type { Ui } from '../ui/ui.ts';
import { bandName, levelName } from './band.ts';
import { activeOf, type ProfileStore, type Settings } from './profile-store.ts';
import { profileOf } from './stored-profile.ts';

/** What the status bar shows. */
export interface Status {
  readonly text: string;
  readonly tooltip: string;
  /** Production stands on the colour of errors, a lock on that of warnings. */
  readonly colour: 'error' | 'warning' | undefined;
  /** What a click runs. */
  readonly command: 'alipay.switchProfile' | 'alipay.reviewLock' | 'alipay.unlock';
}

/** The profile in use and whose money it is; a lock before anything else. */
export function statusOf(locale: Locale, settings: Settings): Status {
  const { lock, isEmergency } = settings;
  if (isEmergency) {
    const tooltip = [t(locale, 'emergency.on'), t(locale, 'emergency.next')].join('\n');
    return { text: `$(lock) ${t(locale, 'emergency.status')}`, tooltip, colour: 'error', command: 'alipay.unlock' };
  }
  if (lock) {
    const tooltip = [render(locale, lock), t(locale, 'lock.next')].join('\n');
    const text = `$(lock) ${t(locale, 'status.locked')}`;
    return { text, tooltip, colour: 'warning', command: 'alipay.reviewLock' };
  }
  const stored = activeOf(settings);
  if (!stored) {
    const text = `$(beaker) ${t(locale, 'status.local')}`;
    return { text, tooltip: t(locale, 'switch.local.detail'), colour: undefined, command: 'alipay.switchProfile' };
  }
  const { label, band, level, appId } = profileOf(stored);
  const isProduction = band === 'production';
  return {
    text: `$(${isProduction ? 'warning' : 'beaker'}) ${t(locale, 'status.profile', { label, band: bandName(locale, band) })}`,
    tooltip: t(locale, 'status.tooltip', { appId, level: levelName(locale, level) }),
    colour: isProduction ? 'error' : undefined,
    command: 'alipay.switchProfile',
  };
}

/** *Show the Active Profile*: everything about it but its secrets. */
export async function showActiveProfile({ store, ui }: { store: ProfileStore; ui: Ui }): Promise<void> {
  const { locale } = ui;
  const settings = await store.load();
  const stored = activeOf(settings);
  const lock = [
    ...(settings.isEmergency ? [t(locale, 'emergency.on'), t(locale, 'emergency.next')] : []),
    ...(settings.lock ? [render(locale, settings.lock), t(locale, 'lock.next')] : []),
  ];
  if (!stored) return ui.inform(t(locale, 'band.local'), [t(locale, 'switch.local.detail'), ...lock].join('\n'));
  const { label, band, level, gateway, appId, mode } = profileOf(stored);
  const { limits, keyFingerprint } = stored;
  const lines = [
    t(locale, 'show.band', { band: bandName(locale, band) }),
    t(locale, 'show.gateway', { gateway }),
    t(locale, 'show.app', { appId }),
    t(locale, mode === 'key' ? 'show.mode.key' : 'show.mode.certificate'),
    t(locale, 'show.fingerprint', { fingerprint: keyFingerprint.slice(0, 16) }),
    t(locale, 'show.level', { level: levelName(locale, level) }),
    ...(limits && level === 'money-out'
      ? [
          t(locale, 'show.limits', {
            operation: formatYuan(limits.perOperation),
            payee: formatYuan(limits.perPayee),
            day: formatYuan(limits.perDay),
          }),
        ]
      : []),
  ];
  await ui.inform(label, [...lines, ...lock].join('\n'));
}
