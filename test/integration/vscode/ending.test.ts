import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Desk } from '../../support/desk.ts';
import { EditorDesk } from '../../support/editor-desk.ts';
import { withFolder } from '../../support/folders.ts';

const QUERY = 'alipay.trade.query';

describe('calls under way in a window', () => {
  let desk: Desk;

  before(async () => {
    desk = await Desk.open();
  });

  after(() => desk.close());

  /** A window in which a call of an agent's waits for the payment of an order, once it has asked for the first time. */
  const whileWaiting = (
    out_trade_no: string,
    prepare: (folder: string) => void,
    test: (window: EditorDesk, waiting: ReturnType<EditorDesk['run']>) => Promise<void>,
  ): Promise<void> =>
    withFolder(async (folder) => {
      prepare(folder);
      const window = await EditorDesk.local(desk, folder);
      try {
        await window.run('create_trade', { out_trade_no, total_amount: '1.00', subject: 'x' });
        const asked = Promise.withResolvers<void>();
        const waiting = window.editor.run(
          'query_trade',
          { out_trade_no, wait_seconds: 4 },
          {
            clientId: 'two',
            name: 'test',
            signal: new AbortController().signal,
            progress: () => asked.resolve(),
            approver: undefined,
          },
        );
        await asked.promise;
        await test(window, waiting);
      } finally {
        await window.editor.close();
      }
    });

  it('sign nothing more when everything is locked, nor does a new one', () =>
    whileWaiting(
      'ENDING1',
      () => undefined,
      async (window, waiting) => {
        await window.store.lockEverything();
        await window.editor.recheck();
        const before = (await desk.requests(QUERY)).length;
        assert.match((await window.run('query_trade', { out_trade_no: 'ENDING1' })).message, /locked everything/);
        assert.equal((await waiting).status, 'refused');
        assert.equal((await desk.requests(QUERY)).length, before);
      },
    )).timeout(20_000);

  it('go on while others come, where the ledger cannot be opened', () =>
    whileWaiting(
      'ENDING2',
      (folder) => mkdirSync(join(folder, 'ledger.sqlite')),
      async (window, waiting) => {
        const other = await window.run('query_trade', { out_trade_no: 'ENDING2' });
        const told = [other.status, (await waiting).status];
        assert.deepEqual(told, ['rejected', 'rejected'], 'nobody has scanned it: Alipay’s own answer');
        assert.equal(
          (await window.run('refund_trade', { out_trade_no: '1', refund_amount: '1.00' })).status,
          'refused',
        );
      },
    )).timeout(20_000);
});
