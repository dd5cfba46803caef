import type { NextKey } from '../text/codes.ts';

/** What a code of Alipay’s says about the request it answers. */
export interface CodeEntry {
  /** `rejected`: definitely not executed. `unknown`: it may have been; ask before anything else. */
  readonly outcome: 'rejected' | 'unknown';
  readonly next: NextKey;
}

export function rejected(next: NextKey): CodeEntry {
  return { outcome: 'rejected', next };
}

export function unknown(next: NextKey): CodeEntry {
  return { outcome: 'unknown', next };
}
