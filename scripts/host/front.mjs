/**
 * What stands before the browser-hosted VS Code. It lets nobody through who has not been given the token, refuses other
 * sites' pages, and serves the key that VS Code seals its secrets with, which the bare server does not: without that
 * key they would be gone at every reload.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as requestFrom } from 'node:http';
import { connect } from 'node:net';

const LOOPBACK = '127.0.0.1';
/** The cookie and the parameter in which VS Code's own server wants its token. */
const COOKIE = 'vscode-tkn';
const PARAMETER = 'tkn';

/**
 * Opens the front on loopback; 0 picks a port.
 * @param {{ port: number, target: number, token: string, key: Uint8Array, words: string }} options
 *   target: the server's own port on loopback; key: 32 bytes; words: said to whoever has no token
 * @returns {Promise<{ port: number, close(): Promise<void> }>} rejects with an error with code EADDRINUSE where the port
 *   is taken
 */
export async function openFront({ port, target, token, key, words }) {
  const isToken = equalTo(token);
  const front = createServer((request, response) => {
    if (
      !isOwnHost(request) ||
      !isOwnOrigin(request) ||
      !(hasCookie(request, isToken) || hasParameter(request, isToken))
    )
      return refuse(response, words);
    if (request.method !== 'POST' || !pathOf(request).endsWith('/mint-key')) return pass(request, response, target);
    if (!hasCookie(request, isToken)) return refuse(response, words);
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' }).end(key);
  });
  const handedOver = new Set();
  front.on('upgrade', (request, socket, head) => {
    const allowed = isOwnHost(request) && request.headers.origin && isOwnOrigin(request) && hasCookie(request, isToken);
    if (!allowed) return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    handedOver.add(socket);
    socket.on('close', () => handedOver.delete(socket));
    join(request, socket, head, target);
  });
  front.listen(port, LOOPBACK);
  await once(front, 'listening');
  const close = async () => {
    const closed = once(front, 'close');
    front.close();
    front.closeAllConnections();
    for (const socket of handedOver) socket.destroy();
    await closed;
  };
  return { port: front.address().port, close };
}

/** A page elsewhere may give its own name this machine's address; it cannot give itself this one's name. */
function isOwnHost({ headers, socket }) {
  return [LOOPBACK, 'localhost'].some((name) => headers.host === `${name}:${socket.localPort}`);
}

/** Browsers name the page that asks wherever it could be another site's and the request could change something. */
function isOwnOrigin({ headers }) {
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
}

function hasCookie({ headers }, isToken) {
  const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.some((cookie) => cookie.startsWith(`${COOKIE}=`) && isToken(cookie.slice(COOKIE.length + 1)));
}

function hasParameter(request, isToken) {
  const query = new URLSearchParams(request.url.split('?')[1]);
  return query.getAll(PARAMETER).some(isToken);
}

function pathOf(request) {
  return request.url.split('?')[0];
}

function equalTo(secret) {
  const digest = (text) => createHash('sha256').update(text).digest();
  const wanted = digest(secret);
  return (text) => timingSafeEqual(digest(text), wanted);
}

function refuse(response, words) {
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' }).end(`${words}\n`);
}

function pass(request, response, port) {
  const { method, url: path, headers } = request;
  const onward = requestFrom({ host: LOOPBACK, port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders);
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

function join({ method, url, rawHeaders }, socket, head, port) {
  const onward = connect(port, LOOPBACK, () => {
    const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
    onward.write([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    onward.write(head);
    onward.pipe(socket);
    socket.pipe(onward);
  });
  for (const [one, other] of [
    [onward, socket],
    [socket, onward],
  ])
    one.on('error', () => other.destroy()).on('close', () => other.destroy());
}
