import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { readDer, readDerHeader, readOid } from '../../../src/alipay/der.ts';

describe('DER', () => {
  it('is taken apart and put together again', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const der = publicKey.export({ format: 'der', type: 'spki' });
    const [outer, ...others] = readDer(der);
    assert.ok(outer && others.length === 0);
    assert.deepEqual(outer.whole, der);
    const [algorithm, key] = readDer(outer.content);
    assert.deepEqual(
      Buffer.concat([algorithm?.whole ?? Buffer.alloc(0), key?.whole ?? Buffer.alloc(0)]),
      outer.content,
    );
    assert.equal(
      readOid(readDer(algorithm?.content ?? Buffer.alloc(0))[0]?.content ?? Buffer.alloc(0)),
      '1.2.840.113549.1.1.1',
    );
  });

  it('has lengths of one to five bytes; indefinite and longer ones are none', () => {
    assert.deepEqual(readDerHeader(Buffer.of(0x30, 0x7f)), { tag: 0x30, headerLength: 2, contentLength: 127 });
    assert.deepEqual(readDerHeader(Buffer.of(0x30, 0x81, 0x80)), { tag: 0x30, headerLength: 3, contentLength: 128 });
    assert.deepEqual(readDerHeader(Buffer.of(0x30, 0x82, 1, 2)), { tag: 0x30, headerLength: 4, contentLength: 258 });
    assert.deepEqual(readDerHeader(Buffer.of(0x30, 0x84, 0xff, 0, 0, 0))?.contentLength, 0xff000000);
    for (const bytes of [[], [0x30], [0x30, 0x80], [0x30, 0x82, 1], [0x30, 0x85, 0, 0, 0, 0, 1]]) {
      assert.equal(readDerHeader(Buffer.from(bytes)), undefined);
    }
  });

  it('that is cut off or no DER is refused, and never read past its end', () => {
    assert.throws(() => readDer(Buffer.of(0x30, 2, 0)), RangeError);
    assert.throws(() => readDer(Buffer.of(0x05, 0, 0x30)), RangeError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        try {
          assert.deepEqual(Buffer.concat(readDer(buffer).map(({ whole }) => whole)), buffer);
        } catch (error) {
          assert.ok(error instanceof RangeError);
        }
      }),
    );
  });

  it('names object identifiers in dots', () => {
    assert.equal(readOid(Buffer.of(0x55, 4, 3)), '2.5.4.3');
    assert.equal(readOid(Buffer.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11)), '1.2.840.113549.1.1.11');
    assert.equal(readOid(Buffer.of(0x88, 0x37)), '2.999');
    assert.equal(readOid(Buffer.of(0x09)), '0.9');
  });
});
