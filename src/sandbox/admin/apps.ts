import { ProductError } from '../../alipay/errors.ts';
import { render, say } from '../../text/index.ts';
import type { Registry } from '../gateway/apps.ts';
import { appKeyTexts, makeAppKeys, type AppIdentity, type AppKeys, type AppKeyTexts } from '../keys/app-keys.ts';
import { sandboxKeyTexts, type SandboxKeys, type SandboxKeyTexts } from '../keys/sandbox-keys.ts';
import { openMerchant, personById } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { AdminRefusal, type Body } from './body.ts';

/** What it takes to add an app. */
interface AppParts {
  readonly world: World;
  readonly keys: SandboxKeys;
  readonly registry: Registry;
  readonly keepApp: (app: AppKeyTexts) => void;
}

const APP_ID = /^\d{16}$/;
const MERCHANT = /^2088\d{12}$/;
const FIRST_APP = 9_021_000_100_000_001n;
const FIRST_MERCHANT = 2_088_621_000_000_018n;

type Shown = Readonly<Record<string, unknown>>;

/**
 * Adds an app: in key mode, or in certificate mode with a certificate of this sandbox's authority; of the first
 * merchant, of one that is named, or of a new one. @throws AdminRefusal
 */
export async function addApp(parts: AppParts, body: Body): Promise<Shown> {
  const { registry, keys } = parts;
  const appId = body.text('app_id', APP_ID, '16 digits') ?? freeAppId(registry);
  const app: AppIdentity = {
    appId,
    mode: body.choice('mode', ['key', 'certificate']) ?? 'certificate',
    merchantId: readMerchant(parts, body),
  };
  refuseTaken(registry, appId);
  const made = await makeApp(parts, app, body.text('public_key'));
  register(parts, made);
  return showApp(made, sandboxKeyTexts(keys));
}

/** Adds apps until there are `count` beside the two, in turn in key and in certificate mode, each of a new merchant. */
export async function addMissingApps(parts: AppParts, count: number): Promise<void> {
  const { registry } = parts;
  for (let there = registry.apps().length - 2; there < count; there += 1) {
    const mode = there % 2 === 0 ? 'key' : 'certificate';
    const app: AppIdentity = { appId: freeAppId(registry), mode, merchantId: freeMerchant(registry) };
    register(parts, await makeApp(parts, app, undefined));
  }
}

/** Opens the accounts of merchants that the state does not have: after a start, a reset or a restore. */
export function openMerchants(world: World, registry: Registry): void {
  world.store.transaction(() => {
    for (const { merchantId } of registry.apps()) openMerchant(world, merchantId, world.now());
  });
}

/** Every app with what an SDK is given. */
export function showApps(registry: Registry, texts: SandboxKeyTexts): Shown[] {
  return registry.apps().map((app) => showApp(app, texts));
}

async function makeApp({ keys, world }: AppParts, app: AppIdentity, own: string | undefined): Promise<AppKeys> {
  const certified = app.mode === 'certificate';
  if (certified && !keys.issuer) throw new AdminRefusal(409, say('sandbox.admin.no_issuer'));
  try {
    return await makeAppKeys(app, certified ? keys.issuer : undefined, own, world.machineNow());
  } catch (error) {
    if (!(error instanceof ProductError)) throw error;
    throw new AdminRefusal(400, say('sandbox.admin.public_key', { words: render('en', error.sentence) }));
  }
}

/** Kept first: an app that answers must be there after a crash. */
function register({ world, registry, keepApp }: AppParts, app: AppKeys): void {
  refuseTaken(registry, app.appId); // while its key was made, another may have come
  keepApp(appKeyTexts(app));
  registry.add(app);
  openMerchants(world, registry);
}

function refuseTaken(registry: Registry, app: string): void {
  if (registry.app(app)) throw new AdminRefusal(409, say('sandbox.admin.app_taken', { app }));
}

function readMerchant({ world, registry }: AppParts, body: Body): string {
  if (body.raw('merchant_id') === 'new') return freeMerchant(registry);
  const first = registry.apps()[0]?.merchantId ?? '';
  const merchant = body.text('merchant_id', MERCHANT, '2088 and 12 digits, or "new"') ?? first;
  if (personById(world, merchant)) throw new AdminRefusal(409, say('sandbox.admin.merchant_is_user', { merchant }));
  return merchant;
}

function freeAppId(registry: Registry): string {
  let id = FIRST_APP;
  while (registry.app(String(id))) id += 1n;
  return String(id);
}

function freeMerchant(registry: Registry): string {
  const taken = new Set(registry.apps().map(({ merchantId }) => merchantId));
  let id = FIRST_MERCHANT;
  while (taken.has(String(id))) id += 8n;
  return String(id);
}

function showApp(app: AppKeys, platform: SandboxKeyTexts): Shown {
  const { appId, merchantId, mode, appPrivateKey, appPublicKey, appCert, aesKey } = appKeyTexts(app);
  const { alipayPublicKey, alipayCert, rootCert } = platform;
  const other = mode === 'key' ? { alipayPublicKey } : { appCert, alipayCert, rootCert };
  return { appId, merchantId, mode, appPublicKey, appPrivateKey, ...other, aesKey };
}
