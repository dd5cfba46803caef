import { createHash } from 'node:crypto';

import { t, type Locale } from '../../text/index.ts';
import { Html, html } from './html.ts';
import { STYLE } from './style.ts';

/**
 * The Content-Security-Policy of every page: nothing but the page's own style, and forms. Browsers hold the whole chain of
 * redirects after a form against `form-action`, and a payment or a consent ends at the merchant's own address, wherever
 * that is; so it names schemes and not hosts. Forms themselves only ever point to paths of the sandbox.
 */
export const PAGE_CSP = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self' http: https:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'en', zh: 'zh-CN' };

/** A whole document: the band that says what this is, and the page's own content. */
export function layout(locale: Locale, title: string, content: Html): string {
  // The hash in the policy is over exactly these bytes, so the style goes in as it is.
  const style = new Html(`<style>${STYLE}</style>`);
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
          <div class="card">${content}</div>
          <footer>${t(locale, 'pages.footer')}</footer>
        </main>
      </body>
    </html> `;
  return page.text;
}

/** A term and its value, or nothing where there is no value. Values keep their own writing direction. */
export function fact(term: string, value: string): Html | undefined {
  return value === ''
    ? undefined
    : html`<dt>${term}</dt>
        <dd><bdi>${value}</bdi></dd>`;
}
