import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { artifactsDir } from '../support/artifacts.ts';
import { ROOT, runMcp, StockClient, yes, type Answer } from '../support/mcp-child.ts';

const SUITE = 'mcp-http';

describe('npm run mcp -- --sandbox --http', () => {
  let child: ChildProcess;
  let url: URL;

  before(async () => {
    const program = ['--disable-warning=ExperimentalWarning', join(ROOT, 'src/stdio.ts')];
    const server = spawn(process.execPath, [...program, '--sandbox', '--http', '0', '--locale', 'en']);
    child = server;
    server.stdout.pipe(createWriteStream(join(artifactsDir(SUITE), 'stdout.log')));
    server.stderr.pipe(createWriteStream(join(artifactsDir(SUITE), 'stderr.log')));
    const [line] = (await once(createInterface({ input: server.stderr }), 'line')) as [string];
    url = new URL(/http:\/\/\S+\/mcp/.exec(line)?.[0] ?? '');
  });

  after(async () => {
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  async function connect(name: string, answer: Answer): Promise<StockClient> {
    return new StockClient(name, answer).connect(new StreamableHTTPClientTransport(url), SUITE);
  }

  it('asks each session’s own person', async () => {
    const [anna, bert] = await Promise.all([connect('anna', yes), connect('bert', () => ({ action: 'decline' }))]);
    const [hers, his] = await Promise.all([
      anna.call('refund_trade', { out_trade_no: '2024040112345', refund_amount: '15.50' }),
      bert.call('refund_trade', { out_trade_no: 'AP2024041200987', refund_amount: '50.00' }),
    ]);
    assert.equal(hers.status, 'succeeded', hers.message);
    assert.equal(his.status, 'denied', his.message);
    assert.equal(anna.asked.length, 1);
    assert.match(anna.asked[0] ?? '', /15\.50[^]*"anna 1\.0\.0"/);
    assert.equal(bert.asked.length, 1);
    assert.match(bert.asked[0] ?? '', /50\.00[^]*"bert 1\.0\.0"/);
    await Promise.all([anna.close(), bert.close()]);
  });

  it('G3: a client that goes away while its person is asked has denied, and holds nobody else up', async () => {
    const { promise: shown, resolve: show } = Promise.withResolvers<void>();
    const anna = await connect('anna', () => {
      show();
      return new Promise(() => {});
    });
    const call = anna.call('refund_trade', { out_trade_no: 'AP2024041200987', refund_amount: '7.00' });
    call.catch(() => {});
    await shown;
    await anna.close();
    const bert = await connect('bert', yes);
    const refund = { out_trade_no: 'AP2024041200987', refund_amount: '8.00' };
    let result = await bert.call('refund_trade', refund);
    // The broken connection and the next call race; the loser is told that the trade is busy, not that it failed.
    for (let i = 0; result.status === 'refused' && i < 50; i += 1) result = await bert.call('refund_trade', refund);
    assert.equal(result.status, 'succeeded', result.message);
    assert.equal(result['remaining_before'], '299.00');
    await bert.close();
  });

  it('refuses a foreign Host or Origin', async () => {
    const init = { method: 'POST', body: '{}' };
    assert.equal((await fetch(url, { ...init, headers: { origin: 'https://evil.example' } })).status, 403);
    const localhost = new URL(url);
    localhost.hostname = 'localhost';
    assert.equal((await fetch(localhost, { ...init, headers: { origin: 'http://localhost:1' } })).status, 403);
  });

  it('says when the port is taken, and ends with 2', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { code, stderr } = await runMcp(SUITE, ['--sandbox', '--http', String(port)]);
    holder.close();
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(`Port ${port} .*EADDRINUSE`));
  });
});
