import { createHash, randomBytes } from 'node:crypto';
import { DAY_MS } from '../../alipay/beijing-time.ts';
import { Refusal } from '../refusals.ts';
import type { World } from './world.ts';

const CODE_LIFE_MS = DAY_MS;
const TOKEN_LIFE_MS = 15 * DAY_MS;
const REFRESH_LIFE_MS = 30 * DAY_MS;

/** A token as it is handed out, once; the database keeps only hashes. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly userId: string;
  readonly startedAt: number;
  readonly expiresAt: number;
  readonly refreshExpiresAt: number;
}

interface TokenRow {
  readonly access_hash: string;
  readonly app_id: string;
  readonly user_id: string;
  readonly scope: string;
  readonly started_at: number;
  readonly expires_at: number;
  readonly refresh_expires_at: number;
  readonly replaced_at: number | null;
}

/** Makes the code a consent page sends back. @param code a fixed one for demo data, valid for any app and for long. */
export function grantCode(
  world: World,
  grant: { appId: string | null; userId: string; scope: string },
  code?: string,
): string {
  const made = code ?? randomBytes(16).toString('hex');
  const life = code === undefined ? CODE_LIFE_MS : 3650 * DAY_MS;
  world.store.insert('authorizations', {
    code: made,
    app_id: grant.appId,
    user_id: grant.userId,
    scope: grant.scope,
    expires_at: world.now() + life,
  });
  return made;
}

/** Exchanges a code, which works once. @throws Refusal isv.code-invalid */
export function redeemCode(world: World, appId: string, code: string): IssuedToken {
  const now = world.now();
  const found = world.store.get<{ app_id: string | null; user_id: string; scope: string }>(
    'SELECT * FROM authorizations WHERE code = ? AND used_at IS NULL AND expires_at > ?',
    code,
    now,
  );
  if (!found || (found.app_id !== null && found.app_id !== appId)) throw new Refusal('isv.code-invalid');
  world.store.run('UPDATE authorizations SET used_at = ? WHERE code = ?', now, code);
  return issue(world, {
    appId,
    userId: found.user_id,
    scope: found.scope,
    startedAt: now,
    refreshExpiresAt: now + REFRESH_LIFE_MS,
  });
}

/** Exchanges a refresh token: the old pair ends at once, the new one's last day stays. @throws Refusal */
export function refreshToken(world: World, appId: string, token: string): IssuedToken {
  const now = world.now();
  const found = world.store.get<TokenRow>('SELECT * FROM tokens WHERE refresh_hash = ?', hash(token));
  if (!found || found.replaced_at !== null) throw new Refusal('isv.refresh-token-invalid');
  if (found.app_id !== appId) throw new Refusal('isv.unmatched-app-id');
  if (found.refresh_expires_at <= now) throw new Refusal('isv.refresh-token-time-out');
  world.store.run('UPDATE tokens SET replaced_at = ? WHERE access_hash = ?', now, found.access_hash);
  const { user_id: userId, scope, started_at: startedAt, refresh_expires_at: refreshExpiresAt } = found;
  return issue(world, { appId, userId, scope, startedAt, refreshExpiresAt });
}

/** Whose token this is. @throws Refusal when it is none of this app's, or has ended */
export function readToken(world: World, appId: string, accessToken: string): { userId: string; scopes: string[] } {
  const found = world.store.get<TokenRow>('SELECT * FROM tokens WHERE access_hash = ?', hash(accessToken));
  if (!found || found.app_id !== appId || found.replaced_at !== null) throw new Refusal('aop.invalid-auth-token');
  if (found.expires_at <= world.now()) throw new Refusal('aop.auth-token-time-out');
  return { userId: found.user_id, scopes: found.scope.split(',') };
}

function issue(
  world: World,
  grant: { appId: string; userId: string; scope: string; startedAt: number; refreshExpiresAt: number },
): IssuedToken {
  const [accessToken, refreshed] = [newToken(), newToken()];
  const expiresAt = Math.min(world.now() + TOKEN_LIFE_MS, grant.refreshExpiresAt);
  world.store.insert('tokens', {
    access_hash: hash(accessToken),
    refresh_hash: hash(refreshed),
    app_id: grant.appId,
    user_id: grant.userId,
    scope: grant.scope,
    started_at: grant.startedAt,
    expires_at: expiresAt,
    refresh_expires_at: grant.refreshExpiresAt,
  });
  const { userId, startedAt, refreshExpiresAt } = grant;
  return { accessToken, refreshToken: refreshed, userId, startedAt, expiresAt, refreshExpiresAt };
}

/** 40 characters, as long as the platform's longest. */
function newToken(): string {
  return `auth${randomBytes(18).toString('hex')}`;
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
