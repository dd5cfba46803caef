import assert from 'node:assert/strict';
import { GrantError, isGenuine, makeGrant, type Grant } from '../../../src/alipay/grant.ts';

/** A grant, what it was redeemed with, and how its redemption ends. */
function granted(ends: () => Promise<void> = () => Promise.resolve()): { grant: Grant; redeemed: string[] } {
  const redeemed: string[] = [];
  const grant = makeGrant((digest) => {
    redeemed.push(digest);
    return ends();
  });
  return { grant, redeemed };
}

describe('a grant', () => {
  it('G2: is spent from the moment it is redeemed, before that has ended', async () => {
    const { grant, redeemed } = granted();
    const [first, second] = await Promise.allSettled([grant.redeem('d1'), grant.redeem('d1')]);
    assert.equal(first.status, 'fulfilled');
    assert.ok(second.status === 'rejected' && second.reason instanceof GrantError);
    assert.deepEqual(redeemed, ['d1']);
  });

  it('G2: is spent, too, when its redemption is refused, and says why it was', async () => {
    const { grant, redeemed } = granted(() => Promise.reject(new Error('over the limit')));
    await assert.rejects(grant.redeem('d1'), /over the limit/);
    await assert.rejects(grant.redeem('d1'), GrantError);
    assert.deepEqual(redeemed, ['d1']);
  });

  it('G4: is only what was made as one, and cannot be altered', () => {
    const { grant } = granted();
    assert.ok(isGenuine(grant));
    assert.throws(() => Object.assign(grant, { redeem: () => Promise.resolve() }), TypeError);
    for (const other of [undefined, { ...grant }, Object.create(grant) as Grant]) assert.ok(!isGenuine(other));
  });
});
