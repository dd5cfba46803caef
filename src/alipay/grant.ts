/**
 * The right to send one prepared request once. Redeeming *is* the ledger transaction that records it as sending; it
 * throws when the digest is another, the grant is spent or void, or the ledger says no.
 */
export interface Grant {
  redeem(digest: string): Promise<void>;
}

const genuine = new WeakSet<Grant>();

/** Makes a grant. Only `guard/` may import this: the walls check it (`npm run check`), the client checks the object. */
export function makeGrant(redeem: (digest: string) => Promise<void>): Grant {
  let spent = false;
  const grant: Grant = Object.freeze({
    async redeem(digest: string): Promise<void> {
      if (spent) throw new GrantError('this grant has been redeemed');
      spent = true;
      await redeem(digest);
    },
  });
  genuine.add(grant);
  return grant;
}

/** Whether the guard made this very object. */
export function isGenuine(grant: Grant | undefined): grant is Grant {
  return grant !== undefined && genuine.has(grant);
}

/** A money-out request was to be sent without a valid grant. Nothing was sent. */
export class GrantError extends Error {
  override readonly name = 'GrantError';
}
