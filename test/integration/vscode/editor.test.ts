import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { makeSocketAddress, type SocketAddress } from '../../../src/mcp/socket-address.ts';
import { catalog } from '../../../src/tools/catalog.ts';
import { Desk } from '../../support/desk.ts';
import { EditorDesk } from '../../support/editor-desk.ts';
import { withFolder } from '../../support/folders.ts';
import { FakeSecrets } from '../../support/secrets.ts';

const REFUND = 'alipay.trade.refund';
const HOUR_MS = 3_600_000;

interface Windows {
  readonly folder: string;
  readonly window: EditorDesk;
  /** Another window of the same person's. */
  readonly other: () => Promise<EditorDesk>;
}

describe('a window of the editor', () => {
  let desk: Desk;

  before(async () => {
    desk = await Desk.open();
  });

  afterEach(async () => {
    await desk.admin('DELETE', '/faults');
    await desk.admin('POST', '/journal/clear');
  });

  after(() => desk.close());

  const inWindow = (test: (windows: Windows) => Promise<void>) => (): Promise<void> =>
    withFolder(async (folder) => {
      const secrets = new FakeSecrets();
      const open: EditorDesk[] = [];
      const other = async (): Promise<EditorDesk> => {
        const made = await EditorDesk.local(desk, folder, secrets);
        open.push(made);
        return made;
      };
      try {
        await test({ folder, window: await other(), other });
      } finally {
        for (const one of open) await one.editor.close();
      }
    });

  /** A refund of 15.50 of an order that was just paid. */
  const wish = async (): Promise<{ out_trade_no: string; refund_amount: string }> => {
    const { out_trade_no } = await desk.paidOrder();
    return { out_trade_no, refund_amount: '15.50' };
  };
  const refund = async (window: EditorDesk) => window.run('refund_trade', await wish());
  const sent = async (): Promise<number> => (await desk.requests(REFUND)).length;

  it(
    'G9: whose clock is an hour away from the gateway’s asks nobody, moves nothing and says so, until it is right',
    inWindow(async ({ window }) => {
      const input = await wish();
      await desk.fault('*', 'clock-skew', 100, { ms: HOUR_MS });
      const { status, message } = await window.run('refund_trade', input);
      assert.deepEqual([status, /clock is 60 minutes away/.test(message)], ['refused', true], message);
      assert.deepEqual([window.asked, await sent()], [[], 0]);
      await desk.admin('DELETE', '/faults');
      assert.equal((await window.run('refund_trade', input)).status, 'succeeded');
    }),
  );

  it(
    'G3: takes a question back when everything is locked while a person reads it, with no further call',
    inWindow(async ({ window }) => {
      const shown = Promise.withResolvers<AbortSignal>();
      window.hand = async (_request, signal) => {
        shown.resolve(signal);
        await once(signal, 'abort');
        return { verdict: 'denied' };
      };
      const call = refund(window);
      const signal = await shown.promise;
      await window.store.lockEverything();
      await window.editor.recheck();
      assert.ok(signal.aborted);
      assert.match((await call).status, /^(?:denied|refused)$/);
      assert.equal(await sent(), 0);
    }),
  );

  it(
    'offers agents seven tools while everything is locked, and where that cannot be told; ten otherwise',
    inWindow(async ({ window }) => {
      const address = makeSocketAddress();
      await window.editor.serve(address);
      try {
        const all = catalog.map(({ name }) => name).toSorted();
        const harmless = all.filter((name) => !['cancel_trade', 'refund_trade', 'transfer_fund'].includes(name));
        assert.deepEqual(await offered(address), all);
        const get = window.vault.get.bind(window.vault);
        window.vault.get = () => Promise.reject(new Error('no keyring'));
        assert.deepEqual(await offered(address), harmless);
        window.vault.get = get;
        await window.store.lockEverything();
        assert.deepEqual(await offered(address), harmless);
      } finally {
        address.remove();
      }
    }),
  );

  describe('with a ledger', () => {
    const alter = (folder: string): void => {
      const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
      db.exec('UPDATE operation SET fen = 1');
      db.close();
    };

    it(
      'G8: that is altered behind its back asks nobody, from the very next refund on; once a person has decided, it asks',
      inWindow(async ({ folder, window }) => {
        assert.equal((await refund(window)).status, 'succeeded');
        alter(folder);
        for (let times = 0; times < 2; times += 1) {
          const { status, message } = await refund(window);
          assert.deepEqual([status, /was altered/.test(message)], ['refused', true], message);
        }
        assert.deepEqual([window.asked.length, await sent()], [1, 1]);
        await window.editor.ledger.accept();
        assert.equal((await refund(window)).status, 'succeeded');
      }),
    );

    it(
      'G8: that is altered is said by Verify, with the operation, and asks nobody from then on',
      inWindow(async ({ folder, window }) => {
        const { operation_id: operation } = await refund(window);
        alter(folder);
        const examined = await window.editor.ledger.examine();
        assert.ok('fault' in examined && typeof operation === 'string');
        assert.ok(examined.fault.message.includes(operation), examined.fault.message);
        assert.equal((await refund(window)).status, 'refused');
        assert.deepEqual([window.asked.length, await sent()], [1, 1]);
      }),
    );

    it(
      'G8: that locked it asks about the next refund once a person has decided in another window',
      inWindow(async ({ folder, window, other }) => {
        const decider = await other();
        await refund(decider);
        alter(folder);
        assert.equal((await refund(window)).status, 'refused');
        await decider.editor.ledger.accept();
        assert.equal((await refund(window)).status, 'succeeded');
        assert.equal(window.asked.length, 1);
      }),
    );

    it(
      'G8: that a person has begun anew in another window writes the next refund to the new one',
      inWindow(async ({ window, other }) => {
        await refund(window);
        const decider = await other();
        await decider.editor.ledger.startAnew();
        assert.equal((await refund(window)).status, 'succeeded');
        assert.equal(decider.editor.ledger.trail().at(-1)?.event, 'succeeded');
      }),
    );
  });
});

/** The names of the tools that an agent of a new session is offered. */
async function offered({ path, token }: SocketAddress): Promise<string[]> {
  let session: Record<string, string> = {};
  const post = async (message: object): Promise<{ result: { tools: { name: string }[] } }> => {
    const headers = {
      ...session,
      host: 'localhost',
      authorization: `Bearer ${token}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    };
    const sending = request({ socketPath: path, path: '/mcp', method: 'POST', headers });
    sending.end(JSON.stringify({ jsonrpc: '2.0', ...message }));
    const [response] = (await once(sending, 'response')) as [IncomingMessage];
    session = { 'mcp-session-id': String(response.headers['mcp-session-id'] ?? session['mcp-session-id']) };
    return JSON.parse(/^data: (\{.*)$/m.exec(await text(response))?.[1] ?? '{}');
  };
  const clientInfo = { name: 'raw', version: '1' };
  await post({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } });
  await post({ method: 'notifications/initialized' });
  const { result } = await post({ id: 2, method: 'tools/list' });
  return result.tools.map(({ name }) => name).toSorted();
}
