import { bandOf, type Level, type Profile, type TransferScene } from '../../alipay/profile.ts';
import type { GuardParts } from '../../guard/index.ts';
import { showHidden } from '../../text/visible.ts';

/** What a person allowed for one account, in fen. */
export type Limits = NonNullable<GuardParts['limits']>;

/** Alipay's half of a profile: what checks its answers. All of it is public. */
export type AlipaySide =
  | { readonly mode: 'key'; readonly publicKey: string }
  | { readonly mode: 'certificate'; readonly appCert: string; readonly alipayCert: string; readonly rootCert: string };

/** A profile as it is kept: everything but the private key, which it names by its fingerprint. */
export interface StoredProfile {
  readonly id: string;
  readonly label: string;
  readonly gateway: string;
  readonly appId: string;
  readonly level: Level;
  /** Set together with the level; without limits no money moves, whatever the level. */
  readonly limits?: Limits;
  readonly keyFingerprint: string;
  readonly alipay: AlipaySide;
  readonly transferScene?: TransferScene;
}

/** The embedded sandbox's profile. It is there without being stored. */
export const LOCAL_SANDBOX = 'local-sandbox';

/** In characters. */
export const LONGEST_LABEL = 60;

/** Levels in the order they are raised. */
export const LEVELS: readonly Level[] = ['read-only', 'write', 'money-out'];

/** The profile as the floors below know it. A gateway somebody typed in is never the local sandbox, loopback or not. */
export function profileOf(stored: StoredProfile): Profile {
  const { id, label, gateway, appId, level, alipay, transferScene } = stored;
  const band = bandOf(gateway, undefined);
  return { id, label, gateway, appId, mode: alipay.mode, level, band, ...(transferScene ? { transferScene } : {}) };
}

/**
 * The profile as nobody has vouched for it: it may look, and no more. What a person will read of it is put so that it can
 * be read, and so it is kept; what they will not is left out.
 */
export function distrusted(stored: StoredProfile): StoredProfile {
  const { limits: _limits, transferScene: _scene, ...rest } = stored;
  const label = cut(showHidden(stored.label), LONGEST_LABEL);
  return { ...rest, label, gateway: new URL(stored.gateway).href, level: 'read-only' };
}

/** The text, in at most `max` characters. */
export function cut(text: string, max: number): string {
  const characters = Array.from(text);
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}
