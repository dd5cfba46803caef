import { formatBeijing } from '../alipay/beijing-time.ts';
import { InputError, RefusedError } from '../alipay/errors.ts';
import type { ResponseNode } from '../alipay/outcome.ts';
import { say, t } from '../text/index.ts';
import { defineTool } from './define.ts';
import { fact } from './facts.ts';
import { input, secret } from './fields.ts';
import { withoutWords } from './oauth-outcome.ts';
import { resultSchema, succeeded } from './result.ts';
import { textOf } from './trade.ts';

/** Whom the profile is of, and the envelope: everything else in the answer is personal. */
const NOT_PERSONAL = new Set(['code', 'msg', 'user_id', 'open_id', 'union_id', 'alipay_user_id']);

/** `alipay.user.info.share` (`alipay-openapi.md` §3.16), by a handle: no agent ever holds the token. */
export const queryUserInfo = defineTool({
  name: 'query_user_info',
  title: 'query_user_info.title',
  description: 'query_user_info.description',
  kind: 'read',

  input: input({ handle: secret('field.handle', 'tok_1a2b3c') }),

  output: resultSchema({
    user_id: fact(),
    open_id: fact(),
    nick_name: fact(),
    province: fact(),
    city: fact(),
    gender: fact(),
    avatar: fact(),
    masked_fields: fact('query_user_info.masked'),
  }),

  async handle(ctx, given) {
    const { client, clock, locale, signal, tokens } = ctx;
    const token = await tokens.get(given.handle);
    if (!token) throw new InputError(say('oauth.no_handle'), say('oauth.no_handle.next'));
    if (token.expiresAt !== undefined && token.expiresAt <= clock.now()) {
      throw new RefusedError(say('oauth.ended', { time: formatBeijing(token.expiresAt) }), say('oauth.ended.next'));
    }
    const params = { auth_token: token.accessToken };
    const outcome = await client.send(client.prepare({ method: 'alipay.user.info.share', params }), { signal });
    if (outcome.status !== 'succeeded') return withoutWords(locale, outcome, undefined);
    const { node } = outcome;
    const [userId, openId] = [textOf(node, 'user_id') ?? token.userId, textOf(node, 'open_id') ?? token.openId];
    const personal = Object.keys(node).filter((field) => !NOT_PERSONAL.has(field));
    const user = userId ?? openId ?? '–';
    const fields = personal.join(', ');
    const message =
      fields === ''
        ? t(locale, 'query_user_info.nothing', { user })
        : t(locale, 'query_user_info.done', { user, fields });
    return succeeded(message, {
      user_id: userId,
      open_id: openId,
      ...maskedFields(node),
      masked_fields: fields === '' ? undefined : fields,
    });
  },
});

/** The fields every profile may have: of a name its first letter, of the others nothing but that they are there. */
function maskedFields(node: ResponseNode): Record<string, string | undefined> {
  const name = textOf(node, 'nick_name');
  const hidden = (field: string): string | undefined => (textOf(node, field) === undefined ? undefined : '***');
  return {
    nick_name: name === undefined ? undefined : `${/^.(?=.)/u.exec(name)?.[0] ?? ''}***`,
    province: hidden('province'),
    city: hidden('city'),
    gender: hidden('gender'),
    avatar: hidden('avatar'),
  };
}
