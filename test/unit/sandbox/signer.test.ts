import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { PrivateKey, PublicKey } from '../../../src/alipay/keys.ts';
import { SIGNING_THREADS } from '../../../src/sandbox/cores.ts';
import { Signer } from '../../../src/sandbox/gateway/signer.ts';

/** More than the pool of any machine is given ahead. */
const MANY = SIGNING_THREADS * 40;

describe('the sandbox’s signer', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = new PublicKey(pair.publicKey);

  it('answers each of many at once with the signature of its own bytes, and takes turns with everything else', async () => {
    const key = new HereCounted(pair.privateKey);
    const signer = new Signer(key);
    const texts = Array.from({ length: MANY }, (_, index) => Buffer.from(`answer ${index}`));
    let isDone = false;
    let turns = 0;
    const turn = () => {
      turns += 1;
      if (!isDone) setImmediate(turn);
    };
    setImmediate(turn);
    const signatures = await Promise.all(texts.map((bytes) => signer.sign(bytes)));
    isDone = true;
    for (const [index, bytes] of texts.entries()) {
      assert.equal(publicKey.verifyNow(bytes, signatures[index] ?? Buffer.alloc(0)), true, `signature ${index}`);
    }
    assert.ok(key.here > 0, 'this thread helped');
    assert.ok(turns >= key.here, `${turns} turns for ${key.here} signatures on this thread`);
  });

  it('leaves a few to the pool', async () => {
    const key = new HereCounted(pair.privateKey);
    const signer = new Signer(key);
    const bytes = Buffer.from('answer');
    for (let round = 0; round < 3; round += 1) {
      const signatures = await Promise.all(Array.from({ length: 8 }, () => signer.sign(bytes)));
      assert.ok(signatures.every((signature) => publicKey.verifyNow(bytes, signature)));
    }
    assert.equal(key.here, 0);
  });
});

/** A private key that counts how often it signed on this thread. */
class HereCounted extends PrivateKey {
  here = 0;

  override signNow(data: Buffer): Buffer {
    this.here += 1;
    return super.signNow(data);
  }
}
