import { render, t } from '../../text/index.ts';
import { fingerprintOfAlipay } from './credentials.ts';
import type { Desk } from './desk.ts';
import { cut } from './stored-profile.ts';

/** In characters: the host stands before it. */
const LONGEST_GATEWAY = 120;

/** *Review Locked Settings*: shows why nothing is believed, and lets the person go on with less, or with nothing. */
export async function reviewLock({ ui, store }: Desk): Promise<void> {
  const { locale } = ui;
  const { lock, profiles } = await store.load();
  if (!lock) return void (await ui.tell(t(locale, 'unlock.not_locked')));
  const why = render(locale, lock);
  const choice = await ui.pick<'keep' | 'forget'>({
    title: t(locale, 'unlock.title'),
    placeholder: why,
    choices: [
      ...(profiles.length > 0
        ? [
            {
              label: t(locale, 'unlock.keep', { count: profiles.length }),
              detail: t(locale, 'unlock.keep.detail'),
              value: 'keep' as const,
            },
          ]
        : []),
      { label: t(locale, 'unlock.forget'), detail: t(locale, 'unlock.forget.detail'), value: 'forget' },
    ],
  });
  if (choice === undefined) return;
  const kept = profiles.map(({ label, appId, gateway, keyFingerprint, alipay }) => {
    const [own, theirs] = [keyFingerprint.slice(0, 16), fingerprintOfAlipay(alipay).slice(0, 16)];
    // The name is whatever the file says: it comes last, behind what it could be taken for.
    return t(locale, 'unlock.keep.line', {
      label,
      appId,
      gateway: cut(gateway, LONGEST_GATEWAY),
      own,
      alipay: theirs,
    });
  });
  const isSure = await ui.confirm({
    message: t(locale, choice === 'keep' ? 'unlock.keep.sure' : 'unlock.forget.sure'),
    detail: [why, ...kept].join('\n'),
    action: t(locale, 'unlock.action'),
  });
  if (isSure) await store.unlock(choice);
}
