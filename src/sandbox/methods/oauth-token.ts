import { Refusal } from '../refusals.ts';
import { openIdOf } from '../world/people.ts';
import { redeemCode, refreshToken, type IssuedToken } from '../world/authorizations.ts';
import { type AnswerFields, type AnswerMethod, type Call } from './method.ts';
import { beijing } from './trade-fields.ts';

/** `alipay.system.oauth.token` (§3.16): its parameters are public ones, and its success has no code. */
export const oauthToken: AnswerMethod = {
  name: 'alipay.system.oauth.token',
  kind: 'answer',
  codes: { invalid: 'isv.invalid-parameter', systemError: 'isp.unknow-error' },
  run: (call) => answer(exchange(call), call.app.merchantId),
};

function exchange({ params, world, app }: Call): IssuedToken {
  if (params.grant_type === 'authorization_code') return redeemCode(world, app.id, params.code ?? '');
  if (params.grant_type === 'refresh_token') return refreshToken(world, app.id, params.refresh_token ?? '');
  throw new Refusal('isv.grant-type-invalid');
}

function answer(token: IssuedToken, merchantId: string): AnswerFields {
  return {
    access_token: token.accessToken,
    refresh_token: token.refreshToken,
    user_id: token.userId,
    open_id: openIdOf(token.userId, merchantId),
    auth_start: beijing(token.startedAt),
    expires_in: Math.floor((token.expiresAt - token.startedAt) / 1000),
    re_expires_in: Math.floor((token.refreshExpiresAt - token.startedAt) / 1000),
  };
}
