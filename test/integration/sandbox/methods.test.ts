import assert from 'node:assert/strict';
import { billFiles, billRows } from '../../support/sandbox-bill.ts';
import { call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

const BUYER = '2088621000001001';
const HOUR_MS = 3_600_000;
let sandbox: SandboxProcess;

const ask = (method: string, content: object) => call(sandbox.sdk('certificate'), `alipay.${method}`, content);
const order = (more: object = {}) =>
  ask('trade.create', {
    out_trade_no: newNumber(),
    total_amount: '9.00',
    subject: 'x',
    buyer_id: BUYER,
    ...more,
  });

describe('the methods of the sandbox, beyond the plain call', function () {
  this.timeout(60_000);

  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-methods', '--seed', 'empty');
  });
  after(() => sandbox.stop());

  it('check what an order carries', async () => {
    const goods = { goods_id: 'g', goods_name: 'n', quantity: 1, price: '9.00' };
    const parts = { discountable_amount: '8.00', undiscountable_amount: '1.00' };
    const right = { ...parts, goods_detail: [goods], operator_id: 'o', enable_pay_channels: 'balance' };
    assert.equal((await order(right)).code, '10000');
    for (const [wrong, code] of [
      [{ ...parts, undiscountable_amount: '2.00' }, 'ACQ.INVALID_PARAMETER'],
      [{ enable_pay_channels: 'balance', disable_pay_channels: 'pcredit' }, 'ACQ.INVALID_PARAMETER'],
      [{ goods_detail: [{ ...goods, price: 'x' }] }, 'ACQ.INVALID_PARAMETER'],
      [{ goods_detail: [{ goods_id: 'g' }] }, 'ACQ.INVALID_PARAMETER'],
      [{ goods_detail: 'g' }, 'ACQ.INVALID_PARAMETER'],
      [{ goods_detail: [null] }, 'ACQ.INVALID_PARAMETER'],
      [{ goods_detail: Array.from({ length: 151 }, () => goods) }, 'ACQ.SUB_GOODS_SIZE_MAX_COUNT'],
      [{ operator_id: 'o'.repeat(29) }, 'ACQ.INVALID_PARAMETER'],
      [{ buyer_id: '2088621000000018' }, 'ACQ.BUYER_SELLER_EQUAL'],
      [{ seller_id: BUYER }, 'ACQ.SELLER_NOT_EXIST'],
    ] as const) {
      assert.equal((await order(wrong)).subCode, code, JSON.stringify(wrong).slice(0, 80));
    }
  });

  it('close what nobody paid in time, by timeout_express, 1c and time_expire', async () => {
    await sandbox.admin('POST', '/clock', { now: '2031-03-03 10:00:00' });
    const cases = [
      [{ timeout_express: '90m' }, '2031-03-03 11:29:50', '2031-03-03 11:30:10'],
      [{ time_expire: '2031-03-03 13:00:00', timeout_express: '1m' }, '2031-03-03 12:59:50', '2031-03-03 13:00:00'],
      [{ timeout_express: '1c' }, '2031-03-03 23:59:50', '2031-03-04 00:00:00'],
    ] as const;
    const waiting = [];
    for (const [more, before, after] of cases) {
      const { outTradeNo } = await order(more);
      waiting.push({ outTradeNo, before, after });
    }
    for (const { outTradeNo, before, after } of waiting) {
      const status = async () => (await ask('trade.query', { out_trade_no: outTradeNo })).tradeStatus;
      await sandbox.admin('POST', '/clock', { now: before });
      assert.equal(await status(), 'WAIT_BUYER_PAY', before);
      await sandbox.admin('POST', '/clock', { now: after });
      assert.equal(await status(), 'TRADE_CLOSED', after);
    }
    const past = await order({ time_expire: '2031-03-03 13:00:00' });
    assert.equal(past.subCode, 'ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR');
    assert.equal((await order({ timeout_express: '16d' })).subCode, 'ACQ.INVALID_PARAMETER');
  });

  it('refund by parts: goods, no royalty, details on request', async () => {
    const number = await paidTrade(sandbox, sandbox.sdk('key'), '9.00');
    const refund = (more: object) =>
      ask('trade.refund', { out_trade_no: number, refund_amount: '4.00', out_request_no: 'a', ...more });
    const royalty = [{ trans_out: BUYER, amount: '1.00' }];
    assert.equal((await refund({ refund_royalty_parameters: royalty })).subCode, 'ACQ.ALLOC_AMOUNT_VALIDATE_ERROR');
    const goods = (amount: string) => ({ refund_goods_detail: [{ goods_id: 'g', refund_amount: amount }] });
    assert.equal((await refund(goods('4.01'))).subCode, 'ACQ.REASON_TRADE_REFUND_FEE_ERR');
    const made = await refund({ ...goods('4.00'), query_options: ['refund_detail_item_list'] });
    assert.deepEqual([made.fundChange, made.refundFee, made.sendBackFee], ['Y', '4.00', '4.00']);
    const rest = await refund({ refund_amount: '5.00', out_request_no: 'b' });
    assert.deepEqual([rest.fundChange, rest.refundFee], ['Y', '9.00']);
    assert.equal((await ask('trade.query', { out_trade_no: number })).tradeStatus, 'TRADE_CLOSED');
    const found = await ask('trade.fastpay.refund.query', {
      out_trade_no: number,
      out_request_no: 'a',
      query_options: ['refund_detail_item_list', 'gmt_refund_pay', 'deposit_back_info'],
    });
    assert.deepEqual([found.refundStatus, found.refundAmount, found.sendBackFee], ['REFUND_SUCCESS', '4.00', '4.00']);
    assert.deepEqual(found.refundDetailItemList, [{ amount: '4.00', fundChannel: 'ALIPAYACCOUNT' }]);
    assert.deepEqual(found.depositBackInfo, { hasDepositBack: 'false' });
    assert.match(found.gmtRefundPay, /^2031-03-04 00:00/);
  });

  it('run a balance dry: a buyer’s, and the merchant’s', async () => {
    const { outTradeNo } = await order({ total_amount: '9999999.00' });
    const paid = await sandbox.admin('POST', `/trades/${outTradeNo}/pay`);
    assert.equal(paid.status, 200);
    const poor = await ask('trade.pay', {
      out_trade_no: newNumber(),
      total_amount: '1500.00',
      subject: 'x',
      auth_code: '280000000000000000',
    });
    assert.equal(poor.subCode, 'ACQ.BUYER_BALANCE_NOT_ENOUGH');
    const transfer = (amount: string, more: object = {}) =>
      ask('fund.trans.uni.transfer', {
        out_biz_no: newNumber(),
        product_code: 'TRANS_ACCOUNT_NO_PWD',
        biz_scene: 'DIRECT_TRANSFER',
        trans_amount: amount,
        order_title: 't',
        remark: 'r',
        payee_info: { identity: BUYER, identity_type: 'ALIPAY_USER_ID' },
        ...more,
      });
    const { availableAmount } = await ask('fund.account.query', { account_type: 'ACCTRANS_ACCOUNT' });
    assert.equal((await transfer(availableAmount)).status, 'SUCCESS');
    assert.equal((await transfer('1.00')).subCode, 'PAYER_BALANCE_NOT_ENOUGH');
    const refund = await ask('trade.refund', { out_trade_no: outTradeNo, refund_amount: '9999999.00' });
    assert.equal(refund.subCode, 'ACQ.SELLER_BALANCE_NOT_ENOUGH');
    assert.equal((await ask('trade.cancel', { out_trade_no: outTradeNo })).subCode, 'ACQ.SELLER_BALANCE_NOT_ENOUGH');
    const other = { payer_info: { identity: BUYER, identity_type: 'ALIPAY_USER_ID' } };
    assert.equal((await transfer('1.00', other)).subCode, 'NO_PERMISSION_ACCOUNT');
  });

  it('write stores and terminals into the trade bill, one line of the summary for each', async () => {
    await sandbox.admin('POST', '/reset', { seed: 'empty' });
    await sandbox.admin('POST', '/clock', { now: '2031-06-01 10:00:00' });
    for (const [amount, store] of [
      ['1.00', 'S2'],
      ['2.00', 'S1'],
      ['4.00', 'S2'],
      ['8.00', undefined],
    ]) {
      const { outTradeNo } = await order({
        total_amount: amount,
        ...(store === undefined ? {} : { store_id: store, terminal_id: 'T1' }),
      });
      await sandbox.admin('POST', `/trades/${outTradeNo}/pay`);
    }
    await sandbox.admin('POST', '/clock', { advance_ms: 24 * HOUR_MS });
    const { billDownloadUrl } = await ask('data.dataservice.bill.downloadurl.query', {
      bill_type: 'trade',
      bill_date: '2031-06-01',
    });
    const [detail, summary] = await billFiles(billDownloadUrl);
    assert.ok(detail && summary);
    const places = billRows(detail).map((row) => [row[6], row[9], row[12]].join(' '));
    assert.deepEqual(places, ['S2 T1 1.00', 'S1 T1 2.00', 'S2 T1 4.00', '  8.00']);
    assert.deepEqual(
      billRows(summary).map((row) => [row[0], row[2], row[11]].join(' ')),
      [' 1 8.00', 'S1 1 2.00', 'S2 2 5.00', '合计 4 15.00'],
    );
  });

  it('serve the bill of the balance as GBK: every movement, and footers that are the sums of the sandbox’s own', async () => {
    await sandbox.admin('POST', '/reset', { seed: 'empty' });
    await sandbox.admin('POST', '/clock', { now: '2031-07-01 10:00:00' });
    const opening = (await sandbox.admin('GET', '/state')).json.balances;
    for (const [amount, refund] of [
      ['299.00', '15.50'],
      ['0.01', undefined],
      ['1234.56', '1234.56'],
    ] as const) {
      const { outTradeNo } = await order({ total_amount: amount, subject: '手冲壶，黑' });
      await sandbox.admin('POST', `/trades/${outTradeNo}/pay`);
      const refunding = { out_trade_no: outTradeNo, refund_amount: refund, out_request_no: newNumber() };
      if (refund) assert.equal((await ask('trade.refund', refunding)).fundChange, 'Y');
    }
    const sent = await ask('fund.trans.uni.transfer', {
      out_biz_no: newNumber(),
      trans_amount: '20.00',
      product_code: 'TRANS_ACCOUNT_NO_PWD',
      biz_scene: 'DIRECT_TRANSFER',
      order_title: '佣金',
      payee_info: { identity: '2088621000001001', identity_type: 'ALIPAY_USER_ID', name: '张小满' },
      transfer_scene_name: '佣金报酬',
      transfer_scene_report_infos: [{ info_type: '岗位类型', info_content: '推广' }],
    });
    assert.equal(sent.code, '10000', JSON.stringify(sent));
    await sandbox.admin('POST', '/clock', { advance_ms: 24 * HOUR_MS });
    const { billDownloadUrl } = await ask('data.dataservice.bill.downloadurl.query', {
      bill_type: 'signcustomer',
      bill_date: '2031-07-01',
    });
    const [detail, summary, more] = await billFiles(billDownloadUrl);
    assert.ok(detail && summary && !more);
    assert.match(detail.name, /^\d+_20310701_账务明细\.csv$/);
    assert.match(summary.name, /^\d+_20310701_账务汇总\.csv$/);
    for (const { bytes } of [detail, summary])
      assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes), 'it is GBK, not UTF-8');
    const fen = (text = ''): number => Math.round(Number(text) * 100);
    const rows = billRows(detail);
    assert.deepEqual(
      rows.map((row) => [row[3], row[6], row[7]].join(' ')),
      [
        '佣金 0.00 -20.00',
        '手冲壶，黑 0.00 -1234.56',
        '手冲壶，黑 1234.56 0.00',
        '手冲壶，黑 0.01 0.00',
        '手冲壶，黑 0.00 -15.50',
        '手冲壶，黑 299.00 0.00',
      ],
    );
    assert.ok(detail.lines.includes('#收入合计：3笔，共1533.57元'), detail.lines.join('\n'));
    assert.ok(detail.lines.includes('#支出合计：3笔，共-1270.06元'));
    assert.deepEqual(billRows(summary).at(-1), ['合计', '3', '1533.57', '3', '-1270.06', '263.51']);
    const { balances } = (await sandbox.admin('GET', '/state')).json;
    const merchant = '2088621000000018';
    assert.equal(rows[0]?.[8], balances[merchant], 'the last balance is the account’s');
    assert.equal(fen(balances[merchant]) - fen(opening[merchant]), 26_351);
  });
});
