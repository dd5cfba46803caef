import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../alipay/clock.ts';
import { ProductError, SetupError } from '../../alipay/errors.ts';
import { isLoopback, type Credentials, type Profile } from '../../alipay/profile.ts';
import { say } from '../../text/index.ts';
import { readIfThere, writeWhole } from '../atomic-file.ts';
import type { Limits } from '../profiles/stored-profile.ts';
import type { Vault } from '../vault.ts';
import { SoleOwner } from '../sole-owner.ts';

/** A sandbox that answers: in this window, or in another one of the same person. */
export interface RunningSandbox {
  /** Its app in certificate mode, at money-out. */
  readonly profile: Profile;
  readonly limits: Limits;
  readonly credentials: Credentials;
  /** Its admin door, `http://127.0.0.1:PORT/admin`. */
  readonly admin: string;
  /** Ends it where it runs here; elsewhere it goes on. */
  close(): Promise<void>;
}

/** How sandboxes are made: given by the root, since this room knows neither the sandbox nor how to connect to one. */
export interface SandboxMaker {
  /** New keys, as one text for the vault. */
  makeKeys(): Promise<string>;
  /** @throws an error with code EADDRINUSE when the port is taken. 0 picks one. */
  start(options: SandboxStart): Promise<RunningSandbox>;
  /** Attaches to a sandbox that proves that it knows the token. @throws when nothing answers there, or something else. */
  attach(admin: string, adminToken: string): Promise<RunningSandbox>;
}

interface SandboxStart {
  readonly keys: string;
  readonly adminToken: string;
  readonly database: string;
  readonly port: number;
}

interface Secrets {
  readonly keys: string;
  readonly adminToken: string;
}

/** Where the sandbox of all windows is, and under which name the vault keeps its secrets. No secret itself. */
interface Address {
  readonly secrets: string;
  readonly admin: string;
}

export interface LocalSandboxParts {
  /** Where the database lies. */
  readonly folder: string;
  readonly vault: Vault;
  readonly maker: SandboxMaker;
  readonly clock: Clock;
  /** Told when the keys were gone from the vault and had to be made anew; they open nothing but this sandbox. */
  readonly onNewKeys: () => void;
}

const RETRY_MS = 250;
const TRIES = 20;
/** Codes of errors that say that a port cannot be had. */
const TAKEN: ReadonlySet<string | undefined> = new Set(['EADDRINUSE', 'EACCES']);

/**
 * The one embedded sandbox of all windows. The first window that needs it runs it; the others attach to that one, which
 * proves itself with a token from the vault. When its window closes, the next that needs it runs it on, over the same
 * database, with the same keys and, if it can be had, on the same port.
 */
export class LocalSandbox {
  readonly #parts: LocalSandboxParts;
  readonly #owner: SoleOwner;
  readonly #addressFile: string;
  readonly #end = new AbortController();
  #own: RunningSandbox | undefined;
  #attached: { readonly sandbox: RunningSandbox; readonly address: Address } | undefined;
  #connecting: Promise<RunningSandbox> | undefined;

  constructor(parts: LocalSandboxParts) {
    this.#parts = parts;
    this.#owner = new SoleOwner(join(parts.folder, 'sandbox-owner.sqlite'));
    this.#addressFile = join(parts.folder, 'sandbox.json');
  }

  /**
   * The running sandbox; the same object for as long as it is the same one. To be asked before each use, which is cheap.
   *
   * @throws SetupError when it cannot be started, or runs in a window whose secrets this one cannot see.
   */
  connect(): Promise<RunningSandbox> {
    if (this.#own) return Promise.resolve(this.#own);
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async dispose(): Promise<void> {
    this.#end.abort();
    await this.#connecting?.catch(() => undefined);
    await this.#own?.close();
    this.#own = undefined;
    this.#owner.release();
  }

  async #connect(): Promise<RunningSandbox> {
    for (let tries = 1; ; tries += 1) {
      this.#end.signal.throwIfAborted();
      if (this.#owner.take()) return this.#run();
      const found = await this.#attach(tries === TRIES);
      if (found) return found;
      await this.#parts.clock.wait(RETRY_MS, this.#end.signal); // its window is about to start it, or to close
    }
  }

  async #run(): Promise<RunningSandbox> {
    this.#attached = undefined;
    try {
      const address = await this.#address();
      const { name, secrets } = (await this.#knownSecrets(address)) ?? (await this.#newSecrets(address));
      this.#own = await this.#start(secrets, address ? Number(new URL(address.admin).port) : 0);
      await writeWhole(this.#addressFile, JSON.stringify({ secrets: name, admin: this.#own.admin } satisfies Address));
      return this.#own;
    } catch (error) {
      await this.#own?.close();
      this.#own = undefined;
      this.#owner.release();
      if (error instanceof ProductError) throw error;
      throw new SetupError(
        say('local_sandbox.failed', { words: error instanceof Error ? error.message : String(error) }),
      );
    }
  }

  /** On the port it had before; on another one where that cannot be had. */
  #start(secrets: Secrets, port: number): Promise<RunningSandbox> {
    const { folder, maker } = this.#parts;
    const options = { ...secrets, database: join(folder, 'sandbox.sqlite') };
    return maker.start({ ...options, port }).catch((error: unknown) => {
      if (port === 0 || !TAKEN.has((error as NodeJS.ErrnoException).code)) throw error;
      return maker.start({ ...options, port: 0 });
    });
  }

  /** Undefined when nothing answers yet; on the last try that is an error. */
  async #attach(isLast: boolean): Promise<RunningSandbox | undefined> {
    const address = await this.#address();
    const { sandbox, address: before } = this.#attached ?? {};
    if (sandbox && before?.admin === address?.admin && before?.secrets === address?.secrets) return sandbox;
    try {
      if (!address) throw new SetupError(say('local_sandbox.elsewhere'));
      const known = await this.#knownSecrets(address);
      if (!known) throw new SetupError(say('local_sandbox.other_secrets'));
      const attached = await this.#parts.maker.attach(address.admin, known.secrets.adminToken);
      this.#attached = { sandbox: attached, address };
      return attached;
    } catch (error) {
      if (isLast) throw error;
      return undefined;
    }
  }

  /** Undefined when there is none, or what stands there is none: it is written anew by whoever runs the sandbox next. */
  async #address(): Promise<Address | undefined> {
    try {
      const { secrets, admin } = JSON.parse((await readIfThere(this.#addressFile)) ?? '') as Address;
      return typeof secrets === 'string' && isLoopback(new URL(admin)) ? { secrets, admin } : undefined;
    } catch {
      return undefined;
    }
  }

  async #knownSecrets(address: Address | undefined): Promise<{ name: string; secrets: Secrets } | undefined> {
    if (!address || (await this.#parts.vault.get(`sandbox/${address.secrets}`)) === undefined) return undefined;
    const text = await this.#parts.vault.unseal('sandbox', address.secrets);
    return { name: address.secrets, secrets: JSON.parse(text) as Secrets };
  }

  async #newSecrets(address: Address | undefined): Promise<{ name: string; secrets: Secrets }> {
    if (address) this.#parts.onNewKeys();
    const secrets = { keys: await this.#parts.maker.makeKeys(), adminToken: randomBytes(32).toString('hex') };
    return { name: await this.#parts.vault.seal('sandbox', JSON.stringify(secrets)), secrets };
  }
}
