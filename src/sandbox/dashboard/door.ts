import { render, t, type Locale } from '../../text/index.ts';
import { armFault, disarmFault, moveClock, resendNotification } from '../admin/actions.ts';
import type { AdminParts } from '../admin/admin.ts';
import { AdminRefusal, Body } from '../admin/body.ts';
import { localeOf, page, redirect, type HttpRequest, type Reply } from '../doors/http.ts';
import { gatePage, SECTIONS, type Notice, type Section } from '../pages/dashboard/frame.ts';
import { DASHBOARD_CSP } from '../pages/layout.ts';
import { DASHBOARD_PATH, isDashboardForm, type DashboardLock } from './lock.ts';
import { drawSection } from './views.ts';

/** What the dashboard is made of: what the admin door changes, and a lock of its own. */
export interface DashboardParts extends Pick<
  AdminParts,
  'world' | 'faults' | 'journal' | 'origin' | 'settleNotifications'
> {
  readonly lock: DashboardLock;
}

/** What a form came to, as the address of the page that follows names it. */
const DONE = {
  clock: 'dashboard.clock.done',
  armed: 'dashboard.fault.armed',
  cleared: 'dashboard.fault.cleared',
  resent: 'dashboard.resent',
} as const;

const UNITS_MS: Readonly<Record<string, number>> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

interface Action {
  readonly section: Section;
  readonly done: keyof typeof DONE;
  readonly act: (parts: DashboardParts, form: URLSearchParams, argument: string) => unknown;
}

/** What forms can do: by path, `*` for one part of it. They share what they do with the admin door. */
const ACTIONS: Readonly<Record<string, Action>> = {
  '/clock': { section: 'overview', done: 'clock', act: advanceClock },
  '/faults': { section: 'overview', done: 'armed', act: ({ faults }, form) => armFault(faults, faultBody(form)) },
  '/faults/clear': { section: 'overview', done: 'cleared', act: ({ faults }) => faults.clear() },
  '/faults/*/clear': { section: 'overview', done: 'cleared', act: ({ faults }, _form, id) => disarmFault(faults, id) },
  '/notifications/*/resend': {
    section: 'notifications',
    done: 'resent',
    act: ({ world, settleNotifications }, _form, id) => resendNotification(world, settleNotifications, id),
  },
};

/** The dashboard: GET shows, POST changes; both only for a browser that was let in by the printed address. */
export async function answerDashboard(parts: DashboardParts, request: HttpRequest): Promise<Reply> {
  const { lock, origin } = parts;
  const locale = localeOf(request);
  const query = new URLSearchParams(request.query);
  const path = request.path.slice(DASHBOARD_PATH.length);
  const key = query.get('key');
  if (request.verb !== 'POST' && path === '' && key !== null) return letIn(lock, origin, locale, key);
  if (!lock.isOpen(request, origin)) return show(401, gatePage(locale, 'locked'));
  if (request.verb === 'POST') return change(parts, request, path, locale);
  const section = path === '' ? 'overview' : SECTIONS.find((one) => path === `/${one}`);
  if (section === undefined) return redirect(DASHBOARD_PATH);
  return show(200, drawSection(parts, section, query, { locale, notice: doneNotice(locale, query.get('done')) }));
}

/**
 * Exchanges the key of the printed address for a cookie. The way on starts from a page of ours: the cookie would not go
 * along with a redirect that began in another site, such as an editor in the browser. It takes the key out of the history.
 */
function letIn(lock: DashboardLock, origin: string, locale: Locale, key: string): Reply {
  if (!lock.isKey(key)) return show(403, gatePage(locale, 'wrong_key'), { 'referrer-policy': 'no-referrer' });
  return show(200, gatePage(locale, 'open'), {
    'set-cookie': lock.cookie(origin),
    refresh: `0; url=${DASHBOARD_PATH}`,
    'referrer-policy': 'no-referrer',
  });
}

async function change(parts: DashboardParts, request: HttpRequest, path: string, locale: Locale): Promise<Reply> {
  if (!isDashboardForm(request, parts.origin)) return show(403, gatePage(locale, 'foreign'));
  const found = findAction(path);
  if (!found) return redirect(DASHBOARD_PATH);
  const { action, argument } = found;
  try {
    await action.act(parts, new URLSearchParams(request.body ?? ''), argument);
  } catch (error) {
    if (!(error instanceof AdminRefusal)) throw error;
    const notice: Notice = { kind: 'refused', words: render(locale, error.sentence) };
    return show(error.status, drawSection(parts, action.section, new URLSearchParams(), { locale, notice }));
  }
  const section = action.section === 'overview' ? '' : `/${action.section}`;
  return redirect(`${DASHBOARD_PATH}${section}?done=${action.done}`);
}

function findAction(path: string): { action: Action; argument: string } | undefined {
  const parts = path.split('/');
  const argument = parts[2] ?? '';
  const known = ACTIONS[path] ?? ACTIONS[parts.map((part, at) => (at === 2 ? '*' : part)).join('/')];
  return known && { action: known, argument };
}

async function advanceClock({ world, settleNotifications }: DashboardParts, form: URLSearchParams): Promise<void> {
  const body = new Body(JSON.stringify({ amount: numberOf(form, 'amount'), unit: form.get('unit') }));
  const unit = body.choice('unit', Object.keys(UNITS_MS)) ?? 'minutes';
  const amount = body.integer('amount', 1, 100_000) ?? 1;
  moveClock(world, new Body(JSON.stringify({ advance_ms: amount * (UNITS_MS[unit] ?? 0) })));
  await settleNotifications();
}

/** The form as the admin door would be sent it. */
function faultBody(form: URLSearchParams): Body {
  return new Body(
    JSON.stringify({
      method: form.get('method') ?? undefined,
      fault: form.get('fault') ?? undefined,
      count: numberOf(form, 'count'),
      ms: numberOf(form, 'ms'),
      as: form.get('as') ?? undefined,
    }),
  );
}

/** Undefined for an empty field; what is no number becomes null in JSON, and is refused as such. */
function numberOf(form: URLSearchParams, field: string): number | undefined {
  const text = (form.get(field) ?? '').trim();
  return text === '' ? undefined : Number(text);
}

function doneNotice(locale: Locale, done: string | null): Notice | undefined {
  if (done === null || !Object.hasOwn(DONE, done)) return undefined;
  return { kind: 'done', words: t(locale, DONE[done as keyof typeof DONE]) };
}

function show(status: number, html: string, more: Readonly<Record<string, string>> = {}): Reply {
  return page(status, html, { 'content-security-policy': DASHBOARD_CSP, ...more });
}
