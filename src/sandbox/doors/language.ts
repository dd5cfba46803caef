import { redirect, type HttpRequest, type Reply } from './http.ts';

const LANGUAGE_PATH = /^\/language\/(en|zh)$/;

/** Notes the language a person chose, and goes back to the page it was chosen on. Undefined: not a path of this door. */
export function answerLanguage({ path, headers }: HttpRequest, origin: string): Reply | undefined {
  const chosen = LANGUAGE_PATH.exec(path)?.[1];
  if (chosen === undefined) return undefined;
  const reply = redirect(cameFrom(headers.referer, headers.host) ?? `${origin}/dashboard`);
  if (reply === 'destroy') return reply;
  const cookie = `sandbox-language=${chosen}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000`;
  return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie } };
}

/** The page of this sandbox that linked here, if it was one. */
function cameFrom(referer: string | undefined, host: string | undefined): string | undefined {
  const from = URL.parse(referer ?? '');
  return from?.protocol === 'http:' && from.host === host ? from.href : undefined;
}
