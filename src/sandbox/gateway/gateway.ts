import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { redirect, type HttpRequest, type Reply } from '../doors/http.ts';
import { findMethod } from '../methods/catalog.ts';
import type { AnswerMethod, Call, Method, PageMethod } from '../methods/method.ts';
import { Refusal, refusalFields } from '../refusals.ts';
import { settleByClock } from '../world/trades.ts';
import type { World } from '../world/world.ts';
import type { App, Registry } from './apps.ts';
import { checkRequest } from './checks.ts';
import { nodeNameOf, writeEnvelope } from './envelope.ts';
import type { ArmedFault, FaultBox } from './faults.ts';
import { Fields, parseBizContent } from './fields.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { readParameters, type Received } from './parameters.ts';

/** What the gateway is made of. */
export interface GatewayParts {
  readonly world: World;
  readonly registry: Registry;
  readonly faults: FaultBox;
  readonly journal: Journal;
  readonly origin: string;
  /** Called after an effect, since it may have left notifications to send. */
  readonly afterEffect: () => void;
  /** How a browser is told that its request was refused. */
  readonly refusePage: (request: HttpRequest, refusal: Refusal) => Reply;
}

/** Which methods a door lets in: an order string of app.pay is opened by an app, never sent to the gateway. */
export type Admits = (method: Method) => boolean;

interface Visit {
  readonly parts: GatewayParts;
  readonly request: HttpRequest;
  readonly received: Received;
  readonly method: Method | undefined;
  readonly entry: JournalEntry;
  readonly fault: ArmedFault | undefined;
}

/** Answers one request to `gateway.do`: checks, effect in one transaction, signed answer; broken as the armed fault says. */
export async function answerGateway(parts: GatewayParts, request: HttpRequest, admits: Admits): Promise<Reply> {
  const received = readParameters(request.query, request.verb === 'GET' ? Buffer.alloc(0) : request.bytes);
  const { params } = received;
  const found = findMethod(params.method);
  const method = found && admits(found) ? found : undefined;
  const entry = parts.journal.open(parts.world.now(), request.verb, params);
  const fault = parts.faults.take(params.method);
  entry.fault = fault?.fault;
  if (fault?.fault === 'delay') await wait(fault.ms);
  if (fault?.fault === 'drop-before') return 'destroy';
  if (fault?.fault === 'http-500') return failed();
  const reply = await answer({ parts, request, received, method, entry, fault });
  if (fault?.fault === 'drop-after') return 'destroy';
  if (fault?.fault === 'http-500-after') return failed();
  return fault ? distort(reply, fault) : reply;
}

async function answer(visit: Visit): Promise<Reply> {
  const { parts, received, entry, method } = visit;
  let app: App | undefined;
  try {
    if (visit.request.body === undefined) throw new Refusal('isv.invalid-parameter', '：请求过大');
    if (/^multipart\//i.test(visit.request.headers['content-type'] ?? '')) throw new Refusal('invalid-content-type');
    app = await checkRequest(received, {
      registry: parts.registry,
      isMethod: () => method !== undefined,
      clocks: [parts.world.machineNow(), parts.world.now()],
      note: (text) => entry.notes.push(text),
    });
    entry.verdict = 'verified';
    return await execute(visit, app);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (entry.verdict !== 'verified') entry.verdict = 'refused';
    if (method?.kind === 'page') {
      noteCode(entry, error.fields);
      return parts.refusePage(visit.request, error);
    }
    return answerFields(visit, app ?? parts.registry.app(received.params.app_id ?? ''), error.fields);
  }
}

async function execute(visit: Visit, app: App): Promise<Reply> {
  const { parts, method, fault } = visit;
  const { params } = visit.received;
  if (!method) throw new Refusal('isv.invalid-method');
  const call: Call = {
    world: parts.world,
    app,
    params,
    biz: new Fields(parseBizContent(params.biz_content), method.codes.invalid),
    origin: parts.origin,
    note: (text) => visit.entry.notes.push(text),
  };
  if (fault?.fault === 'system-error-before') return answerFields(visit, app, systemError(method, fault));
  if (method.kind === 'page') return redirect(runInTransaction(parts, () => method.open(call)));
  const fields = runInTransaction(parts, () => method.run(call));
  if (fault?.fault === 'system-error-after') return answerFields(visit, app, systemError(method, fault));
  return answerFields(visit, app, fields);
}

function runInTransaction<Result>({ world, afterEffect }: GatewayParts, effect: () => Result): Result {
  const result = world.store.transaction(() => {
    settleByClock(world);
    return effect();
  });
  afterEffect();
  return result;
}

/** Signed, unless the platform leaves this one unsigned: an unknown app, and oauth errors in their `error_response`. */
async function answerFields(
  visit: Visit,
  app: App | undefined,
  fields: Readonly<Record<string, unknown>>,
): Promise<Reply> {
  const { parts, method, entry, fault } = visit;
  noteCode(entry, fields);
  const oauthError = method?.name === 'alipay.system.oauth.token' && fields.sub_code !== undefined;
  const nodeName = nodeNameOf(oauthError ? undefined : method?.name);
  const unsigned = fields.sub_code === 'isv.invalid-app-id' || oauthError || fault?.fault === 'unsigned';
  const certSn = fault?.fault === 'wrong-cert-sn' ? randomBytes(16).toString('hex') : app?.certificates?.alipaySn;
  const charset = visit.received.charset ?? 'utf-8';
  const key = unsigned ? undefined : parts.registry.alipayKey;
  const body = await writeEnvelope(nodeName, fields, { key, certSn, charset });
  return {
    status: 200,
    headers: {
      'content-type': `text/html;charset=${charset === 'gbk' ? 'GBK' : charset}`,
      trace_id: randomBytes(15).toString('hex'),
    },
    body,
  };
}

function systemError(method: AnswerMethod | PageMethod, fault: ArmedFault): Readonly<Record<string, unknown>> {
  return { ...refusalFields(fault.as === '20000' ? 'isp.unknow-error' : method.codes.systemError) };
}

function noteCode(entry: JournalEntry, fields: object): void {
  const { code, sub_code: subCode } = fields as { code?: string; sub_code?: string };
  entry.code = code;
  entry.sub_code = subCode;
}

function failed(): Reply {
  return {
    status: 500,
    headers: { 'content-type': 'text/html' },
    body: '<html><body>Internal Server Error</body></html>',
  };
}

function distort(reply: Reply, fault: ArmedFault): Reply {
  if (reply === 'destroy') return reply;
  // One character per byte, so that a body in GBK comes out as it went in.
  const body = reply.body.toString('latin1');
  switch (fault.fault) {
    case 'garbage':
      return { ...reply, body: '<html><body>upstream connect error</body></html>' };
    case 'truncated':
      return { ...reply, body: Buffer.from(body.slice(0, Math.floor(body.length / 2)), 'latin1') };
    case 'bad-signature':
      // The node is changed after signing, by one blank: every JSON reader reads the same, no verifier accepts it.
      return { ...reply, body: Buffer.from(body.replace('":{', '":{ '), 'latin1') };
    case 'clock-skew':
      return { ...reply, headers: { ...reply.headers, date: new Date(Date.now() + fault.ms).toUTCString() } };
    case 'delay':
    case 'drop-before':
    case 'drop-after':
    case 'system-error-before':
    case 'system-error-after':
    case 'unsigned':
    case 'http-500':
    case 'http-500-after':
    case 'wrong-cert-sn':
      return reply;
  }
}
