import { formatBeijing } from '../alipay/beijing-time.ts';
import type { Settled } from '../guard/settled.ts';
import { render, say, type Locale, type Sentence } from '../text/index.ts';
import { showHidden } from '../text/visible.ts';
import type { GuardedTool } from './define.ts';
import { explain, present, together, type ToolResult } from './result.ts';

/** Whether money moved: by this call, by the same operation before it, not at all, or that is not known. */
type Moved = 'yes' | 'before' | 'no' | 'unknown';

/** What a guarded call came to: its status in words, and the tool's own facts. */
export function resultOf(locale: Locale, tool: GuardedTool, settled: Settled): ToolResult {
  const next = nextOf(settled);
  return {
    status: settled.status,
    message: together(
      locale,
      messageOf(settled, tool).map((sentence) => explain(locale, sentence)),
    ),
    ...present({ operation_id: settled.operationId, moved: movedOf(settled), ...tool.report(settled) }),
    ...(next ? { next_step: render(locale, next) } : {}),
  };
}

/** The sentence of the status first, then why. An unknown outcome is never worded as done or failed. */
function messageOf(settled: Settled, tool: GuardedTool): Sentence[] {
  const why = settled.why ? [settled.why] : [];
  const id = settled.operationId ?? '–';
  switch (settled.status) {
    case 'succeeded':
      return [tool.done(settled)];
    case 'already_done':
      return [say('settled.already_done', { time: formatBeijing(settled.at), id }), tool.done(settled)];
    case 'denied':
      return settled.reason
        ? [say('settled.denied.reason', { reason: showHidden(settled.reason) })]
        : [say('settled.denied'), ...why];
    case 'expired':
      return [say('settled.expired'), ...why];
    case 'rejected':
      return [say('settled.rejected'), ...why];
    case 'unknown':
      return [say('settled.unknown', { id }), ...why];
    case 'not_executed':
      return [say('settled.not_executed'), ...why];
    case 'in_progress':
      return [say('settled.in_progress', { id })];
  }
}

function nextOf(settled: Settled): Sentence | undefined {
  switch (settled.status) {
    case 'succeeded':
    case 'rejected':
      return settled.next;
    case 'already_done':
      return settled.operationId === undefined
        ? undefined
        : say('settled.already_done.next', { id: settled.operationId });
    case 'denied':
      return settled.next ?? say('settled.denied.next');
    case 'expired':
      return settled.next ?? say('settled.expired.next');
    case 'unknown':
      return settled.next ?? askNext(settled);
    case 'not_executed':
      return settled.next ?? say('settled.not_executed.next');
    case 'in_progress':
      return settled.next ?? say('settled.in_progress.next');
  }
}

function askNext({ facts, number }: Settled): Sentence {
  return facts.kind === 'payee'
    ? say('settled.unknown.transfer.next', { number: number ?? '–' })
    : say('settled.unknown.trade.next');
}

function movedOf({ status }: Settled): Moved {
  switch (status) {
    case 'succeeded':
      return 'yes';
    case 'already_done':
      return 'before';
    case 'unknown':
    case 'in_progress':
      return 'unknown';
    case 'denied':
    case 'expired':
    case 'rejected':
    case 'not_executed':
      return 'no';
  }
}
