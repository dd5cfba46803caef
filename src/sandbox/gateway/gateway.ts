import { randomBytes } from 'node:crypto';
import { redirect, type HttpRequest, type Reply } from '../doors/http.ts';
import { findMethod } from '../methods/catalog.ts';
import type { AnswerFields, Call, Method } from '../methods/method.ts';
import { Refusal } from '../refusals.ts';
import type { App } from './apps.ts';
import { breakReply, signerOf } from './breakage.ts';
import { checkRequest } from './checks.ts';
import { noteCode, runMethod, takeFault, type GatewayParts } from './effect.ts';
import { openContent } from './encryption.ts';
import { nodeNameOf, writeEnvelope } from './envelope.ts';
import type { ArmedFault } from './faults.ts';
import { Fields, parseBizContent } from './fields.ts';
import { noteNumbers, type JournalEntry } from './journal.ts';
import { readParameters, type Received } from './parameters.ts';
import { traceId } from './trace-id.ts';

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
  if (request.verb !== 'GET' && request.verb !== 'POST') return foreignVerb();
  const received = readParameters(request.query, request.verb === 'GET' ? Buffer.alloc(0) : request.bytes);
  const { params } = received;
  const found = findMethod(params.method);
  const method = found && admits(found) ? found : undefined;
  const entry = parts.journal.open(parts.world.now(), {
    verb: request.verb,
    params,
    bytes: request.query.length + request.bytes.length,
  });
  const fault = takeFault(parts, entry, params.method);
  return breakReply(fault, () => answer({ parts, request, received, method, entry, fault }));
}

/** A HEAD or a DELETE that is signed must not move money. */
function foreignVerb(): Reply {
  return {
    status: 405,
    headers: { allow: 'GET, POST', 'content-type': 'text/plain' },
    body: 'The gateway takes GET and POST.',
  };
}

async function answer(visit: Visit): Promise<Reply> {
  const { parts, received, entry, method } = visit;
  let app: App | undefined;
  let answerKey: Buffer | undefined;
  try {
    if (!visit.request.isWhole) throw new Refusal('isv.invalid-parameter', '：请求过大');
    if (/^multipart\//i.test(visit.request.headers['content-type'] ?? '')) throw new Refusal('invalid-content-type');
    app = checkRequest(received, {
      registry: parts.registry,
      isMethod: () => method !== undefined,
      clocks: [parts.world.machineNow(), parts.world.now()],
      switches: parts.world.switches,
      note: (text) => entry.notes.push(text),
    });
    entry.verdict = 'verified';
    const content = openContent(received.params, app, received.charset ?? 'utf-8');
    answerKey = content.answerKey;
    const made = execute(visit, app, content.text);
    return typeof made === 'string' ? redirect(made) : await answerFields(visit, app, made, answerKey);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (entry.verdict !== 'verified') entry.verdict = 'refused';
    if (method?.kind === 'page') {
      noteCode(entry, error.fields);
      return parts.refusePage(visit.request, error);
    }
    return answerFields(visit, app ?? parts.registry.app(received.params.app_id ?? ''), error.fields, answerKey);
  }
}

/** The fields of an answer, or where a browser goes on. */
function execute(visit: Visit, app: App, text: string | undefined): AnswerFields | string {
  const { parts, method, fault } = visit;
  if (!method) throw new Refusal('isv.invalid-method');
  const content = parseBizContent(text);
  noteNumbers(visit.entry, content);
  const call: Call = {
    world: parts.world,
    app,
    params: visit.received.params,
    biz: new Fields(content, method.codes.invalid),
    origin: parts.origin,
    note: (text) => visit.entry.notes.push(text),
  };
  return runMethod(parts, method, call, fault);
}

/** Signed, unless the platform leaves this one unsigned: an unknown app, and oauth errors in their `error_response`. */
async function answerFields(
  visit: Visit,
  app: App | undefined,
  fields: AnswerFields,
  answerKey: Buffer | undefined,
): Promise<Reply> {
  const { parts, method, entry, fault } = visit;
  noteCode(entry, fields);
  const oauthError = method?.name === 'alipay.system.oauth.token' && fields.sub_code !== undefined;
  const nodeName = nodeNameOf(oauthError ? undefined : method?.name);
  const unsigned = fields.sub_code === 'isv.invalid-app-id' || oauthError;
  const charset = visit.received.charset ?? 'utf-8';
  const body = await writeEnvelope(nodeName, fields, {
    sign: unsigned ? undefined : signerOf(parts.signer, fault),
    certSn: fault?.fault === 'wrong-cert-sn' ? randomBytes(16).toString('hex') : app?.certificates?.alipaySn,
    charset,
    answerKey: oauthError ? undefined : answerKey,
  });
  return {
    status: 200,
    headers: {
      'content-type': `text/html;charset=${charset === 'gbk' ? 'GBK' : charset}`,
      trace_id: traceId(),
    },
    body,
  };
}
