import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { asFault, LedgerFault } from '../../../src/ledger/fault.ts';
import { brokenLimit, type Limits } from '../../../src/ledger/limits.ts';
import { say } from '../../../src/text/index.ts';

describe('an error of SQLite', () => {
  const sqlite = (errcode: unknown): Error => Object.assign(new Error('SQLite says so'), { errcode });

  const faults: [name: string, code: number, words: ReturnType<typeof say>][] = [
    ['a missing table or column', 1, say('ledger.altered.schema')],
    ['a damaged page', 11, say('ledger.fault.damaged')],
    ['a damaged index, told by an extended code', 11 | (3 << 8), say('ledger.fault.damaged')],
    ['a file that is no database', 26, say('ledger.fault.damaged')],
    ['a file that cannot be opened', 14, say('ledger.fault.unusable', { what: 'SQLite says so' })],
    ['a full disk', 13, say('ledger.fault.unusable', { what: 'SQLite says so' })],
  ];
  for (const [name, code, words] of faults) {
    it(`G8: ${name} is a damaged ledger`, () => {
      const fault = asFault(sqlite(code));
      assert.ok(fault instanceof LedgerFault);
      assert.deepEqual([fault.kind, fault.sentence, fault.nextStep], ['damaged', words, say('ledger.fault.next')]);
    });
  }

  for (const [what, error, words] of [
    ['a number beyond what Node reads', { code: 'ERR_OUT_OF_RANGE' }, say('ledger.altered.number')],
    [
      'a folder that cannot be made',
      { code: 'EACCES', syscall: 'mkdir' },
      say('ledger.fault.unusable', { what: 'EACCES' }),
    ],
  ] as const) {
    it(`G8: ${what} is a damaged ledger`, () => {
      const fault = asFault(Object.assign(new Error('Node says so'), error));
      assert.ok(fault instanceof LedgerFault);
      assert.deepEqual([fault.kind, fault.sentence], ['damaged', words]);
    });
  }

  it('of any other kind says nothing about the ledger, and stays what it is', () => {
    const closed = Object.assign(new Error('database is not open'), { code: 'ERR_INVALID_STATE' });
    const said = Object.assign(new RefusedError(say('ledger.gone')), { errcode: 11 });
    const busy = [sqlite(5), sqlite(5 | (2 << 8)), sqlite(19 | (8 << 8))];
    for (const error of [...busy, closed, said, new Error('boom'), { errcode: 11 }, 'text', undefined]) {
      assert.equal(asFault(error), error);
    }
  });
});

describe('G9: the limits', () => {
  const limits: Limits = { perOperation: 100, perDay: 300, perPayee: 200 };
  const cases: [today: number, payeeToday: number, fen: number, broken: keyof Limits | undefined][] = [
    [0, 0, 100, undefined],
    [0, 0, 101, 'perOperation'],
    [200, 0, 100, undefined],
    [201, 0, 100, 'perDay'],
    [150, 100, 100, undefined],
    [150, 101, 100, 'perPayee'],
    [300, 200, 101, 'perOperation'],
    [300, 200, 1, 'perDay'],
  ];
  for (const [today, payeeToday, fen, broken] of cases) {
    it(`${fen} more, with ${today} spent today and ${payeeToday} of it to the same payee: ${broken ?? 'allowed'}`, () =>
      assert.equal(brokenLimit(limits, { today, payeeToday }, fen), broken));
  }
});
