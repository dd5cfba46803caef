import assert from 'node:assert/strict';
import { HeadKeeper, type Head, type LedgerSeal } from '../../../src/ledger/seal.ts';

const head = (count: number, epoch = 0): Head => ({ epoch, count, mac: `mac of ${epoch}/${count}` });

/** A vault that writes only when the test lets it. */
class SlowSeal implements LedgerSeal {
  kept: Head | undefined;
  readonly written: Head[] = [];
  readonly #gates: (() => void)[] = [];
  fails = false;

  makeKey(): never {
    assert.fail('a keeper of heads makes no key');
  }
  readKey(): never {
    assert.fail('a keeper of heads reads no key');
  }
  readHead = (): Promise<Head | undefined> =>
    this.fails ? Promise.reject(new Error('the vault is closed')) : Promise.resolve(this.kept);
  writeHead = (next: Head): Promise<void> =>
    new Promise((resolve) => {
      this.#gates.push(() => {
        this.kept = next;
        this.written.push(next);
        resolve();
      });
    });

  /** Lets one write through, once there is one. */
  async letThrough(): Promise<void> {
    while (this.#gates.length === 0) await new Promise((resolve) => setImmediate(resolve));
    this.#gates.shift()?.();
  }
}

describe('G8: the keeper of the chain’s head', () => {
  let seal: SlowSeal;
  let keeper: HeadKeeper;

  beforeEach(() => {
    seal = new SlowSeal();
    keeper = new HeadKeeper(seal);
  });

  it('is settled at once where nothing is to be written', () => keeper.settled());

  it('writes the newest only of what came while it wrote, and is settled when that is done', async () => {
    for (const count of [1, 2, 3, 4]) keeper.note(head(count));
    let isSettled = false;
    const settled = keeper.settled().then(() => (isSettled = true));
    await seal.letThrough();
    assert.equal(isSettled, false);
    await seal.letThrough();
    await settled;
    assert.deepEqual(seal.written, [head(1), head(4)]);
    keeper.note(head(5));
    await seal.letThrough();
    await keeper.settled();
    assert.deepEqual(seal.kept, head(5));
  });

  const kept: [kept: Head | undefined, noted: Head, isWritten: boolean][] = [
    [undefined, head(1), true],
    [head(3), head(4), true],
    [head(3), head(3), false],
    [head(3), head(2), false],
    [head(9), head(1, 1), true],
    [head(1, 1), head(9), false],
  ];
  for (const [before, noted, isWritten] of kept) {
    it(`${isWritten ? 'writes' : 'does not write'} ${noted.epoch}/${noted.count} over ${before ? `${before.epoch}/${before.count}` : 'none'}`, async () => {
      seal.kept = before;
      keeper.note(noted);
      if (isWritten) await seal.letThrough();
      await keeper.settled();
      assert.deepEqual(seal.kept, isWritten ? noted : before);
      assert.equal(seal.written.length, isWritten ? 1 : 0);
    });
  }

  it('gives up on a vault that fails, and tells it the next head', async () => {
    seal.fails = true;
    keeper.note(head(1));
    await keeper.settled();
    assert.equal(seal.written.length, 0);
    seal.fails = false;
    keeper.note(head(2));
    await seal.letThrough();
    await keeper.settled();
    assert.deepEqual(seal.kept, head(2));
  });
});
