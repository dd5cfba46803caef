import { beijingDate, formatBeijing } from '../../alipay/beijing-time.ts';
import { billAccountOf } from '../identity.ts';
import { Refusal } from '../refusals.ts';
import { accountBillRows, linkBill, periodOf, tradeBillRows, type BillLink, type BillType } from '../world/bills.ts';
import type { World } from '../world/world.ts';
import { success, type AnswerMethod } from './method.ts';

/** How long after midnight a bill is ready. */
const READY_MS = { '09:00': 9 * 3_600_000, '00:00': 0 } as const;
const YEARS_BACK = 6;
const TYPES: readonly BillType[] = ['trade', 'signcustomer'];

/**
 * `alipay.data.dataservice.bill.downloadurl.query` (§3.15). A bill is ready at 9:00 of the next day, or of the first of the
 * next month (the platform says "usually by 9:00" and "about the 3rd"), or at midnight, as the switch says.
 */
export const billUrl: AnswerMethod = {
  name: 'alipay.data.dataservice.bill.downloadurl.query',
  kind: 'answer',
  codes: { invalid: 'INVAILID_ARGUMENTS', systemError: 'UNKNOWN_ERROR' },
  run: ({ biz, world, app, origin }) => {
    const asked = biz.required('bill_type', 20);
    const date = biz.required('bill_date', 15, /^\d{4}-\d{2}(?:-\d{2})?$/);
    const type = TYPES.find((known) => known === asked);
    if (!type) throw new Refusal('TYPE_NOT_SUPPORTED');
    const period = checkedPeriod(world, date);
    const empty = rowsOf(world, type, period, app.merchantId).length === 0;
    return success({
      bill_download_url: downloadUrl(origin, linkBill(world, app.merchantId, type, date)),
      bill_file_code: empty ? 'EMPTY_DATA_WITH_BILL_FILE' : undefined,
    });
  },
};

function checkedPeriod(world: World, date: string): { from: number; to: number } {
  const now = world.now();
  const period = periodOf(date);
  const oldest = `${Number(formatBeijing(now).slice(0, 4)) - YEARS_BACK}${beijingDate(now).slice(4)}`;
  if (!period || period.from > now || date < oldest.slice(0, date.length)) {
    throw new Refusal('INVAILID_ARGUMENTS', '：bill_date');
  }
  if (period.to + READY_MS[world.switches.get('bill-ready')] > now) throw new Refusal('BILL_NOT_EXIST');
  return period;
}

function rowsOf(
  world: World,
  type: BillType,
  period: { from: number; to: number },
  merchantId: string,
): readonly unknown[] {
  return type === 'trade' ? tradeBillRows(world, period, merchantId) : accountBillRows(world, period, merchantId);
}

function downloadUrl(origin: string, link: BillLink): string {
  const day = link.bill_date.replaceAll('-', '');
  const account = billAccountOf(link.merchant_id);
  const url = new URL('/downloadBillFile.resource', origin);
  url.search = new URLSearchParams({
    bizType: link.bill_type,
    userId: account,
    fileType: 'csv.zip',
    bizDates: day,
    downloadFileName: `${account}_${day}.csv.zip`,
    fileId: link.file_id,
  }).toString();
  return url.href;
}
