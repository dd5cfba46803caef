import type { Band } from '../alipay/profile.ts';

/** When to ask about an operation in doubt; all in ms. */
export interface Waits {
  /** Before each query in turn; the last one repeats until the outcome is definite. */
  readonly queries: readonly number[];
  /**
   * An operation Alipay does not know this long after it was last sent, and no resend is possible, never arrived. Far
   * longer than the client waits for an answer: a slow request may still be on its way when its sender has given up.
   */
  readonly absentForSure: number;
  /** How long a tool call waits for a definite outcome before it answers `unknown`; the asking goes on. */
  readonly answerWithin: number;
}

/** Alipay asks for 10 s before a refund is queried (`alipay-openapi.md` §3.11); the local sandbox needs none. */
const ALIPAY: Waits = {
  queries: [10_000, 10_000, 20_000, 40_000, 60_000],
  absentForSure: 10 * 60_000,
  answerWithin: 90_000,
};
const LOCAL: Waits = { queries: [0, 300, 1_000, 2_000, 5_000], absentForSure: 60_000, answerWithin: 10_000 };

export function waitsFor(band: Band): Waits {
  switch (band) {
    case 'local-sandbox':
      return LOCAL;
    case 'alipay-sandbox':
    case 'production':
      return ALIPAY;
  }
}
