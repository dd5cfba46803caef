import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { serveSocket } from '../../../src/mcp/socket.ts';
import { makeSocketAddress, sweepSocketFolders, type SocketAddress } from '../../../src/mcp/socket-address.ts';
import { handClock } from './support.ts';

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});

describe('MCP on a socket', () => {
  let address: SocketAddress;
  let server: { close(): Promise<void> };

  before(async () => {
    address = makeSocketAddress();
    const runner = { run: () => Promise.resolve({ status: 'succeeded', message: 'Done.' } as const) };
    const { clock } = handClock();
    server = await serveSocket(
      { tools: async () => [], runner, approverFor: () => undefined, clock, locale: 'en', version: '0.0.0' },
      address,
    );
  });

  after(async () => {
    await server.close();
    address.remove();
  });

  function send(
    headers: Record<string, string>,
    path = '/mcp',
  ): Promise<{ status: number; headers: IncomingHttpHeaders }> {
    const all = { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...headers };
    return new Promise((resolve, reject) => {
      const sent = request({ socketPath: address.path, path, method: 'POST', headers: all }, (response) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers });
        response.destroy();
      });
      sent.on('error', reject);
      sent.end(INITIALIZE);
    });
  }

  const good = (): Record<string, string> => ({ host: 'localhost', authorization: `Bearer ${address.token}` });

  it('lies in a folder of this user alone, on a path short enough for every system', () => {
    assert.equal(statSync(dirname(address.path)).mode & 0o777, 0o700);
    assert.ok(Buffer.byteLength(address.path) <= 103);
    assert.match(address.token, /^[0-9a-f]{64}$/);
    assert.notEqual(makeAndRemove().token, address.token);
  });

  function makeAndRemove(): SocketAddress {
    const other = makeSocketAddress();
    other.remove();
    assert.equal(existsSync(dirname(other.path)), false);
    return other;
  }

  it('answers whoever shows the token, as an event stream with a session', async () => {
    const { status, headers } = await send(good());
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/event-stream');
    assert.ok(headers['mcp-session-id']);
  });

  const refused: Record<string, () => Promise<{ status: number; headers: IncomingHttpHeaders }>> = {
    'no token': () => send({ host: 'localhost' }),
    'a wrong token': () => send({ ...good(), authorization: `Bearer ${'0'.repeat(64)}` }),
    'a token cut short': () => send({ ...good(), authorization: `Bearer ${address.token.slice(0, -1)}` }),
    'another scheme': () => send({ ...good(), authorization: `Basic ${address.token}` }),
    'another Host': () => send({ ...good(), host: 'localhost:80' }),
    'an Origin, even localhost': () => send({ ...good(), origin: 'http://localhost' }),
    'another path': () => send(good(), '/'),
    'a session it does not know': () => send({ ...good(), 'mcp-session-id': 'gone' }),
  };
  for (const [name, attempt] of Object.entries(refused)) {
    it(`answers ${name} with 404 and never 401, which would open an OAuth dialog`, async () => {
      const { status, headers } = await attempt();
      assert.equal(status, 404);
      assert.equal(headers['www-authenticate'], undefined);
    });
  }

  it('sweeps what killed processes left, and nothing else', () => {
    const script = `import { makeSocketAddress } from '${import.meta.resolve('../../../src/mcp/socket-address.ts')}';
      console.log(makeSocketAddress().path); process.kill(process.pid, 'SIGKILL');`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    const left = dirname(stdout.trim());
    const foreign = mkdtempSync(join(tmpdir(), 'alipay-mcp-notes-'));
    assert.ok(existsSync(left));
    sweepSocketFolders();
    assert.equal(existsSync(left), false);
    assert.ok(existsSync(dirname(address.path)) && existsSync(foreign));
    rmSync(foreign, { recursive: true });
  });
});
