import { randomBytes } from 'node:crypto';
import { ADMIN_PATH, answerAdmin, type AdminParts } from './admin/admin.ts';
import { addMissingApps, openMerchants } from './admin/apps.ts';
import { answerDashboard } from './dashboard/door.ts';
import { DASHBOARD_PATH, DashboardLock } from './dashboard/lock.ts';
import { answerBillFile, BILL_PATH } from './doors/bill-file.ts';
import { answerCashier } from './doors/cashier.ts';
import { AGREE_PATH, answerConsent, AUTHORIZE_PATH } from './doors/consent.ts';
import { answerLanguage } from './doors/language.ts';
import { localeOf, page, type HttpRequest, type Reply } from './doors/http.ts';
import { Notifier } from './doors/notifier.ts';
import { listen } from './doors/server.ts';
import { createRegistry } from './gateway/apps.ts';
import { FaultBox } from './gateway/faults.ts';
import type { GatewayParts } from './gateway/effect.ts';
import { answerGateway } from './gateway/gateway.ts';
import { Journal } from './gateway/journal.ts';
import { Signer } from './gateway/signer.ts';
import { CERT_APP_ID, KEY_APP_ID } from './identity.ts';
import { parseAppKeys, type AppKeyTexts } from './keys/app-keys.ts';
import type { SandboxKeys } from './keys/sandbox-keys.ts';
import { errorPage } from './pages/error.ts';
import type { Refusal } from './refusals.ts';
import { isSeeded, seedWorld, type Seed } from './seed/seed.ts';
import { answerV3, V3_PATH } from './v3/v3.ts';
import type { SwitchSettings } from './switches.ts';
import { openWorld } from './world/world.ts';

export { generateSandboxKeys, parseSandboxKeys, sandboxKeyTexts } from './keys/sandbox-keys.ts';
export { isSetting, STRICT_SETTINGS, SWITCH_NAMES, SWITCHES } from './switches.ts';
export type { SwitchSettings } from './switches.ts';
export type { AppKeyTexts } from './keys/app-keys.ts';
export type { SandboxKeys, SandboxKeyTexts } from './keys/sandbox-keys.ts';

const GATEWAY_PATH = '/gateway.do';
/** Where an order string of `alipay.trade.app.pay` is opened, as the app on a phone would: it is the query. */
const APP_PATH = '/cashier/app';

export interface SandboxOptions {
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** A file's path, or `:memory:`. A file that was seeded before is gone on with. */
  readonly database: string;
  readonly seed: Seed;
  readonly keys: SandboxKeys;
  /** Apps that were added before. */
  readonly apps?: readonly AppKeyTexts[];
  /** Keeps an app that is added, so that the next start can be given it; without this they go with the process. */
  readonly keepApp?: (app: AppKeyTexts) => void;
  /** How many apps there must be beside the two; what is missing is added. None by default. */
  readonly moreApps?: number;
  /** Switches to set; those of a database that was there before stay as they are beside these. */
  readonly switches?: SwitchSettings;
  /** What the admin door asks for; a random one by default. */
  readonly adminToken?: string;
  /** The machine's time in ms; the virtual clock is this, moved by the admin door. */
  readonly now?: () => number;
}

/** A running sandbox and its addresses, all of them on 127.0.0.1. */
export interface Sandbox {
  readonly gateway: string;
  readonly admin: string;
  readonly adminToken: string;
  /** Opens the dashboard in a browser: whoever has it may change the sandbox, but not open the admin door. */
  readonly dashboard: string;
  readonly authorizeUrl: string;
  readonly keyAppId: string;
  readonly certAppId: string;
  /** The database was seeded before, and is gone on with. */
  readonly isResumed: boolean;
  close(): Promise<void>;
}

/** Starts a local Alipay. @throws where the port is taken or the database cannot be opened. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const [faults, journal] = [new FaultBox(), new Journal()];
  const world = openWorld(options.database, options.now ?? Date.now, (method) => faults.takeForNotification(method));
  const isResumed = isSeeded(world);
  if (!isResumed) seedWorld(world, options.seed);
  if (options.switches) world.setSwitches(options.switches);
  const registry = createRegistry(options.keys);
  for (const app of options.apps ?? []) registry.add(parseAppKeys(app));
  const keepApp = options.keepApp ?? (() => {});
  await addMissingApps({ world, keys: options.keys, registry, keepApp }, options.moreApps ?? 0);
  openMerchants(world, registry);
  const signer = new Signer(registry.alipayKey);
  const notifier = new Notifier(world, registry.alipayKey);
  const adminToken = options.adminToken ?? randomBytes(32).toString('hex');
  const afterEffect = () => notifier.wake();
  const parts = (origin: string): GatewayParts => ({
    world,
    registry,
    signer,
    faults,
    journal,
    origin,
    afterEffect,
    refusePage,
  });
  const adminParts = (origin: string): AdminParts => ({
    world,
    keys: options.keys,
    registry,
    keepApp,
    faults,
    journal,
    token: adminToken,
    origin,
    gateway: origin + GATEWAY_PATH,
    settleNotifications: () => notifier.settle(),
    reset: (seed) => seedWorld(world, seed ?? options.seed),
  });
  const lock = new DashboardLock(adminToken);
  const answer = async (request: HttpRequest, origin: string): Promise<Reply> => {
    if (request.path === GATEWAY_PATH)
      return answerGateway(parts(origin), request, (method) => method.name !== APP_PAY);
    if (request.path === APP_PATH) return answerGateway(parts(origin), request, (method) => method.name === APP_PAY);
    if (request.path.startsWith(V3_PATH)) return answerV3(parts(origin), request);
    if (request.path.startsWith('/cashier/')) {
      return answerCashier({ world, alipayKey: registry.alipayKey, origin, afterEffect }, request);
    }
    if (request.path === AUTHORIZE_PATH || request.path === AGREE_PATH)
      return answerConsent({ world, registry, origin }, request);
    if (request.path === BILL_PATH) return answerBillFile(world, request);
    if (request.path === ADMIN_PATH || request.path.startsWith(`${ADMIN_PATH}/`)) {
      return answerAdmin(adminParts(origin), request);
    }
    if (request.path === DASHBOARD_PATH || request.path.startsWith(`${DASHBOARD_PATH}/`))
      return answerDashboard({ ...adminParts(origin), lock }, request);
    const chosen = answerLanguage(request, origin);
    if (chosen) return chosen;
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: NOT_FOUND };
  };
  const server = await listen(options.port ?? 0, answer).catch((error: unknown) => {
    world.store.close();
    throw error;
  });
  notifier.wake();
  return {
    gateway: server.origin + GATEWAY_PATH,
    admin: server.origin + ADMIN_PATH,
    adminToken,
    dashboard: `${server.origin}${DASHBOARD_PATH}?key=${lock.key}`,
    authorizeUrl: server.origin + AUTHORIZE_PATH,
    keyAppId: KEY_APP_ID,
    certAppId: CERT_APP_ID,
    isResumed,
    close: async () => {
      await server.close();
      await notifier.close();
      world.store.close();
    },
  };
}

const APP_PAY = 'alipay.trade.app.pay';
/** For whoever types the address without a path, too. The dashboard's key is not everybody's. */
const NOT_FOUND = `Not found. This is a local Alipay sandbox: its gateway is ${GATEWAY_PATH}; its dashboard opens by the address it printed at the start.\n`;

function refusePage(request: HttpRequest, { fields }: Refusal): Reply {
  return page(200, errorPage({ locale: localeOf(request), code: fields.sub_code, message: fields.sub_msg }));
}
