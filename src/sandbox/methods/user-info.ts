import { Refusal } from '../refusals.ts';
import { readToken } from '../world/authorizations.ts';
import { openIdOf, personById } from '../world/people.ts';
import { FUND, success, type AnswerMethod } from './method.ts';

/** `alipay.user.info.share` (§3.16): who the holder of a token is. What a person left empty is absent. */
export const userInfo: AnswerMethod = {
  name: 'alipay.user.info.share',
  kind: 'answer',
  codes: FUND,
  run: ({ params, world, app, origin }) => {
    const { userId, scopes } = readToken(world, app.id, params.auth_token ?? '');
    if (!scopes.includes('auth_user')) throw new Refusal('isv.insufficient-user-permissions');
    const person = personById(world, userId);
    if (!person) throw new Refusal('aop.invalid-auth-token');
    return success({
      user_id: userId,
      open_id: openIdOf(userId, app.merchantId),
      avatar: person.nick_name === null ? undefined : `${origin}/avatar/${userId}.png`,
      nick_name: person.nick_name ?? undefined,
      province: person.province ?? undefined,
      city: person.city ?? undefined,
      gender: person.gender ?? undefined,
    });
  },
};
