import { DAY_MS } from '../alipay/beijing-time.ts';
import { intentOf, type NewOperation, type Operation } from './operation.ts';
import { COUNTED, LIVE, oneOf } from './states.ts';
import type { OperationStore } from './store.ts';

/** For how long a succeeded operation answers further calls of its intent (G11). */
const JOIN_MS = DAY_MS;
const DENIALS = { count: 3, withinMs: 10 * 60_000 };

/** What stands in the place of an operation that is wanted. */
export type Standing =
  /** The same intent is under way (or in doubt): join it. */
  | { readonly kind: 'join'; readonly operation: Operation }
  /** The same intent succeeded within 24 hours. */
  | { readonly kind: 'done'; readonly operation: Operation }
  /** Another operation stands on the same trade or payee. */
  | { readonly kind: 'busy'; readonly operation: Operation }
  /** `again_after` is not the id of the latest succeeded operation of this intent, or was used, by `second`. */
  | { readonly kind: 'not_again'; readonly latest: Operation | undefined; readonly second: Operation | undefined }
  | { readonly kind: 'denied_too_often'; readonly last: Operation };

/** The operation a call of this intent would join or be answered by; undefined: none. Believes the rows as they are. */
export function standingIn(store: OperationStore, wanted: NewOperation): Standing | undefined {
  const { account, target, againAfter } = wanted;
  const intent = intentOf(wanted);
  const now = store.now();
  const live = store.select(`account = ? AND target = ? AND ${oneOf(LIVE)}`, account, target)[0];
  if (live) return { kind: live.intent === intent ? 'join' : 'busy', operation: live };
  const past = store.select('account = ? AND intent = ?', account, intent);
  const latest = past.findLast((operation) => operation.state === 'succeeded');
  if (againAfter !== undefined) {
    const second = past.findLast((one) => one.againAfter === againAfter && COUNTED.includes(one.state));
    if (second && answers(second, now)) return { kind: 'done', operation: second };
    return latest?.id === againAfter && !second ? tooManyDenials(past, now) : { kind: 'not_again', latest, second };
  }
  if (latest && answers(latest, now)) return { kind: 'done', operation: latest };
  return tooManyDenials(past, now);
}

/** Whether an operation is what a further call like it is told of: it succeeded within a day. */
function answers({ state, settledAt, proposedAt }: Operation, now: number): boolean {
  return state === 'succeeded' && now - (settledAt ?? proposedAt) < JOIN_MS;
}

function tooManyDenials(past: readonly Operation[], now: number): Standing | undefined {
  const isRecent = (ms: number): boolean => ms <= now && now - ms < DENIALS.withinMs; // by a clock that was wrong: not yet
  const denied = past.filter(({ state, settledAt }) => state === 'denied' && isRecent(settledAt ?? 0));
  const last = denied.at(-1);
  return last && denied.length >= DENIALS.count ? { kind: 'denied_too_often', last } : undefined;
}
