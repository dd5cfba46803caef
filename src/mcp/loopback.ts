import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpSessions } from './http-sessions.ts';
import { createSession, type McpParts } from './session.ts';

export interface LoopbackServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves MCP at `/mcp` on 127.0.0.1, without a token: for a sandbox only. Port 0 picks one.
 *
 * @throws Error with a `code` (EADDRINUSE, EACCES) when the port cannot be opened.
 */
export async function serveLoopback(parts: McpParts, port: number): Promise<LoopbackServer> {
  const sessions = new HttpSessions(() => createSession(parts));
  const server = createServer((request, response) => {
    if (!isFromHere(request, actualPort())) return void response.writeHead(403).end();
    if (request.url?.split('?', 1)[0] !== '/mcp') return void response.writeHead(404).end();
    sessions.handle(request, response).catch(() => response.destroy());
  });
  const actualPort = () => (server.address() as AddressInfo).port;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${actualPort()}/mcp`,
    async close() {
      await sessions.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A web page elsewhere can make a browser connect here (DNS rebinding): the names it must then use give it away. */
function isFromHere({ headers }: IncomingMessage, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (headers.host === undefined || !hosts.includes(headers.host)) return false;
  return headers.origin === undefined || hosts.some((host) => headers.origin === `http://${host}`);
}
