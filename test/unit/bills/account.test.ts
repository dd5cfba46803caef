import assert from 'node:assert/strict';

import { flagAbove } from '../../../src/bills/index.ts';
import { accountDetail, differences, readAccount } from './bill-files.ts';

describe('reading signcustomer bills', () => {
  const row = (income: string, expense: string, kind: string): string =>
    `54632446537371\t,2012122923922029\t,3226563\t,海航机票\t,2012-12-29 21:02:06,陈晶 (…@126.com)\t,${income},${expense},14533.03,支付宝,${kind},`;
  const rows = [row('2274.00', '0.00', '在线支付'), row('0.00', '-23.45', '收费'), row('10.00', '', '在线支付')];
  const totals = ['#支出合计：1笔，共-23.45元', '#收入合计：2笔，共2284.00元'];

  it('sums money in, money out and net, by kind', async () => {
    const bill = await readAccount(accountDetail(rows, totals));
    assert.deepEqual(differences(bill), []);
    assert.deepEqual(bill.income, { count: 2, amount: 228_400 });
    assert.deepEqual(bill.expense, { count: 1, amount: 2345 });
    assert.equal(bill.net, 226_055);
    assert.deepEqual(
      bill.kinds.map(({ kind, count, net }) => [kind, count, net]),
      [
        ['在线支付', 2, 228_400],
        ['收费', 1, -2345],
      ],
    );
  });

  it('takes an expense printed positive for money out too', async () => {
    const positive = [row('0.00', '23.45', '收费')];
    const bill = await readAccount(accountDetail(positive, ['#支出合计：1笔，共23.45元', '#收入合计：0笔，共0.00元']));
    assert.deepEqual(differences(bill), []);
    assert.equal(bill.net, -2345);
  });

  it('checks the summary kind by kind', async () => {
    const text = accountDetail([], [])
      .text.replace('账务明细查询', '账务汇总查询')
      .replaceAll('账务明细列表', '账务汇总列表')
      .replace(/账务流水号.*/, '类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）')
      .replace(
        /(总金额（元）)\n/,
        '$1\n在线支付,2,2284.00,0,0.00,2284.00\n收费,0,0.00,2,-24.45,-24.45\n合计,2,2284.00,1,-23.45,2260.55\n',
      );
    const bill = await readAccount(accountDetail(rows, totals), { name: 's.csv', text });
    assert.deepEqual(differences(bill), [
      'number of movements out, 收费, summary file: 2 / 1',
      'money out, 收费, summary file: 24.45 / 23.45',
    ]);
  });

  it('reports an income with a sign, and totals that lie', async () => {
    const bill = await readAccount(accountDetail([row('-1.00', '0.00', '其它')], totals));
    assert.equal(differences(bill).length, 5);
  });

  it('flags movements of either direction', async () => {
    const bill = await readAccount(accountDetail(rows, totals));
    assert.deepEqual(
      flagAbove(bill, 1000).map((flagged) => flagged.line),
      [6, 7],
    );
  });
});
