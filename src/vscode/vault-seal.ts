import { randomBytes } from 'node:crypto';
import { headOf, type ChainKey, type Head, type LedgerSeal } from '../ledger/index.ts';
import type { Vault } from './vault.ts';

/**
 * The seal of the ledger of all windows, in the vault. Keys are named by their fingerprint, so that windows that make one
 * at the same time do not mean different keys by one name; the ledger's file says which it was made with.
 */
export class VaultSeal implements LedgerSeal {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async makeKey(): Promise<ChainKey> {
    const bytes = randomBytes(32);
    return { name: await this.#vault.seal('ledger', bytes.toString('hex')), bytes };
  }

  /** @throws SetupError when another key than the one that was made stands under that name. */
  async readKey(name: string): Promise<Buffer | undefined> {
    if ((await this.#vault.get(`ledger/${name}`)) === undefined) return undefined;
    return Buffer.from(await this.#vault.unseal('ledger', name), 'hex');
  }

  async readHead(): Promise<Head | undefined> {
    const text = await this.#vault.get('ledger-head');
    return text === undefined ? undefined : headOf(text);
  }

  async writeHead(head: Head): Promise<void> {
    await this.#vault.replace('ledger-head', JSON.stringify(head));
  }
}
