import { t, type Locale } from '../../../text/index.ts';
import { showHidden } from '../../../text/visible.ts';
import { html, type Html } from '../html.ts';
import { dashboardLayout } from '../layout.ts';

export const SECTIONS = ['overview', 'trades', 'transfers', 'notifications', 'requests'] as const;
export type Section = (typeof SECTIONS)[number];

/** What a form came to: said above the page. */
export interface Notice {
  readonly kind: 'done' | 'refused';
  readonly words: string;
}

/** What every page of the dashboard is told. */
export interface Frame {
  readonly locale: Locale;
  readonly notice: Notice | undefined;
}

/** Which part of a list is shown; both count from 1. */
export interface Part {
  readonly page: number;
  readonly pages: number;
  /** Of the whole list. */
  readonly total: number;
  /** Path and query of another page of it. */
  readonly link: (page: number) => string;
}

export interface Column {
  readonly label: string;
  readonly number?: boolean;
}

/** A page of the dashboard as a whole document. */
export function dashboardPage({ locale, notice }: Frame, section: Section, content: Html): string {
  const title = t(locale, `dashboard.${section}`);
  return dashboardLayout(
    locale,
    title,
    html`<nav aria-label="${t(locale, 'dashboard.sections')}">
        <ul class="tabs">
          ${SECTIONS.map((one) => tab(locale, one, one === section))}
        </ul>
      </nav>
      <h1>${title}</h1>
      ${notice && said(notice)} ${content}`,
  );
}

/** The page of somebody who was not let in, or is just being: no tabs, no data. */
export function gatePage(locale: Locale, state: 'locked' | 'wrong_key' | 'foreign' | 'open'): string {
  const title = t(locale, `dashboard.${state}.title`);
  const link = html`<p><a class="button primary" href="/dashboard">${t(locale, 'dashboard.open.link')}</a></p>`;
  return dashboardLayout(
    locale,
    title,
    html`<div class="card">
      <h1>${title}</h1>
      <p>${t(locale, `dashboard.${state}.text`)}</p>
      ${state === 'open' ? link : undefined}
    </div>`,
  );
}

/** A table; on a phone every row is a card, so roles are said aloud that the changed display would lose. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Html | undefined)[])[],
): Html {
  return html`<table role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(({ label, number }) => html`<th role="columnheader" scope="col" ${kind(number)}>${label}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (cells) =>
          html`<tr role="row">
            ${cells.map((cell, at) => cellOf(cell, columns[at], at === 0))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A value somebody else chose: hidden characters named, its direction its own. */
export function foreign(text: string): Html {
  return html`<bdi>${showHidden(text)}</bdi>`;
}

export function time(beijing: string | undefined): Html | undefined {
  return beijing === undefined ? undefined : html`<span class="time">${beijing}</span>`;
}

/** What there is no more of than fits a page is not paged. */
export function pager(locale: Locale, { page, pages, link }: Part): Html | undefined {
  if (pages <= 1) return undefined;
  const newer = html`<a href="${link(page - 1)}" rel="prev">${t(locale, 'dashboard.newer')}</a>`;
  const older = html`<a href="${link(page + 1)}" rel="next">${t(locale, 'dashboard.older')}</a>`;
  return html`<nav class="pager" aria-label="${t(locale, 'dashboard.pages')}">
    ${page > 1 ? newer : undefined} <span>${t(locale, 'dashboard.page', { page, pages })}</span>
    ${page < pages ? older : undefined}
  </nav>`;
}

export function nothing(words: string): Html {
  return html`<p class="muted">${words}</p>`;
}

function tab(locale: Locale, section: Section, current: boolean): Html {
  const link = section === 'overview' ? '/dashboard' : `/dashboard/${section}`;
  return html`<li>
    <a href="${link}" ${current ? html`aria-current="page"` : undefined}>${t(locale, `dashboard.${section}`)}</a>
  </li>`;
}

function said({ kind: outcome, words }: Notice): Html {
  return outcome === 'done'
    ? html`<p class="notice done" role="status">${words}</p>`
    : html`<p class="notice" role="alert">${words}</p>`;
}

function cellOf(cell: Html | undefined, column: Column | undefined, first: boolean): Html {
  if (first) return html`<th role="rowheader" scope="row">${cell}</th>`;
  if (cell === undefined) return html`<td role="cell" class="empty"></td>`;
  return html`<td role="cell" data-label="${column?.label ?? ''}" ${kind(column?.number)}><div>${cell}</div></td>`;
}

function kind(number: boolean | undefined): Html | undefined {
  return number === true ? html`class="number"` : undefined;
}
