import type { Clock } from '../../alipay/clock.ts';
import { RefusedError } from '../../alipay/errors.ts';
import { say } from '../../text/index.ts';
import { SoleOwner } from '../sole-owner.ts';

const RETRY_MS = 20;
/** A change takes some milliseconds, or as long as the vault. */
const LONGEST_MS = 5_000;

/** Lets one window after the other change what all share; within a window, in the order that was asked for. */
export class Turns {
  readonly #file: string;
  readonly #clock: Pick<Clock, 'monotonic' | 'wait'>;
  #last: Promise<unknown> = Promise.resolve();
  /** How many of this window's have not ended. */
  #count = 0;

  constructor(file: string, clock: Pick<Clock, 'monotonic' | 'wait'>) {
    this.#file = file;
    this.#clock = clock;
  }

  /**
   * @param onWait called when it is not the turn of `work` at once.
   * @throws RefusedError when another window does not end its turn.
   */
  take<T>(work: () => Promise<T>, onWait: () => void = () => undefined): Promise<T> {
    if (this.#count > 0) onWait();
    this.#count += 1;
    const done = this.#last.then(() => this.#inTurn(work, onWait));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #inTurn<T>(work: () => Promise<T>, onWait: () => void): Promise<T> {
    const owner = new SoleOwner(this.#file);
    try {
      if (!mayBegin(owner)) {
        onWait();
        await this.#waitFor(owner);
      }
      return await work();
    } finally {
      owner.release();
      this.#count -= 1;
    }
  }

  async #waitFor(owner: SoleOwner): Promise<void> {
    const { monotonic, wait } = this.#clock;
    const end = monotonic() + LONGEST_MS;
    do {
      if (monotonic() >= end) throw new RefusedError(say('settings.busy'), say('settings.busy.next'));
      await wait(RETRY_MS);
    } while (!mayBegin(owner));
  }
}

/** Where turns cannot be told, for want of SQLite or of a file for it, everybody begins: nothing else rests on them. */
function mayBegin(owner: SoleOwner): boolean {
  try {
    return owner.take();
  } catch {
    return true;
  }
}
