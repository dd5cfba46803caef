import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { HttpSessions } from './http-sessions.ts';
import { createSession, type McpParts } from './session.ts';
import type { SocketAddress } from './socket-address.ts';

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
