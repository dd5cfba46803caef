import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { AlipaySdk } from 'alipay-sdk';
import { artifactsDir, registerSecret } from './artifacts.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The first line of `npm run sandbox -- --json`. */
export interface SandboxLine {
  readonly gateway: string;
  readonly appId: string;
  readonly appPrivateKeyFile: string;
  readonly alipayPublicKeyFile: string;
  readonly certApp: {
    readonly appId: string;
    readonly appPrivateKeyFile: string;
    readonly appCertFile: string;
    readonly alipayCertFile: string;
    readonly rootCertFile: string;
  };
  readonly admin: string;
  readonly adminToken: string;
  readonly dashboard: string;
}

/** `npm run sandbox` as a process of its own, and its admin door. */
export class SandboxProcess {
  readonly child: ChildProcess;
  readonly line: SandboxLine;

  constructor(child: ChildProcess, line: SandboxLine) {
    this.child = child;
    this.line = line;
  }

  /** Starts one and waits for its first line; its private keys are registered as secrets. */
  static start(name: string, ...options: string[]): Promise<SandboxProcess> {
    return SandboxProcess.#run('src/cli/sandbox.ts', name, options);
  }

  /** The same from the bundle people run. */
  static startBuilt(name: string, ...options: string[]): Promise<SandboxProcess> {
    return SandboxProcess.#run('dist/sandbox.js', name, options);
  }

  static async #run(file: string, name: string, options: readonly string[]): Promise<SandboxProcess> {
    const args = ['--disable-warning=ExperimentalWarning', join(ROOT, file), '--json', ...options];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    leaveNothingBehind(child);
    child.stderr.pipe(createWriteStream(join(artifactsDir(name), `sandbox-${child.pid}.stderr.log`)));
    const [first] = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`the sandbox ended with ${code}`))),
    ]);
    const line = JSON.parse(first as string) as SandboxLine;
    for (const file of [line.appPrivateKeyFile, line.certApp.appPrivateKeyFile])
      registerSecret(readFileSync(file, 'utf8'));
    return new SandboxProcess(child, line);
  }

  /** One call of the admin door. */
  async admin(
    verb: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: ReturnType<typeof JSON.parse> }> {
    const response = await fetch(this.line.admin + path, {
      method: verb,
      headers: { authorization: `Bearer ${this.line.adminToken}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json() };
  }

  /** Ends it as a person's Ctrl+C would; answers its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    this.child.kill(signal);
    const [code] = (await once(this.child, 'exit')) as [number | null];
    return code;
  }

  /** The official SDK, as its README sets it up, in key mode or certificate mode. */
  sdk(mode: 'key' | 'certificate'): AlipaySdk {
    const { line } = this;
    if (mode === 'key') {
      return new AlipaySdk({
        appId: line.appId,
        privateKey: readFileSync(line.appPrivateKeyFile, 'utf8'),
        alipayPublicKey: readFileSync(line.alipayPublicKeyFile, 'utf8'),
        gateway: line.gateway,
      });
    }
    return new AlipaySdk({
      appId: line.certApp.appId,
      privateKey: readFileSync(line.certApp.appPrivateKeyFile, 'utf8'),
      appCertPath: line.certApp.appCertFile,
      alipayPublicCertPath: line.certApp.alipayCertFile,
      alipayRootCertPath: line.certApp.rootCertFile,
      gateway: line.gateway,
    });
  }
}

/** A test that fails before it stops its sandbox must neither keep the runner alive nor leave the process running. */
function leaveNothingBehind(child: ChildProcess): void {
  child.unref();
  for (const pipe of [child.stdout, child.stderr]) (pipe as Socket | null)?.unref();
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}
