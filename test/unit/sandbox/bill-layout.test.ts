import assert from 'node:assert/strict';

import iconv from 'iconv-lite';
import yauzl from 'yauzl';

import { parseBeijing, startOfBeijingDay } from '../../../src/alipay/beijing-time.ts';
import { writeAccountBill, writeTradeBill } from '../../../src/sandbox/bill-writer.ts';
import type { AccountBillRow, TradeBillRow } from '../../../src/sandbox/bill-writer.ts';

const PERIOD = {
  account: '20881021694158000156',
  from: startOfBeijingDay('2024-04-11'),
  to: startOfBeijingDay('2024-04-12'),
  exportedAt: parseBeijing('2024-04-12 09:05:07'),
};

const PAYMENT: TradeBillRow = {
  tradeNo: '2024041122001400001',
  outTradeNo: 'AP,1',
  kind: '交易',
  subject: '耳机 "黑",\t😀\r\n二',
  createdAt: parseBeijing('2024-04-11 08:00:00'),
  finishedAt: parseBeijing('2024-04-11 08:00:09'),
  buyer: '*杨(137****2600)',
  totalFen: 29900,
  receiptFen: 28900,
  outRequestNo: '',
  feeFen: -179,
  body: '备注',
};
const REFUND: TradeBillRow = {
  ...PAYMENT,
  kind: '退款',
  totalFen: -1550,
  receiptFen: -1550,
  outRequestNo: 'R1',
  feeFen: 9,
};

const MOVEMENT: AccountBillRow = {
  accountLogId: '54632446537371',
  tradeNo: '2012122923922029',
  outTradeNo: '3226563',
  subject: '海航机票',
  at: parseBeijing('2024-04-11 21:02:06'),
  counterparty: '陈晶 (…@126.com)',
  incomeFen: 227400,
  expenseFen: 0,
  balanceFen: 1453303,
  channel: '支付宝',
  kind: '在线支付',
  remark: '',
};

async function unpack(archive: Buffer): Promise<{ name: string; flags: number; lines: string[] }[]> {
  const file = await yauzl.fromBufferPromise(archive, { decodeStrings: false });
  const members = [];
  for await (const entry of file.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await file.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    const name = iconv.decode(entry.fileNameRaw, 'gbk');
    const lines = iconv.decode(Buffer.concat(chunks), 'gbk').split('\r\n');
    members.push({ name, flags: entry.generalPurposeBitFlag, lines });
  }
  return members;
}

describe('the files of a trade bill', () => {
  it('have GBK names without the UTF-8 flag', async () => {
    const members = await unpack(writeTradeBill(PERIOD, [PAYMENT]));
    assert.deepEqual(
      members.map(({ name, flags }) => [name, flags]),
      [
        ['20881021694158000156_20240411_业务明细.csv', 0],
        ['20881021694158000156_20240411_业务明细(汇总).csv', 0],
      ],
    );
  });

  it('are named by the month when they cover one', async () => {
    const month = { ...PERIOD, from: startOfBeijingDay('2024-04-01'), to: startOfBeijingDay('2024-05-01') };
    const [detail] = await unpack(writeTradeBill(month, []));
    assert.equal(detail?.name, '20881021694158000156_202404_业务明细.csv');
  });

  it('are laid out line by line as the platform does', async () => {
    const [detail, summary] = await unpack(writeTradeBill(PERIOD, [PAYMENT, REFUND]));
    assert.deepEqual(detail?.lines, [
      '#支付宝业务明细查询',
      '#账号：[20881021694158000156]',
      '#起始日期：[2024年04月11日 00:00:00]   终止日期：[2024年04月12日 00:00:00]',
      '#-----------------------------------------业务明细列表----------------------------------------',
      '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注',
      '2024041122001400001\t,AP，1\t,交易\t,耳机 ＂黑＂， ? 二,2024-04-11 08:00:00,2024-04-11 08:00:09,\t,\t,\t,\t,*杨(137****2600)\t,299.00,289.00,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,\t,-1.79,0.00,备注',
      '2024041122001400001\t,AP，1\t,退款\t,耳机 ＂黑＂， ? 二,2024-04-11 08:00:00,2024-04-11 08:00:09,\t,\t,\t,\t,*杨(137****2600)\t,-15.50,-15.50,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,R1\t,0.09,0.00,备注',
      '#-----------------------------------------业务明细列表结束------------------------------------',
      '#交易合计：1笔，商家实收共289.00元，商家优惠共0.00元',
      '#退款合计：1笔，商家实收退款共-15.50元，商家优惠退款共0.00元',
      '#导出时间：[2024年04月12日 09:05:07]',
      '',
    ]);
    assert.deepEqual(summary?.lines, [
      '#支付宝业务汇总查询',
      '#账号：[20881021694158000156]',
      '#起始日期：[2024年04月11日 00:00:00]   终止日期：[2024年04月12日 00:00:00]',
      '#-----------------------------------------业务汇总列表----------------------------------------',
      '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）',
      '\t,\t,1,1,283.50,273.50,0.00,0.00,0.00,-1.70,0.00,271.80',
      '合计\t,\t,1,1,283.50,273.50,0.00,0.00,0.00,-1.70,0.00,271.80',
      '#----------------------------------------业务汇总列表结束-------------------------------------',
      '#导出时间：[2024年04月12日 09:05:07]',
      '',
    ]);
  });

  it('of a day without rows have headers and end markers only', async () => {
    const [detail, summary] = await unpack(writeTradeBill(PERIOD, []));
    assert.equal(detail?.lines.length, 8);
    assert.equal(summary?.lines.length, 8);
  });
});

describe('the files of a signcustomer bill', () => {
  it('are laid out line by line as the platform does', async () => {
    const fee = { ...MOVEMENT, incomeFen: 0, expenseFen: -2345, kind: '收费' };
    const [detail, summary] = await unpack(writeAccountBill(PERIOD, [MOVEMENT, fee]));
    assert.deepEqual(detail?.lines.slice(3), [
      '#-----------------------------------------账务明细列表----------------------------------------',
      '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注',
      '54632446537371\t,2012122923922029\t,3226563\t,海航机票\t,2024-04-11 21:02:06,陈晶 (…@126.com)\t,2274.00,0.00,14533.03,支付宝,在线支付,',
      '54632446537371\t,2012122923922029\t,3226563\t,海航机票\t,2024-04-11 21:02:06,陈晶 (…@126.com)\t,0.00,-23.45,14533.03,支付宝,收费,',
      '#-----------------------------------------账务明细列表结束------------------------------------',
      '#支出合计：1笔，共-23.45元',
      '#收入合计：1笔，共2274.00元',
      '#导出时间：[2024年04月12日 09:05:07]',
      '',
    ]);
    assert.equal(detail?.name, '20881021694158000156_20240411_账务明细.csv');
    assert.equal(summary?.name, '20881021694158000156_20240411_账务汇总.csv');
    assert.deepEqual(summary?.lines.slice(4, -1), [
      '类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）',
      '在线支付,1,2274.00,0,0.00,2274.00',
      '收费,0,0.00,1,-23.45,-23.45',
      '合计,1,2274.00,1,-23.45,2250.55',
      '#-----------------------------------------账务汇总列表结束------------------------------------',
      '#导出时间：[2024年04月12日 09:05:07]',
    ]);
  });
});
