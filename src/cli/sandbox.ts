/** `npm run sandbox -- [--port N] [--data DIR] [--seed demo|empty|N] [--apps N] [--strict] [--switch NAME=VALUE]… [--json]`: a local Alipay in the foreground. */
import './signing-threads.ts';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../alipay/errors.ts';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { render, say, t } from '../text/index.ts';
import { asksForHelp, wordsOf } from './arguments.ts';
import { askedToEnd } from './asked-to-end.ts';
import { localeOf } from './locale.ts';
import { keepApp, readApps } from './sandbox-apps.ts';
import { keepKeys, openDataFolder, type KeyFiles } from './sandbox-files.ts';
import { lockFolder } from './sandbox-lock.ts';
import { readSandboxOptions, type SandboxCommand } from './sandbox-options.ts';

const EXIT_FAILED = 1;
const EXIT_BAD_INPUT = 2;

const locale = localeOf(process.env);

try {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) process.stdout.write(`${t(locale, 'sandbox.usage')}\n`);
  else await run(readSandboxOptions(args));
} catch (error) {
  process.exitCode = error instanceof InputError ? EXIT_BAD_INPUT : EXIT_FAILED;
  const words = error instanceof InputError ? wordsOf(error, locale) : render(locale, failure(error));
  process.stderr.write(`${words}\n`);
}

async function run(command: SandboxCommand): Promise<void> {
  const end = askedToEnd(process.env); // from now on: a signal during the start must not leave a temporary folder behind
  const folder = openDataFolder(command.data);
  let unlock = () => {};
  try {
    unlock = lockFolder(folder.path);
    const { keys, files } = await keepKeys(folder.path, Date.now());
    const sandbox = await startSandbox({
      port: command.port,
      database: join(folder.path, 'sandbox.sqlite'),
      seed: command.seed ?? 'demo',
      apps: readApps(folder.path),
      keepApp: (app) => keepApp(folder.path, app),
      moreApps: command.apps,
      switches: command.switches,
      keys,
      adminToken: randomBytes(32).toString('hex'),
    });
    if (sandbox.isResumed && command.seed !== undefined) {
      process.stderr.write(`${t(locale, 'sandbox.seed_kept', { path: folder.path })}\n`);
    }
    process.stdout.write(command.json ? `${asJson(sandbox, files)}\n` : asText(sandbox, folder.path));
    if (!end.aborted) await once(end, 'abort');
    await sandbox.close();
  } finally {
    unlock();
    if (folder.temporary) rmSync(folder.path, { recursive: true, force: true });
  }
}

/** The contract of this door: one line, exactly these keys. */
function asJson({ gateway, keyAppId, certAppId, admin, adminToken, dashboard }: Sandbox, files: KeyFiles): string {
  const { appPrivateKeyFile, alipayPublicKeyFile, certApp } = files;
  return JSON.stringify({
    gateway,
    appId: keyAppId,
    appPrivateKeyFile,
    alipayPublicKeyFile,
    certApp: { appId: certAppId, ...certApp },
    admin,
    adminToken,
    dashboard,
  });
}

function asText(sandbox: Sandbox, folder: string): string {
  const { gateway, keyAppId, certAppId, admin, adminToken, dashboard, authorizeUrl } = sandbox;
  const facts = { gateway, keyAppId, certAppId, admin, adminToken, dashboard, authorizeUrl, folder };
  return t(locale, 'sandbox.ready', facts);
}

function failure(error: unknown) {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return say('sandbox.port_taken', { port: port ?? '?' });
  if (code === 'EACCES' && port !== undefined) return say('sandbox.port_forbidden', { port });
  return say('sandbox.failed', { words: message });
}
