import { createHash } from 'node:crypto';

import { t, type Locale } from '../../text/index.ts';
import { Html, html } from './html.ts';
import { DASHBOARD_STYLE } from './dashboard/style.ts';
import { STYLE } from './style.ts';

/**
 * The Content-Security-Policy of every page: nothing but the page's own style, and forms. Browsers hold the whole chain of
 * redirects after a form against `form-action`, and a payment or a consent ends at the merchant's own address, wherever
 * that is; so it names schemes and not hosts. Forms themselves only ever point to paths of the sandbox.
 */
export const PAGE_CSP = policy([STYLE], "'self' http: https:");

/** The same for the dashboard, which has a style of its own besides, and whose forms lead nowhere else. */
export const DASHBOARD_CSP = policy([STYLE, DASHBOARD_STYLE], "'self'");

function policy(styles: readonly string[], formTargets: string): string {
  const hashes = styles.map((style) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  return [
    "default-src 'none'",
    `style-src ${hashes.join(' ')}`,
    `form-action ${formTargets}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'en', zh: 'zh-CN' };

/** A whole document of one card: the band that says what this is, and the page's own content. */
export function layout(locale: Locale, title: string, content: Html): string {
  return frame(locale, title, html`<div class="card">${content}</div>`, [STYLE]);
}

/** A whole document of the dashboard: as wide as its tables. */
export function dashboardLayout(locale: Locale, title: string, content: Html): string {
  return frame(locale, title, content, [STYLE, DASHBOARD_STYLE]);
}

function frame(locale: Locale, title: string, content: Html, styles: readonly string[]): string {
  // The hash in the policy is over exactly these bytes, so the styles go in as they are.
  const style = styles.map((one) => new Html(`<style>${one}</style>`));
  const page = html`<!doctype html>
    <html lang="${LANGUAGES[locale]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${t(locale, 'pages.band')}</title>
        ${style}
      </head>
      <body>
        <header class="band">
          <strong>${t(locale, 'pages.band')}</strong>
          <span>${t(locale, 'pages.no_money')}</span>
        </header>
        <main>
          ${content}
          <footer>${t(locale, 'pages.footer')} ${otherLanguage(locale)}</footer>
        </main>
      </body>
    </html> `;
  return page.text;
}

/** A link to this page in the other language, in that language's own words. */
function otherLanguage(locale: Locale): Html {
  const other = locale === 'en' ? 'zh' : 'en';
  return html`<a class="language" href="/language/${other}" lang="${LANGUAGES[other]}"
    >${t(other, 'pages.language')}</a
  >`;
}

/** A term and its value, or nothing where there is no value. Values keep their own writing direction. */
export function fact(term: string, value: string): Html | undefined {
  return value === ''
    ? undefined
    : html`<dt>${term}</dt>
        <dd><bdi>${value}</bdi></dd>`;
}
