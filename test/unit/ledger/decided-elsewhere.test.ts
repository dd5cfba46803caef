import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { acceptAsItIs, Ledger, LedgerFault, readTrail, type ChainKey } from '../../../src/ledger/index.ts';
import { say } from '../../../src/text/index.ts';
import { LIMITS, ledgerFolder, openLedger, proposed, sending, succeeded, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

/** One window has something under way while a person accepts the ledger in another. */
describe('a ledger a person decides about in another window', () => {
  let clock: StillClock;
  let folder: ReturnType<typeof ledgerFolder>;
  let ledger: Ledger;

  beforeEach(async () => {
    clock = new StillClock();
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
    await succeeded(ledger, { target: 'trade:1' });
  });

  afterEach(async () => {
    await ledger.settled();
    ledger.close();
    folder.remove();
  });

  function change(sql: string): void {
    const db = new DatabaseSync(folder.file, { enableForeignKeyConstraints: false });
    db.exec(sql);
    db.close();
  }

  /** Somebody alters it, and a person accepts that. */
  async function decided(fen = 7): Promise<void> {
    change(`UPDATE operation SET fen = ${fen} WHERE target = 'trade:1'`);
    await assert.rejects(openLedger(folder.file, clock), LedgerFault);
    await acceptAsItIs(folder.file, clock, new FileSeal(folder.file));
  }

  async function opens(): Promise<void> {
    const again = await openLedger(folder.file, clock);
    await again.verify();
    await again.settled();
    again.close();
  }

  const saysSo = (error: unknown): boolean => {
    assert.ok(error instanceof LedgerFault, String(error));
    assert.deepEqual(
      [error.kind, error.sentence, error.nextStep],
      ['no_key', say('ledger.fault.decided'), say('ledger.fault.decided.next')],
    );
    return true;
  };

  it('G8: records the outcome of what was sent under the key of the decision, which stands', async () => {
    const id = await sending(ledger, { target: 'trade:2' });
    await decided();
    await ledger.move(id, 'unknown');
    assert.equal(await ledger.vouches(id), true);
    await ledger.move(id, 'succeeded', { answer: { fund_change: 'Y' } });
    assert.equal(ledger.get(id)?.state, 'succeeded');
    assert.deepEqual(
      readTrail(folder.file)
        .slice(-4)
        .map(({ event }) => event),
      ['carried', 'accepted', 'unknown', 'succeeded'],
    );
    await opens();
    assert.equal(ledger.isBroken, true, 'though it goes on with nothing itself');
    await assert.rejects(ledger.propose(wanted({ target: 'trade:3' })), saysSo);
  });

  it('G8: records it after two decisions as well', async () => {
    const id = await sending(ledger, { target: 'trade:2' });
    await decided();
    await ledger.move(id, 'unknown');
    await decided(8);
    await ledger.move(id, 'succeeded', { answer: {} });
    await opens();
  });

  it('G8: records it where another person decides while it looks', async () => {
    const seal = new FileSeal(folder.file);
    const other = await Ledger.open(folder.file, clock, seal);
    const id = await sending(other, { target: 'trade:2' });
    await decided();
    const readHead = seal.readHead.bind(seal);
    let times = 0;
    seal.readHead = async () => {
      times += 1;
      if (times === 1) await acceptAsItIs(folder.file, clock, new FileSeal(folder.file));
      return readHead();
    };
    await other.move(id, 'succeeded', { answer: {} });
    other.close();
    await opens();
  });

  for (const [what, goOn] of [
    ['denied', (id: string) => ledger.move(id, 'denied', { reason: 'no' })],
    ['ended', (id: string) => ledger.move(id, 'expired')],
    ['approved', (id: string) => ledger.approve(id, 'd1', LIMITS)],
    ['shown', (id: string) => ledger.describe(id, { number: 'R', digest: 'd', bizContent: '{}', facts: '{}' })],
  ] as const) {
    it(`G8: what was not sent is not ${what}, and that is said`, async () => {
      const id = await proposed(ledger, { target: 'trade:2' });
      await decided();
      assert.equal(ledger.isBroken, true);
      await assert.rejects(goOn(id), saysSo);
      assert.equal(ledger.get(id)?.state, 'proposed');
      await opens();
    });
  }

  it('G8: what was approved is not sent, and what is in doubt not sent again', async () => {
    const doubtful = await sending(ledger, { target: 'trade:2' });
    await ledger.move(doubtful, 'unknown');
    const id = await proposed(ledger, { target: 'trade:3' });
    await ledger.approve(id, 'd1', LIMITS);
    await decided();
    await assert.rejects(
      ledger.redeem(id, 'd1', LIMITS, () => undefined),
      saysSo,
    );
    await assert.rejects(
      ledger.resend(doubtful, 'd1', () => undefined),
      saysSo,
    );
    assert.deepEqual([ledger.get(id)?.state, ledger.get(doubtful)?.state], ['approved', 'unknown']);
    await opens();
  });

  it('G8: what was altered again after the decision is recorded, and stays found', async () => {
    const id = await sending(ledger, { target: 'trade:2' });
    await decided();
    change(`UPDATE operation SET fen = 8 WHERE target = 'trade:1'`);
    await ledger.move(id, 'succeeded', { answer: {} });
    assert.equal(ledger.get(id)?.state, 'succeeded');
    await assert.rejects(openLedger(folder.file, clock), (error) => error instanceof LedgerFault);
  });

  it('G8: an outcome stays to be settled where this window does not see the key of the decision', async () => {
    const seal = new FileSeal(folder.file);
    const other = await Ledger.open(folder.file, clock, seal);
    const id = await sending(other, { target: 'trade:2' });
    await decided();
    seal.readKey = (): Promise<ChainKey['bytes'] | undefined> => Promise.resolve(undefined);
    await assert.rejects(
      other.move(id, 'succeeded', { answer: {} }),
      (error) => error instanceof LedgerFault && error.sentence.key === 'ledger.fault.no_key',
    );
    assert.equal(other.get(id)?.state, 'sending');
    await other.settled();
    other.close();
    const next = await openLedger(folder.file, clock);
    assert.equal(next.get(id)?.state, 'unknown', 'the next opening asks what became of it');
    await next.settled();
    next.close();
  });
});
