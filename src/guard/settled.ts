import type { Fen } from '../alipay/money.ts';
import type { Sentence } from '../text/index.ts';
import type { Facts } from './proposal.ts';

/** What became of a guarded call, for the tool to report. No field is ever a guess. */
export interface Settled {
  readonly status:
    | 'succeeded'
    /** The same intent succeeded before, within 24 hours: this is that operation, nothing moved again. */
    | 'already_done'
    | 'denied'
    | 'expired'
    /** Alipay refused; nothing moved. */
    | 'rejected'
    /** It may have moved. The operation stays in doubt until Alipay's answer is definite. */
    | 'unknown'
    /** Alipay never received it; a person may approve it again under the same number. */
    | 'not_executed'
    /** Another window or process holds this operation just now. */
    | 'in_progress';
  readonly operationId: string | undefined;
  readonly fen: Fen;
  /** `out_request_no` or `out_biz_no`; for a cancellation there is none. */
  readonly number: string | undefined;
  /** When that status was reached, ms. */
  readonly at: number;
  readonly facts: Facts;
  /** Fields of Alipay's verified answers, by its own names (`fund_change`, `refund_fee`, `order_id`, `action` …). */
  readonly answer: Readonly<Record<string, unknown>>;
  /** Why, for anything but success: a denial's reason, a code's meaning. */
  readonly why: Sentence | undefined;
  /** A person's own words with a denial. */
  readonly reason: string | undefined;
  readonly next: Sentence | undefined;
}
