import type { Locale } from '../../text/index.ts';

/** What the cashier page shows. `amount` is yuan with two decimals; actions are same-origin paths a form is posted to. */
export interface CashierView {
  locale: Locale;
  state: 'pay' | 'paid' | 'closed' | 'failed' | 'missing';
  outTradeNo: string;
  subject: string;
  amount: string;
  seller: string;
  payAction: string;
  failAction: string;
  leaveUrl: string | undefined;
  message?: string;
}

/** The cashier as a whole HTML document. */
export function cashierPage(_view: CashierView): string {
  throw new Error('not written yet');
}
