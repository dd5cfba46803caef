import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { render, say } from '../../text/index.ts';
import { json, type HttpRequest, type Reply } from '../doors/http.ts';
import type { Registry } from '../gateway/apps.ts';
import type { FaultBox } from '../gateway/faults.ts';
import type { Journal } from '../gateway/journal.ts';
import { CERT_APP_ID, KEY_APP_ID } from '../identity.ts';
import { aesKeyOf } from '../keys/aes-key.ts';
import type { AppKeyTexts } from '../keys/app-keys.ts';
import { sandboxKeyTexts, type SandboxKeys } from '../keys/sandbox-keys.ts';
import { people } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { armFault, disarmFault, makeCode, moveClock, payOrder, resendNotification, scanOrder } from './actions.ts';
import { deleteSnapshot, listSnapshots, restore, snapshot } from './snapshots.ts';
import { addApp, openMerchants, showApps } from './apps.ts';
import { AdminRefusal, Body } from './body.ts';
import { readJournal } from './journal.ts';
import { setSwitches, showSwitches } from './switches.ts';
import { clockState, readState, showNotification, showTrade } from './state.ts';

export const ADMIN_PATH = '/admin';

/** What the admin door is made of. */
export interface AdminParts {
  readonly world: World;
  readonly keys: SandboxKeys;
  readonly registry: Registry;
  /** Keeps a further app over restarts, where there is a place to keep it. */
  readonly keepApp: (app: AppKeyTexts) => void;
  readonly faults: FaultBox;
  readonly journal: Journal;
  readonly token: string;
  readonly origin: string;
  readonly gateway: string;
  /** Sends what is due, and resolves when it has been answered or has failed. */
  readonly settleNotifications: () => Promise<void>;
  /** Empties the world and seeds it again. */
  readonly reset: (seed: 'demo' | 'empty' | number | undefined) => void;
}

/** `argument` is the part of the path that `*` stands for, `query` what follows the path. */
type Action = (parts: AdminParts, body: Body, argument: string, query: string) => unknown;

/** Every action by verb and path; `*` stands for one part of the path. */
const ACTIONS: Readonly<Record<string, Action>> = {
  'GET /state': ({ world, origin }) => readState(world, origin),
  'GET /users': ({ world }) => people(world),
  'GET /credentials': (parts) => credentials(parts),
  'POST /apps': (parts, body) => addApp(parts, body),
  'GET /journal': ({ journal }, _body, _argument, query) => readJournal(journal, query),
  'POST /journal/clear': ({ journal }) => journal.clear(),
  'GET /faults': ({ faults }) => faults.list(),
  'POST /faults': ({ faults }, body) => armFault(faults, body),
  'DELETE /faults': ({ faults }) => faults.clear(),
  'DELETE /faults/*': ({ faults }, _body, id) => disarmFault(faults, id),
  'POST /trades/*/scan': ({ world, origin }, body, number) => showTrade(scanOrder(world, number, body), origin),
  'POST /trades/*/pay': async ({ world, origin, settleNotifications }, body, number) => {
    const trade = payOrder(world, number, body);
    await settleNotifications();
    return showTrade(trade, origin);
  },
  'POST /notifications/*/resend': async ({ world, settleNotifications }, _body, id) =>
    showNotification(await resendNotification(world, settleNotifications, id)),
  'POST /oauth/codes': ({ world, registry }, body) => makeCode(world, registry, body),
  'POST /clock': async ({ world, settleNotifications }, body) => {
    moveClock(world, body);
    await settleNotifications();
    return clockState(world);
  },
  'POST /reset': ({ world, registry, reset, faults, journal }, body) => {
    reset(readSeed(body));
    openMerchants(world, registry);
    faults.clear();
    journal.clear();
  },
  'GET /switches': ({ world }) => showSwitches(world),
  'PATCH /switches': ({ world }, body) => setSwitches(world, body),
  'POST /snapshot': ({ world }, body) => snapshot(world, body),
  'GET /snapshots': ({ world }) => listSnapshots(world),
  'DELETE /snapshots/*': ({ world }, _body, name) => deleteSnapshot(world, name),
  'POST /restore': async ({ world, registry, faults, journal, settleNotifications }, body) => {
    const restored = restore(world, body);
    openMerchants(world, registry);
    faults.clear();
    journal.clear();
    await settleNotifications();
    return restored;
  },
};

/** The fields that an action reads, where it reads any; `PATCH /switches` looks at its own. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'POST /apps': ['app_id', 'mode', 'merchant_id', 'public_key'],
  'POST /faults': ['method', 'fault', 'count', 'ms', 'as'],
  'POST /trades/*/scan': ['buyer_user_id', 'seller_id'],
  'POST /trades/*/pay': ['buyer_user_id', 'seller_id'],
  'POST /oauth/codes': ['app_id', 'user_id', 'scope'],
  'POST /clock': ['advance_ms', 'now'],
  'POST /reset': ['seed'],
  'POST /snapshot': ['name'],
  'POST /restore': ['name'],
};

/** Answers the admin door: JSON throughout, also for what it refuses. */
export async function answerAdmin(parts: AdminParts, request: HttpRequest): Promise<Reply> {
  try {
    const path = request.path.slice(ADMIN_PATH.length);
    if (request.verb === 'POST' && path === '/prove') return json(200, prove(parts, new Body(request.body)));
    if (!isToken(request.headers.authorization, parts.token))
      throw new AdminRefusal(401, say('sandbox.admin.no_token'));
    const { name, action, argument } = findAction(request.verb, path);
    const body = new Body(request.body);
    const fields = FIELDS[name];
    if (fields) body.allow(fields);
    const result = await action(parts, body, argument, request.query);
    return json(200, result ?? { ok: true });
  } catch (error) {
    if (!(error instanceof AdminRefusal)) throw error;
    return json(error.status, { error: render('en', error.sentence) });
  }
}

function findAction(verb: string, path: string): { name: string; action: Action; argument: string } {
  for (const [name, action] of Object.entries(ACTIONS)) {
    const [knownVerb, knownPath = ''] = name.split(' ');
    const [before = '', after] = knownPath.split('*');
    if (verb !== knownVerb) continue;
    if (after === undefined && path === knownPath) return { name, action, argument: '' };
    if (
      after !== undefined &&
      path.startsWith(before) &&
      path.endsWith(after) &&
      path.length > before.length + after.length
    ) {
      return { name, action, argument: decode(path.slice(before.length, path.length - after.length)) };
    }
  }
  throw new AdminRefusal(
    404,
    say('sandbox.admin.no_such', { verb, path: path.slice(0, 100), known: Object.keys(ACTIONS).join(', ') }),
  );
}

/** Shows whoever knows the token that this is the sandbox it belongs to, without being shown the token. */
function prove({ token, gateway }: AdminParts, body: Body): { gateway: string; proof: string } {
  const expected = '32 to 128 hex digits';
  const nonce = body.text('nonce', /^[0-9a-f]{32,128}$/i, expected);
  if (nonce === undefined) throw body.refuse('nonce', expected);
  return { gateway, proof: createHmac('sha256', token).update(`${nonce}\n${gateway}`).digest('hex') };
}

/** Compared as digests, so that neither the length nor the first difference shows in the time it takes. */
function isToken(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}

function credentials({ keys, registry, gateway }: AdminParts): Readonly<Record<string, unknown>> {
  const texts = sandboxKeyTexts(keys);
  return {
    gateway,
    keyApp: {
      appId: KEY_APP_ID,
      appPrivateKey: texts.keyAppPrivateKey,
      alipayPublicKey: texts.alipayPublicKey,
      aesKey: aesKeyOf(keys.keyApp).toString('base64'),
    },
    certApp: {
      appId: CERT_APP_ID,
      appPrivateKey: texts.certAppPrivateKey,
      appCert: texts.appCert,
      alipayCert: texts.alipayCert,
      rootCert: texts.rootCert,
      aesKey: aesKeyOf(keys.certApp).toString('base64'),
    },
    apps: showApps(registry, texts),
  };
}

function readSeed(body: Body): 'demo' | 'empty' | number | undefined {
  const seed = body.raw('seed');
  if (typeof seed === 'number') return body.integer('seed', 0, 2 ** 31);
  if (seed === undefined || seed === 'demo' || seed === 'empty') return seed;
  throw body.refuse('seed', '"demo", "empty" or a whole number');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
