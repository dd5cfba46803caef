/**
 * The doubtful choices: where the platform's documents say nothing, or contradict each other (`alipay-openapi.md` §8
 * and §10). The first value of each is what a sandbox does when nobody says otherwise; `strict` is the one that
 * refuses most. The list is closed.
 */
export const SWITCHES = {
  /** Two refunds of one trade within 3 s: taken, or answered with ACQ.SYSTEM_ERROR. */
  'refund-pacing': { values: ['off', '3s'], strict: '3s' },
  /** A refund query shows a refund at once, or only 10 s after it. */
  'refund-query-delay': { values: ['off', '10s'], strict: '10s' },
  /** `fund_change` when a refund comes again under its number. */
  'refund-repeat': { values: ['N', 'Y', 'absent'] },
  /** A transfer by an app in key mode: allowed, or isv.missing-app-cert-sn. */
  'key-mode-transfer': { values: ['allow', 'refuse'], strict: 'refuse' },
  /** How far a timestamp of protocol v2 may be off. */
  'timestamp-tolerance': { values: ['24h', '1h', '10m'], strict: '10m' },
  /** Precreate again for an order nobody scanned: the same QR, a new one that ends the old, or a refusal. */
  'repeated-precreate': { values: ['same-qr', 'new-qr', 'refuse'], strict: 'refuse' },
  /** How long after the payment a cancel refunds it; `same-day` is the Beijing day of the payment. */
  'cancel-window': { values: ['24h', 'same-day', 'none'] },
  /** Which code a second close gets. */
  'second-close': {
    values: ['ACQ.TRADE_STATUS_ERROR', 'ACQ.REASON_TRADE_STATUS_INVALID', 'ACQ.REASON_ILLEGAL_STATUS'],
  },
  /** A subject with `/`, `=` or `&` in it. */
  'subject-characters': { values: ['any', 'filtered'], strict: 'filtered' },
  /** The limits of transfers that are quoted publicly: 50,000 for one, 1,000,000 a day, 1,000 a day to the unverified. */
  'transfer-limits': { values: ['off', 'on'], strict: 'on' },
  /** Whether the closing of an unpaid trade is notified of: the pages of the products disagree. */
  'close-notification': { values: ['on', 'not-face-to-face', 'off'] },
  /** Whether a refund is notified of: some products do, by default none does. */
  'refund-notification': { values: ['on', 'off'] },
  /** Above how many yuan a barcode payment waits for the password: Alipay's sandbox says 2000, production 1000. */
  'password-above': { values: ['2000', '1000'] },
  /** From when on the next day (of a month: on the first) a bill can be had, in Beijing. */
  'bill-ready': { values: ['09:00', '00:00'] },
  /** The limits of Alipay's own sandbox: a refund is of the whole, orders wait at most 15 h, bills have no rows. */
  'alipay-sandbox-limits': { values: ['off', 'on'] },
} as const satisfies Record<string, { readonly values: readonly string[]; readonly strict?: string }>;

export type SwitchName = keyof typeof SWITCHES;
type SwitchValue<Name extends SwitchName> = (typeof SWITCHES)[Name]['values'][number];

/** Some switches and their values. */
export type SwitchSettings = { readonly [Name in SwitchName]?: SwitchValue<Name> };

/** How every switch stands. */
export interface Switches {
  get<Name extends SwitchName>(name: Name): SwitchValue<Name>;
}

/** What a sandbox does when nobody says otherwise; demo data is made by these. */
export const DEFAULT_SWITCHES: Switches = { get: (name) => SWITCHES[name].values[0] };

/** The settings that refuse most, as `--strict` sets them. */
export const STRICT_SETTINGS: SwitchSettings = Object.fromEntries(
  Object.entries(SWITCHES).flatMap(([name, one]) => ('strict' in one ? [[name, one.strict]] : [])),
);

export const SWITCH_NAMES = Object.keys(SWITCHES) as SwitchName[];

/** Whether there is a switch of this name that has this value. */
export function isSetting(name: string, value: unknown): name is SwitchName {
  return Object.hasOwn(SWITCHES, name) && SWITCHES[name as SwitchName].values.some((known) => known === value);
}
