import { rejected, unknown, type CodeEntry } from './code-entry.ts';
import type { DataCode } from '../text/codes.ts';

/** Codes of the bill download, the OAuth token and the user’s details (§3.15, §3.16). */
export const dataCodes = {
  BILL_NOT_EXIST: rejected('next.wait_bill'),
  'isp.bill_not_exist': rejected('next.wait_bill'),
  NO_BILL_DATA: rejected('next.wait_bill'),
  BILL_DATE_BEFORE_REGISTRATION: rejected('next.fix_input'),
  INVAILID_ARGUMENTS: rejected('next.fix_input'),
  TYPE_NOT_SUPPORTED: rejected('next.fix_input'),
  SYSTEM_RATE_LIMIT: rejected('next.wait_minute'),
  USER_RATE_LIMIT: rejected('next.wait_minute'),
  UNKNOWN_ERROR: unknown('next.try_later'),
  'isv.grant-type-invalid': rejected('next.report'),
  'isv.code-invalid': rejected('next.authorise_again'),
  'isv.refresh-token-invalid': rejected('next.authorise_again'),
  'isv.refresh-token-time-out': rejected('next.authorise_again'),
  'isv.refreshed-token-invalid': rejected('next.authorise_again'),
  'isv.unmatched-app-id': rejected('next.authorise_again'),
} as const satisfies Record<DataCode, CodeEntry>;
