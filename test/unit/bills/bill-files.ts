/** Bill files as text, to be put into a ZIP as the platform does: GBK content under GBK names. */
import assert from 'node:assert/strict';

import iconv from 'iconv-lite';

import { InputError } from '../../../src/alipay/errors.ts';
import { readBill, type AccountBill, type Bill, type TradeBill } from '../../../src/bills/index.ts';
import { render } from '../../../src/text/index.ts';
import { zip } from '../../../src/sandbox/zip.ts';

export const ACCOUNT = '20887226827483540156';

interface Csv {
  readonly name: string;
  readonly text: string;
}

export function zipOf(...files: readonly Csv[]): Buffer {
  return zipOfBytes(...files.map(({ name, text }) => ({ name, bytes: iconv.encode(text, 'gbk') })));
}

export function zipOfBytes(...files: readonly { name: string; bytes: Buffer }[]): Buffer {
  const members = files.map(({ name, bytes }) => ({ name: iconv.encode(name, 'gbk'), content: bytes }));
  return zip(members, Date.parse('2026-06-06T09:00:00+08:00'));
}

export const TRADE_HEADER =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,' +
  '商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,' +
  '卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';

const ACCOUNT_HEADER =
  '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注';

/** A row as the platform wrote one, with its tabs. */
export function tradeRow(
  kind: string,
  receipt: string,
  { total = receipt, fee = '0.00', discount = '0.00' } = {},
): string {
  const request = kind === '退款' ? 'R2026' : '';
  return (
    `2017083121001004720299453898\t,cd6e01\t,${kind}\t,支付宝APP支付,2026-06-05 00:06:14,2026-06-05 00:06:15,\t,\t,\t,\t,` +
    `*杨(137****2600)\t,${total},${receipt},0.00,0.00,0.00,${discount},0.00,,0.00\t,0.00,${request}\t,${fee},0.00,备注`
  );
}

export function tradeDetail(rows: readonly string[], totals: readonly string[], header = TRADE_HEADER): Csv {
  const text = [
    '#支付宝业务明细查询',
    `#账号：[${ACCOUNT}]`,
    '#起始日期：[2026年06月05日 00:00:00]   终止日期：[2026年06月06日 00:00:00]',
    '#-----------------------------------------业务明细列表----------------------------------------',
    header,
    ...rows,
    '#-----------------------------------------业务明细列表结束------------------------------------',
    ...totals,
    '#导出时间：[2026年06月06日 07:27:37]',
    '',
  ].join('\r\n');
  return { name: `${ACCOUNT}_20260605_业务明细.csv`, text };
}

export function tradeTotals(trades: number, gross: string, refunds: number, returned: string): string[] {
  return [
    `#交易合计：${trades}笔，商家实收共${gross}元，商家优惠共0.00元`,
    `#退款合计：${refunds}笔，商家实收退款共${returned}元，商家优惠退款共0.00元`,
  ];
}

export function tradeSummary(row: string): Csv {
  const text = [
    '#支付宝业务汇总查询',
    `#账号：[${ACCOUNT}]`,
    '#起始日期：[2026年06月05日 00:00:00]   终止日期：[2026年06月06日 00:00:00]',
    '#-----------------------------------------业务汇总列表----------------------------------------',
    '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）',
    row,
    '#----------------------------------------业务汇总列表结束-------------------------------------',
    '#导出时间：[2026年06月06日 07:27:37]',
    '',
  ].join('\n');
  return { name: `${ACCOUNT}_20260605_业务明细(汇总).csv`, text };
}

export function accountDetail(rows: readonly string[], totals: readonly string[], header = ACCOUNT_HEADER): Csv {
  const text = [
    '#支付宝账务明细查询',
    `#账号：[${ACCOUNT}]`,
    '#起始日期：[2012年12月29日 00:00:00]   终止日期：[2012年12月30日 00:00:00]',
    '#-----------------------------------------账务明细列表----------------------------------------',
    header,
    ...rows,
    '#----------------------------------------账务明细列表结束-------------------------------------',
    ...totals,
    '#导出时间：[2012年12月31日 13:19:01]',
  ].join('\n');
  return { name: `${ACCOUNT}_20121229_账务明细.csv`, text };
}

/** What the checks that do not agree are about, with both values. */
export function differences(bill: Bill): string[] {
  return bill.checks
    .filter((check) => !check.agrees)
    .map((check) => `${render('en', check.what)}: ${check.said} / ${check.counted}`);
}

/** Two payments and a refund: 25.30, 15.01 back, 10.29 net, fees -0.03. */
export const ROWS = [
  tradeRow('交易', '20.00', { fee: '-0.12' }),
  tradeRow('交易', '5.30'),
  tradeRow('退款', '-15.01', { fee: '0.09' }),
];
export const TOTALS = tradeTotals(2, '25.30', 1, '-15.01');

export async function readTrade(...files: Csv[]): Promise<TradeBill> {
  const bill = await readBill(zipOf(...files));
  assert.equal(bill.type, 'trade');
  return bill;
}

export async function readAccount(...files: Csv[]): Promise<AccountBill> {
  const bill = await readBill(zipOf(...files));
  assert.equal(bill.type, 'signcustomer');
  return bill;
}

export async function refusal(archive: Buffer): Promise<string> {
  const error: unknown = await readBill(archive).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof InputError, `expected a refusal, got ${String(error)}`);
  return error.say('en');
}
