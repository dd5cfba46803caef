import type { Locale } from '../../text/index.ts';

/** A refusal in the browser: the gateway's code and a sentence. */
export interface ErrorView {
  locale: Locale;
  code: string;
  message: string;
}

/** The error page as a whole HTML document. */
export function errorPage(_view: ErrorView): string {
  throw new Error('not written yet');
}
