import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { InputError } from '../alipay/errors.ts';
import { isAlive } from '../alipay/processes.ts';
import { generateSandboxKeys, parseSandboxKeys, sandboxKeyTexts } from '../sandbox/index.ts';
import type { SandboxKeys, SandboxKeyTexts } from '../sandbox/index.ts';
import { say } from '../text/index.ts';
import { makeFolder } from './make-folder.ts';

/** Where each key stands, as the first line of `--json` says it. */
export interface KeyFiles {
  readonly appPrivateKeyFile: string;
  readonly alipayPublicKeyFile: string;
  readonly certApp: {
    readonly appPrivateKeyFile: string;
    readonly appCertFile: string;
    readonly alipayCertFile: string;
    readonly rootCertFile: string;
  };
}

/** How temporary folders are called, with the process's id behind it. */
const TEMPORARY = 'alipay-sandbox-';

const FILE_NAMES: Readonly<Record<keyof Required<SandboxKeyTexts>, string>> = {
  keyAppPrivateKey: 'key-app-private-key.pem',
  certAppPrivateKey: 'cert-app-private-key.pem',
  alipayPrivateKey: 'alipay-private-key.pem',
  alipayPublicKey: 'alipay-public-key.pem',
  appCert: 'cert-app-cert.pem',
  alipayCert: 'alipay-cert.pem',
  rootCert: 'alipay-root-cert.pem',
  issuingPrivateKey: 'issuing-private-key.pem',
  issuingCert: 'issuing-cert.pem',
};

/**
 * The folder of a sandbox, for its owner only; a temporary one where none is named.
 *
 * @throws InputError when it cannot be made.
 */
export function openDataFolder(path: string | undefined): { path: string; temporary: boolean } {
  if (path === undefined) {
    sweepTemporaryFolders();
    return { path: mkdtempSync(join(tmpdir(), `${TEMPORARY}${process.pid}-`)), temporary: true };
  }
  const absolute = resolve(path);
  try {
    makeFolder(absolute);
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new InputError(say('folder.is_file', { path: absolute }));
    throw new InputError(say('sandbox.data_unusable', { path: absolute, code }));
  }
  return { path: absolute, temporary: false };
}

/** Removes what killed sandboxes of this user left behind: there are private keys in it. */
function sweepTemporaryFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(TEMPORARY) ? Number(/^\d+(?=-)/.exec(name.slice(TEMPORARY.length))?.[0]) : Number.NaN;
    const folder = join(tmpdir(), name);
    if (pid > 0 && !isAlive(pid) && isOwnFolder(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

function isOwnFolder(folder: string): boolean {
  const entry = lstatSync(folder, { throwIfNoEntry: false });
  return entry !== undefined && entry.isDirectory() && (process.platform === 'win32' || entry.uid === userInfo().uid);
}

/** The keys of a data folder: read where they are, made (at `now`, ms) and written, mode 0600, where they are not. */
export async function keepKeys(folder: string, now: number): Promise<{ keys: SandboxKeys; files: KeyFiles }> {
  const place = join(folder, 'keys');
  const keys = existsSync(place) ? readKeys(place) : writeKeys(place, await generateSandboxKeys(now));
  const file = (name: keyof SandboxKeyTexts) => join(place, FILE_NAMES[name]);
  return {
    keys,
    files: {
      appPrivateKeyFile: file('keyAppPrivateKey'),
      alipayPublicKeyFile: file('alipayPublicKey'),
      certApp: {
        appPrivateKeyFile: file('certAppPrivateKey'),
        appCertFile: file('appCert'),
        alipayCertFile: file('alipayCert'),
        rootCertFile: file('rootCert'),
      },
    },
  };
}

function readKeys(place: string): SandboxKeys {
  const read = (name: keyof SandboxKeyTexts) => readFileSync(join(place, FILE_NAMES[name]), 'utf8');
  const issues = existsSync(join(place, FILE_NAMES.issuingPrivateKey)); // not in a folder of an older version
  try {
    return parseSandboxKeys({
      keyAppPrivateKey: read('keyAppPrivateKey'),
      certAppPrivateKey: read('certAppPrivateKey'),
      alipayPrivateKey: read('alipayPrivateKey'),
      appCert: read('appCert'),
      alipayCert: read('alipayCert'),
      rootCert: read('rootCert'),
      ...(issues ? { issuingPrivateKey: read('issuingPrivateKey'), issuingCert: read('issuingCert') } : {}),
    });
  } catch {
    throw new InputError(say('sandbox.keys_unreadable', { path: place }));
  }
}

/** Written beside and then renamed, so that a folder of keys is always a whole one. */
function writeKeys(place: string, keys: SandboxKeys): SandboxKeys {
  const beside = `${place}.new`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { mode: 0o700 });
  const texts = sandboxKeyTexts(keys);
  for (const [name, file] of Object.entries(FILE_NAMES)) {
    const text = texts[name as keyof SandboxKeyTexts];
    if (text !== undefined) writeFileSync(join(beside, file), text, { mode: 0o600 });
  }
  renameSync(beside, place);
  return keys;
}
