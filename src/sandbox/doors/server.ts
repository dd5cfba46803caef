import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readRequest, type HttpRequest, type Reply } from './http.ts';

const HOST = '127.0.0.1';

/** Answers one request; knows the sandbox's own origin, `http://127.0.0.1:PORT`. */
export type Answerer = (request: HttpRequest, origin: string) => Promise<Reply>;

export interface Listening {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Listens on this machine only. A foreign Host header is refused before any door is asked: a web page that gives its
 * own name this address must not reach the sandbox.
 *
 * @param port 0 picks one. @throws where the port is taken.
 */
export async function listen(port: number, answer: Answerer): Promise<Listening> {
  let origin = '';
  const hosts = new Set<string | undefined>();
  const server = createServer((message, response) => {
    const reply = hosts.has(message.headers.host)
      ? readRequest(message).then((request) => answer(request, origin))
      : Promise.resolve(foreign());
    reply.then(
      (made) => write(response, made),
      () => write(response, broken()),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  origin = `http://${HOST}:${taken}`;
  for (const host of [HOST, 'localhost']) hosts.add(new URL(`http://${host}:${taken}`).host);
  return { origin, close: () => close(server) };
}

function write(response: ServerResponse, reply: Reply): void {
  if (reply === 'destroy') {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, { 'content-length': Buffer.byteLength(reply.body), ...reply.headers });
  response.end(reply.body);
}

function foreign(): Reply {
  return {
    status: 421,
    headers: { 'content-type': 'text/plain' },
    body: 'This sandbox answers to its own address only.',
  };
}

function broken(): Reply {
  return { status: 500, headers: { 'content-type': 'text/plain' }, body: 'The sandbox failed on this request.' };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
