import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideVscodeServer } from '../../../scripts/host/vscode-server.mjs';
import { artifactsDir } from '../../support/artifacts.ts';

const READY = /Extension host agent listening on (\d+)/;

/** What a person would have to click away or wait for, and what would leave the machine. */
const QUIET_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.reduceMotion': 'on',
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
};

export interface ServerOptions {
  /** Names the folder below .cache/run, which is emptied first. */
  name: string;
  /** Paths of .vsix files to install. */
  extensions: readonly string[];
  /** Adds to, or overrides, the user's settings.json. */
  settings?: Record<string, unknown>;
  /** Lets a window load a development extension and run a suite in it; some of VS Code then behaves otherwise. */
  development?: boolean;
}

/** A VS Code server on a loopback port of its own, with everything it writes below `folder`. */
export interface VscodeServer {
  origin: string;
  folder: string;
  /** Where the server keeps settings, logs, extensions and their storage. */
  dataDir: string;
  workspace: string;
  /** What the server and its extension hosts take for the system's folder for temporary files; it goes at the end. */
  tmpDir: string;
  /** Where the test helper in each extension host says how to reach it. */
  bridgeDir: string;
  /** What the server has printed so far. */
  output(): string;
  /** Ends the server, its extension hosts and their children. */
  stop(): Promise<void>;
}

/** @throws Error with the server's own words when it does not come up or an extension cannot be installed */
export async function startServer(options: ServerOptions): Promise<VscodeServer> {
  const vscode = await provideVscodeServer();
  const folder = artifactsDir(join('host', options.name));
  rmSync(folder, { recursive: true, force: true });
  const [dataDir, workspace, bridgeDir, home] = ['data', 'workspace', 'bridge', 'home'].map((name) =>
    makeFolder(join(folder, name)),
  ) as [string, string, string, string];
  makeFolder(join(dataDir, 'data/User'));
  // Short, and not below .cache: the paths of sockets in it have about a hundred characters at most.
  const tmpDir = mkdtempSync(process.platform === 'win32' ? join(tmpdir(), 'h-') : '/tmp/h-');
  const settings = { ...QUIET_SETTINGS, ...options.settings };
  writeFileSync(join(dataDir, 'data/User/settings.json'), JSON.stringify(settings, undefined, 2));
  const common = ['--server-data-dir', dataDir, '--accept-server-license-terms'];
  const main = join(vscode, 'out/server-main.js');
  const env = serverEnvironment({
    HOME: home,
    USERPROFILE: home,
    HOST_BRIDGE_DIR: bridgeDir,
    TMPDIR: tmpDir,
    TEMP: tmpDir,
    TMP: tmpDir,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  });
  for (const extension of options.extensions) install(main, [...common, '--install-extension', extension], env);
  const child = spawn(process.execPath, [main, ...common, ...listenFlags(options)], {
    cwd: folder,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const port = await listeningPort(child, output);
  const endWithUs = () => killGroup(child, 'SIGKILL');
  process.once('exit', endWithUs);
  return {
    origin: `http://127.0.0.1:${port}`,
    folder,
    dataDir,
    workspace,
    tmpDir,
    bridgeDir,
    output,
    stop: async () => {
      process.removeListener('exit', endWithUs);
      await stop(child);
      rmSync(tmpDir, { recursive: true, force: true });
    },
  };
}

function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

function listenFlags({ development }: ServerOptions): string[] {
  const fixed = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--disable-workspace-trust'];
  // Without the grace time the extension host, and every port and socket in it, lives on for hours.
  const short = ['--telemetry-level', 'off', '--reconnection-grace-time', '10'];
  return [...fixed, ...short, ...(development ? ['--enable-smoke-test-driver'] : [])];
}

/** The tests' own environment would make extension hosts behave as nobody's does. */
function serverEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const foreign = /^(NODE_OPTIONS|npm_|VSCODE_|ELECTRON_|MOCHA|SUITE_RESULT|XDG_RUNTIME_DIR)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

function install(main: string, args: string[], env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.at(-1)} cannot be installed: ${stdout}${stderr}`);
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)));
  return () => text;
}

async function listeningPort(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((done, fail) => {
    child.stdout?.on('data', () => {
      const port = READY.exec(output())?.[1];
      if (port) done(Number(port));
    });
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`The VS Code server ended with ${code}:\n${output()}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    killGroup(child, 'SIGTERM');
    const timer = setTimeout(() => killGroup(child, 'SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
  }
  // Children of the server outlive its SIGTERM.
  killGroup(child, 'SIGKILL');
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
  else {
    try {
      process.kill(-pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
