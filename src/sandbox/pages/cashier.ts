import { t, type Locale } from '../../text/index.ts';
import { html, type Html } from './html.ts';
import { fact, layout } from './layout.ts';

/** What the cashier page shows. `amount` is yuan with two decimals; actions are paths of the sandbox that forms post to. */
export interface CashierView {
  locale: Locale;
  /** `missing` shows no amount and no actions; what is empty of the other fields is left out. */
  state: 'pay' | 'paid' | 'closed' | 'failed' | 'missing';
  outTradeNo: string;
  subject: string;
  amount: string;
  seller: string;
  payAction: string;
  failAction: string;
  /** Where the merchant wants the buyer back; shown only for http and https. */
  leaveUrl: string | undefined;
  message?: string;
}

/** The cashier as a whole HTML document. A buyer pays or lets the payment fail by form; leaving is a link. */
export function cashierPage(view: CashierView): string {
  const { locale, state } = view;
  const title = t(locale, `cashier.${state}.title`);
  const content = html`
    ${notice(view.message)} ${heading(state, title, t(locale, `cashier.${state}.text`))} ${amount(view)}
    <dl>
      ${fact(t(locale, 'cashier.seller'), view.seller)} ${fact(t(locale, 'cashier.subject'), view.subject)}
      ${fact(t(locale, 'cashier.out_trade_no'), view.outTradeNo)}
    </dl>
    <div class="actions">${actions(view)}</div>
    ${closePage(view)}
  `;
  return layout(locale, title, content);
}

function notice(message: string | undefined): Html | undefined {
  return message === undefined ? undefined : html`<p class="notice" role="alert">${message}</p>`;
}

function heading(state: CashierView['state'], title: string, text: string): Html {
  const words = html`<h1>${title}</h1>
    <p class="muted">${text}</p>`;
  return state === 'pay' ? words : html`<div role="status">${mark(state)}${words}</div>`;
}

function mark(state: Exclude<CashierView['state'], 'pay'>): Html {
  const good = state === 'paid';
  return html`<svg
    class="mark ${good ? 'good' : 'bad'}"
    viewBox="0 0 48 48"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    stroke-width="4"
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    <circle cx="24" cy="24" r="21" />
    <path d="${good ? 'M14 25l7 7 13-15' : 'M24 13v14M24 34v.5'}" />
  </svg>`;
}

function amount(view: CashierView): Html | undefined {
  if (view.state === 'missing') return undefined;
  return html`<p class="amount">
    <span class="number">${view.amount}</span> <span class="unit">${t(view.locale, 'cashier.unit')}</span>
  </p>`;
}

function actions(view: CashierView): readonly Html[] {
  const { locale, state } = view;
  const leave = leaveLink(view);
  if (state !== 'pay' && state !== 'failed') return leave;
  const pay = t(locale, state === 'pay' ? 'cashier.pay' : 'cashier.pay_again', { amount: view.amount });
  return [
    html`<form method="post" action="${view.payAction}"><button class="primary">${pay}</button></form>`,
    html`<form method="post" action="${view.failAction}"><button>${t(locale, 'cashier.fail')}</button></form>`,
    ...leave,
  ];
}

/** Without an address to go back to, leaving is closing the page. */
function closePage(view: CashierView): Html | undefined {
  if (view.state === 'missing' || leaveLink(view).length > 0) return undefined;
  return html`<p class="muted small">${t(view.locale, 'cashier.close_page')}</p>`;
}

function leaveLink({ locale, state, leaveUrl }: CashierView): readonly Html[] {
  const protocol = leaveUrl === undefined ? undefined : URL.parse(leaveUrl)?.protocol;
  if (leaveUrl === undefined || (protocol !== 'http:' && protocol !== 'https:')) return [];
  const unpaid = state === 'pay' || state === 'failed';
  const words = t(locale, unpaid ? 'cashier.leave' : 'cashier.return');
  return [html`<a class="button ${unpaid ? 'quiet' : 'primary'}" href="${leaveUrl}" rel="noreferrer">${words}</a>`];
}
