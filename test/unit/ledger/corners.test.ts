import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { acceptAsItIs, LedgerFault, type Ledger } from '../../../src/ledger/index.ts';
import { LIMITS, ledgerFolder, openLedger, proposed, succeeded } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

describe('a ledger’s corners', () => {
  let clock: StillClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(async () => {
    clock = new StillClock();
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
  });
  afterEach(async () => {
    try {
      ledger.close();
    } catch {
      // closed by its test
    }
    await ledger.settled();
    folder.remove();
  });

  it('an operation begins without an answer', async () => {
    assert.equal(ledger.get(await proposed(ledger))?.answer, '{}');
  });

  it('an error that says nothing of the file passes, and is not remembered', async () => {
    const other = await openLedger(folder.file, clock);
    const id = await proposed(ledger);
    await succeeded(other, { target: 'trade:other' });
    other.close();
    await other.settled();
    const boom = new Error('boom');
    const { now } = clock;
    let fails = true;
    clock.now = (): number => {
      if (fails) throw boom;
      return now();
    };
    await assert.rejects(ledger.approve(id, 'd1', LIMITS), (error) => error === boom);
    fails = false;
    await ledger.approve(id, 'd1', LIMITS);
    assert.equal(ledger.isBroken, false);
  });

  it('G8: a file with nothing in it cannot be gone on with: it is none', async () => {
    ledger.close();
    await ledger.settled();
    writeFileSync(folder.file, '');
    const fault: unknown = await acceptAsItIs(folder.file, clock, new FileSeal(folder.file)).catch(
      (error: unknown) => error,
    );
    assert.ok(fault instanceof LedgerFault);
    assert.equal(fault.kind, 'missing');
  });
});
