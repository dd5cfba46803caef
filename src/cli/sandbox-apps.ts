import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../alipay/errors.ts';
import type { AppKeyTexts } from '../sandbox/index.ts';
import { say } from '../text/index.ts';

const IDENTITY = 'app.json';
const FILES = { appPublicKey: 'app-public-key.pem', appPrivateKey: 'app-private-key.pem', appCert: 'app-cert.pem' };

/** Keeps an app that was added, mode 0600. Written beside and then renamed, so that its folder is always a whole one. */
export function keepApp(folder: string, app: AppKeyTexts): void {
  const place = join(placeOf(folder), app.appId);
  const beside = `${place}.new`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  const { appId, merchantId, mode, aesKey } = app;
  const write = (name: string, text: string) => writeFileSync(join(beside, name), text, { mode: 0o600 });
  write(IDENTITY, `${JSON.stringify({ appId, merchantId, mode, aesKey })}\n`);
  for (const [field, name] of Object.entries(FILES)) {
    const text = app[field as keyof typeof FILES];
    if (text !== undefined) write(name, text);
  }
  renameSync(beside, place);
}

/** The apps that were added to a data folder. @throws InputError when one of them cannot be read */
export function readApps(folder: string): AppKeyTexts[] {
  const place = placeOf(folder);
  if (!existsSync(place)) return [];
  const ids = readdirSync(place).filter((name) => /^\d{16}$/.test(name));
  return ids.map((id) => readApp(join(place, id)));
}

function readApp(place: string): AppKeyTexts {
  const read = (name: string) => readFileSync(join(place, name), 'utf8');
  const readIfThere = (field: keyof typeof FILES) =>
    existsSync(join(place, FILES[field])) ? { [field]: read(FILES[field]) } : {};
  try {
    const identity = JSON.parse(read(IDENTITY)) as Pick<AppKeyTexts, 'appId' | 'merchantId' | 'mode' | 'aesKey'>;
    const appPublicKey = read(FILES.appPublicKey);
    return { ...identity, appPublicKey, ...readIfThere('appPrivateKey'), ...readIfThere('appCert') };
  } catch {
    throw new InputError(say('sandbox.keys_unreadable', { path: place }));
  }
}

function placeOf(folder: string): string {
  return join(folder, 'keys', 'apps');
}
