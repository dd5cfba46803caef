import { formatBeijing } from '../alipay/beijing-time.ts';
import { InputError, RefusedError } from '../alipay/errors.ts';
import type { ResponseNode } from '../alipay/outcome.ts';
import { say, t } from '../text/index.ts';
import type { StoredToken, ToolContext } from './context.ts';
import { defineTool } from './define.ts';
import { fact } from './facts.ts';
import { input, oneOf, optional, secret } from './fields.ts';
import { withoutWords } from './oauth-outcome.ts';
import { resultSchema, succeeded, together } from './result.ts';
import { textOf } from './trade.ts';

/** What is said to expire later than anybody lives does not expire. */
const CENTURY_S = 100 * 366 * 86_400;

/** `alipay.system.oauth.token` (`alipay-openapi.md` §3.16). Tokens go into the vault; nobody is shown one. */
export const getOauthToken = defineTool({
  name: 'get_oauth_token',
  title: 'get_oauth_token.title',
  description: 'get_oauth_token.description',
  kind: 'write',

  input: input({
    grant_type: optional(oneOf('field.grant_type', ['authorization_code', 'refresh_token'], 'authorization_code')),
    code: optional(secret('field.code', '4b203fe6c11548bcabd8da5bb087a83b')),
    handle: optional(secret('field.handle', 'tok_1a2b3c')),
  }),

  output: resultSchema({
    handle: fact('field.handle'),
    user_id: fact(),
    open_id: fact(),
    expires_at: fact('oauth.expires_at'),
  }),

  async handle(ctx, given) {
    const { client, clock, locale, signal, tokens } = ctx;
    const refresh = given.grant_type === 'refresh_token';
    if (given.code !== undefined && given.handle !== undefined) throw new InputError(say('oauth.one_of_two'));
    const params = refresh ? await refreshParams(ctx, given.handle) : await codeParams(ctx, given.code);
    const askedAt = clock.now();
    const outcome = await client.send(client.prepare({ method: 'alipay.system.oauth.token', params }), { signal });
    if (outcome.status !== 'succeeded') {
      const result = withoutWords(locale, outcome, say('oauth.authorize_again'));
      return outcome.status === 'rejected'
        ? result
        : { ...result, message: together(locale, [result.message, t(locale, 'oauth.unknown')]) };
    }
    const token = readToken(outcome.node, askedAt);
    const handle = await tokens.put(token);
    return succeeded(
      t(locale, refresh ? 'oauth.refreshed' : 'oauth.done'),
      {
        handle,
        user_id: token.userId,
        open_id: token.openId,
        expires_at: token.expiresAt === undefined ? undefined : formatBeijing(token.expiresAt),
      },
      t(locale, 'oauth.done.next', { handle }),
    );
  },
});

/** A code works once, even when the answer is lost: it is claimed before it is sent. */
async function codeParams({ tokens }: ToolContext, code: string | undefined): Promise<Record<string, string>> {
  if (code === undefined) throw new InputError(say('oauth.needs_code'));
  if (!(await tokens.claimCode(code))) throw new RefusedError(say('oauth.code_used'), say('oauth.authorize_again'));
  return { grant_type: 'authorization_code', code };
}

async function refreshParams({ tokens }: ToolContext, handle: string | undefined): Promise<Record<string, string>> {
  if (handle === undefined) throw new InputError(say('oauth.needs_handle'));
  const token = await tokens.get(handle);
  if (!token) throw new InputError(say('oauth.no_handle'), say('oauth.no_handle.next'));
  if (token.refreshToken === undefined) throw new RefusedError(say('oauth.no_refresh'), say('oauth.authorize_again'));
  return { grant_type: 'refresh_token', refresh_token: token.refreshToken };
}

function readToken(node: ResponseNode, askedAt: number): StoredToken {
  const seconds = Number(node['expires_in']);
  const permanent = node['auth_token_type'] === 'permanent' || !(seconds > 0 && seconds <= CENTURY_S);
  return {
    accessToken: textOf(node, 'access_token') ?? '',
    refreshToken: textOf(node, 'refresh_token'),
    userId: textOf(node, 'user_id'),
    openId: textOf(node, 'open_id'),
    expiresAt: permanent ? undefined : askedAt + seconds * 1000,
  };
}
