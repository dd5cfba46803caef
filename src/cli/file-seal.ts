import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { headOf, type ChainKey, type Head, type LedgerSeal } from '../ledger/index.ts';

/**
 * The seal of a ledger outside VS Code, in files beside it for its owner only. It shows a damaged, cut or old ledger, but
 * not one edited by somebody who can read these files, too.
 */
export class FileSeal implements LedgerSeal {
  readonly #prefix: string;

  /** @param file the ledger's. */
  constructor(file: string) {
    this.#prefix = `${file}.seal-`;
  }

  async makeKey(): Promise<ChainKey> {
    const [name, bytes] = [randomBytes(16).toString('hex'), randomBytes(32)];
    await this.#write(name, bytes.toString('hex'));
    return { name, bytes };
  }

  async readKey(name: string): Promise<Buffer | undefined> {
    if (!/^[0-9a-f]{32}$/.test(name)) return undefined;
    const text = await this.#read(name);
    return text === undefined ? undefined : Buffer.from(text, 'hex');
  }

  async readHead(): Promise<Head | undefined> {
    const text = await this.#read('head');
    return text === undefined ? undefined : headOf(text);
  }

  async writeHead(head: Head): Promise<void> {
    await this.#write('head', JSON.stringify(head));
  }

  async #read(name: string): Promise<string | undefined> {
    try {
      return await readFile(this.#prefix + name, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Whole or not at all: beside it first, to the disk, and then under its name. */
  async #write(name: string, text: string): Promise<void> {
    const beside = `${this.#prefix}${randomBytes(6).toString('hex')}.new`;
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, this.#prefix + name).catch(async (error: unknown) => {
      await rm(beside, { force: true });
      throw error;
    });
  }
}
