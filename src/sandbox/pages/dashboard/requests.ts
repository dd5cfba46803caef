import { t, type Locale } from '../../../text/index.ts';
import { showHidden } from '../../../text/visible.ts';
import { html, type Html } from '../html.ts';
import { fact } from '../layout.ts';
import { dashboardPage, foreign, nothing, pager, type Frame, type Part } from './frame.ts';

/** Requests as the journal has them, newest first. What a request did not name is empty. */
export interface RequestsView extends Frame {
  readonly part: Part;
  readonly requests: readonly {
    readonly id: number;
    /** Beijing time. */
    readonly time: string;
    readonly verb: string;
    readonly method: string;
    readonly appId: string;
    readonly code: string;
    readonly subCode: string;
    readonly verdict: 'verified' | 'refused' | 'not checked';
    readonly fault: string;
    readonly notes: readonly string[];
    /** The string the signature was checked against, whole. */
    readonly verified: string;
  }[];
}

type Request = RequestsView['requests'][number];

export function requestsPage(view: RequestsView): string {
  const { locale, part, requests } = view;
  return dashboardPage(
    view,
    'requests',
    html`<div class="card">
      <p class="muted small">${t(locale, 'dashboard.requests.caption', { total: part.total })}</p>
      ${
        requests.length === 0
          ? nothing(t(locale, 'dashboard.requests.none'))
          : html`<ol class="requests">
              ${requests.map((request) => one(locale, request))}
            </ol>`
      }
      ${pager(locale, part)}
    </div>`,
  );
}

function one(locale: Locale, request: Request): Html {
  const { method, code, subCode, verified } = request;
  const signature = signatureOf(request);
  const good = code === '10000' && signature === 'good';
  const answer = code === '' ? t(locale, 'dashboard.request.no_code') : `${code} ${subCode}`;
  return html`<li>
    <details>
      <summary>
        <span class="time muted">${request.time}</span>
        <span class="name">${method === '' ? t(locale, 'dashboard.request.no_method') : foreign(method)}</span>
        <span class="state ${good ? 'good' : code === '' || code.startsWith('1') ? '' : 'bad'}">${answer}</span>
      </summary>
      <div class="details">
        <dl>
          ${fact(t(locale, 'dashboard.request.number'), `${request.id} · ${request.verb}`)}
          ${fact(t(locale, 'dashboard.request.app'), showHidden(request.appId))}
          ${fact(t(locale, 'dashboard.request.signature'), t(locale, `dashboard.request.${signature}`))}
          ${fact(t(locale, 'dashboard.fault'), request.fault)}
          ${request.notes.map((words) => html`${fact(t(locale, 'dashboard.request.note'), showHidden(words))}`)}
        </dl>
        <p>
          ${t(locale, signature === 'not_checked' ? 'dashboard.request.would_verify' : 'dashboard.request.verified')}
        </p>
        <pre><bdi>${visibleLines(verified)}</bdi></pre>
      </div>
    </details>
  </li>`;
}

/** The journal's `refused` is of the request: the signature itself was found wrong only where the code says so. */
function signatureOf({ verdict, subCode }: Request): 'good' | 'bad' | 'not_checked' {
  if (verdict === 'verified') return 'good';
  return subCode === 'isv.invalid-signature' ? 'bad' : 'not_checked';
}

/** Lines are part of what is signed in protocol v3, so they stay lines. */
function visibleLines(text: string): string {
  return text.split('\n').map(showHidden).join('\n');
}
