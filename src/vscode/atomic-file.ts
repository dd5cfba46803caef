import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file of this user alone, whole or not at all: beside it first, to the disk, and then under its name. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** The file's text, or undefined where there is none. @throws what keeps it from being read. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    // A pipe in its place would otherwise be waited for until somebody writes to it. Windows knows no such flag.
    return await readFile(path, { encoding: 'utf8', flag: constants.O_RDONLY | constants.O_NONBLOCK });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Gives whatever stands at `path` another name beside it, so that it can still be looked into. */
export async function setAside(path: string): Promise<void> {
  await rename(path, `${path}.${randomBytes(6).toString('hex')}.set-aside`);
}
