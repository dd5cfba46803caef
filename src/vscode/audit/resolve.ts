import { formatBeijing } from '../../alipay/beijing-time.ts';
import { formatYuan } from '../../alipay/money.ts';
import type { Operation } from '../../ledger/index.ts';
import { render, t, type Locale } from '../../text/index.ts';
import type { AuditDesk } from './door.ts';
import { methodName, targetName } from './words.ts';

const MOST_LETTERS = 200;
const LEAST_LETTERS = 5;

/**
 * *Resolve by Hand…*: a person who has looked it up elsewhere closes an operation in doubt, with a reason. It sends
 * nothing, and goes on counting against the limits. Only the modal dialog at the end decides (G5).
 */
export async function resolveByHand({ ui, ledger }: AuditDesk): Promise<void> {
  const { locale } = ui;
  const operations = await ledger.inDoubt();
  if (operations.length === 0) return void (await ui.tell(t(locale, 'resolve.none')));
  const operation = await ui.pick({
    title: t(locale, 'resolve.title'),
    placeholder: t(locale, 'resolve.which'),
    choices: operations.map((one) => ({
      label: titleOf(locale, one),
      description: t(locale, 'resolve.sent', { when: formatBeijing(one.sentAt ?? one.proposedAt) }),
      detail: targetName(locale, one.target),
      value: one,
    })),
  });
  if (!operation) return;
  const reason = await ui.input({
    title: t(locale, 'resolve.title'),
    prompt: t(locale, 'resolve.reason'),
    check: (value) => {
      const { length } = value.trim();
      return length < LEAST_LETTERS || length > MOST_LETTERS ? t(locale, 'resolve.reason.length') : undefined;
    },
  });
  if (reason === undefined) return;
  const isSure = await ui.confirm({
    message: t(locale, 'resolve.sure', { what: titleOf(locale, operation) }),
    detail: [...factsOf(locale, operation), t(locale, 'resolve.consequence')].join('\n'),
    action: t(locale, 'resolve.action'),
  });
  if (!isSure) return;
  await ledger.resolveByHand(operation.id, reason.trim());
  await ui.tell(t(locale, 'resolve.done', { what: titleOf(locale, operation) }));
}

function titleOf(locale: Locale, { fen, method }: Operation): string {
  return t(locale, 'resolve.what', { amount: formatYuan(fen), what: methodName(locale, method) });
}

function factsOf(locale: Locale, operation: Operation): string[] {
  const { target, number, account, id, sentAt, proposedAt, why } = operation;
  return [
    t(locale, 'audit.target', { target: targetName(locale, target) }),
    ...(number === undefined ? [] : [t(locale, 'audit.number', { number })]),
    t(locale, 'audit.account', { account }),
    t(locale, 'audit.id', { id }),
    t(locale, 'resolve.sent', { when: formatBeijing(sentAt ?? proposedAt) }),
    ...(why ? [render(locale, why)] : []),
    '',
  ];
}
