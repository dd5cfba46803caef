import { t } from '../../text/index.ts';
import { consentPage } from '../pages/consent.ts';
import { errorPage } from '../pages/error.ts';
import type { Registry } from '../gateway/apps.ts';
import { MERCHANT_NAME } from '../identity.ts';
import { grantCode } from '../world/authorizations.ts';
import { people, personById } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { isOwnForm, localeOf, page, redirect, type HttpRequest, type Reply } from './http.ts';

export const AUTHORIZE_PATH = '/oauth2/publicAppAuthorize.htm';
export const AGREE_PATH = '/oauth2/agree';

/** What can be wrong with the address or the form, as the code the page shows. */
type Wrong = 'isv.invalid-app-id' | 'insufficient-isv-permissions' | 'invalid-redirect-uri' | 'isv.invalid-parameter';

const SCOPES = new Set(['auth_base', 'auth_user']);

interface Asked {
  readonly appId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly state: string;
}

/** The consent page: GET asks, POST sends the browser back with a code, or without one where the user refuses. */
export function answerConsent(
  { world, registry, origin }: { world: World; registry: Registry; origin: string },
  request: HttpRequest,
): Reply {
  const form = new URLSearchParams(request.verb === 'POST' ? (request.body ?? '') : request.query);
  const asked = readAsked(form, registry);
  if (typeof asked === 'string') return refuse(request, 400, asked);
  if (request.verb !== 'POST' || request.path !== AGREE_PATH) return ask(world, request, asked);
  if (!isOwnForm(request, origin)) return refuse(request, 403, 'isv.invalid-parameter');
  const back = new URL(asked.redirectUri);
  back.searchParams.set('app_id', asked.appId);
  back.searchParams.set('scope', asked.scopes.join(','));
  if (asked.state !== '') back.searchParams.set('state', asked.state);
  if (form.get('decision') === 'refuse') return redirect(back.href);
  const person = personById(world, form.get('user_id') ?? '');
  if (!person) return refuse(request, 400, 'isv.invalid-parameter');
  const code = world.store.transaction(() =>
    grantCode(world, { appId: asked.appId, userId: person.user_id, scope: asked.scopes.join(',') }),
  );
  back.searchParams.set('auth_code', code);
  return redirect(back.href);
}

/** What the address asks for, or the code of what is wrong with it. */
function readAsked(form: URLSearchParams, registry: Registry): Asked | Wrong {
  const appId = form.get('app_id') ?? '';
  const scopes = (form.get('scope') ?? '').split(',').filter((scope) => scope !== '');
  const redirectUri = form.get('redirect_uri') ?? '';
  if (!registry.app(appId)) return 'isv.invalid-app-id';
  if (scopes.length === 0 || !scopes.every((scope) => SCOPES.has(scope))) return 'insufficient-isv-permissions';
  if (!URL.canParse(redirectUri) || !/^https?:$/.test(new URL(redirectUri).protocol)) return 'invalid-redirect-uri';
  return { appId, scopes, redirectUri, state: (form.get('state') ?? '').slice(0, 500) };
}

function ask(world: World, request: HttpRequest, { appId, scopes, redirectUri, state }: Asked): Reply {
  const html = consentPage({
    locale: localeOf(request),
    appId,
    appName: MERCHANT_NAME,
    scopes,
    users: people(world)
      .filter((person) => person.known === 1)
      .map((person) => ({ userId: person.user_id, name: person.name })),
    agreeAction: AGREE_PATH,
    hidden: { app_id: appId, scope: scopes.join(','), redirect_uri: redirectUri, state },
  });
  return page(200, html);
}

function refuse(request: HttpRequest, status: number, code: Wrong): Reply {
  const locale = localeOf(request);
  return page(status, errorPage({ locale, code, message: t(locale, `consent.refused.${code}`) }));
}
