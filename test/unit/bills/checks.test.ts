import assert from 'node:assert/strict';

import {
  differences,
  readTrade,
  tradeDetail,
  tradeRow,
  tradeSummary,
  tradeTotals,
  ACCOUNT,
  ROWS,
  TOTALS,
} from './bill-files.ts';

describe('what a trade bill says about itself', () => {
  it('reports totals that lie, and keeps the sums of the rows', async () => {
    const bill = await readTrade(tradeDetail(ROWS, tradeTotals(3, '25.31', 2, '-15.00')));
    assert.deepEqual(differences(bill), [
      'number of payments: 3 / 2',
      'payments received: 25.31 / 25.30',
      'number of refunds: 2 / 1',
      'refunds given: 15.00 / 15.01',
    ]);
    assert.equal(bill.net, 1029);
  });

  it('reports totals that are missing or unreadable', async () => {
    const bill = await readTrade(tradeDetail(ROWS, ['#交易合计：两笔，商家实收共25.30元，商家优惠共0.00元']));
    assert.equal(differences(bill).length, 6);
    assert.equal(differences(bill)[0], 'number of payments: — / 2');
  });

  it('reports a refund with a positive amount, and still counts it as money that went back', async () => {
    const bill = await readTrade(tradeDetail([tradeRow('退款', '15.01')], tradeTotals(0, '0.00', 1, '15.01')));
    assert.deepEqual(differences(bill), [
      'refunds printed with a positive amount, counted as money that went back: 0 / 1',
    ]);
    assert.deepEqual([bill.refunds.amount, bill.net], [1501, -1501]);
  });

  it('reports rows of an unknown kind, and counts them nowhere', async () => {
    const bill = await readTrade(tradeDetail([...ROWS, tradeRow('调账', '7.00')], TOTALS));
    assert.equal(differences(bill).length, 1);
    assert.equal(bill.net, 1029);
  });

  it('reports rows from outside the period', async () => {
    const rows = [...ROWS.slice(1), (ROWS[0] ?? '').replaceAll('2026-06-05', '2026-06-07')];
    assert.deepEqual(differences(await readTrade(tradeDetail(rows, TOTALS))), ['rows from outside the period: 0 / 1']);
  });

  it('reports a summary of another account, another day and other sums', async () => {
    const { name, text } = tradeSummary('合计,\t,2,2,10.29,10.30,0.00,0.00,0.00,-0.04,0.00,10.27');
    const other = text.replace(ACCOUNT, '20880000000000000156').replaceAll('2026年06月05日', '2026年06月04日');
    const bill = await readTrade(tradeDetail(ROWS, TOTALS), { name, text: other });
    assert.equal(differences(bill).length, 6);
    assert.equal(bill.net, 1029);
  });

  it('reports a summary it cannot read, and still gives the totals of the rows', async () => {
    const { name, text } = tradeSummary('合计,\t,2,1');
    const bill = await readTrade(tradeDetail(ROWS, TOTALS), { name, text });
    assert.deepEqual(differences(bill), [
      'the summary file could not be read: — / —',
      'Line 6 of the bill has 4 cells where the header has 12.: — / —',
    ]);
    assert.equal(bill.net, 1029);
  });
});
