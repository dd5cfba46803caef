import { render, t, type Locale } from '../text/index.ts';
import { showHidden } from '../text/visible.ts';
import { formatBeijing, formatYuan, type ApprovalRequest } from '../tools/ports.ts';

/**
 * Everything a person has to know before approving, as one text, the operation first. Words of the agent stand apart,
 * quoted as JSON strings, so that no line break in them can pass for a line of ours.
 */
export function approvalText(locale: Locale, request: ApprovalRequest): string {
  const [operation, ...effect] = request.effect.map((sentence) => showHidden(render(locale, sentence)));
  return [
    operation ?? request.method,
    t(locale, 'ask.band.local-sandbox'),
    ...(request.isSecond ? [t(locale, 'ask.second')] : []),
    ...(request.changed ? [t(locale, 'ask.changed')] : []),
    '',
    t(locale, 'ask.amount', { amount: formatYuan(request.fen) }),
    ...list(t(locale, 'ask.effect'), effect),
    ...list(
      t(locale, 'ask.warnings'),
      request.warnings.map((sentence) => showHidden(render(locale, sentence))),
    ),
    ...list(
      t(locale, 'ask.agent_words'),
      request.agentWords.map(({ field, text }) => `${field}: ${quoted(text)}`),
    ),
    '',
    t(locale, 'ask.signed'),
    ...signedLines(request),
    '',
    ...standing(locale, request),
  ].join('\n');
}

function signedLines({ gateway, appId, method, bizContent, params, digest }: ApprovalRequest): string[] {
  const others = Object.entries(params).map(([name, value]) => `${name}: ${quoted(value)}`);
  return [
    `gateway: ${showHidden(gateway)}`,
    `app_id: ${showHidden(appId)}`,
    `method: ${method}`,
    `biz_content: ${showHidden(bizContent)}`,
    ...others,
    `SHA-256: ${digest}`,
  ];
}

function standing(locale: Locale, request: ApprovalRequest): string[] {
  const { perOperation, today, payeeToday } = request.limitsLeft;
  return [
    t(locale, 'ask.limits', {
      perOperation: formatYuan(perOperation),
      today: formatYuan(today),
      payeeToday: formatYuan(payeeToday),
    }),
    t(locale, 'ask.caller', { caller: quoted(request.caller), profile: showHidden(request.profileLabel) }),
    t(locale, 'ask.expires', { time: formatBeijing(request.expiresAt) }),
    ...(request.queueLength > 0 ? [t(locale, 'ask.queue', { count: request.queueLength })] : []),
    `operation: ${request.operationId}`,
  ];
}

function list(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [heading, ...items.map((item) => `  - ${item}`)];
}

function quoted(text: string): string {
  return showHidden(JSON.stringify(text));
}
