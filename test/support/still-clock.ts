import type { Clock } from '../../src/alipay/clock.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it. */
export class StillClock implements Clock {
  wall = Date.parse('2024-04-11T10:00:00+08:00');
  mono = 0;
  readonly #sleepers = new Set<Sleeper>();

  now = (): number => this.wall;
  monotonic = (): number => this.mono;

  wait = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const sleeper = { until: this.mono + ms, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason as Error);
      });
    });

  /** Moves both clocks, waking whoever's time comes on the way, in order, and lets them act. */
  async advance(ms: number): Promise<void> {
    const end = this.mono + ms;
    for (;;) {
      const next = [...this.#sleepers].filter(({ until }) => until <= end).toSorted((a, b) => a.until - b.until)[0];
      if (!next) break;
      this.#move(next.until - this.mono);
      this.#sleepers.delete(next);
      next.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#move(end - this.mono);
  }

  #move(ms: number): void {
    this.mono += ms;
    this.wall += ms;
  }
}
