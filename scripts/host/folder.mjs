import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * A folder that is there whole or not at all: `fill(partial)` works in a folder beside it, which gets the name at the
 * end. What a run that died left behind is removed; of two runs that fill it at once, the first one's is kept.
 * @param {string} folder absolute path; its name should say the version of everything in it
 * @param {(partial: string) => Promise<void>} fill
 */
export async function wholeFolder(folder, fill) {
  if (existsSync(folder)) return;
  removeAbandoned(folder);
  const partial = `${folder}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    await fill(partial);
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function removeAbandoned(folder) {
  const parent = dirname(folder);
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const [, pid] = /\.partial-(\d+)$/.exec(name) ?? [];
    if (pid && name.startsWith(basename(folder)) && !isRunning(Number(pid)))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
