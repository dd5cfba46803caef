import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SetupError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';
import { makeFolder } from './make-folder.ts';

const NAME = 'alipay-open-platform-mcp';

export interface DataFolder {
  readonly path: string;
  /** Removes the folder where it was only a temporary one. */
  release(): void;
}

/** A folder that goes away with the process, for the ledger of a sandbox that goes away, too. */
export function temporaryFolder(): DataFolder {
  const path = mkdtempSync(join(tmpdir(), `${NAME}-`));
  return { path, release: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * A folder that stays. Made for its owner only; one that is there already keeps the mode its owner gave it.
 *
 * @throws SetupError when it cannot be made.
 */
export function lastingFolder(path: string): DataFolder {
  const absolute = resolve(path);
  try {
    makeFolder(absolute);
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new SetupError(say('folder.is_file', { path: absolute }));
    throw new SetupError(say('mcp.data.unusable', { path: absolute, code }));
  }
  return { path: absolute, release: () => {} };
}

/** Where this platform keeps a person's application data: ours is a folder in it. */
export function perUserPath(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = env;
  if (platform === 'win32') return join(local || join(homedir(), 'AppData', 'Local'), NAME);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', NAME);
  // The XDG specification says to ignore a relative path.
  return join(xdg?.startsWith('/') ? xdg : join(homedir(), '.local', 'share'), NAME);
}
