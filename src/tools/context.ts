import type { AlipayClient } from '../alipay/client.ts';
import type { Clock } from '../alipay/clock.ts';
import type { Bill } from '../bills/index.ts';
import type { Locale, Sentence } from '../text/index.ts';

/** What a tool that moves no money out may use. A money-out tool gets none of it. */
export interface ToolContext {
  readonly client: AlipayClient;
  readonly clock: Clock;
  readonly locale: Locale;
  readonly tokens: TokenStore;
  readonly bills: BillReader;
  readonly transfers: KnownTransfers;
  /** Tells whoever waits how it stands; never resets anything. */
  readonly progress: (message: Sentence) => void;
  /** Aborted when nobody waits any longer. */
  readonly signal: AbortSignal;
}

/** Keeps OAuth tokens where no agent can read them; the agent gets a handle. */
export interface TokenStore {
  /** @returns a handle: random, without meaning. */
  put(token: StoredToken): Promise<string>;
  get(handle: string): Promise<StoredToken | undefined>;
  /** Records that an authorization code is about to be sent. False when it was sent before: it must not be again. */
  claimCode(code: string): Promise<boolean>;
}

export interface StoredToken {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly userId: string | undefined;
  readonly openId: string | undefined;
  /** When the access token ends, ms; undefined for a permanent one. */
  readonly expiresAt: number | undefined;
}

/** Downloads and reads the bill behind a link that dies 30 seconds after it was made. */
export interface BillReader {
  read(url: string, signal: AbortSignal): Promise<Bill>;
}

/** What the ledger knows about transfers, so that a query sends the right product and scene. */
export interface KnownTransfers {
  find(outBizNo: string): { readonly product_code: string; readonly biz_scene: string } | undefined;
}
