import type { Caller } from '../guard/caller.ts';
import type { ToolResult } from '../tools/result.ts';
import type { ActiveProfile } from './profiles/active.ts';

/** One profile joined with client, guard and tools, as the root does it. */
export interface OpenAccount {
  readonly runner: { run(name: string, input: unknown, caller: Caller): Promise<ToolResult> };
  close(): Promise<void>;
}

export interface ActiveAccountParts {
  /** The profile in use, read anew each time. @throws SetupError or RefusedError when it cannot be used. */
  readonly profile: () => Promise<ActiveProfile>;
  readonly open: (active: ActiveProfile) => Promise<OpenAccount>;
}

/**
 * The account of the profile in use. Before each call the settings are read again, since other windows change them too:
 * when the profile, its level, limits, key or lock has changed, the account is closed – what waits for a person is
 * denied – and opened anew.
 */
export class ActiveAccount {
  readonly #parts: ActiveAccountParts;
  #open: { readonly identity: string; readonly account: OpenAccount } | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: ActiveAccountParts) {
    this.#parts = parts;
  }

  /** @throws SetupError or RefusedError when the profile in use cannot be opened; nothing is open then. */
  current(): Promise<OpenAccount> {
    return this.#oneByOne(() => this.#refresh());
  }

  /** Looks again after a change of settings: an account that is open and no longer true is closed at once. */
  async recheck(): Promise<void> {
    if (this.#open) await this.current().catch(() => undefined);
  }

  async dispose(): Promise<void> {
    await this.#oneByOne(() => this.#close());
  }

  async #refresh(): Promise<OpenAccount> {
    try {
      const active = await this.#parts.profile();
      if (this.#open?.identity === active.identity) return this.#open.account;
      await this.#close();
      const account = await this.#parts.open(active);
      this.#open = { identity: active.identity, account };
      return account;
    } catch (error) {
      await this.#close();
      throw error;
    }
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.account.close();
  }

  #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
