import type { Caller } from '../guard/caller.ts';
import type { ToolResult } from '../tools/result.ts';
import type { ActiveProfile } from './profiles/active.ts';

/** One profile joined with client, guard and tools, as the root does it. */
export interface OpenAccount {
  readonly runner: { run(name: string, input: unknown, caller: Caller): Promise<ToolResult> };
  /** Ends it before it returns: nothing is signed from then on. Resolves when what was sent is recorded. */
  close(): Promise<void>;
}

export interface ActiveAccountParts {
  /** The profile in use, read anew each time. @throws SetupError or RefusedError when it cannot be used. */
  readonly profile: () => Promise<ActiveProfile>;
  readonly open: (active: ActiveProfile) => Promise<OpenAccount>;
}

interface Opened {
  readonly identity: string;
  readonly account: OpenAccount;
}

/**
 * The account of the profile in use. Before each call the settings are read again, since other windows change them too:
 * when the profile, its level, limits, key or lock has changed, the account is closed – what waits for a person is
 * denied – and opened anew. Accounts are opened one after the other; an end is waited for by nobody who has to act on it.
 */
export class ActiveAccount {
  readonly #parts: ActiveAccountParts;
  #open: Opened | undefined;
  /** Resolves when every account that was ended is closed. */
  #closed: Promise<unknown> = Promise.resolve();
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: ActiveAccountParts) {
    this.#parts = parts;
  }

  /** @throws SetupError or RefusedError when the profile in use cannot be opened; nothing is open then. */
  current(): Promise<OpenAccount> {
    return this.#oneByOne(() => this.#refresh());
  }

  /**
   * Looks again after a change of settings. An account that is open and no longer true is ended at once, whatever other
   * calls wait for; one that is just being opened looks for itself when it is open.
   */
  async recheck(): Promise<void> {
    if (this.#open) await Promise.allSettled([this.#endUnlessTrue(this.#open), this.current()]);
  }

  async dispose(): Promise<void> {
    this.#end();
    await this.#oneByOne(() => this.#close());
  }

  async #refresh(): Promise<OpenAccount> {
    try {
      for (;;) {
        const active = await this.#parts.profile();
        if (this.#open?.identity === active.identity) return this.#open.account;
        await this.#close();
        const opened = { identity: active.identity, account: await this.#parts.open(active) };
        this.#open = opened;
        // Opening takes its time: what was locked or changed meanwhile, or has ended this one already, holds.
        await this.#endUnlessTrue(opened);
        if (this.#open === opened) return opened.account;
      }
    } catch (error) {
      await this.#close();
      throw error;
    }
  }

  /** Ends an account that the settings, read now, are no longer those of. @throws what `profile` throws. */
  async #endUnlessTrue(opened: Opened): Promise<void> {
    let isTrue = false;
    try {
      isTrue = (await this.#parts.profile()).identity === opened.identity;
    } finally {
      if (!isTrue && this.#open === opened) this.#end();
    }
  }

  #end(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open) this.#closed = Promise.allSettled([this.#closed, open.account.close()]);
  }

  async #close(): Promise<void> {
    this.#end();
    await this.#closed;
  }

  #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
