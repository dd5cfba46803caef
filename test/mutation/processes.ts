import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, type Room } from './rooms.ts';
import type { Answer, Message, Order } from './worker.ts';

/** A process that says nothing for longer than one test may take, and this, hangs. */
const SILENCE_MS = 8_000;
const FOLDER = join(ROOT, '.cache/mutation');
const LOAD_MS = 60_000;

/** One process for tests under mutants, started anew where that is needed. */
export class TestProcess {
  readonly #room: Room;
  readonly #files: readonly string[];
  #child: ChildProcess | undefined;
  /** The mutant that was on while it loaded its modules; -1: none. */
  #loaded = -1;

  constructor(room: Room, files: readonly string[]) {
    this.#room = room;
    this.#files = files;
  }

  /**
   * Runs tests of one mutant. Undefined when the process hung or died, which no mutant-free run does.
   *
   * @param fromLoad whether the mutant must be on while the modules load.
   */
  async run(order: Order, fromLoad: boolean): Promise<Answer | undefined> {
    const loaded = fromLoad ? order.mutant : -1;
    if (!this.#child?.connected || this.#loaded !== loaded) {
      this.stop();
      this.#loaded = loaded;
      this.#child = fork(
        join(ROOT, 'test/mutation/worker.ts'),
        [this.#room, String(loaded), ...this.#files.map((file) => join(ROOT, file))],
        // A mutant may write under any name, so no name that is not absolute means a file of ours.
        {
          cwd: FOLDER,
          env: { ...process.env, NODE_COMPILE_CACHE: join(FOLDER, 'compiled') },
          stdio: 'ignore',
          execArgv: ['--disable-warning=ExperimentalWarning'],
        },
      );
      if (!(await this.#next(this.#child, LOAD_MS))) return this.stop();
    }
    const child = this.#child;
    child.send(order);
    const answer = await this.#next(child, order.limitMs + SILENCE_MS);
    return typeof answer === 'object' ? answer : this.stop();
  }

  stop(): undefined {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  /** The next word that ends the waiting; undefined after `silenceMs` without any, or when the process ends. */
  #next(child: ChildProcess, silenceMs: number): Promise<Message | undefined> {
    return new Promise((resolve) => {
      const done = (message?: Message): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(message);
      };
      const timer = setTimeout(done, silenceMs);
      child.on('message', (message: Message) => {
        if (message === 'alive') timer.refresh();
        else done(message);
      });
      child.once('exit', () => done());
      child.once('error', () => done());
    });
  }
}
