import { createHash } from 'node:crypto';
import { SetupError } from '../alipay/errors.ts';
import { say, type Sentence } from '../text/index.ts';

/** The part of VS Code's `SecretStorage` the vault uses. */
export interface SecretStore {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
  delete(name: string): PromiseLike<void>;
  keys(): PromiseLike<string[]>;
}

/**
 * Every name a secret can have. Where a name ends in a fingerprint, it is its value's (or its public half's): such a
 * value is written once and never changed, so that two windows cannot mean different things by one name.
 */
export type SecretName =
  /** A merchant's private key, as text; the fingerprint is that of its public key (`PublicKey.fingerprint`). */
  | `key/${string}`
  /** The key of the MAC over the policy. */
  | `mac/${string}`
  /** It is there while everything is locked. A name of its own: no other window's policy takes it away. */
  | 'emergency'
  /** Which policy was written last. With the next one, all whose value changes. */
  | 'policy'
  /** Where the ledger's chain ended last. */
  | 'ledger-head'
  /** The key of the ledger's chain. */
  | `ledger/${string}`
  /** The embedded sandbox's keys and admin token. */
  | `sandbox/${string}`
  /** An OAuth token under its handle, and the profile it was given to. */
  | `token/${string}/${string}`;

/** The names a fingerprint of the value itself makes. */
type SealedKind = 'mac' | 'sandbox' | 'ledger';

/**
 * The secrets of this extension. In some hosts each window reads the whole store once and writes it whole, so a value
 * another window wrote may be missing here, or go missing later: what should be there and is not is said, never made
 * anew.
 */
export class Vault {
  readonly #store: SecretStore;

  constructor(store: SecretStore) {
    this.#store = store;
  }

  /** The first call of a window can take long; nothing that VS Code waits for may wait for it. */
  async get(name: SecretName): Promise<string | undefined> {
    return this.#store.get(name);
  }

  /** @throws SetupError that says what to do when the value is not there. */
  async must(name: SecretName): Promise<string> {
    const value = await this.get(name);
    if (value === undefined) throw new SetupError(missing(name), say('vault.missing.next'));
    return value;
  }

  /**
   * Keeps a value under a name that never means another one, and reads it back.
   *
   * @throws SetupError when something else stands there already, or the store did not take it.
   */
  async writeOnce(name: SecretName, value: string): Promise<void> {
    const before = await this.get(name);
    if (before === undefined) await this.#store.store(name, value);
    else if (before !== value) throw new SetupError(say('vault.different', { name: publicName(name) }));
    if ((await this.get(name)) !== value) throw new SetupError(say('vault.not_kept'));
  }

  /** Keeps a value under a name made from the value's own fingerprint, which is returned. */
  async seal(kind: SealedKind, value: string): Promise<string> {
    const fingerprint = fingerprintOf(value);
    await this.writeOnce(`${kind}/${fingerprint}`, value);
    return fingerprint;
  }

  /** The value that was sealed under `fingerprint`. @throws SetupError when it is missing or another one. */
  async unseal(kind: SealedKind, fingerprint: string): Promise<string> {
    const value = await this.must(`${kind}/${fingerprint}`);
    if (fingerprintOf(value) !== fingerprint) throw new SetupError(say('vault.different', { name: kind }));
    return value;
  }

  /** Writes one of the values that change. */
  async replace(name: 'policy' | 'ledger-head', value: string): Promise<void> {
    await this.#store.store(name, value);
  }

  async delete(name: SecretName): Promise<void> {
    await this.#store.delete(name);
  }

  /** Deletes every secret whose name starts with `prefix`. */
  async deleteAll(prefix: `token/${string}/`): Promise<void> {
    const names = await this.#store.keys();
    for (const name of names.filter((one) => one.startsWith(prefix))) await this.#store.delete(name);
  }
}

/** The first half of a SHA-256, in hex: names a value without telling it. */
export function fingerprintOf(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('hex').slice(0, 32);
}

function missing(name: SecretName): Sentence {
  return name.startsWith('key/') ? say('vault.missing.key') : say('vault.missing', { name: publicName(name) });
}

/** A name without its handle: that alone would open a token to whoever reads the sentence. */
function publicName(name: SecretName): string {
  return name.split('/')[0] ?? name;
}
