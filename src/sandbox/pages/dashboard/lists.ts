import { t, type Locale } from '../../../text/index.ts';
import { showHidden } from '../../../text/visible.ts';
import { html, type Html } from '../html.ts';
import { dashboardPage, foreign, nothing, pager, table, time, type Frame, type Part } from './frame.ts';

/** Amounts are yuan with two decimals, times are Beijing time. */
export interface TradesView extends Frame {
  readonly part: Part;
  /** What was searched for; empty: everything. */
  readonly find: string;
  readonly trades: readonly {
    readonly outTradeNo: string;
    readonly tradeNo: string;
    readonly subject: string;
    readonly amount: string;
    readonly status: string;
    readonly closedBy: string | undefined;
    readonly requested: string;
    /** A path of the sandbox, while the order can be paid. */
    readonly cashier: string | undefined;
    readonly refunds: readonly { readonly amount: string; readonly number: string; readonly time: string }[];
  }[];
}

export interface TransfersView extends Frame {
  readonly part: Part;
  readonly transfers: readonly {
    readonly outBizNo: string;
    readonly orderId: string;
    readonly title: string;
    readonly amount: string;
    readonly payee: string;
    readonly status: string;
    readonly time: string;
  }[];
}

export interface NotificationsView extends Frame {
  readonly part: Part;
  readonly notifications: readonly {
    readonly notifyId: string;
    readonly outTradeNo: string;
    readonly url: string;
    readonly status: 'waiting' | 'delivered' | 'given-up' | 'lost' | 'not-loopback';
    readonly attempts: number;
    readonly lastAnswer: string | undefined;
    readonly next: string | undefined;
  }[];
}

export function tradesPage(view: TradesView): string {
  const { locale, part, find, trades } = view;
  const columns = [
    { label: t(locale, 'dashboard.order') },
    { label: t(locale, 'dashboard.subject') },
    { label: t(locale, 'dashboard.amount'), number: true },
    { label: t(locale, 'dashboard.status') },
    { label: t(locale, 'dashboard.refunds') },
    { label: t(locale, 'dashboard.requested') },
  ];
  const rows = trades.map((trade) => [
    html`<p>${foreign(trade.outTradeNo)}</p>
      <p class="muted small">${trade.tradeNo}</p>`,
    foreign(trade.subject),
    html`${trade.amount}`,
    html`${state(trade.status, toneOf(trade.status))} ${note(locale, trade)}`,
    trade.refunds.length === 0 ? undefined : refunds(trade.refunds),
    time(trade.requested),
  ]);
  const empty = nothing(
    t(locale, find === '' ? 'dashboard.trades.none' : 'dashboard.trades.not_found', { find: showHidden(find) }),
  );
  return dashboardPage(
    view,
    'trades',
    html`<div class="card">
      <form method="get" action="/dashboard/trades" class="search" role="search">
        <label>${t(locale, 'dashboard.find')} <input type="search" name="find" value="${find}" /></label>
        <button>${t(locale, 'dashboard.find.button')}</button>
      </form>
      ${rows.length === 0 ? empty : table(t(locale, 'dashboard.trades.caption', { total: part.total }), columns, rows)}
      ${pager(locale, part)}
    </div>`,
  );
}

export function transfersPage(view: TransfersView): string {
  const { locale, part, transfers } = view;
  const columns = [
    { label: t(locale, 'dashboard.transfer') },
    { label: t(locale, 'dashboard.subject') },
    { label: t(locale, 'dashboard.amount'), number: true },
    { label: t(locale, 'dashboard.payee') },
    { label: t(locale, 'dashboard.status') },
    { label: t(locale, 'dashboard.time') },
  ];
  const rows = transfers.map((transfer) => [
    html`<p>${foreign(transfer.outBizNo)}</p>
      <p class="muted small">${transfer.orderId}</p>`,
    foreign(transfer.title),
    html`${transfer.amount}`,
    foreign(transfer.payee),
    state(transfer.status, 'good'),
    time(transfer.time),
  ]);
  return dashboardPage(
    view,
    'transfers',
    html`<div class="card">
      ${
        rows.length === 0
          ? nothing(t(locale, 'dashboard.transfers.none'))
          : table(t(locale, 'dashboard.transfers.caption', { total: part.total }), columns, rows)
      }
      ${pager(locale, part)}
    </div>`,
  );
}

export function notificationsPage(view: NotificationsView): string {
  const { locale, part, notifications } = view;
  const columns = [
    { label: t(locale, 'dashboard.notification') },
    { label: t(locale, 'dashboard.address') },
    { label: t(locale, 'dashboard.status') },
    { label: t(locale, 'dashboard.attempts'), number: true },
    { label: t(locale, 'dashboard.last_answer') },
    { label: t(locale, 'dashboard.next_send') },
    { label: t(locale, 'dashboard.action') },
  ];
  const rows = notifications.map((one) => [
    html`<p>${foreign(one.outTradeNo)}</p>
      <p class="muted small">${one.notifyId}</p>`,
    foreign(one.url),
    state(t(locale, `dashboard.notification.${one.status}`), NOTIFICATION_TONES[one.status]),
    html`${String(one.attempts)}`,
    one.lastAnswer === undefined ? undefined : html`<code>${foreign(one.lastAnswer)}</code>`,
    time(one.next),
    one.status === 'not-loopback' ? undefined : resendForm(locale, one.notifyId, one.outTradeNo),
  ]);
  return dashboardPage(
    view,
    'notifications',
    html`<div class="card">
      ${
        rows.length === 0
          ? nothing(t(locale, 'dashboard.notifications.none'))
          : table(t(locale, 'dashboard.notifications.caption', { total: part.total }), columns, rows)
      }
      ${pager(locale, part)}
    </div>`,
  );
}

type Tone = 'good' | 'bad' | 'over' | '';

const NOTIFICATION_TONES = {
  waiting: '',
  delivered: 'good',
  'given-up': 'bad',
  lost: 'bad',
  'not-loopback': 'bad',
} as const;

function toneOf(tradeStatus: string): Tone {
  if (tradeStatus === 'TRADE_SUCCESS' || tradeStatus === 'TRADE_FINISHED') return 'good';
  return tradeStatus === 'TRADE_CLOSED' ? 'over' : '';
}

function state(words: string, tone: Tone): Html {
  return html`<span class="state ${tone}">${words}</span>`;
}

function note(locale: Locale, { closedBy, cashier, outTradeNo }: TradesView['trades'][number]): readonly Html[] {
  return [
    ...(closedBy === undefined
      ? []
      : [html`<p class="muted small">${t(locale, 'dashboard.closed_by', { by: closedBy })}</p>`]),
    ...(cashier === undefined
      ? []
      : [
          html`<p>
            <a href="${cashier}" aria-label="${t(locale, 'dashboard.cashier_of', { number: outTradeNo })}"
              >${t(locale, 'dashboard.cashier')}</a
            >
          </p>`,
        ]),
  ];
}

function refunds(all: TradesView['trades'][number]['refunds']): Html {
  return html`<ul>
    ${all.map(
      ({ amount, number, time: at }) =>
        html`<li>
          ${amount}
          <p class="muted small">${foreign(number)} · <span class="time">${at}</span></p>
        </li>`,
    )}
  </ul>`;
}

function resendForm(locale: Locale, notifyId: string, number: string): Html {
  return html`<form method="post" action="/dashboard/notifications/${notifyId}/resend">
    <button class="small-button" aria-label="${t(locale, 'dashboard.resend_of', { number })}">
      ${t(locale, 'dashboard.resend')}
    </button>
  </form>`;
}
