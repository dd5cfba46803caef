import type { Desk } from './desk.ts';

/** Deletes a private key, unless a profile still signs with it. */
export async function forgetKey({ store, vault }: Pick<Desk, 'store' | 'vault'>, fingerprint: string): Promise<void> {
  const { profiles } = await store.load();
  if (!profiles.some((one) => one.keyFingerprint === fingerprint)) await vault.delete(`key/${fingerprint}`);
}
