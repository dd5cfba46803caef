import type { Fen } from '../alipay/money.ts';
import type { Band } from '../alipay/profile.ts';
import type { Sentence } from '../text/index.ts';

/** Everything a person is shown before deciding. Facts and the agent's words are kept apart. */
export interface ApprovalRequest {
  readonly operationId: string;
  /** SHA-256 of exactly what will be signed (G1). */
  readonly digest: string;
  readonly gateway: string;
  readonly appId: string;
  readonly method: string;
  /** The exact JSON text that will be signed, and the other business parameters beside it. */
  readonly bizContent: string;
  readonly params: Readonly<Record<string, string>>;
  readonly profileLabel: string;
  readonly band: Band;
  readonly fen: Fen;
  /** A deliberate second operation of the same intent: to be said in large letters. */
  readonly isSecond: boolean;
  /** The first is the operation itself with its amount; then its effect, before → after. From verified facts. */
  readonly effect: readonly Sentence[];
  readonly warnings: readonly Sentence[];
  /** Words nobody has checked: the refund's reason, a payee's name, a title. Shown as the agent's. */
  readonly agentWords: readonly { readonly field: string; readonly text: string }[];
  readonly limitsLeft: LimitsLeft;
  readonly caller: string;
  /** When the request ends as expired: wall time, ms. */
  readonly expiresAt: number;
  /** Requests waiting behind this one. */
  readonly queueLength: number;
  /** Asked again because a shown fact changed (G12). */
  readonly changed: boolean;
}

/** What the limits still allow after the operations counted so far, in fen. */
export interface LimitsLeft {
  readonly perOperation: Fen;
  readonly today: Fen;
  readonly payeeToday: Fen;
}

export type Decision =
  /** `digest` is the one that was shown; another one approves nothing. */
  | { readonly verdict: 'approved'; readonly digest: string }
  | { readonly verdict: 'denied'; readonly reason?: string }
  | { readonly verdict: 'expired' };

/**
 * Brings a request before a person. Whatever is not a clear approval is a denial: a rejection of the promise, a closed
 * window, an abort.
 */
export interface Approver {
  ask(request: ApprovalRequest, signal: AbortSignal): Promise<Decision>;
}
