import type { Locale } from '../../text/index.ts';

/** What the consent page shows. `hidden` fields are posted to `agreeAction` along with `user_id` and `decision`. */
export interface ConsentView {
  locale: Locale;
  appId: string;
  appName: string;
  scopes: readonly string[];
  users: readonly { userId: string; name: string }[];
  agreeAction: string;
  hidden: Readonly<Record<string, string>>;
}

/** The OAuth consent page as a whole HTML document: posts `user_id` and `decision` (`agree` | `refuse`). */
export function consentPage(_view: ConsentView): string {
  throw new Error('not written yet');
}
