import { writeAccountBill, writeTradeBill } from '../bill-writer.ts';
import { accountBillRows, billPeriod, findBillLink, tradeBillRows } from '../world/bills.ts';
import type { World } from '../world/world.ts';
import type { HttpRequest, Reply } from './http.ts';

export const BILL_PATH = '/downloadBillFile.resource';

/** Hands out a bill while its link lives: 30 s of virtual time. After that nobody knows what the platform says; 404 here. */
export function answerBillFile(world: World, request: HttpRequest): Reply {
  const link = findBillLink(world, new URLSearchParams(request.query).get('fileId') ?? '');
  if (!link)
    return {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'file not found or link expired',
    };
  const period = billPeriod(world, link);
  const zip =
    link.bill_type === 'trade'
      ? writeTradeBill(period, tradeBillRows(world, period, link.merchant_id))
      : writeAccountBill(period, accountBillRows(world, period, link.merchant_id));
  const name = `${period.account}_${link.bill_date.replaceAll('-', '')}.csv.zip`;
  return {
    status: 200,
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
    body: zip,
  };
}
