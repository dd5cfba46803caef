import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Desk } from '../../support/desk.ts';
import { EditorDesk } from '../../support/editor-desk.ts';
import { withFolder } from '../../support/folders.ts';

const REFUND = 'alipay.trade.refund';
const INPUT = { out_trade_no: '2024040112345', refund_amount: '15.50' };

/** What another window, or something else on this computer, does while a person reads. */
const CHANGES: Readonly<Record<string, (window: EditorDesk) => Promise<void> | void>> = {
  'another profile is put in use': ({ store }) => store.use('other'),
  'its level is lowered': ({ store }) => store.update('shop', (one) => ({ ...one, level: 'write' })),
  'a limit is raised': ({ store }) =>
    store.update('shop', (one) => ({ ...one, limits: { perOperation: 500_000, perDay: 500_000, perPayee: 500_000 } })),
  'its key is another': async ({ store }) => {
    const { profiles } = await store.load();
    const keyFingerprint = profiles.find(({ id }) => id === 'other')?.keyFingerprint ?? assert.fail();
    await store.update('shop', (one) => ({ ...one, keyFingerprint }));
  },
  'its key is gone from the vault': async ({ store, vault }) => {
    const { profiles } = await store.load();
    const { keyFingerprint } = profiles.find(({ id }) => id === 'shop') ?? assert.fail();
    await vault.delete(`key/${keyFingerprint}`);
  },
  'what checks Alipay’s answers is another': ({ store }) =>
    store.update('shop', (one) => ({ ...one, alipay: { mode: 'key', publicKey: 'another' } })),
  'the settings are altered behind its back': ({ profilesFile: file }) =>
    writeFileSync(file, readFileSync(file, 'utf8').replace('"label": "Shop"', '"label": "Shoq"')),
  'everything is locked': ({ store }) => store.lockEverything(),
};

describe('what changes between the sight of a request and the click', () => {
  let desk: Desk;

  before(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.admin('POST', '/journal/clear'));

  after(() => desk.close());

  /** A window of its own for a test. */
  const inWindow = (test: (window: EditorDesk) => Promise<void>) => (): Promise<void> =>
    withFolder(async (folder) => {
      const window = await EditorDesk.open(desk, folder);
      try {
        await test(window);
      } finally {
        await window.editor.close();
      }
    });

  for (const [what, change] of Object.entries(CHANGES)) {
    it(
      `G12: ${what}, at the moment of the click: it counts for nothing, and nothing is sent`,
      inWindow(async (window) => {
        window.hand = async ({ digest }) => {
          await change(window);
          return { verdict: 'approved', digest };
        };
        const result = await window.run('refund_trade', INPUT);
        assert.equal(result.status, 'refused', JSON.stringify(result));
        assert.equal(window.asked.length, 1);
        assert.deepEqual(await desk.requests(REFUND), []);
        assert.deepEqual(window.faults, []);
      }),
    );
  }

  it(
    'G12: a click on what has not changed counts',
    inWindow(async (window) => {
      assert.equal((await window.run('refund_trade', INPUT)).status, 'succeeded');
      assert.equal((await desk.requests(REFUND)).length, 1);
    }),
  );
});
