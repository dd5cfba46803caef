import type { Outcome } from '../alipay/outcome.ts';
import type { Locale, Sentence } from '../text/index.ts';
import { t } from '../text/index.ts';
import { notSucceeded, type ToolResult } from './result.ts';

/**
 * A call that carried a code or token and did not succeed. Alipay's own words are left out: some of them repeat the
 * request, and with it the secret.
 */
export function withoutWords(
  locale: Locale,
  outcome: Exclude<Outcome, { status: 'succeeded' }>,
  next: Sentence | undefined,
): ToolResult {
  const result = notSucceeded(locale, outcome, {}, next);
  if (outcome.status !== 'rejected' || outcome.meaning.key !== 'outcome.rejected') return result;
  return { ...result, message: t(locale, 'result.refused_code', { code: outcome.subCode }) };
}
