/** Desktop VS Code, where this machine has one that can be used. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { say } from '../../src/text/index.ts';
import { ROOT } from '../lib/node24.mjs';
import { vscodeEnvironment, wordsOf } from './programs.mjs';
import { writeFirstSettings } from './workspace.mjs';

const run = promisify(execFile);

/**
 * Opens a window of desktop VS Code over data folders of its own, with the extension installed. It lives on by itself.
 * @param {{ folder(name: string): string }} folder
 * @param {{ vsix: string, workspace: string, signal: AbortSignal }} what
 * @param {{ platform: string, env: NodeJS.ProcessEnv, uid: number | undefined }} machine
 * @returns {Promise<import('../../src/text/index.ts').Sentence | undefined>} why there is none, or undefined: it opens
 */
export async function openDesktop(folder, { vsix, workspace, signal }, machine) {
  const code = codeOf(machine, signal);
  const reason = await unusable(code, machine);
  if (reason) return reason;
  const data = folder.folder('desktop');
  writeFirstSettings(data);
  const own = ['--user-data-dir', data, '--extensions-dir', folder.folder('desktop-extensions')];
  try {
    await code([...own, '--install-extension', vsix, '--force']);
    await code([...own, '--disable-workspace-trust', '--disable-telemetry', '--new-window', workspace]);
    return undefined;
  } catch (error) {
    return say('start.desktop.failed', { words: wordsOf(error) });
  }
}

async function unusable(code, { platform, env, uid }) {
  const version = await installedVersion(code);
  if (!version) return say('start.desktop.none');
  // In a remote window's terminal, and in a browser's, `code` opens files there and installs nothing of its own.
  if (env.VSCODE_IPC_HOOK_CLI) return say('start.desktop.remote');
  if (platform === 'linux') {
    if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return say('start.desktop.no_display');
    if (uid === 0) return say('start.desktop.root');
  }
  const needed = neededVersion();
  return isAtLeast(version, needed) ? undefined : say('start.desktop.old', { found: version, needed });
}

/** A name on the PATH may be a stub that only says how to install the real one. */
async function installedVersion(code) {
  try {
    return /^\d+\.\d+\.\d+/.exec((await code(['--version'])).stdout)?.[0];
  } catch {
    return undefined;
  }
}

function neededVersion() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.vscode.replace('^', '');
}

function isAtLeast(version, needed) {
  const [major, minor] = version.split('.').map(Number);
  const [neededMajor, neededMinor] = needed.split('.').map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

function codeOf({ platform, env }, signal) {
  // On Windows `code` is a batch file, which only a shell runs, and a shell takes a path with spaces apart.
  const shell = platform === 'win32';
  const options = { env: vscodeEnvironment(env), signal, shell };
  return (args) => run('code', shell ? args.map((arg) => `"${arg}"`) : args, options);
}
