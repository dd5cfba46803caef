import assert from 'node:assert/strict';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { readParameters } from '../../../src/sandbox/gateway/parameters.ts';

/** Every byte escaped or as it is, as clients of all kinds write them. */
const escaped = (bytes: Buffer, plain: boolean): string =>
  [...bytes]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return plain && /[\w.~*-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');

describe('the parameters of a request', () => {
  it('are what URLSearchParams reads, whatever bytes the form has', () => {
    const piece = fc.constantFrom(
      '%',
      '%4',
      '%41',
      '%e6%89%8b',
      '%FF',
      '+',
      '&',
      '=',
      'a',
      'B',
      '0',
      '~',
      '\x7f',
      '%00',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
        (form) => {
          const expected = [...new URLSearchParams(form)].filter(([name, value]) => name + value !== '');
          const { params, undecodable, duplicate } = readParameters('', Buffer.from(form, 'latin1'));
          const got = Object.entries(params).filter(([name, value]) => name + value !== '');
          if (duplicate === undefined) {
            assert.deepEqual(new Map(got), new Map(expected));
          }
          assert.equal(undecodable !== undefined, expected.flat().join('').includes('\ufffd'));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  for (const charset of ['utf-8', 'gbk'] as const) {
    it(`are the texts a client wrote in ${charset}`, () => {
      const text = fc.string({
        unit: fc.constantFrom('手', '冲', '壶', '€', 'a', 'Z', ' ', '+', '%', '&', '=', '"', '/'),
      });
      fc.assert(
        fc.property(text, fc.boolean(), (value, plain) => {
          const bytes = charset === 'gbk' ? iconv.encode(value, 'gbk') : Buffer.from(value);
          const form = `charset=${charset}&subject=${escaped(bytes, plain)}`;
          const { params, undecodable } = readParameters('', Buffer.from(form));
          assert.equal(undecodable, undefined);
          assert.equal(params.subject, charset === 'gbk' ? iconv.decode(bytes, 'gbk') : value);
        }),
      );
    });
  }
});
