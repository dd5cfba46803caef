import type { Credentials, Profile } from '../alipay/profile.ts';

/** A gateway, an app of it and its credentials, as a root got hold of them. */
export interface Connection {
  readonly profile: Profile;
  readonly credentials: Credentials;
  /** The ledger's file in its data folder. */
  readonly ledgerName: string;
  close(): Promise<void>;
}
