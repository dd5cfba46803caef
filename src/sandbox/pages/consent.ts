import { t, type Locale } from '../../text/index.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';

/** What the consent page shows. */
export interface ConsentView {
  locale: Locale;
  appId: string;
  appName: string;
  scopes: readonly string[];
  users: readonly { userId: string; name: string }[];
  /** A path of the sandbox that the form posts to. */
  agreeAction: string;
  /** Posted along as they are. */
  hidden: Readonly<Record<string, string>>;
}

/** The OAuth consent page as a whole HTML document: posts `user_id`, `decision` (`agree` or `refuse`) and the hidden fields. */
export function consentPage(view: ConsentView): string {
  const { locale } = view;
  const title = t(locale, 'consent.title');
  const content = html`
    <h1>${title}</h1>
    <p>
      <bdi><strong>${view.appName}</strong></bdi> ${t(locale, 'consent.asks')}
    </p>
    <ul>
      ${view.scopes.map((scope) => html`<li>${scopeWords(locale, scope)}</li>`)}
    </ul>
    <form method="post" action="${view.agreeAction}">
      ${hiddenFields(view.hidden)} ${users(view)}
      <div class="actions">
        ${view.users.length === 0 ? undefined : agreeButton(locale)}
        <button name="decision" value="refuse">${t(locale, 'consent.refuse')}</button>
      </div>
    </form>
    <p class="muted small">${t(locale, 'consent.app', { appId: view.appId })}</p>
  `;
  return layout(locale, title, content);
}

function agreeButton(locale: Locale): Html {
  return html`<button class="primary" name="decision" value="agree">${t(locale, 'consent.agree')}</button>`;
}

function hiddenFields(hidden: ConsentView['hidden']): readonly Html[] {
  return Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

function users({ locale, users: choices }: ConsentView): Html {
  if (choices.length === 0) return html`<p class="notice" role="alert">${t(locale, 'consent.no_users')}</p>`;
  return html`<fieldset>
    <legend>${t(locale, 'consent.who')}</legend>
    ${choices.map((user, index) => choice(user, index === 0))}
  </fieldset>`;
}

function choice(user: ConsentView['users'][number], first: boolean): Html {
  const checked = first ? html`checked` : undefined;
  return html`<label class="choice">
    <input type="radio" name="user_id" value="${user.userId}" required ${checked} />
    <span><bdi>${user.name}</bdi> <code class="muted">${user.userId}</code></span>
  </label>`;
}

function scopeWords(locale: Locale, scope: string): string {
  if (scope === 'auth_user') return t(locale, 'consent.scope.auth_user');
  if (scope === 'auth_base') return t(locale, 'consent.scope.auth_base');
  return t(locale, 'consent.scope.other', { scope });
}
