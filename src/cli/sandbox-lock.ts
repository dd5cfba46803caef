import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { InputError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';

const BUSY = 5;

/**
 * Makes this process the only sandbox in a data folder, until the function that comes back is called. The hold is a
 * file lock of SQLite's: the system lets go of it when the process ends, however it ends. The file with the process's
 * id beside it is for the sentence alone.
 *
 * @throws InputError when another sandbox has the folder
 */
export function lockFolder(folder: string): () => void {
  const owner = join(folder, 'sandbox.pid');
  const database = new DatabaseSync(join(folder, 'sandbox.lock'));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== BUSY) throw error;
    throw new InputError(say('sandbox.data_locked', { path: folder, pid: readOwner(owner) }));
  }
  writeFileSync(owner, `${process.pid}\n`, { mode: 0o600 });
  return () => {
    rmSync(owner, { force: true });
    database.close();
  };
}

function readOwner(file: string): string {
  try {
    return /^\d+/.exec(readFileSync(file, 'utf8'))?.[0] ?? '?';
  } catch {
    return '?'; // it has just taken the folder, or is just leaving it
  }
}
