import { RefusedError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';

const MOST_PER_CLIENT = 5;

interface Ticket {
  readonly clientId: string;
  readonly call: () => void;
}

/** One request is before a person at a time; the others wait in order, at most five of one client. */
export class ApprovalQueue {
  readonly #waiting: Ticket[] = [];
  #busy = false;

  /** How many wait behind the one that is shown. */
  get length(): number {
    return this.#waiting.length;
  }

  /**
   * Waits for the turn of a request.
   *
   * @returns a function that ends the turn; calling it again does nothing.
   * @throws RefusedError when this client has too many waiting; what `signal` was aborted with when it is.
   */
  async enter(clientId: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#waiting.filter((ticket) => ticket.clientId === clientId).length >= MOST_PER_CLIENT) {
      throw new RefusedError(say('guard.queue_full', { most: MOST_PER_CLIENT }));
    }
    if (this.#busy) await this.#turn(clientId, signal);
    this.#busy = true;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      const next = this.#waiting.shift();
      if (next) next.call();
      else this.#busy = false;
    };
  }

  #turn(clientId: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(ticket), 1);
        reject(signal.reason as Error);
      };
      const ticket: Ticket = {
        clientId,
        call: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      this.#waiting.push(ticket);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
