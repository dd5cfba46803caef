/** The programs behind `npm start`, each in a process group of its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../../src/alipay/errors.ts';
import { render, say } from '../../src/text/index.ts';
import { ROOT, environment, outsidePath } from '../lib/node24.mjs';
import { startGroup } from './group.mjs';
import { provideVscodeServer } from './vscode-server.mjs';
import { writeFirstSettings } from './workspace.mjs';

const run = promisify(execFile);

const VSIX = join(ROOT, 'dist/alipay-open-platform-mcp.vsix');

/** Builds and packs the extension as `npm run package` does. @returns {Promise<string>} the .vsix */
export async function packExtension(signal) {
  try {
    await run('npm', ['run', 'package'], {
      cwd: ROOT,
      env: environment(),
      signal,
      shell: process.platform === 'win32',
    });
    return VSIX;
  } catch (error) {
    throw new SetupError(say('start.build_failed', { words: wordsOf(error) }));
  }
}

/**
 * Starts `npm run sandbox -- --json` over a folder of its own.
 * @returns {Promise<{ address: Record<string, string>, ended: Promise<void>, stop(): Promise<void> }>} address: its first
 *   line; ended: rejects with what to say when it ended before `stop`
 */
export async function startSandbox(folder, locale) {
  const args = ['--disable-warning=ExperimentalWarning', join(ROOT, 'dist/sandbox.js'), '--json', '--data', folder];
  const part = say('start.part.sandbox');
  const options = { cwd: ROOT, env: environment(), log: join(folder, 'sandbox.log'), ready: /^\{.*\}$/m };
  const { ready, ...program } = await startPart(part, process.execPath, args, options, locale);
  return { address: JSON.parse(ready[0]), ...program };
}

/**
 * Starts the browser-hosted VS Code with the extension in it, on a port that only the front is to know.
 * @param {{ path: string, folder(name: string): string }} folder
 * @param {{ vsix: string, workspace: string, locale: 'en' | 'zh', signal: AbortSignal }} options
 * @returns {Promise<{ port: number, ended: Promise<void>, stop(): Promise<void> }>}
 */
export async function startVscodeServer(folder, { vsix, workspace, locale, signal }) {
  const vscode = await provide(signal);
  const data = folder.folder('vscode-server');
  writeFirstSettings(join(data, 'data'));
  const common = [join(vscode, 'out/server-main.js'), '--server-data-dir', data, '--accept-server-license-terms'];
  // A marketplace would be asked at every start, before anybody wanted anything from it.
  const env = { ...vscodeEnvironment(), EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  const part = say('start.part.server');
  try {
    await run(process.execPath, [...common, '--install-extension', vsix, '--force'], { env, signal });
  } catch (error) {
    throw new SetupError(say('start.part_failed', { part: render(locale, part), words: wordsOf(error) }));
  }
  const listen = ['--host', '127.0.0.1', '--port', '0', '--connection-token-file', join(folder.path, 'token')];
  // How long an extension host waits for a tab that was closed, or a machine that sleeps; VS Code's own is three hours.
  const grace = ['--reconnection-grace-time', '600'];
  const rest = [...grace, '--telemetry-level', 'off', '--disable-workspace-trust', '--default-folder', workspace];
  const options = {
    cwd: workspace,
    env,
    log: join(folder.path, 'vscode-server.log'),
    ready: /Extension host agent listening on (\d+)/,
  };
  const { ready, ...program } = await startPart(
    part,
    process.execPath,
    [...common, ...listen, ...rest],
    options,
    locale,
  );
  return { port: Number(ready[1]), ...program };
}

async function provide(signal) {
  try {
    return await provideVscodeServer(signal);
  } catch (error) {
    throw new SetupError(say('start.no_vscode', { words: error.message }));
  }
}

async function startPart(part, command, args, options, locale) {
  const name = render(locale, part);
  try {
    const group = await startGroup(command, args, options);
    const unexpected = group.ended.then(() => {
      throw new SetupError(say('start.part_ended', { part: name, log: options.log }));
    });
    unexpected.catch(() => {}); // `stop` ends it too, and then nobody has to be told
    return { ...group, ended: unexpected };
  } catch (error) {
    throw new SetupError(say('start.part_failed', { part: name, words: wordsOf(error) }));
  }
}

/** What npm and an editor around this terminal say to their own children would change how this VS Code behaves. */
export function vscodeEnvironment(env = process.env) {
  const foreign = /^(NODE_OPTIONS|npm_|VSCODE_|ELECTRON_)/;
  const kept = Object.entries(env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), PATH: outsidePath(env) };
}

/** What a program said before it failed. */
export function wordsOf({ stdout = '', stderr = '', message }) {
  return `${stdout}${stderr}`.trim() || message;
}
