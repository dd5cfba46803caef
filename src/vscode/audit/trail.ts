import { RefusedError } from '../../alipay/errors.ts';
import { acceptedAt, type AuditEntry } from '../../ledger/index.ts';
import { render, say, t, type Locale } from '../../text/index.ts';
import type { AuditDesk, Examined } from './door.ts';
import { eventName, methodName, stateName, targetName } from './words.ts';

/** *Verify Audit Trail*: whether it is as it was written, or where it is not. */
export async function verifyTrail({ ui, ledger }: AuditDesk): Promise<void> {
  const examined = await ledger.examine();
  if ('fault' in examined) throw examined.fault;
  const detail = [...acceptance(ui.locale, ledger.trail()), t(ui.locale, 'audit.good.detail')].join('\n\n');
  await ui.inform(t(ui.locale, 'audit.good', { count: examined.count }), detail);
}

/** *Show Audit Trail*: every operation with what happened to it, the newest first, as a text to read. */
export async function showTrail({ ui, ledger }: AuditDesk): Promise<void> {
  const examined = await ledger.examine();
  await ui.show(t(ui.locale, 'audit.name'), writeTrail(ui.locale, ledger.trail(), examined));
}

/** *Export Audit Trail…*: one JSON object a line, to a file the person picks; and whether it is as it was written. */
export async function exportTrail({ ui, ledger }: AuditDesk): Promise<void> {
  const { locale } = ui;
  if (ledger.trail().length === 0) throw new RefusedError(say('audit.empty'));
  const examined = await ledger.examine();
  const entries = ledger.trail();
  const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  const name = await ui.saveFile(t(locale, 'audit.export.title'), 'alipay-audit-trail.jsonl', text);
  if (name === undefined) return;
  const exported = t(locale, 'audit.exported', { count: entries.length, name });
  if ('fault' in examined) {
    const what = render(locale, examined.fault.sentence);
    return void (await ui.inform(exported, t(locale, 'audit.exported.bad', { what })));
  }
  const verified = t(locale, 'audit.head.good', { count: examined.count });
  await ui.tell([exported, verified, ...acceptance(locale, entries)].join(' '));
}

function writeTrail(locale: Locale, entries: readonly AuditEntry[], examined: Examined): string {
  const verified =
    'fault' in examined
      ? t(locale, 'audit.head.bad', { what: render(locale, examined.fault.sentence) })
      : t(locale, 'audit.head.good', { count: examined.count });
  const byOperation = Map.groupBy(entries, ({ operation }) => operation);
  const about = [...byOperation].filter(([id]) => id !== undefined).map(([, own]) => operationLines(locale, own));
  const ledgerLines = (byOperation.get(undefined) ?? []).map((entry) => line(locale, entry));
  return [
    `# ${t(locale, 'audit.title')}`,
    verified,
    ...acceptance(locale, entries),
    t(locale, 'audit.head.times'),
    ...(about.length === 0 ? [t(locale, 'audit.empty')] : about.toReversed()),
    ...(ledgerLines.length === 0 ? [] : [`## ${t(locale, 'audit.ledger')}\n\n${ledgerLines.join('\n')}`]),
    '',
  ].join('\n\n');
}

/** What every word of a good verification stands under, where a person once believed what was not as written. */
function acceptance(locale: Locale, entries: readonly AuditEntry[]): string[] {
  const when = acceptedAt(entries);
  return when === undefined ? [] : [t(locale, 'audit.accepted', { when })];
}

function operationLines(locale: Locale, entries: readonly AuditEntry[]): string {
  const [first] = entries;
  if (!first) return '';
  const {
    amount = '?',
    method = '',
    target = '',
    state = '',
    operation = '',
    account = '',
    number,
    caller = '',
  } = first;
  const what = t(locale, 'audit.operation', {
    amount,
    what: methodName(locale, method),
    state: stateName(locale, state),
  });
  const facts = [
    t(locale, 'audit.target', { target: targetName(locale, target) }),
    t(locale, 'audit.caller', { caller: plain(caller) }),
    t(locale, 'audit.account', { account }),
    ...(number === undefined ? [] : [t(locale, 'audit.number', { number })]),
    t(locale, 'audit.id', { id: operation }),
  ];
  return [`## ${what}`, facts.join('  \n'), entries.map((entry) => line(locale, entry)).join('\n')].join('\n\n');
}

function line(locale: Locale, { beijing_time: when, event, reason }: AuditEntry): string {
  const what = eventName(locale, event);
  return reason === undefined
    ? `- ${when}  ${what}`
    : `- ${when}  ${t(locale, 'audit.because', { what, reason: plain(reason) })}`;
}

/** Words of others on one line, so that none can pass for a line of the trail. */
function plain(words: string): string {
  return words.replaceAll(/\s+/g, ' ').replaceAll(/[#`*_<>[\]|]/g, '·');
}
