import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ownOrigins, type HttpRequest } from '../doors/http.ts';

export const DASHBOARD_PATH = '/dashboard';

/**
 * Who may open the dashboard: whoever has the link the sandbox printed. Its key and the cookie it is exchanged for are
 * made from the admin token, one way, each for itself: neither opens the admin door, nor stands in for the other.
 */
export class DashboardLock {
  readonly key: string;
  readonly #session: string;

  constructor(adminToken: string) {
    const derive = (use: string): string => createHmac('sha256', adminToken).update(`sandbox ${use}`).digest('hex');
    this.key = derive('dashboard link');
    this.#session = derive('dashboard session');
  }

  isKey(key: string): boolean {
    return isSame(key, this.key);
  }

  /** Whether the browser that asks was let in. */
  isOpen(request: HttpRequest, origin: string): boolean {
    const cookie = request.headers.cookie ?? '';
    return cookie.split('; ').some((one) => isSame(one, this.#pair(origin)));
  }

  /** What lets a browser in until it is closed; never sent along by another site, nor read by a script. */
  cookie(origin: string): string {
    return `${this.#pair(origin)}; Path=${DASHBOARD_PATH}; HttpOnly; SameSite=Strict`;
  }

  /** Browsers share cookies among the ports of a machine: each sandbox needs a name of its own. */
  #pair(origin: string): string {
    return `sandbox-dashboard-${new URL(origin).port}=${this.#session}`;
  }
}

/**
 * Whether a page of this very origin sent the form. A cookie cannot tell: to it, every port of this machine is one site.
 * Browsers name the origin with every POST; what names none is no browser.
 */
export function isDashboardForm({ headers }: HttpRequest, origin: string): boolean {
  return headers.origin !== undefined && ownOrigins(origin).has(headers.origin);
}

/** Compared as digests, so that neither the length nor the first difference shows in the time it takes. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
