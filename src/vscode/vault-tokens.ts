import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredToken, TokenStore } from '../tools/context.ts';
import type { Vault } from './vault.ts';

const HANDLE = /^tok_[0-9a-f]{32}$/;

/**
 * One profile's OAuth tokens, each written once into the vault under a handle. A code that was claimed leaves an empty
 * file named by its hash: no other window and no later start can claim it too.
 */
export class VaultTokens implements TokenStore {
  readonly #vault: Vault;
  readonly #profileId: string;
  readonly #codes: string;

  /** @param folder where claimed codes are remembered; shared by every window. */
  constructor(vault: Vault, profileId: string, folder: string) {
    this.#vault = vault;
    this.#profileId = profileId;
    this.#codes = join(folder, 'claimed-codes');
  }

  async put(token: StoredToken): Promise<string> {
    const handle = `tok_${randomBytes(16).toString('hex')}`;
    await this.#vault.writeOnce(this.#name(handle), JSON.stringify(token));
    return handle;
  }

  async get(handle: string): Promise<StoredToken | undefined> {
    if (!HANDLE.test(handle)) return undefined;
    const text = await this.#vault.get(this.#name(handle));
    return text === undefined ? undefined : readToken(text);
  }

  async claimCode(code: string): Promise<boolean> {
    await mkdir(this.#codes, { recursive: true, mode: 0o700 });
    try {
      const file = await open(join(this.#codes, createHash('sha256').update(code).digest('hex')), 'wx', 0o600);
      await file.sync();
      await file.close();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  #name(handle: string): `token/${string}/${string}` {
    return `token/${this.#profileId}/${handle}`;
  }
}

/** JSON leaves out what is undefined; the fields are there again for whoever reads them. */
function readToken(text: string): StoredToken {
  const token = JSON.parse(text) as Partial<StoredToken> & Pick<StoredToken, 'accessToken'>;
  return { refreshToken: undefined, userId: undefined, openId: undefined, expiresAt: undefined, ...token };
}
