import type { PrivateKey } from '../../alipay/keys.ts';
import { SIGNING_THREADS } from '../cores.ts';

/** As many as keep a thread of the pool busy while this one goes through all that has come. */
const AHEAD = 10;

interface Waiting {
  readonly bytes: Buffer;
  readonly resolve: (signature: Promise<Buffer>) => void;
}

/**
 * Signs answers on every core: in the thread pool and, when more wait than the pool works off meanwhile, on this thread,
 * too. What has come is read first: between two signatures of its own this thread goes once through everything else.
 */
export class Signer {
  readonly #key: PrivateKey;
  readonly #waiting: Waiting[] = [];
  #inPool = 0;
  #isSigning = false;

  constructor(key: PrivateKey) {
    this.#key = key;
  }

  /** RSA2, as `PrivateKey.sign`. */
  sign(bytes: Buffer): Promise<Buffer> {
    return new Promise((resolve) => {
      this.#waiting.push({ bytes, resolve });
      this.#fillPool();
      this.#signHere();
    });
  }

  #fillPool(): void {
    while (this.#inPool < SIGNING_THREADS * AHEAD) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#inPool += 1;
      const signature = this.#key.sign(next.bytes).finally(() => {
        this.#inPool -= 1;
        this.#fillPool();
      });
      next.resolve(signature);
    }
  }

  #signHere(): void {
    if (this.#isSigning || this.#waiting.length === 0) return;
    this.#isSigning = true;
    setImmediate(() => {
      this.#isSigning = false;
      const next = this.#waiting.shift();
      next?.resolve(new Promise((done) => done(this.#key.signNow(next.bytes))));
      this.#signHere();
    });
  }
}
