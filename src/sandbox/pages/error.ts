import { t, type Locale } from '../../text/index.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';

/** A refusal in the browser: the gateway's code, and a sentence for whoever opened the page. */
export interface ErrorView {
  locale: Locale;
  code: string;
  message: string;
}

/** The error page as a whole HTML document. */
export function errorPage({ locale, code, message }: ErrorView): string {
  const title = t(locale, 'error_page.title');
  const content = html`
    <div role="alert">
      <h1>${title}</h1>
      <p>${message}</p>
    </div>
    <p class="muted small">${t(locale, 'error_page.code')} <code>${code}</code></p>
    <p class="muted small">${t(locale, 'error_page.hint')}</p>
  `;
  return layout(locale, title, content);
}
