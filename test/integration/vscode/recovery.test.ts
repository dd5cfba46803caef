import assert from 'node:assert/strict';
import { methodFacts, type Method } from '../../../src/alipay/methods.ts';
import { Desk } from '../../support/desk.ts';
import { EditorDesk } from '../../support/editor-desk.ts';
import { withFolder } from '../../support/folders.ts';
import { GUARDED } from '../../support/guarded-tools.ts';
import { FakeSecrets } from '../../support/secrets.ts';

const LOTS = 1_000_000;

/** What a window that has ended leaves to the next one. */
interface Left {
  readonly secrets: FakeSecrets;
  readonly moved: () => Promise<number>;
}

describe('the recovery of a window that starts', () => {
  let desk: Desk;

  before(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.admin('DELETE', '/faults'));

  after(() => desk.close());

  const journal = (): Promise<{ method: Method }[]> => desk.admin('GET', '/journal');

  /** Money moves on a click, or does not, and Alipay says nothing of it; then the window ends. Answers its secrets. */
  async function leftInDoubt(folder: string, method: keyof typeof GUARDED, fault: string): Promise<Left> {
    const { tool, query, errand } = GUARDED[method];
    const { inputs, moved } = await errand(desk);
    const secrets = new FakeSecrets();
    const window = await EditorDesk.local(desk, folder, secrets);
    window.hand = async ({ digest }) => {
      // The trade can still be read at the click.
      if (query === 'alipay.trade.query') await desk.fault(query, 'delay', 1, { ms: 1 });
      await desk.fault(query, 'garbage', LOTS);
      await desk.fault(method, fault, LOTS);
      return { verdict: 'approved', digest };
    };
    const answer = window.run(tool, inputs[0]);
    await window.doubts(1);
    await window.editor.close();
    assert.equal((await answer).status, 'unknown');
    await desk.admin('DELETE', '/faults');
    await desk.admin('POST', '/journal/clear');
    return { secrets, moved };
  }

  /** What reached Alipay since, and that it is questions alone. */
  async function onlyAsked(): Promise<void> {
    for (const { method } of await journal()) assert.equal(methodFacts(method).kind, 'read', method);
  }

  for (const method of Object.keys(GUARDED) as (keyof typeof GUARDED)[]) {
    const { tool } = GUARDED[method];

    it(`G6, G7: ${tool}: what an earlier window left in doubt is asked about and settled; nothing is sent, nobody is asked`, () =>
      withFolder(async (folder) => {
        const { secrets, moved } = await leftInDoubt(folder, method, 'drop-after');
        const started = await EditorDesk.local(desk, folder, secrets);
        try {
          await started.doubts(1);
          await started.editor.recover();
          await started.doubts(0);
        } finally {
          await started.editor.close();
        }
        assert.ok((await journal()).length > 0);
        await onlyAsked();
        assert.deepEqual(started.asked, []);
        assert.equal(started.editor.ledger.trail().at(-1)?.event, 'succeeded');
        assert.equal(await moved(), 1);
      }));

    it(`G6, G7: ${tool}: what Alipay does not know is asked about again and again, and never sent`, () =>
      withFolder(async (folder) => {
        const { secrets, moved } = await leftInDoubt(folder, method, 'drop-before');
        const started = await EditorDesk.local(desk, folder, secrets);
        try {
          await started.editor.recover();
          while ((await journal()).length < 4) await onlyAsked();
        } finally {
          await started.editor.close();
        }
        await onlyAsked();
        assert.deepEqual(started.asked, []);
        assert.equal(await moved(), 0);
      }));
  }
});
