import assert from 'node:assert/strict';

import { accountDetail, refusal, tradeDetail, tradeRow, zipOf, ROWS, TOTALS, TRADE_HEADER } from './bill-files.ts';

describe('bills that are refused', () => {
  const detail = tradeDetail(ROWS, TOTALS);
  const without = (part: RegExp): Buffer => zipOf({ name: detail.name, text: detail.text.replace(part, '') });

  it('without its end marker', async () => {
    assert.match(await refusal(zipOf({ name: detail.name, text: detail.text.split('#', 5).join('#') })), /end marker/);
  });

  it('with a row that is too long, or too short, naming the line', async () => {
    const long = tradeRow('交易', '20.00').replace('APP', ',');
    assert.match(
      await refusal(zipOf(tradeDetail([tradeRow('交易', '1.00'), long], TOTALS))),
      /Line 7 .* 26 cells .* 25/,
    );
    assert.match(await refusal(zipOf(tradeDetail(['a,b'], TOTALS))), /Line 6 .* 2 cells/);
  });

  it('with an amount or a time that is none, naming line and column', async () => {
    assert.match(
      await refusal(zipOf(tradeDetail([tradeRow('交易', '二十', { total: '20.00' })], []))),
      /Line 6 .*“二十”.*商家实收/,
    );
    const noTime = tradeRow('交易', '1.00').replace('2026-06-05 00:06:15', '2026-06-31 00:06:15');
    assert.match(await refusal(zipOf(tradeDetail([noTime], []))), /Line 6 .*完成时间/);
  });

  it('without a column that counts', async () => {
    const header = TRADE_HEADER.replace('商家实收（元）', '商家收（元）');
    assert.match(await refusal(zipOf(tradeDetail(ROWS, TOTALS, header))), /no column “商家实收（元）”/);
  });

  it('with a column twice', async () => {
    const header = TRADE_HEADER.replace('分润（元）', '商家实收(元)');
    assert.match(await refusal(zipOf(tradeDetail(ROWS, TOTALS, header))), /column “商家实收\(元\)” twice/);
  });

  it('without account or period, or with a period that ends before it begins', async () => {
    assert.match(await refusal(without(/#账号.*\r\n/)), /whose account/);
    assert.match(await refusal(without(/#起始日期.*\r\n/)), /which period/);
    const swapped = detail.text.replace('2026年06月06日 00', '2026年06月04日 00');
    assert.match(await refusal(zipOf({ name: 'a', text: swapped })), /ends .* before it begins/);
  });

  it('with rows behind the end marker', async () => {
    assert.match(
      await refusal(zipOf({ name: 'a', text: `${detail.text}${ROWS[0]}` })),
      /Line 13 .* belongs to no part/,
    );
  });

  it('with two details in one archive', async () => {
    assert.match(await refusal(zipOf(detail, { ...detail, name: 'b.csv' })), /more than one bill/);
    assert.match(await refusal(zipOf(detail, accountDetail([], []))), /more than one bill/);
  });

  it('with sums beyond what can be counted exactly', async () => {
    const rows = Array.from({ length: 10 }, () => tradeRow('交易', '9999999999999.99'));
    assert.match(await refusal(zipOf(tradeDetail(rows, []))), /more than can be counted exactly/);
  });
});
