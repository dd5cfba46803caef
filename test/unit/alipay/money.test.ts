import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatYuan, parseAmount, parseBillAmount, readAmount } from '../../../src/alipay/money.ts';
import { render } from '../../../src/text/index.ts';
import { refusal, refusalKey } from '../../support/sentences.ts';

const ANY = { min: 1, max: 10_000_000_000 };
const fenOfARequest = fc.integer({ min: 1, max: ANY.max });
const fenOfABill = fc.integer({ min: -99_999_999_999_99, max: 99_999_999_999_99 });

describe('amounts of a request', () => {
  it('come back as they were printed, for every amount in range', () => {
    fc.assert(
      fc.property(fenOfARequest, (fen) => assert.equal(parseAmount(formatYuan(fen), 'refund_amount', ANY), fen)),
      { numRuns: 2000 },
    );
  });

  it('may leave decimals out', () => {
    assert.equal(parseAmount('15', 'refund_amount', ANY), 1500);
    assert.equal(parseAmount('15.5', 'refund_amount', ANY), 1550);
    assert.equal(parseAmount('0.01', 'refund_amount', ANY), 1);
    assert.equal(parseAmount('100000000.00', 'refund_amount', ANY), ANY.max);
  });

  const bad: readonly (readonly [value: unknown, key: string])[] = [
    [15.5, 'money.not_a_string'],
    [15n, 'money.not_a_string'],
    [Number.NaN, 'money.not_a_string'],
    [undefined, 'money.not_a_string'],
    [null, 'money.not_a_string'],
    [{ toString: () => '15.50' }, 'money.not_a_string'],
    [['15.50'], 'money.not_a_string'],
    ['', 'money.blank'],
    [' 15.50', 'money.blank'],
    ['15.50 ', 'money.blank'],
    ['15 .50', 'money.blank'],
    ['15.50\n', 'money.blank'],
    ['\u3000\uff11\uff15', 'money.blank'],
    ['+15.50', 'money.sign'],
    ['-15.50', 'money.sign'],
    ['¥15.50', 'money.currency'],
    ['￥15.50', 'money.currency'],
    ['15.50元', 'money.currency'],
    ['15.50CNY', 'money.currency'],
    ['rmb15', 'money.currency'],
    ['$15', 'money.currency'],
    ['1,234.50', 'money.comma'],
    ['15,50', 'money.comma'],
    ['１５.50', 'money.full_width'],
    ['15．50', 'money.full_width'],
    ['15。50', 'money.full_width'],
    ['１，２３４', 'money.full_width'],
    ['15.505', 'money.decimals'],
    ['0.001', 'money.decimals'],
    ['0', 'money.zero'],
    ['0.00', 'money.zero'],
    ['015.50', 'money.leading_zero'],
    ['00.50', 'money.leading_zero'],
    ['1e3', 'money.not_an_amount'],
    ['1E3', 'money.not_an_amount'],
    ['0x10', 'money.not_an_amount'],
    ['Infinity', 'money.not_an_amount'],
    ['NaN', 'money.not_an_amount'],
    ['١٥٫٥٠', 'money.not_an_amount'],
    ['15.', 'money.not_an_amount'],
    ['.50', 'money.not_an_amount'],
    ['1.2.3', 'money.not_an_amount'],
    ['fifteen', 'money.not_an_amount'],
    ['15\u200b.50', 'money.not_an_amount'],
    ['9'.repeat(1000), 'money.above'],
    ['12345678901', 'money.above'],
    ['100000000.01', 'money.above'],
  ];

  for (const [value, key] of bad) {
    const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 20)) : `a ${typeof value}`;
    it(`${shown} gets the sentence ${key}, naming the field`, () => {
      const sentence = refusal(() => parseAmount(value, 'refund_amount', ANY));
      assert.equal(sentence.key, key);
      for (const locale of ['en', 'zh'] as const) {
        const words = render(locale, sentence);
        assert.ok(words.startsWith('refund_amount'), words);
        assert.ok(words.length < 200, words);
      }
    });
  }

  it('outside the range say where the range ends', () => {
    const range = { min: 10, max: 5000 };
    const low = refusal(() => parseAmount('0.09', 'trans_amount', range));
    assert.deepEqual([low.key, low.args], ['money.below', { field: 'trans_amount', value: '0.09', min: '0.10' }]);
    const high = refusal(() => parseAmount('50.01', 'trans_amount', range));
    assert.deepEqual([high.key, high.args], ['money.above', { field: 'trans_amount', value: '50.01', max: '50.00' }]);
    assert.equal(parseAmount('0.10', 'trans_amount', range), 10);
    assert.equal(parseAmount('50.00', 'trans_amount', range), 5000);
  });

  it('are refused or understood exactly, whatever the text', () => {
    const digits = fc.string({
      unit: fc.constantFrom('0', '1', '9', '.', ',', '-', '+', 'e', ' ', '１'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), (text) => {
        let fen: number;
        try {
          fen = parseAmount(text, 'refund_amount', ANY);
        } catch {
          refusal(() => parseAmount(text, 'refund_amount', ANY));
          return;
        }
        const [yuan = '', decimals = ''] = text.split('.');
        assert.equal(formatYuan(fen), `${yuan}.${decimals.padEnd(2, '0')}`);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('amounts of an answer', () => {
  it('are read as they stand, or not at all', () => {
    assert.equal(readAmount('0.00'), 0);
    assert.equal(readAmount('15.5'), 1550);
    for (const value of [15.5, null, undefined, '', '-1.00', '1,000.00', '15.505', '1e3']) {
      assert.equal(readAmount(value), undefined);
    }
  });
});

describe('amounts of a bill', () => {
  const grouped = (fen: number): string => formatYuan(fen).replace(/\B(?=(\d{3})+\.)/g, ',');

  it('come back from every way of writing them', () => {
    const blank = fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\n'), maxLength: 3 });
    fc.assert(
      fc.property(fenOfABill, blank, blank, fc.boolean(), (fen, before, after, commas) => {
        const written = commas ? grouped(fen) : formatYuan(fen);
        assert.equal(parseBillAmount(before + written + after), fen);
        if (fen > 0) assert.equal(parseBillAmount(`${before}+${written}${after}`), fen);
      }),
      { numRuns: 2000 },
    );
  });

  it('never make a minus zero', () => {
    for (const cell of ['-0.00', '-0', '\t-0.0\t']) assert.ok(Object.is(parseBillAmount(cell), 0), cell);
  });

  it('may be empty', () => {
    for (const cell of ['', ' ', '\t\t']) assert.equal(parseBillAmount(cell), 0);
  });

  it('that are none get a sentence with the cell', () => {
    for (const cell of ['abc', '1,23.00', '1,2345.00', ',1', '--1', '1.234', '1e3', '¥1', '１', '1 2', '#REF!']) {
      assert.deepEqual(
        refusal(() => parseBillAmount(cell)),
        { key: 'money.bill_cell', args: { value: cell } },
      );
    }
    assert.equal(
      refusalKey(() => parseBillAmount('9'.repeat(40))),
      'money.bill_cell',
    );
  });

  it('add up without a cent of error, in any order', () => {
    const many = fc.array(fc.integer({ min: -1_000_000_00, max: 1_000_000_00 }), { maxLength: 300 });
    fc.assert(
      fc.property(many, (amounts) => {
        const total = amounts.map((fen) => parseBillAmount(grouped(fen))).reduce((sum, fen) => sum + fen, 0);
        const exact = amounts.reduce((sum, fen) => sum + BigInt(fen), 0n);
        assert.equal(BigInt(total), exact);
        assert.equal(parseBillAmount(formatYuan(total)), total);
      }),
    );
  });
});

describe('printing', () => {
  it('shows two decimals and the sign', () => {
    assert.deepEqual([0, 1, -5, 1550, -123456].map(formatYuan), ['0.00', '0.01', '-0.05', '15.50', '-1234.56']);
  });

  it('refuses what is no whole number of fen', () => {
    for (const fen of [0.5, 15.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      assert.throws(() => formatYuan(fen), RangeError);
    }
  });
});
