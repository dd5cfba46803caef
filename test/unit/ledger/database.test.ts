import assert from 'node:assert/strict';
import { copyFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../src/alipay/clock.ts';
import { RefusedError, SetupError } from '../../../src/alipay/errors.ts';
import { openDatabase, Place, transact } from '../../../src/ledger/database.ts';
import { LedgerFault } from '../../../src/ledger/index.ts';
import { say } from '../../../src/text/index.ts';
import { ledgerFolder } from '../../support/ledgers.ts';

/** A clock on which waiting takes as long as the test says, and no real time. */
class CountingClock implements Clock {
  mono = 1_000_000;
  readonly waits: number[] = [];
  onWait = (_times: number): void => undefined;
  stepMs = 1_000;
  now = (): number => 0;
  monotonic = (): number => this.mono;
  wait = (ms: number): Promise<void> => {
    this.waits.push(ms);
    this.mono += this.stepMs;
    this.onWait(this.waits.length);
    return Promise.resolve();
  };
}

describe('the ledger’s database', () => {
  let folder: ReturnType<typeof ledgerFolder>;
  let clock: CountingClock;
  let db: DatabaseSync;
  let other: DatabaseSync;

  beforeEach(() => {
    folder = ledgerFolder();
    clock = new CountingClock();
    db = openDatabase(folder.file);
    other = openDatabase(folder.file);
    db.exec('CREATE TABLE note (text)');
  });

  afterEach(() => {
    db.close();
    other.close();
    folder.remove();
  });

  const count = (): unknown => db.prepare('SELECT count(*) AS n FROM note').get()?.['n'];
  const write = (): string => {
    db.exec(`INSERT INTO note VALUES ('x')`);
    return 'written';
  };

  it('is made in a folder for its owner only, with all folders above it', () => {
    const deep = join(dirname(folder.file), 'a', 'b', 'ledger.sqlite');
    openDatabase(deep).close();
    assert.equal(statSync(dirname(deep)).mode & 0o777, 0o700);
    assert.equal(statSync(deep).mode & 0o777, 0o600);
    openDatabase(deep).close();
  });

  it('says so where this program has no SQLite', () => {
    const descriptor = Object.getOwnPropertyDescriptor(process, 'getBuiltinModule') ?? assert.fail();
    Object.defineProperty(process, 'getBuiltinModule', { ...descriptor, value: () => undefined });
    try {
      assert.throws(
        () => openDatabase(folder.file),
        (error) => error instanceof SetupError && error.sentence.key === say('ledger.no_sqlite').key,
      );
    } finally {
      Object.defineProperty(process, 'getBuiltinModule', descriptor);
    }
  });

  describe('knows its files by what they are, not by their names', () => {
    const elsewhere = (): string => join(dirname(folder.file), 'elsewhere');
    const found = (place: Place): [boolean, unknown] => {
      try {
        place.check(7);
        return [place.isSame, undefined];
      } catch (error) {
        return [place.isSame, error];
      }
    };
    const gone = new LedgerFault('missing', say('ledger.fault.missing', { count: 7 }));
    const parts = new LedgerFault('missing', say('ledger.fault.parts'));

    for (const [part, fault] of [
      ['', gone],
      ['-wal', parts],
      ['-shm', parts],
    ] as const) {
      it(`G8: ${part || 'the database'} removed, replaced, and put back`, () => {
        for (const beside of ['-wal', '-shm']) writeFileSync(folder.file + beside, 'x');
        const place = new Place(folder.file);
        assert.deepEqual(found(place), [true, undefined]);
        renameSync(folder.file + part, elsewhere());
        assert.deepEqual(found(place), [false, fault]);
        copyFileSync(elsewhere(), folder.file + part);
        assert.deepEqual(found(place), [false, fault]);
        renameSync(elsewhere(), folder.file + part);
        assert.deepEqual(found(place), [true, undefined]);
      });

      it(`G8: ${part || 'the database'} that was not there is known from when it comes`, () => {
        const place = new Place(`${elsewhere()}.sqlite`);
        assert.deepEqual(found(place), [true, undefined]);
        writeFileSync(`${elsewhere()}.sqlite${part}`, 'x');
        assert.deepEqual(found(place), [true, undefined]);
        rmSync(`${elsewhere()}.sqlite${part}`);
        assert.deepEqual(found(place), [false, fault]);
      });
    }
  });

  it('waits for another that holds the lock, some milliseconds each time, and then does the work once', async () => {
    other.exec('BEGIN IMMEDIATE');
    clock.onWait = (times) => {
      if (times === 3) other.exec('COMMIT');
    };
    assert.equal(await transact(db, clock, write), 'written');
    assert.equal(count(), 1);
    assert.equal(clock.waits.length, 3);
    assert.ok(
      clock.waits.every((ms) => ms >= 5 && ms < 25),
      String(clock.waits),
    );
  });

  for (const { ms, times } of [
    { ms: undefined, times: 6 },
    { ms: 60_000, times: 61 },
  ]) {
    it(`gives up, with what to do, after more than ${(ms ?? 5_000) / 1_000} seconds, and has done nothing`, async () => {
      other.exec('BEGIN IMMEDIATE');
      const waiting = transact(db, clock, write, ms);
      await assert.rejects(waiting, new RefusedError(say('ledger.busy'), say('ledger.busy.next')));
      assert.equal(clock.waits.length, times, 'a second each: at the end it tries once more');
      other.exec('COMMIT');
      assert.equal(count(), 0);
    });
  }

  it('throws what the work throws, at once, and none of the work is left', async () => {
    const boom = new Error('boom');
    const failing = (): never => {
      write();
      throw boom;
    };
    await assert.rejects(transact(db, clock, failing), (error) => error === boom);
    assert.equal(db.isTransaction, false);
    assert.deepEqual([count(), clock.waits.length], [0, 0]);
    await assert.rejects(
      transact(db, clock, () => db.exec('SELECT * FROM nowhere')),
      /nowhere/,
    );
    assert.equal(clock.waits.length, 0);
    assert.equal(await transact(db, clock, write), 'written');
  });
});
