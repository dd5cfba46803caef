import { randomBytes } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../tools/ports.ts';

const FOLDER = 'alipay-mcp-';
const SOCKET = 's';
/** A Unix socket's path has 104 bytes on macOS, its end mark included. */
const LONGEST_PATH = 103;

/** Where this process will listen: a socket in a folder of this user alone, or a named pipe on Windows. */
export interface SocketAddress {
  readonly path: string;
  readonly isPipe: boolean;
  /** 256 random bits, new at every start; whoever shows them may speak. */
  readonly token: string;
  /** Removes the folder. */
  remove(): void;
}

/** Chooses an address nobody listens on yet. @throws Error when no folder short enough can be made. */
export function makeSocketAddress(): SocketAddress {
  const token = randomBytes(32).toString('hex');
  if (process.platform === 'win32') {
    return {
      path: `\\\\.\\pipe\\${FOLDER}${randomBytes(16).toString('hex')}`,
      isPipe: true,
      token,
      remove: () => undefined,
    };
  }
  const folder = mkdtempSync(join(shortTmpdir(), `${FOLDER}${process.pid}-`)); // mkdtemp makes it 0700
  return {
    path: join(folder, SOCKET),
    isPipe: false,
    token,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Removes the folders that killed processes of this user left behind. */
export function sweepSocketFolders(): void {
  if (process.platform === 'win32') return;
  const parent = shortTmpdir();
  for (const name of readdirSync(parent)) {
    const pid = Number(/^alipay-mcp-(\d+)-/.exec(name)?.[1]);
    const folder = join(parent, name);
    if (pid > 0 && !isAlive(pid) && isOwnFolder(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

function shortTmpdir(): string {
  const sample = join(tmpdir(), `${FOLDER}${process.pid}-XXXXXX`, SOCKET);
  return Buffer.byteLength(sample) <= LONGEST_PATH ? tmpdir() : '/tmp';
}

function isOwnFolder(folder: string): boolean {
  try {
    const entry = lstatSync(folder);
    return entry.isDirectory() && entry.uid === userInfo().uid;
  } catch {
    return false; // another window was faster
  }
}
