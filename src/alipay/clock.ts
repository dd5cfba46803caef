import { setTimeout as wait } from 'node:timers/promises';

/** Time as a port, so that tests can move it. */
export interface Clock {
  /** Wall time, ms since the epoch. */
  now(): number;
  /** Milliseconds that only grow, whatever happens to the wall clock. */
  monotonic(): number;
  /** Resolves after `ms`; rejects when `signal` aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A clock further than this from the gateway's, in ms, cannot be trusted with days and windows (G9). */
export const MOST_SKEW_MS = 10 * 60_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  wait: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}),
};
