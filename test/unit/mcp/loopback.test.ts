import assert from 'node:assert/strict';
import { request } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { serveLoopback, type LoopbackServer } from '../../../src/mcp/loopback.ts';
import type { Caller } from '../../../src/tools/ports.ts';
import type { ToolResult } from '../../../src/tools/result.ts';
import { handClock, type Run } from './support.ts';

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});
const ACCEPT = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };

describe('streamable HTTP on loopback', () => {
  let server: LoopbackServer;
  let run: Run = () => Promise.resolve({ status: 'succeeded', message: 'Done.' });

  before(async () => {
    const runner = { run: (...call: Parameters<Run>) => run(...call) };
    const clock = { ...handClock().clock };
    const parts = {
      tools: async () => [],
      runner,
      approverFor: () => undefined,
      clock,
      locale: 'en',
      version: '0.0.0',
    } as const;
    server = await serveLoopback(parts, 0);
  });
  after(() => server.close());

  /** What a plain HTTP request is answered with; `close` ends the answer without reading it. */
  function send(
    method: string,
    headers: Record<string, string>,
    body = '',
    path = '/mcp',
  ): Promise<{ status: number; session: string; type: string }> {
    const { port } = new URL(server.url);
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        const { 'mcp-session-id': session, 'content-type': type } = response.headers;
        resolve({ status: response.statusCode ?? 0, session: String(session), type: String(type) });
        response.destroy();
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  async function connect(name: string): Promise<{ client: Client; transport: StreamableHTTPClientTransport }> {
    const client = new Client({ name, version: '1' });
    const transport = new StreamableHTTPClientTransport(new URL(server.url));
    await client.connect(transport);
    return { client, transport };
  }

  it('answers with an event stream, never with plain JSON', async () => {
    const { status, type } = await send('POST', ACCEPT, INITIALIZE);
    assert.equal(status, 200);
    assert.equal(type, 'text/event-stream');
  });

  it('refuses a foreign Host or Origin', async () => {
    const { port } = new URL(server.url);
    const status = async (headers: Record<string, string>) =>
      (await send('POST', { ...ACCEPT, ...headers }, INITIALIZE)).status;
    assert.equal(await status({ host: `evil.example:${port}` }), 403);
    assert.equal(await status({ host: '127.0.0.1' }), 403);
    assert.equal(await status({ origin: 'https://evil.example' }), 403);
    assert.equal(await status({ origin: 'null' }), 403);
    assert.equal(await status({ origin: `http://127.0.0.1:${Number(port) + 1}` }), 403);
    assert.equal(await status({ host: `localhost:${port}`, origin: `http://localhost:${port}` }), 200);
  });

  it('knows no other path, and no session it did not start', async () => {
    assert.equal((await send('POST', ACCEPT, INITIALIZE, '/')).status, 404);
    const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
    assert.equal((await send('POST', { ...ACCEPT, 'mcp-session-id': 'made-up' }, ping)).status, 404);
    assert.equal((await send('POST', ACCEPT, ping)).status, 400);
    assert.equal((await send('POST', ACCEPT, '{"jsonrpc"')).status, 400);
  });

  it('ends a session when its client says so', async () => {
    const { session } = await send('POST', ACCEPT, INITIALIZE);
    const mine = { ...ACCEPT, 'mcp-session-id': session };
    assert.equal((await send('DELETE', mine)).status, 200);
    assert.equal((await send('POST', mine, '{"jsonrpc":"2.0","id":1,"method":"ping"}')).status, 404);
  });

  it('keeps sessions apart', async () => {
    const callers: Caller[] = [];
    run = (_name, _input, caller) => {
      callers.push(caller);
      return Promise.resolve({ status: 'succeeded', message: caller.name });
    };
    const [one, two] = await Promise.all([connect('one'), connect('two')]);
    const results = await Promise.all([one.client.callTool({ name: 'x' }), two.client.callTool({ name: 'x' })]);
    assert.deepEqual(
      results.map(({ structuredContent }) => (structuredContent as ToolResult).message),
      ['one 1', 'two 1'],
    );
    assert.equal(new Set(callers.map(({ clientId }) => clientId)).size, 2);
    await Promise.all([one.client.close(), two.client.close()]);
  });

  it('G3: a client whose connection breaks off has stopped waiting', async () => {
    const { promise: running, resolve } = Promise.withResolvers<AbortSignal>();
    run = (_name, _input, { signal }) => {
      resolve(signal);
      return new Promise(() => {});
    };
    const { session } = await send('POST', ACCEPT, INITIALIZE);
    const call = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'refund_trade' } });
    await send('POST', { ...ACCEPT, 'mcp-session-id': session }, call);
    const signal = await running;
    if (!signal.aborted) await new Promise((aborted) => signal.addEventListener('abort', aborted));
  });
});
