import { isAcceptable } from '../../ledger/index.ts';
import { render, t } from '../../text/index.ts';
import type { AuditDesk } from './door.ts';

/** *Review Locked Settings*, for the ledger: shows what is wrong with it, and lets the person go on with it or without. */
export async function reviewLedger({ ui, ledger }: AuditDesk): Promise<void> {
  const { locale } = ui;
  const examined = await ledger.examine();
  if (!('fault' in examined)) return void (await ui.tell(t(locale, 'unlock.not_locked')));
  const { fault } = examined;
  const why = render(locale, fault.sentence);
  const accept = {
    label: t(locale, 'ledger.accept'),
    detail: t(locale, 'ledger.accept.detail'),
    value: 'accept',
  } as const;
  const anew = { label: t(locale, 'ledger.anew'), detail: t(locale, 'ledger.anew.detail'), value: 'anew' } as const;
  const choice = await ui.pick<'accept' | 'anew'>({
    title: t(locale, 'ledger.review'),
    placeholder: why,
    choices: isAcceptable(fault.kind) ? [accept, anew] : [anew],
  });
  if (choice === undefined) return;
  const isSure = await ui.confirm({
    message: t(locale, choice === 'accept' ? 'ledger.accept.sure' : 'ledger.anew.sure'),
    detail: [why, t(locale, choice === 'accept' ? 'ledger.accept.consequence' : 'ledger.anew.consequence')].join(
      '\n\n',
    ),
    action: t(locale, choice === 'accept' ? 'ledger.accept.action' : 'ledger.anew.action'),
  });
  if (!isSure) return;
  if (choice === 'accept') {
    await ledger.accept();
    return void (await ui.tell(t(locale, 'ledger.accepted')));
  }
  const name = await ledger.startAnew();
  await ui.tell(name === undefined ? t(locale, 'ledger.begun') : t(locale, 'ledger.set_aside', { name }));
}
