import assert from 'node:assert/strict';
import { CallToolResultSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { say } from '../../../src/text/index.ts';
import { catalog } from '../../../src/tools/catalog.ts';
import type { Caller } from '../../../src/tools/ports.ts';
import type { ToolResult } from '../../../src/tools/result.ts';
import { handClock, talk } from './support.ts';

const DONE: ToolResult = { status: 'succeeded', message: 'Done.', trade_no: '2024040112345', next_step: 'Nothing.' };
const done = () => Promise.resolve(DONE);

describe('an MCP session', () => {
  it('introduces itself by a short name, with instructions and tools alone', async () => {
    const { client } = await talk({ run: done });
    assert.deepEqual(client.getServerVersion(), { name: 'alipay', title: 'Alipay', version: '0.0.0' });
    assert.deepEqual(client.getServerCapabilities(), { tools: {} });
    assert.match(client.getInstructions() ?? '', /refund_trade/);
  });

  it('tells its client when other tools are offered, and lists those', async () => {
    let offered = [...catalog];
    let changed = (): void => assert.fail('nobody listens');
    const { client } = await talk({
      run: done,
      tools: async () => offered,
      onToolsChanged: (listener) => {
        changed = listener;
        return { dispose: () => (changed = () => undefined) };
      },
    });
    assert.deepEqual(client.getServerCapabilities(), { tools: { listChanged: true } });
    const told = new Promise((tell) => client.setNotificationHandler(ToolListChangedNotificationSchema, tell));
    offered = offered.filter(({ kind }) => kind !== 'money-out');
    changed();
    await told;
    assert.equal((await client.listTools()).tools.length, 7);
  });

  it('gives the whole result as data and the same in words', async () => {
    const { client } = await talk({ run: done });
    const result = await client.callTool({ name: 'query_trade', arguments: {} });
    assert.deepEqual(result.structuredContent, DONE);
    assert.equal(result.isError, false);
    const text = 'Done.\nstatus: succeeded\ntrade_no: 2024040112345\nNext: Nothing.';
    assert.deepEqual(result.content, [{ type: 'text', text }]);
  });

  it('marks what did not succeed as an error', async () => {
    const { client } = await talk({ run: () => Promise.resolve({ status: 'denied', message: 'Denied.' }) });
    assert.equal((await client.callTool({ name: 'refund_trade' })).isError, true);
  });

  it('hands every input to the runner as it came, unknown tools and wrong types too', async () => {
    const seen: unknown[] = [];
    const { client } = await talk({
      run(name, input) {
        seen.push([name, input]);
        return done();
      },
    });
    await client.callTool({ name: 'refund_trade', arguments: { refund_amount: 15.5, extra: null } });
    await client.callTool({ name: 'no_such_tool' });
    assert.deepEqual(seen, [
      ['refund_trade', { refund_amount: 15.5, extra: null }],
      ['no_such_tool', {}],
    ]);
  });

  it('passes on the client’s own name, short and with nothing hidden in it', async () => {
    let caller: Caller | undefined;
    const run = (_name: string, _input: unknown, by: Caller) => {
      caller = by;
      return done();
    };
    const { client } = await talk({ run }, {}, `sly\u202e\n${'x'.repeat(500)}`);
    await client.callTool({ name: 'query_trade' });
    assert.match(caller?.name ?? '', /^sly⟨U\+202E⟩⟨U\+000A⟩x+$/);
    assert.ok((caller?.name.length ?? 0) < 120);
    const other = await talk({ run }, {}, 'other');
    const first = caller?.clientId;
    await other.client.callTool({ name: 'query_trade' });
    assert.equal(caller?.name, 'other 1.0');
    assert.notEqual(caller?.clientId, first);
  });

  it('refuses a task before the tool runs', async () => {
    let ran = false;
    const { client } = await talk({
      run() {
        ran = true;
        return done();
      },
    });
    const params = { name: 'refund_trade', arguments: {}, task: { ttl: 1000 } };
    await assert.rejects(client.request({ method: 'tools/call', params }, CallToolResultSchema));
    assert.equal(ran, false);
  });

  it('G3: a cancelled call and a closed connection abort the caller’s signal', async () => {
    for (const how of ['cancel', 'close', 'drop'] as const) {
      const { promise: running, resolve: run } = Promise.withResolvers<AbortSignal>();
      const joined = await talk({
        run(_name, _input, { signal }) {
          run(signal);
          return new Promise(() => {});
        },
      });
      const stop = new AbortController();
      const call = joined.client.callTool({ name: 'refund_trade' }, undefined, { signal: stop.signal });
      call.catch(() => {});
      const signal = await running;
      assert.equal(signal.aborted, false);
      const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
      if (how === 'cancel') stop.abort();
      if (how === 'close') await joined.client.close();
      if (how === 'drop') joined.session.drop([0, 1, 2]);
      await aborted;
      await joined.client.close(); // a call nobody answers would keep its time-out, and the process, alive
    }
  });

  it('tells a waiting client how it stands, and again every five seconds', async () => {
    const hands = handClock();
    const { promise: end, resolve: finish } = Promise.withResolvers<ToolResult>();
    const { promise: running, resolve: run } = Promise.withResolvers<Caller>();
    const { client } = await talk({
      clock: hands.clock,
      run(_name, _input, caller) {
        run(caller);
        return end;
      },
    });
    const heard: { progress: number; message?: string | undefined }[] = [];
    let more = () => {};
    const next = () => new Promise<void>((resolve) => (more = resolve));
    const call = client.callTool({ name: 'refund_trade' }, undefined, {
      onprogress(progress) {
        heard.push(progress);
        more();
      },
    });
    const caller = await running;
    let told = next();
    hands.tick(5_000);
    await told;
    told = next();
    caller.progress(say('cert.none'));
    await told;
    told = next();
    hands.tick(5_000);
    await told;
    finish(DONE);
    await call;
    hands.tick(5_000);
    caller.progress(say('cert.none'));
    await client.ping();
    assert.deepEqual(
      heard.map(({ progress }) => progress),
      [1, 2, 3],
    );
    assert.match(heard[0]?.message ?? '', /working/);
    assert.match(heard[1]?.message ?? '', /no certificate/);
    assert.equal(heard[2]?.message, heard[1]?.message);
  });

  it('sends no progress to a client that did not ask for it', async () => {
    const { client } = await talk({
      async run(_name, _input, caller) {
        caller.progress(say('cert.none'));
        return DONE;
      },
    });
    let stray = 0;
    client.onerror = () => (stray += 1);
    await client.callTool({ name: 'query_trade' });
    await client.ping();
    assert.equal(stray, 0);
  });
});
