import assert from 'node:assert/strict';
import type { PayeeFacts, TradeFacts } from '../../../src/guard/proposal.ts';
import type { Settled } from '../../../src/guard/settled.ts';
import { Bench, NOON } from '../../support/tool-bench.ts';

const TRADE: TradeFacts = {
  kind: 'trade',
  tradeNo: '2024040122001400000000000001',
  outTradeNo: '2024040112345',
  tradeStatus: 'TRADE_SUCCESS',
  totalFen: 29_900,
  refundedFen: 5_000,
  paidAt: '2024-04-01 10:00:00',
  buyer: '159****5620',
};
const PAYEE: PayeeFacts = {
  kind: 'payee',
  identity: '2088102146225135',
  identityType: 'ALIPAY_USER_ID',
  name: undefined,
  paidBefore: 0,
};

function settled(more: Partial<Settled>): Settled {
  return {
    status: 'succeeded',
    operationId: 'op_1',
    fen: 1_550,
    number: 'R1',
    at: NOON,
    facts: TRADE,
    answer: {},
    why: undefined,
    reason: undefined,
    next: undefined,
    ...more,
  };
}

describe('refund_trade', () => {
  const input = { out_trade_no: '2024040112345', refund_amount: '15.50', refund_reason: 'defective item' };

  it('proposes the brief’s refund', async () => {
    const bench = new Bench({ settled: () => settled({}) });
    await bench.run('refund_trade', input);
    assert.deepEqual(bench.proposals, [
      {
        method: 'alipay.trade.refund',
        trade: { out_trade_no: '2024040112345' },
        fen: 1_550,
        reason: 'defective item',
        outRequestNo: undefined,
        againAfter: undefined,
      },
    ]);
    assert.deepEqual(bench.effects, [
      [
        'Refund 15.50 CNY of order 2024040112345 to buyer 159****5620.',
        '299.00 paid, 50.00 refunded before (as far as known); after this 233.50 remains.',
      ],
    ]);
  });

  it('takes either number, and hands on only one', async () => {
    const bench = new Bench({ settled: () => settled({ facts: { ...TRADE, buyer: undefined } }) });
    const numbers = { out_trade_no: undefined, trade_no: TRADE.tradeNo, out_request_no: 'X1', again_after: 'op_0' };
    await bench.run('refund_trade', { ...input, ...numbers });
    await bench.run('refund_trade', { ...input, out_trade_no: undefined, trade_no: '2024040112345' });
    const asked = bench.proposals.map((proposal) => ('trade' in proposal ? proposal.trade : undefined));
    assert.deepEqual(asked, [{ trade_no: TRADE.tradeNo }, { out_trade_no: '2024040112345' }]);
    const [first] = bench.proposals;
    assert.ok(first?.method === 'alipay.trade.refund');
    assert.deepEqual([first.outRequestNo, first.againAfter], ['X1', 'op_0']);
    assert.match(bench.effects[0]?.[0] ?? '', /to its buyer/);
    assert.equal((await bench.run('refund_trade', { refund_amount: '1' })).status, 'invalid_input');
    assert.equal(bench.proposals.length, 2);
  });

  it('reports what Alipay’s cumulative refund_fee proves', async () => {
    const answer = { fund_change: 'Y', refund_fee: '65.50' };
    const result = await new Bench({ settled: () => settled({ answer }) }).run('refund_trade', input);
    const { message: _, ...facts } = result;
    assert.deepEqual(facts, {
      status: 'succeeded',
      operation_id: 'op_1',
      moved: 'yes',
      trade_no: TRADE.tradeNo,
      out_trade_no: TRADE.outTradeNo,
      out_request_no: 'R1',
      refund_amount: '15.50',
      refunded_total: '65.50',
      remaining_before: '249.00',
      remaining_after: '233.50',
    });
  });

  it('says nothing of what remains where no answer told', async () => {
    const untold: Partial<Settled>[] = [
      { answer: { refund_status: 'REFUND_SUCCESS' } },
      { answer: { refund_fee: '65.49' } }, // less than was refunded before and now
      { answer: { refund_fee: '299.01' } }, // more than was paid
      { status: 'unknown', answer: { refund_fee: '65.50' } },
      { status: 'already_done', answer: { refund_fee: '65.50' } },
      { status: 'denied' },
    ];
    for (const more of untold) {
      const result = await new Bench({ settled: () => settled(more) }).run('refund_trade', input);
      for (const fact of ['refunded_total', 'remaining_before', 'remaining_after']) {
        assert.equal(result[fact], undefined, `${fact} when ${result.status}`);
      }
    }
  });
});

describe('cancel_trade', () => {
  function cancel(more: Partial<Settled>, locale: 'en' | 'zh' = 'en') {
    const bench = new Bench({ locale, settled: () => settled({ fen: 29_900, number: undefined, ...more }) });
    return bench.run('cancel_trade', { trade_no: TRADE.tradeNo }).then((result) => ({ result, bench }));
  }

  it('states the worst case, paid or not', async () => {
    const unpaid = { ...TRADE, tradeStatus: 'WAIT_BUYER_PAY', refundedFen: 0 };
    const { bench } = await cancel({ facts: unpaid, answer: { action: 'close' } });
    assert.deepEqual(bench.proposals, [
      { method: 'alipay.trade.cancel', trade: { trade_no: TRADE.tradeNo }, againAfter: undefined },
    ]);
    assert.match(
      bench.effects[0]?.[0] ?? '',
      /closes the unpaid order; if the buyer pays first, 299\.00 CNY goes back/,
    );
    const paid = await cancel({ answer: { action: 'refund' } });
    assert.match(paid.bench.effects[0]?.[0] ?? '', /all 299\.00 CNY goes back/);
  });

  it('reports what it came to by Alipay’s action', async () => {
    const closed = await cancel({ answer: { action: 'close' } });
    assert.deepEqual([closed.result['moved'], closed.result['refunded']], ['no', undefined]);
    assert.match(closed.result.message, /no money moved/);
    const back = await cancel({ answer: { action: 'refund' } });
    assert.deepEqual([back.result['moved'], back.result['refunded']], ['yes', '299.00']);
    assert.match(back.result.message, /all 299\.00 CNY went back/);
    const before = await cancel({ status: 'already_done', answer: { action: 'refund' } });
    assert.deepEqual([before.result['moved'], before.result['refunded']], ['before', '299.00']);
  });

  it('never says refunded of what is not settled', async () => {
    for (const status of ['unknown', 'rejected', 'denied'] as const) {
      const { result } = await cancel({ status, answer: { action: 'refund' } });
      assert.equal(result['refunded'], undefined, status);
    }
    assert.equal((await cancel({ status: 'unknown' })).result['moved'], 'unknown');
  });
});

describe('transfer_fund', () => {
  const input = {
    trans_amount: '100.00',
    payee_identity: '2088102146225135',
    payee_identity_type: 'ALIPAY_USER_ID',
    order_title: 'Commission for June',
  };

  it('proposes the transfer and states its effect', async () => {
    const facts = { ...PAYEE, paidBefore: 3 };
    const answer = { order_id: 'O1', pay_fund_order_id: 'P1', status: 'SUCCESS', trans_date: '2024-04-12 10:00:01' };
    const bench = new Bench({ settled: () => settled({ fen: 10_000, number: 'T1', facts, answer }) });
    const result = await bench.run('transfer_fund', { ...input, remark: 'Thank you', again_after: 'op_0' });
    assert.deepEqual(bench.proposals, [
      {
        method: 'alipay.fund.trans.uni.transfer',
        fen: 10_000,
        payee: { identity: '2088102146225135', identityType: 'ALIPAY_USER_ID', name: undefined },
        orderTitle: 'Commission for June',
        remark: 'Thank you',
        againAfter: 'op_0',
      },
    ]);
    assert.deepEqual(bench.effects, [
      [
        'Pay 100.00 CNY from the merchant’s balance to 2088102146225135 (ALIPAY_USER_ID).',
        'Transfers to this payee that succeeded before: 3.',
      ],
    ]);
    const { message, ...facts_ } = result;
    assert.match(message, /100\.00 CNY was paid to 2088102146225135/);
    assert.deepEqual(facts_, {
      status: 'succeeded',
      operation_id: 'op_1',
      moved: 'yes',
      out_biz_no: 'T1',
      order_id: 'O1',
      pay_fund_order_id: 'P1',
      transfer_status: 'SUCCESS',
      trans_date: '2024-04-12 10:00:01',
      trans_amount: '100.00',
      payee_identity: '2088102146225135',
    });
  });

  it('G7: sends an unknown outcome to query_transfer with its number', async () => {
    const bench = new Bench({ settled: () => settled({ status: 'unknown', number: 'T1', facts: PAYEE }) });
    const { next_step } = await bench.run('transfer_fund', input);
    assert.match(String(next_step), /query_transfer for out_biz_no T1/);
  });

  it('wants the name for a login id, and a real user id, before anybody is asked', async () => {
    const LOGIN = { payee_identity_type: 'ALIPAY_LOGON_ID', payee_name: '张三' };
    const cases: [Record<string, unknown>, RegExp][] = [
      [{ payee_identity: '13800000000', payee_identity_type: 'ALIPAY_LOGON_ID' }, /payee_name is required/],
      [{ payee_identity: '13800000000' }, /must be a user id/],
      [{ ...LOGIN, payee_identity: '138 0013 8000' }, /must be a login id/],
      [{ ...LOGIN, payee_identity: '１３８００１３８０００' }, /must be a login id/],
      [{ ...LOGIN, payee_identity: 'zh\u0430ng@shop.cn' }, /must be a login id/],
      [{ order_title: undefined }, /order_title is missing/],
      [{ payee_identity_type: 'BANKCARD_ACCOUNT' }, /one of: ALIPAY_USER_ID, ALIPAY_LOGON_ID, ALIPAY_OPEN_ID/],
    ];
    for (const [more, says] of cases) {
      const bench = new Bench();
      const result = await bench.run('transfer_fund', { ...input, ...more });
      assert.equal(result.status, 'invalid_input');
      assert.match(result.message, says);
      assert.deepEqual(bench.proposals, []);
    }
  });
});
