import type { Params } from '../../alipay/signature.ts';
import type { HttpRequest } from '../doors/http.ts';
import type { App } from '../gateway/apps.ts';
import { decode } from '../gateway/charset.ts';
import { checkEncryptType, decrypt } from '../gateway/encryption.ts';
import { parseBizContent } from '../gateway/fields.ts';
import { Refusal } from '../refusals.ts';

/** What protocol v2 has beside biz_content, v3 has among a method's own fields. */
const PUBLIC = ['notify_url', 'return_url', 'auth_token', 'grant_type', 'code', 'refresh_token'] as const;

/** A request's content, as the methods read it. */
export interface Content {
  readonly biz: Readonly<Record<string, unknown>>;
  readonly params: Params;
  /** Where the request was encrypted: the key its answer goes out under. */
  readonly answerKey: Buffer | undefined;
}

/** Reads the query of a GET, and the JSON of a POST in the open or under `alipay-encrypt-type`. @throws Refusal */
export function readContent(request: HttpRequest, app: App): Content {
  const type = request.headers['alipay-encrypt-type'];
  const encrypted = typeof type === 'string' && type !== '';
  if (encrypted) checkEncryptType(type);
  const query = readQuery(request.query);
  const body = request.verb === 'GET' ? {} : parseBizContent(readText(request, encrypted ? app.aesKey : undefined));
  const all = { ...query, ...body };
  const named = PUBLIC.map((name) => [name, all[name]] as const);
  return {
    biz: request.verb === 'GET' ? query : body,
    params: Object.fromEntries(named.filter((entry): entry is [(typeof PUBLIC)[number], string] => isText(entry[1]))),
    answerKey: encrypted ? app.aesKey : undefined,
  };
}

function readText({ bytes }: HttpRequest, key: Buffer | undefined): string {
  const { text, whole } = decode(bytes, 'utf-8');
  if (!whole) throw new Refusal('isv.illegal-json');
  return key && text !== '' ? decrypt(text, key, 'utf-8') : text;
}

function readQuery(text: string): Readonly<Record<string, unknown>> {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in query) throw new Refusal('isv.invalid-parameter', `：${name.slice(0, 64)}重复`);
    query[name] = value;
  }
  return query;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
