import { InputError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';
import { readAccountBill } from './account.ts';
import type { Bill } from './bill.ts';
import { headingOf, readFile } from './frame.ts';
import { readTradeBill } from './trade.ts';
import { unzip, type Member } from './unzip.ts';

const KINDS = [
  { detail: '支付宝业务明细查询', summary: '支付宝业务汇总查询', read: readTradeBill },
  { detail: '支付宝账务明细查询', summary: '支付宝账务汇总查询', read: readAccountBill },
] as const;

/**
 * Reads a bill as it was downloaded: the ZIP of a `trade` or `signcustomer` bill, of a day or a month. Which member is which
 * is read from its first line, since names differ. Figures of the file that differ from its rows are in `checks`, and the
 * totals are those of the rows. Does no I/O.
 *
 * @throws InputError with a sentence for a person, when the file is not such a bill, is incomplete or was altered.
 */
export async function readBill(archive: Buffer): Promise<Bill> {
  const members = (await unzip(archive)).map((member) => ({ ...member, heading: headingOf(member.content) }));
  const withHeading = (heading: string): Member[] => members.filter((member) => member.heading === heading);
  const kinds = KINDS.filter((kind) => withHeading(kind.detail).length > 0);
  const [kind] = kinds;
  if (!kind) throw new InputError(say('bill.not_a_bill', { count: members.length }));
  if (kinds.length > 1) throw new InputError(say('bill.two_bills'));
  const detail = readFile(theOnly(withHeading(kind.detail)).content);
  const summaries = withHeading(kind.summary);
  return kind.read(detail, summaries.length === 0 ? undefined : () => readFile(theOnly(summaries).content));
}

function theOnly(members: readonly Member[]): Member {
  const [member] = members;
  if (!member || members.length > 1) throw new InputError(say('bill.two_bills'));
  return member;
}
