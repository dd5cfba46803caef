import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../tools/ports.ts';
import { HttpSessions } from './http-sessions.ts';
import { createSession, type McpParts } from './session.ts';

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

/** Serves MCP at `/mcp` on a socket, to whoever shows the token. @throws when the address is taken. */
export async function serveSocket(parts: McpParts, address: SocketAddress): Promise<{ close(): Promise<void> }> {
  const sessions = new HttpSessions(() => createSession(parts));
  const server = createServer((request, response) => {
    if (!mayEnter(request, address.token)) return refuse(response);
    sessions.handle(request, response).catch(() => response.destroy());
  });
  server.listen(address.path);
  await once(server, 'listening');
  return {
    async close() {
      await sessions.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** VS Code says `Host: localhost` and no `Origin`; a page in a browser cannot leave its origin out. */
function mayEnter({ url, headers }: IncomingMessage, token: string): boolean {
  const [path] = (url ?? '').split('?', 1);
  return (
    path === '/mcp' &&
    headers.host === 'localhost' &&
    headers.origin === undefined &&
    isSame(headers.authorization ?? '', `Bearer ${token}`)
  );
}

/** Compared as digests, so that neither length nor content shows in the time it takes. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** Always 404: VS Code then resolves the definition again by itself, where 401 would open an OAuth dialog. */
function refuse(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end('{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}');
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
