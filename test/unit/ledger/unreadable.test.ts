import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import {
  acceptAsItIs,
  Ledger,
  LedgerFault,
  readTrail,
  startAnew,
  type FaultKind,
  type LedgerSeal,
} from '../../../src/ledger/index.ts';
import type { TextKey } from '../../../src/text/index.ts';
import { ledgerFolder, openLedger, proposed, sending, succeeded, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

const BEYOND = '9223372036854775807';

describe('a ledger that cannot be read', () => {
  const clock = new StillClock();
  let folder: ReturnType<typeof ledgerFolder>;
  const seal = (): FileSeal => new FileSeal(folder.file);

  beforeEach(async () => {
    folder = ledgerFolder();
    const ledger = await openLedger(folder.file, clock);
    await succeeded(ledger, { target: 'trade:1' });
    await ledger.move(await sending(ledger, { target: 'trade:2' }), 'unknown');
    await ledger.settled();
    ledger.close();
  });
  afterEach(() => folder.remove());

  function change(sql: string): void {
    const db = new DatabaseSync(folder.file, { enableForeignKeyConstraints: false });
    db.exec('PRAGMA ignore_check_constraints = ON');
    db.exec(sql);
    db.close();
  }

  function aDirectory(): void {
    for (const part of ['', '-wal', '-shm']) rmSync(folder.file + part, { force: true });
    mkdirSync(folder.file);
  }

  async function faultOf(work: Promise<unknown>): Promise<[FaultKind, TextKey]> {
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    assert.ok(error instanceof LedgerFault, String(error));
    return [error.kind, error.sentence.key];
  }

  const forged = (detail: string): string =>
    `INSERT INTO event (at, kind, detail, mac) VALUES (1, 'sealed', '${detail}', '')`;

  const cases: [what: string, make: () => void, kind: FaultKind, key: TextKey, acceptable: boolean][] = [
    ['an amount', () => change(`UPDATE operation SET fen = ${BEYOND}`), 'damaged', 'ledger.altered.number', false],
    ['a time', () => change(`UPDATE operation SET sent_at = ${BEYOND}`), 'damaged', 'ledger.altered.number', false],
    [
      'the time of an entry',
      () => change(`INSERT INTO event (at, kind, detail, mac) VALUES (${BEYOND}, 'x', '{}', '')`),
      'damaged',
      'ledger.altered.number',
      false,
    ],
    [
      'the number of an entry',
      () => change(`INSERT INTO event (seq, at, kind, detail, mac) VALUES (${BEYOND}, 1, 'x', '{}', '')`),
      'damaged',
      'ledger.altered.number',
      false,
    ],
    ['a directory', aDirectory, 'damaged', 'ledger.fault.unusable', false],
    ['a version below all', () => change('PRAGMA user_version = -5'), 'damaged', 'ledger.altered.schema', false],
    ['a version it is not of', () => change('PRAGMA user_version = 1'), 'damaged', 'ledger.altered.schema', false],
    ['no version', () => change('PRAGMA user_version = 0'), 'damaged', 'ledger.altered.schema', false],
    ['a seal that is no JSON', () => change(forged('garbage')), 'altered', 'ledger.altered.event', true],
    ['a seal that is nothing', () => change(forged('null')), 'altered', 'ledger.altered.event', true],
    [
      'words that are no JSON',
      () => change(`UPDATE operation SET why = 'x'`),
      'altered',
      'ledger.altered.operation',
      true,
    ],
    [
      'a state that is none',
      () => change(`UPDATE operation SET state = 'x'`),
      'altered',
      'ledger.altered.operation',
      false,
    ],
  ];

  for (const [what, make, kind, key, acceptable] of cases) {
    it(`G8: ${what}: opening says so, and a person gets out of it`, async () => {
      make();
      assert.deepEqual(await faultOf(openLedger(folder.file, clock)), [kind, key]);
      if (acceptable) {
        await acceptAsItIs(folder.file, clock, seal());
        const ledger = await openLedger(folder.file, clock);
        assert.equal(ledger.inDoubt().length, 1, 'what is in doubt can still be seen');
        await ledger.settled();
        ledger.close();
      } else {
        assert.equal((await faultOf(acceptAsItIs(folder.file, clock, seal())))[0], 'damaged');
        assert.deepEqual(await faultOf(openLedger(folder.file, clock)), [kind, key], 'it is left as it was');
      }
      assert.match((await startAnew(folder.file, clock, seal())) ?? '', /^ledger\.set-aside-.*\.sqlite$/);
      const anew = await openLedger(folder.file, clock);
      assert.equal(await anew.verify(), 1);
      await succeeded(anew);
      await anew.settled();
      anew.close();
    });
  }

  it('G8: numbers nobody can have written are shown in the trail with a question mark', () => {
    change(
      `UPDATE operation SET fen = ${BEYOND}; INSERT INTO event (at, kind, detail, mac) VALUES (${BEYOND}, 'x', '{}', '')`,
    );
    const trail = readTrail(folder.file);
    assert.deepEqual([trail[1]?.amount, trail.at(-1)?.beijing_time], ['?', '?']);
  });

  it('G8: the trail of what is no file cannot be shown, and that is said', () => {
    aDirectory();
    assert.throws(
      () => readTrail(folder.file),
      (error) => error instanceof LedgerFault && error.sentence.key === 'ledger.fault.unusable',
    );
  });

  it('G8: a folder that cannot be made or written is said at opening, accepting and setting aside', async () => {
    const file = join(folder.file, 'beneath', 'ledger.sqlite');
    const nothing: LedgerSeal = {
      ...methodsOf(seal()),
      readHead: () => Promise.resolve(undefined),
      writeHead: () => assert.fail('there is nothing to remember'),
    };
    for (const work of [Ledger.open.bind(Ledger), acceptAsItIs, startAnew]) {
      assert.deepEqual(await faultOf(work(file, clock, nothing)), ['damaged', 'ledger.fault.unusable']);
    }
  });

  it('G8: a seal somebody forged is no decision: the next one has the next number', async () => {
    for (const epoch of ['1e300', '9007199254740991', '1000000', '"7"', '0.5']) change(forged(`{"epoch":${epoch}}`));
    change(forged('{"epoch":999999}'));
    await acceptAsItIs(folder.file, clock, seal());
    assert.equal((await seal().readHead())?.epoch, 1_000_000);
    await acceptAsItIs(folder.file, clock, seal());
    assert.equal((await seal().readHead())?.epoch, 1_000_001);
    (await openLedger(folder.file, clock)).close();
  });

  it('G8: accepting what is written does not take a rule with it that is not ours', async () => {
    const before = await seal().readHead();
    change(`UPDATE operation SET fen = 7 WHERE target = 'trade:1';
      CREATE TRIGGER more AFTER UPDATE OF spent_day ON operation BEGIN SELECT 1; END`);
    assert.deepEqual(await faultOf(acceptAsItIs(folder.file, clock, seal())), ['damaged', 'ledger.altered.schema']);
    assert.deepEqual(await seal().readHead(), before);
    assert.deepEqual(await faultOf(openLedger(folder.file, clock)), ['damaged', 'ledger.altered.schema']);
    change('DROP TRIGGER more');
    await acceptAsItIs(folder.file, clock, seal());
    (await openLedger(folder.file, clock)).close();
  });

  it('G8: an empty file of a version below all is no new ledger', async () => {
    const other = ledgerFolder();
    const db = new DatabaseSync(other.file);
    db.exec('PRAGMA user_version = -5');
    db.close();
    assert.deepEqual(await faultOf(openLedger(other.file, clock)), ['damaged', 'ledger.altered.schema']);
    other.remove();
  });

  it('the vault’s own trouble says nothing about the file', async () => {
    const boom = new Error('the keychain is locked');
    const locked: LedgerSeal = { ...methodsOf(seal()), readKey: () => Promise.reject(boom) };
    await assert.rejects(Ledger.open(folder.file, clock, locked), (error) => error === boom);
  });

  describe('while it is open', () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await openLedger(folder.file, clock);
    });
    afterEach(async () => {
      ledger.close();
      await ledger.settled();
    });

    it('G8: is found before money goes on, and stays found', async () => {
      change(`UPDATE operation SET fen = ${BEYOND} WHERE target = 'trade:1'`);
      const wants = (target: string): Promise<unknown> => ledger.propose(wanted({ target }));
      assert.deepEqual(await faultOf(wants('trade:3')), ['damaged', 'ledger.altered.number']);
      assert.equal(ledger.isBroken, true);
      change(`UPDATE operation SET fen = 1550 WHERE target = 'trade:1'`);
      assert.deepEqual(await faultOf(wants('trade:3')), ['damaged', 'ledger.altered.number']);
    });

    it('G8: says so of the operation that is asked for, and vouches for nothing', async () => {
      const [doubtful] = ledger.inDoubt();
      change(`UPDATE operation SET sent_at = ${BEYOND} WHERE target = 'trade:2'`);
      assert.deepEqual(await faultOf(ledger.standing(wanted({ target: 'trade:2' }))), [
        'damaged',
        'ledger.altered.number',
      ]);
      assert.throws(() => ledger.inDoubt(), LedgerFault);
      assert.equal(await ledger.vouches(doubtful?.id ?? ''), false);
    });

    it('G8: says so of the time of an entry, which ledger time rests on', async () => {
      change(`INSERT INTO event (at, kind, detail, mac) VALUES (${BEYOND}, 'x', '{}', '')`);
      assert.deepEqual(await faultOf(ledger.propose(wanted())), ['damaged', 'ledger.altered.number']);
      assert.deepEqual(await faultOf(ledger.verify()), ['damaged', 'ledger.altered.number']);
      assert.equal(ledger.isBroken, true);
    });

    it('cannot be called whole once it is closed', () => {
      assert.equal(ledger.isBroken, false);
      ledger.close();
      assert.equal(ledger.isBroken, true);
      return openLedger(folder.file, clock).then((again) => (ledger = again));
    });

    it('G8: verifying finds it, and no money goes on after that', async () => {
      clock.wall += 3 * 86_400_000;
      const other = await openLedger(folder.file, clock);
      await succeeded(other, { target: 'trade:4' });
      change(`UPDATE operation SET caller = 'x' WHERE target = 'trade:1'`);
      await proposed(ledger, { target: 'trade:5' }); // an old one is for the verification to find
      assert.deepEqual(await faultOf(ledger.verify()), ['altered', 'ledger.altered.operation']);
      assert.equal(ledger.isBroken, true);
      await assert.rejects(proposed(ledger, { target: 'trade:6' }), LedgerFault);
      await other.settled();
      other.close();
    });

    it('G8: vouches for nothing with an entry behind it that cannot be read', async () => {
      const id = await sending(ledger, { target: 'trade:3' });
      const [doubtful] = ledger.inDoubt();
      await ledger.move(id, 'unknown');
      change(`INSERT INTO event (at, kind, detail, mac) VALUES (${BEYOND}, 'x', '{}', '')`);
      assert.equal(await ledger.vouches(doubtful?.id ?? ''), false);
    });
  });

  const methodsOf = (one: FileSeal): LedgerSeal => ({
    makeKey: () => one.makeKey(),
    readKey: (name) => one.readKey(name),
    readHead: () => one.readHead(),
    writeHead: (head) => one.writeHead(head),
  });
});
