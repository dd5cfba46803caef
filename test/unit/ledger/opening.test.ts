import assert from 'node:assert/strict';
import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { acceptAsItIs, Ledger, LedgerFault, readTrail, type FaultKind, type Head } from '../../../src/ledger/index.ts';
import { ledgerFolder, openLedger, sending, succeeded } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

describe('G8: opening a ledger', () => {
  const clock = new StillClock();
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(() => {
    folder = ledgerFolder();
  });
  afterEach(() => folder.remove());

  async function written(): Promise<void> {
    const ledger = await openLedger(folder.file, clock);
    await succeeded(ledger);
    await ledger.settled();
    ledger.close();
  }

  async function refused(seal = new FileSeal(folder.file)): Promise<[FaultKind, string]> {
    const fault: unknown = await Ledger.open(folder.file, clock, seal).catch((error: unknown) => error);
    assert.ok(fault instanceof LedgerFault, String(fault));
    return [fault.kind, fault.message];
  }

  const seal = (): FileSeal => new FileSeal(folder.file);

  it('tells the vault of a new one at once', async () => {
    const ledger = await openLedger(folder.file, clock);
    await ledger.settled();
    assert.equal((await seal().readHead())?.count, 1);
    ledger.close();
  });

  describe('of whose end nobody remembers anything', () => {
    const forgotten = (): void => rmSync(`${folder.file}.seal-head`);

    it('refuses one of whose end nobody remembers anything, once operations stand in it', async () => {
      await written();
      forgotten();
      const [kind, words] = await refused();
      assert.equal(kind, 'no_key');
      assert.match(words, /what this product remembers of its end is gone or damaged/);
      assert.equal(await seal().readHead(), undefined, 'and remembers nothing new');
      await acceptAsItIs(folder.file, clock, seal());
      (await openLedger(folder.file, clock)).close();
    });

    it('takes one in which nothing stands yet: whoever made it ended before that could be told', async () => {
      const made = await openLedger(folder.file, clock);
      await made.settled();
      made.close();
      forgotten();
      const ledger = await openLedger(folder.file, clock);
      assert.equal((await seal().readHead())?.count, 1, 'before anything can stand in it');
      ledger.close();
      await ledger.settled();
    });

    it('believes what another window has told just now', async () => {
      await written();
      const told = (await seal().readHead()) ?? assert.fail();
      let reads = 0;
      const late = Object.assign(seal(), {
        readHead: () => Promise.resolve((reads += 1) === 1 ? undefined : told),
      });
      const ledger = await Ledger.open(folder.file, clock, late);
      ledger.close();
      await ledger.settled();
    });

    it('takes a damaged memory for a ledger that is gone, where there is no file', async () => {
      await written();
      writeFileSync(`${folder.file}.seal-head`, 'zz');
      rmSync(folder.file);
      const [kind, words] = await refused();
      assert.equal(kind, 'missing');
      assert.match(words, /is gone, and what this product remembers of its end is damaged/);
      assert.equal(existsSync(folder.file), false);
    });

    it('tells its reader of any other error of what remembers', async () => {
      const boom = new Error('the vault is away');
      const away = Object.assign(seal(), { readHead: () => Promise.reject(boom) });
      await assert.rejects(Ledger.open(folder.file, clock, away), (error) => error === boom);
      await written();
      await assert.rejects(acceptAsItIs(folder.file, clock, away), (error) => error === boom);
    });

    for (const text of [
      '',
      '{"epoch":0,"count',
      'null',
      '{"epoch":"0","count":6,"mac":"x"}',
      '{"epoch":0,"count":6}',
      '{"epoch":0,"count":1.5,"mac":"x"}',
    ]) {
      it(`finds that “${text}” is no memory of an end, and lets a person decide`, async () => {
        await written();
        writeFileSync(`${folder.file}.seal-head`, text);
        assert.equal((await refused())[0], 'no_key');
        await acceptAsItIs(folder.file, clock, seal());
        (await openLedger(folder.file, clock)).close();
      });
    }
  });

  it('says how many entries the one had that is gone, and makes no new one', async () => {
    await written();
    rmSync(folder.file);
    const [kind, words] = await refused();
    assert.equal(kind, 'missing');
    assert.match(words, /there was one with 6 entries/);
    assert.equal(existsSync(folder.file), false);
  });

  it('takes an empty file for the one that is known no more than it takes none', async () => {
    await written();
    writeFileSync(folder.file, '');
    const [kind, words] = await refused();
    assert.equal(kind, 'missing', 'so that nobody goes on with nothing');
    assert.match(words, /nothing in the ledger’s file/);
    await assert.rejects(acceptAsItIs(folder.file, clock, seal()), (error) => error instanceof LedgerFault);
    assert.equal(new DatabaseSync(folder.file).prepare('PRAGMA user_version').get()?.['user_version'], 0);
  });

  it('says which entry the vault remembers, and how many the older copy has', async () => {
    await written();
    copyFileSync(folder.file, `${folder.file}.old`);
    const ledger = await openLedger(folder.file, clock);
    await succeeded(ledger, { target: 'trade:2' });
    await ledger.settled();
    ledger.close();
    copyFileSync(`${folder.file}.old`, folder.file);
    const [kind, words] = await refused();
    assert.equal(kind, 'older');
    assert.match(words, /entry 11 is not the one it wrote, and the file has 6/);
  });

  it('compares heads of one epoch by their MAC, and believes a later epoch', async () => {
    await written();
    const head = (await seal().readHead()) ?? assert.fail();
    const remember = async (change: Partial<Head>): Promise<void> => seal().writeHead({ ...head, ...change });
    await remember({ mac: '0'.repeat(64) });
    assert.equal((await refused())[0], 'older');
    await remember({ epoch: head.epoch + 1 });
    assert.equal((await refused())[0], 'older');
    await remember({});
    await acceptAsItIs(folder.file, clock, seal());
    await remember({ mac: '0'.repeat(64) });
    (await openLedger(folder.file, clock)).close();
  });

  it('is refused with a key of the wrong name or none', async () => {
    await written();
    const db = new DatabaseSync(folder.file);
    db.exec('DELETE FROM chain');
    db.close();
    assert.equal((await refused())[0], 'no_key');
  });

  it('believes a person’s decision that another window records while it opens', async () => {
    await written();
    let decides = true;
    const busy = seal();
    const readKey = busy.readKey.bind(busy);
    busy.readKey = async (name) => {
      const key = await readKey(name);
      if (decides) {
        decides = false;
        await acceptAsItIs(folder.file, clock, seal());
      }
      return key;
    };
    const ledger = await Ledger.open(folder.file, clock, busy);
    assert.equal(await ledger.verify(), 7);
    await succeeded(ledger, { target: 'trade:2' });
    await ledger.settled();
    ledger.close();
    await reopened();
  });

  async function reopened(): Promise<void> {
    const ledger = await openLedger(folder.file, clock);
    assert.equal(await ledger.verify(), 12);
    await ledger.settled();
    ledger.close();
  }

  it('makes one chain where two make it at once, and names only one key', async () => {
    const both = await Promise.all([openLedger(folder.file, clock), openLedger(folder.file, clock)]);
    assert.deepEqual(
      readTrail(folder.file).map(({ event }) => event),
      ['new'],
    );
    for (const ledger of both) {
      await ledger.settled();
      ledger.close();
    }
  });

  it('waits for nobody who writes meanwhile, and nor does verifying: neither writes', async () => {
    await written();
    const db = new DatabaseSync(folder.file);
    db.exec('BEGIN IMMEDIATE');
    const ledger = await openLedger(folder.file, clock);
    assert.equal(await ledger.verify(), 6);
    db.exec('COMMIT');
    db.close();
    await ledger.settled();
    ledger.close();
  });

  it('leaves nothing open where what dead windows left cannot be settled', async () => {
    const ledger = await openLedger(folder.file, clock);
    await sending(ledger);
    await ledger.settled();
    ledger.close();
    const busy = new StillClock();
    busy.wait = () => Promise.resolve(void (busy.mono += 1_000));
    const db = new DatabaseSync(folder.file);
    db.exec('BEGIN IMMEDIATE');
    await assert.rejects(openLedger(folder.file, busy), (error) => error instanceof RefusedError);
    db.exec('COMMIT');
    db.close();
    assert.equal(existsSync(`${folder.file}-wal`), false);
  });

  it('knows whether it goes on from where another opening was, or a person has decided since', async () => {
    await written();
    const ledger = await openLedger(folder.file, clock);
    const seen = ledger.head;
    assert.deepEqual([seen.epoch, seen.count], [0, 6]);
    await succeeded(ledger, { target: 'trade:2' });
    assert.equal(ledger.head.count, 11);
    assert.equal(ledger.holds(seen), true);
    assert.equal(ledger.holds({ ...seen, mac: '0'.repeat(64) }), false);
    assert.equal(ledger.holds({ ...seen, count: 5 }), false);
    assert.equal(ledger.holds({ ...seen, count: 12 }), false);
    assert.equal(ledger.holds({ ...seen, epoch: 1 }), false);
    await ledger.settled();
    ledger.close();
    await acceptAsItIs(folder.file, clock, seal());
    const decided = await openLedger(folder.file, clock);
    assert.equal(decided.holds({ ...seen, mac: 'of another past' }), true);
    await decided.settled();
    decided.close();
  });

  it('sees an altered time that is none, and says so with a question mark', async () => {
    await written();
    const db = new DatabaseSync(folder.file);
    db.exec(`DROP TRIGGER event_stays; UPDATE event SET at = 8000000000000000 WHERE seq = 3;
      CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'events are never changed'); END;`);
    db.close();
    assert.match((await refused())[1], /altered at entry 3 \(shown, \? Beijing time\)/);
  });
});
