import type { HttpRequest, Reply } from '../doors/http.ts';
import { breakReply } from '../gateway/breakage.ts';
import { noteCode, runMethod, takeFault, type GatewayParts } from '../gateway/effect.ts';
import type { ArmedFault } from '../gateway/faults.ts';
import { Fields } from '../gateway/fields.ts';
import { noteNumbers, type JournalEntry } from '../gateway/journal.ts';
import { findMethod } from '../methods/catalog.ts';
import type { AnswerMethod } from '../methods/method.ts';
import { Refusal } from '../refusals.ts';
import { writeAnswer, writeRefusal } from './answer.ts';
import { readAuthorization, type Authorization } from './authorization.ts';
import { APP_TOKEN, checkRequest, signedBytes } from './checks.ts';
import { readContent } from './content.ts';

export const V3_PATH = '/v3/';

/** The methods whose path is read with GET; every other one is a POST (`alipay-openapi.md` §1.9). */
const GETS = new Set([
  'alipay.data.dataservice.bill.downloadurl.query',
  'alipay.fund.trans.common.query',
  'alipay.fund.account.query',
]);

interface Visit {
  readonly parts: GatewayParts;
  readonly request: HttpRequest;
  readonly method: AnswerMethod | undefined;
  readonly entry: JournalEntry;
  readonly fault: ArmedFault | undefined;
}

/** Answers one request to a path of protocol v3: the same methods in the same world as `gateway.do`. */
export async function answerV3(parts: GatewayParts, request: HttpRequest): Promise<Reply> {
  const name = nameOf(request.path);
  const authorization = attempt(() => readAuthorization(request.headers.authorization));
  const entry = openEntry(parts, request, name, authorization);
  const fault = takeFault(parts, entry, name);
  const visit: Visit = { parts, request, method: methodOf(name, request.verb), entry, fault };
  return breakReply(fault, () => answer(visit, authorization));
}

async function answer(visit: Visit, authorization: Authorization | Refusal): Promise<Reply> {
  const { entry } = visit;
  try {
    if (authorization instanceof Refusal) throw authorization;
    return await execute(visit, authorization);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (entry.verdict !== 'verified') entry.verdict = 'refused';
    noteCode(entry, error.fields);
    return writeRefusal(error.fields);
  }
}

async function execute({ parts, request, method, entry, fault }: Visit, authorization: Authorization): Promise<Reply> {
  if (!request.isWhole) throw new Refusal('isv.invalid-parameter', '：请求过大');
  const app = checkRequest(authorization, request, {
    registry: parts.registry,
    isMethod: method !== undefined,
    clocks: [parts.world.machineNow(), parts.world.now()],
  });
  entry.verdict = 'verified';
  if (!method) throw new Refusal('isv.invalid-method');
  const { biz, params, answerKey } = readContent(request, app);
  noteNumbers(entry, biz);
  const call = {
    world: parts.world,
    app,
    params,
    biz: new Fields(biz, method.codes.invalid),
    origin: parts.origin,
    note: (text: string) => entry.notes.push(text),
  };
  const fields = runMethod(parts, method, call, fault);
  noteCode(entry, fields);
  return 'sub_code' in fields ? writeRefusal(fields) : writeAnswer(fields, { parts, app, fault, answerKey });
}

/** `/v3/alipay/trade/query` is `alipay.trade.query`; a path with a dot in it is no method's. */
function nameOf(path: string): string {
  const name = path.slice(V3_PATH.length);
  return name.includes('.') ? path : name.replaceAll('/', '.');
}

/** Pages, and orders an app opens, have no path in protocol v3. */
function methodOf(name: string, verb: string): AnswerMethod | undefined {
  const method = findMethod(name);
  return method?.kind === 'answer' && verb === (GETS.has(name) ? 'GET' : 'POST') ? method : undefined;
}

/**
 * No document says that a nonce is refused the second time, and none names a code for it: a request sent again is noted
 * only.
 */
function openEntry(
  { journal, world }: GatewayParts,
  request: HttpRequest,
  name: string,
  authorization: Authorization | Refusal,
): JournalEntry {
  const seen = { verb: request.verb, bytes: request.query.length + request.bytes.length };
  if (authorization instanceof Refusal) return journal.open(world.now(), { ...seen, params: { method: name } });
  const { fields } = authorization;
  const nonce = fields.get('nonce') ?? '';
  const repeated = journal
    .list()
    .some((entry) => entry.params.nonce === nonce && entry.app_id === fields.get('app_id'));
  const params = { ...Object.fromEntries(fields), method: name };
  const verified = signedBytes(authorization, withoutToken(request)).toString('utf8');
  const entry = journal.open(world.now(), { ...seen, params, verified });
  if (repeated && nonce !== '') entry.notes.push('nonce was seen before');
  return entry;
}

/** For the journal: a merchant's token is signed as it is, and opens its account to whoever reads it. */
function withoutToken(request: HttpRequest): HttpRequest {
  const { [APP_TOKEN]: token, ...headers } = request.headers;
  return token === undefined ? request : { ...request, headers: { ...headers, [APP_TOKEN]: '***' } };
}

function attempt<Result>(read: () => Result): Result | Refusal {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
