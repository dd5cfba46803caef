import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders, type OutgoingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openFront } from '../../scripts/host/front.mjs';

const TOKEN = 'a-token-of-at-least-thirty-two-characters';
const KEY = Buffer.alloc(32, 7);
const COOKIE = { cookie: `other=1; vscode-tkn=${TOKEN}` };

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

describe('the front of the browser-hosted VS Code', () => {
  let server: Server;
  let front: Awaited<ReturnType<typeof openFront>>;
  /** What reached the server behind it. */
  let seen: string[];

  beforeEach(async () => {
    seen = [];
    server = createServer((incoming, response) => {
      seen.push(`${incoming.method} ${incoming.url}`);
      response.writeHead(302, { location: '/', 'set-cookie': ['a=1', 'b=2'] });
      incoming.pipe(response);
    });
    server.on('upgrade', (incoming, socket) => {
      seen.push(`upgrade ${incoming.url}`);
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      socket.pipe(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const target = (server.address() as AddressInfo).port;
    front = await openFront({ port: 0, target, token: TOKEN, key: KEY, words: 'not without the token' });
  });

  afterEach(async () => {
    await front.close();
    server.close().closeAllConnections();
  });

  function ask(method: string, path: string, headers: OutgoingHttpHeaders = {}, body = ''): Promise<Answer> {
    const own = { host: `127.0.0.1:${front.port}`, ...headers };
    return new Promise((done, fail) => {
      const outgoing = request({ port: front.port, host: '127.0.0.1', method, path, headers: own, agent: false });
      outgoing.on('response', (incoming) => {
        let told = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
        incoming.on('end', () => done({ status: incoming.statusCode, headers: incoming.headers, body: told }));
      });
      outgoing.on('upgrade', (incoming, socket) => {
        socket.once('data', (chunk) => {
          socket.destroy();
          done({ status: incoming.statusCode, headers: incoming.headers, body: String(chunk) });
        });
        socket.write('echo');
      });
      outgoing.on('error', fail);
      outgoing.end(body);
    });
  }

  const upgrade = (headers: OutgoingHttpHeaders) =>
    ask('GET', '/?reconnectionToken=1', { connection: 'Upgrade', upgrade: 'websocket', ...headers });
  const own = () => ({ origin: `http://127.0.0.1:${front.port}` });

  it('passes on what comes with the token, by address or by cookie, and the answer as it is', async () => {
    const first = await ask('GET', `/?tkn=${TOKEN}`);
    assert.deepEqual([first.status, first.headers.location, first.headers['set-cookie']], [302, '/', ['a=1', 'b=2']]);
    const second = await ask('POST', '/x?y=1', { ...COOKIE, ...own(), 'content-length': 4 }, 'body');
    assert.equal(second.body, 'body');
    assert.equal((await ask('GET', '/', { ...COOKIE, host: `localhost:${front.port}` })).status, 302);
    assert.deepEqual(seen, [`GET /?tkn=${TOKEN}`, 'POST /x?y=1', 'GET /']);
  });

  it('answers 403 to everybody else, and the server behind hears nothing', async () => {
    const refused: [string, string, OutgoingHttpHeaders][] = [
      ['GET', '/', {}],
      ['GET', '/version', {}],
      ['GET', '/?tkn=', {}],
      ['GET', `/?tkn=${TOKEN}x`, {}],
      ['GET', '/', { cookie: `vscode-tkn=${TOKEN.slice(1)}` }],
      ['GET', '/', { ...COOKIE, host: `attacker.example:${front.port}` }],
      ['GET', '/', { ...COOKIE, host: '127.0.0.1' }],
      ['POST', '/', { ...COOKIE, origin: 'https://attacker.example' }],
      ['POST', '/', { ...COOKIE, origin: 'null' }],
    ];
    for (const [method, path, headers] of refused) {
      const { status, body } = await ask(method, path, headers);
      assert.deepEqual(
        [status, body],
        [403, 'not without the token\n'],
        `${method} ${path} ${JSON.stringify(headers)}`,
      );
    }
    assert.deepEqual(seen, []);
  });

  it('gives the sealing key to whoever has the cookie, and only to a POST', async () => {
    const { status, body, headers } = await ask('POST', '/mint-key', { ...COOKIE, ...own() });
    assert.deepEqual([status, Buffer.from(body), headers['cache-control']], [200, KEY, 'no-store']);
    for (const headers of [{}, { ...COOKIE, origin: 'https://attacker.example' }])
      assert.equal((await ask('POST', '/mint-key', headers)).status, 403);
    assert.equal((await ask('POST', `/mint-key?tkn=${TOKEN}`)).status, 403);
    assert.deepEqual(seen, []);
    assert.notEqual((await ask('GET', '/mint-key', COOKIE)).body, KEY.toString());
  });

  it('hands over a web socket of its own pages, and no other', async () => {
    const taken = await upgrade({ ...COOKIE, ...own() });
    assert.deepEqual([taken.status, taken.body], [101, 'echo']);
    const foreign = [
      own(),
      COOKIE,
      { ...COOKIE, origin: 'https://attacker.example' },
      { ...COOKIE, origin: `http://attacker.example:${front.port}`, host: `attacker.example:${front.port}` },
    ];
    for (const headers of foreign) assert.equal((await upgrade(headers)).status, 403, JSON.stringify(headers));
    assert.deepEqual(seen, ['upgrade /?reconnectionToken=1']);
  });

  it('says when its port is taken', async () => {
    const again = openFront({ port: front.port, target: 1, token: TOKEN, key: KEY, words: '' });
    await assert.rejects(again, { code: 'EADDRINUSE' });
  });
});
