import { formatBeijing } from '../../alipay/beijing-time.ts';
import type { PrivateKey } from '../../alipay/keys.ts';
import { signParams } from '../../alipay/signature.ts';
import { dueNotifications, nextNotificationAt, noteDelivery, type Notification } from '../world/notifications.ts';
import { nextTimeoutAt, settleByClock } from '../world/trades.ts';
import type { World } from '../world/world.ts';

const ANSWER_WITHIN_MS = 5_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Only `success` ends a notification; of anything else the beginning says enough. */
const MOST_BYTES = 4096;

/** Sends what is due, when it is due. Only addresses on this machine are ever queued. */
export class Notifier {
  readonly #world: World;
  readonly #key: PrivateKey;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;

  constructor(world: World, key: PrivateKey) {
    this.#world = world;
    this.#key = key;
  }

  /** Looks again when the next one is due: call it after every effect and every move of the clock. */
  wake(): void {
    clearTimeout(this.#timer);
    if (this.#sending || this.#closing.signal.aborted) return;
    const at = Math.min(nextNotificationAt(this.#world) ?? Infinity, nextTimeoutAt(this.#world) ?? Infinity);
    if (at === Infinity) return;
    const delay = Math.min(Math.max(at - this.#world.now(), 0), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => void this.settle(), delay);
    this.#timer.unref();
  }

  /** Closes what nobody paid in time, sends everything that is due and resolves when it has been answered or has failed. */
  settle(): Promise<void> {
    this.#sending ??= this.#sendDue().finally(() => {
      this.#sending = undefined;
      this.wake();
    });
    return this.#sending;
  }

  /** Stops; a send on its way is given up and will be tried again after the next start. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#closing.abort();
    await this.#sending;
  }

  async #sendDue(): Promise<void> {
    this.#world.store.transaction(() => settleByClock(this.#world));
    for (let due = dueNotifications(this.#world); due.length > 0; due = dueNotifications(this.#world)) {
      const { era } = this.#world;
      const answers = await Promise.all(due.map((notification) => this.#send(notification)));
      if (this.#closing.signal.aborted) return;
      // They answer notifications of a state that is gone: one of the same id here is another, or was not sent yet.
      if (era !== this.#world.era) continue;
      for (const [index, notification] of due.entries()) noteDelivery(this.#world, notification, answers[index] ?? '');
    }
  }

  async #send(notification: Notification): Promise<string> {
    const params: Record<string, string> = {
      ...(JSON.parse(notification.parameters) as Record<string, string>),
      notify_time: formatBeijing(this.#world.now()),
    };
    const sign = await signParams(params, this.#key);
    try {
      const response = await fetch(notification.notify_url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: new URLSearchParams({ ...params, sign_type: 'RSA2', sign }).toString(),
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.#closing.signal]),
      });
      const text = await beginningOf(response);
      return response.status === 200 ? text : `HTTP ${response.status}`;
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : 'no answer';
    }
  }
}

/** As much of an answer as is worth keeping: the merchant's server may be broken, too, and never come to an end. */
async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
