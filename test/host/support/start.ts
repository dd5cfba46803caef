import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../../..');
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/\?tkn=[\w-]+/;

/** A running `npm start`, as somebody has it who started it from a script: nobody at its stdin, its words in a file. */
export class Started {
  readonly #npm: ChildProcess;
  #words = '';

  private constructor(npm: ChildProcess, log: string) {
    this.#npm = npm;
    for (const stream of [npm.stdout, npm.stderr])
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#words += chunk;
        appendFileSync(log, chunk);
      });
  }

  /** Runs it over a folder of its own, and never on the desktop. */
  static run(folder: string, ...args: string[]): Started {
    const npm = spawn('npm', ['start', '--', '--browser', '--data', folder, ...args], {
      cwd: ROOT,
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Started(npm, join(folder, 'shown.log'));
  }

  get words(): string {
    return this.#words;
  }

  /** Waits until it has said something. @throws Error with all its words when it ends before */
  async says(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#words);
      if (found) return found[0];
      if (this.#hasEnded()) throw new Error(`npm start ended without ${pattern}:\n${this.#words}`);
      await Promise.race([once(this.#npm.stdout!, 'data'), once(this.#npm, 'close')]);
    }
  }

  /** The address it prints, once all of it has been said. */
  async address(): Promise<string> {
    await this.says(/Ctrl\+C ends/);
    return this.says(ADDRESS);
  }

  /** Its own process and all that came from it. */
  processes(): number[] {
    const table = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout.trim().split('\n');
    const parents = new Map(table.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]));
    const isOurs = (pid: number | undefined): boolean =>
      pid !== undefined && (pid === this.#npm.pid || isOurs(parents.get(pid)));
    return [...parents.keys()].filter(isOurs);
  }

  /** The process that runs scripts/start.mjs, below npm and its shell. */
  program(): number {
    const table = spawnSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' }).stdout.split('\n');
    const ours = new Set(this.processes());
    const found = table.map((line) => /^\s*(\d+) \S*node\S* .*scripts\/start\.mjs/.exec(line)?.[1]).map(Number);
    const [pid] = found.filter((one) => ours.has(one)).slice(-1);
    if (pid === undefined) throw new Error(`there is no program below npm:\n${table.join('\n')}`);
    return pid;
  }

  /** Waits for npm's own end and gives its exit code. */
  async end(): Promise<number | null> {
    if (!this.#hasEnded()) await once(this.#npm, 'close');
    return this.#npm.exitCode;
  }

  /** Ends it as another program does that knows only npm. */
  async stop(): Promise<void> {
    if (!this.#hasEnded()) this.#npm.kill('SIGTERM');
    await this.end();
  }

  #hasEnded(): boolean {
    return this.#npm.exitCode !== null || this.#npm.signalCode !== null;
  }
}

/** Waits until none of the processes is left, and returns those that still are after `limitMs`. */
export async function leftOf(pids: readonly number[], limitMs = 15_000): Promise<string[]> {
  const list = (): string[] => {
    const { stdout } = spawnSync('ps', ['-o', 'pid=,stat=,args=', '-p', pids.join(',')], { encoding: 'utf8' });
    return stdout.split('\n').filter((line) => line.trim() !== '' && !/^\s*\d+\s+Z/.test(line));
  };
  for (const end = Date.now() + limitMs; Date.now() < end && list().length > 0;) await delay(50);
  return list();
}
