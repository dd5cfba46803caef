import assert from 'node:assert/strict';
import { DAY_MS, formatBeijing } from '../../../src/alipay/beijing-time.ts';
import type { AlipayClient } from '../../../src/alipay/client.ts';
import { RefusedError } from '../../../src/alipay/errors.ts';
import type { Outcome, ResponseNode } from '../../../src/alipay/outcome.ts';
import { cancelPlaybook } from '../../../src/guard/cancel.ts';
import type { Sources } from '../../../src/guard/playbook.ts';
import type { TradeFacts, TradeRef, TransferProposal } from '../../../src/guard/proposal.ts';
import { refundNumber, refundPlaybook } from '../../../src/guard/refund.ts';
import { transferPlaybook } from '../../../src/guard/transfer.ts';
import type { Ledger, Operation } from '../../../src/ledger/index.ts';
import { say } from '../../../src/text/index.ts';
import { refund } from '../../support/hands.ts';
import {
  LIMITS,
  ledgerFolder,
  MovedClock,
  openLedger,
  proposed,
  sending,
  succeeded,
  wanted,
} from '../../support/ledgers.ts';

const TRADE: TradeFacts = {
  kind: 'trade',
  tradeNo: '2024040122001400000000000001',
  outTradeNo: '2024040112345',
  tradeStatus: 'TRADE_SUCCESS',
  totalFen: 29_900,
  refundedFen: 0,
  paidAt: undefined,
  buyer: '159****5620',
};
const QUERIED = {
  trade_no: TRADE.tradeNo,
  out_trade_no: TRADE.outTradeNo,
  trade_status: 'TRADE_SUCCESS',
  total_amount: '299.00',
  buyer_logon_id: '159****5620',
};
const APP = '2021000000000001';

const yes = (node: ResponseNode): Outcome => ({ status: 'succeeded', node }) as unknown as Outcome;
const no = (subCode: string, verified = true): Outcome => ({
  status: 'rejected',
  code: '40004',
  subCode,
  subMsg: '',
  verified,
  meaning: say('refund.closed'),
  next: say('cancel.use_refund'),
});
const SILENCE: Outcome = { status: 'unknown', reason: 'timeout', meaning: say('outcome.network'), subCode: undefined };

describe('what preflight and queries make of Alipay’s answers', () => {
  let clock: MovedClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;
  let sent: { method: string; bizContent: Record<string, unknown> }[];

  beforeEach(async () => {
    clock = new MovedClock();
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
    sent = [];
  });

  afterEach(() => {
    ledger.close();
    folder.remove();
  });

  /** A gateway that gives these answers in turn, the last one for ever. */
  function answering(answers: Outcome[], profile: Record<string, unknown> = {}): Sources {
    const client = {
      profile: { appId: APP, mode: 'certificate', ...profile },
      prepare: (call: (typeof sent)[number]) => call,
      send: (call: (typeof sent)[number]) => {
        sent.push(call);
        return Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? SILENCE);
      },
    } as unknown as AlipayClient;
    return { client, ledger, account: wanted().account };
  }

  const operation = (change: Partial<Operation> = {}): Operation =>
    ({ number: 'R1', fen: 1_550, facts: JSON.stringify(TRADE), ...change }) as Operation;

  describe('a trade', () => {
    const read = (node: ResponseNode): Promise<{ facts: TradeFacts; target: string; fen: number }> =>
      cancelPlaybook.read(answering([yes(node)]), {
        method: 'alipay.trade.cancel',
        trade: { trade_no: TRADE.tradeNo },
        againAfter: undefined,
      });

    it('is read whole', async () => {
      const { facts, target, fen } = await read({ ...QUERIED, send_pay_date: '2024-04-01 10:00:00' });
      assert.deepEqual(facts, { ...TRADE, paidAt: '2024-04-01 10:00:00' });
      assert.equal(target, `trade:${TRADE.tradeNo}`);
      assert.equal(fen, 29_900);
      assert.deepEqual(sent, [{ method: 'alipay.trade.query', bizContent: { trade_no: TRADE.tradeNo } }]);
    });

    for (const name of ['trade_no', 'out_trade_no', 'trade_status', 'total_amount']) {
      for (const value of [undefined, '', 7]) {
        it(`G12: is not read without a proper ${name} (${value})`, async () => {
          await assert.rejects(read({ ...QUERIED, [name]: value }), /could not be read/);
        });
      }
    }

    for (const name of ['trans_currency', 'settle_currency', 'pay_currency']) {
      it(`G12: is refused in another ${name} than CNY`, async () => {
        await assert.rejects(read({ ...QUERIED, [name]: 'USDUSDUSDUSD' }), /USDUSDUS\b/);
        await read({ ...QUERIED, [name]: 'CNY' });
      });
    }

    it('G12: is refused with Alipay’s own words where it has some', async () => {
      const ask = (outcome: Outcome, trade: TradeRef = { out_trade_no: '20' }): Promise<unknown> =>
        refundPlaybook.read(answering([outcome]), refund({ trade }));
      for (const work of [
        ask(no('isv.insufficient-isv-permissions')),
        ask(no('ACQ.TRADE_NOT_EXIST'), { trade_no: TRADE.tradeNo }),
      ]) {
        const refused = await work.catch((error: unknown) => error);
        assert.ok(refused instanceof RefusedError);
        assert.deepEqual([refused.sentence, refused.nextStep], [say('refund.closed'), say('cancel.use_refund')]);
      }
      const unscanned = await ask(no('ACQ.TRADE_NOT_EXIST')).catch((error: unknown) => error);
      assert.ok(unscanned instanceof RefusedError);
      assert.deepEqual(
        [unscanned.sentence, unscanned.nextStep],
        [say('guard.not_scanned', { number: '20' }), say('guard.not_scanned.next')],
      );
      const silent = await ask(SILENCE).catch((error: unknown) => error);
      assert.ok(silent instanceof RefusedError);
      assert.deepEqual([silent.sentence, silent.nextStep], [say('guard.cannot_read'), say('guard.next.try_again')]);
    });

    it('counts as refunded what Alipay said last or our own operations sum up to, whichever is more', async () => {
      const on = { target: `trade:${TRADE.tradeNo}` };
      await succeeded(ledger, { ...on, fen: 1_000 });
      await succeeded(ledger, { ...on, fen: 500 });
      assert.equal((await read(QUERIED)).facts.refundedFen, 1_500);
      await ledger.move(await sending(ledger, { ...on, fen: 700 }), 'succeeded', { answer: { refund_fee: '65.50' } });
      assert.equal((await read(QUERIED)).facts.refundedFen, 6_550);
      await ledger.move(await sending(ledger, { ...on, fen: 800 }), 'succeeded', { answer: { refund_fee: '299.01' } });
      assert.equal((await read(QUERIED)).facts.refundedFen, 6_550, 'more than was paid is no sum of refunds');
      await ledger.move(await sending(ledger, { ...on, fen: 900 }), 'succeeded', { answer: { refund_fee: '299.00' } });
      assert.equal((await read(QUERIED)).facts.refundedFen, 29_900);
    });
  });

  describe('a cancellation', () => {
    const check = (change: Partial<TradeFacts>): void =>
      cancelPlaybook.check(
        answering([]),
        { method: 'alipay.trade.cancel', trade: { trade_no: '1' }, againAfter: undefined },
        { ...TRADE, ...change },
      );
    const ago = (ms: number): string => formatBeijing(ledger.now() - ms);

    it('is allowed unpaid, and for a day after the payment', () => {
      check({ tradeStatus: 'WAIT_BUYER_PAY' });
      check({ paidAt: ago(DAY_MS - 60_000) });
    });

    const refusals: [title: string, facts: () => Partial<TradeFacts>, words: RegExp][] = [
      ['after a refund', () => ({ refundedFen: 1, paidAt: ago(0) }), /refund/i],
      ['finished', () => ({ tradeStatus: 'TRADE_FINISHED', paidAt: ago(0) }), /finished/i],
      ['closed', () => ({ tradeStatus: 'TRADE_CLOSED', paidAt: ago(0) }), /closed/i],
      ['in a state nobody knows', () => ({ tradeStatus: `NEW${'X'.repeat(60)}`, paidAt: ago(0) }), /NEWX{29}(?!X)/],
      ['paid at a time that is none', () => ({ paidAt: '2024-04-11 24:00:00' }), /24 hours/],
      ['more than a day after the payment', () => ({ paidAt: ago(DAY_MS + 60_000) }), /24 hours/],
      ['without a time of payment', () => ({}), /24 hours/],
    ];
    for (const [title, facts, words] of refusals) {
      it(`is refused ${title}`, () => assert.throws(() => check(facts()), words));
    }

    it('has no number, and is sent by the trade’s own one', async () => {
      const proposal = { method: 'alipay.trade.cancel', trade: { trade_no: '1' }, againAfter: undefined } as const;
      const preflight = { facts: TRADE, target: 't', fen: 1 };
      assert.deepEqual(await cancelPlaybook.number(answering([]), proposal, preflight), {
        kind: 'free',
        number: undefined,
      });
      assert.deepEqual(cancelPlaybook.call(answering([]), proposal, TRADE, undefined), {
        method: 'alipay.trade.cancel',
        bizContent: { trade_no: TRADE.tradeNo },
      });
      assert.deepEqual(cancelPlaybook.agentWords(proposal), []);
    });

    it('keeps of the answer what proves it', () => {
      const node = { trade_no: '1', out_trade_no: '2', action: 'refund', retry_flag: 'N', trade_status: 'X', other: 1 };
      const verdict = cancelPlaybook.confirm(node, operation());
      const { other: _other, ...kept } = node;
      assert.deepEqual(verdict, { verdict: 'succeeded', answer: kept });
      assert.deepEqual(cancelPlaybook.confirm({}, operation()), { verdict: 'unclear', why: say('cancel.unproven') });
    });

    const asked: [outcome: Outcome, verdict: string][] = [
      [yes({ trade_status: 'TRADE_CLOSED' }), 'succeeded'],
      [yes({ trade_status: 'WAIT_BUYER_PAY' }), 'absent'],
      [yes({ trade_status: 'TRADE_SUCCESS' }), 'absent'],
      [yes({ trade_status: 'TRADE_FINISHED' }), 'unclear'],
      [no('ACQ.TRADE_NOT_EXIST'), 'unclear'],
      [SILENCE, 'unclear'],
    ];
    for (const [outcome, verdict] of asked) {
      it(`G7: in doubt is ${verdict} on ${JSON.stringify(outcome)}`, async () => {
        const judged = await cancelPlaybook.ask(answering([outcome]), operation());
        assert.equal(judged.verdict, verdict);
        if (judged.verdict === 'succeeded') assert.deepEqual(judged.answer, { trade_status: 'TRADE_CLOSED' });
        else assert.ok(judged.why);
        assert.deepEqual(sent, [{ method: 'alipay.trade.query', bizContent: { trade_no: TRADE.tradeNo } }]);
      });
    }
  });

  describe('a refund', () => {
    const check = (fen: number, change: Partial<TradeFacts> = {}): void =>
      refundPlaybook.check(answering([]), refund({ fen }), { ...TRADE, refundedFen: 900, ...change });
    const found = (answers: Outcome[], outRequestNo?: string): ReturnType<typeof refundPlaybook.number> =>
      refundPlaybook.number(answering(answers), refund({ outRequestNo }), {
        facts: TRADE,
        target: wanted().target,
        fen: 1_550,
      });
    const FREE = yes({});
    const done = (at: number | undefined): Outcome =>
      yes({
        refund_status: 'REFUND_SUCCESS',
        refund_amount: '15.50',
        ...(at ? { gmt_refund_pay: formatBeijing(at) } : {}),
      });
    const number = (ordinal: number): string => refundNumber(APP, TRADE.tradeNo, 1_550, ordinal);

    it('G12: is allowed up to what is left, and only of a paid trade', () => {
      check(29_000);
      assert.throws(() => check(29_001), /290\.01.*more than the 290\.00/);
      assert.throws(() => check(1, { tradeStatus: 'WAIT_BUYER_PAY' }), /paid/);
      assert.throws(() => check(1, { tradeStatus: 'TRADE_FINISHED' }), /finished/i);
      assert.throws(() => check(1, { tradeStatus: 'TRADE_CLOSED' }), /closed/i);
      assert.throws(() => check(1, { tradeStatus: `NEW${'X'.repeat(60)}` }), /NEWX{29}(?!X)/);
    });

    it('G11: takes the first derived number that Alipay does not know', async () => {
      assert.deepEqual(await found([FREE]), { kind: 'free', number: number(0) });
      assert.deepEqual(sent[0], {
        method: 'alipay.trade.fastpay.refund.query',
        bizContent: { trade_no: TRADE.tradeNo, out_request_no: number(0), query_options: ['gmt_refund_pay'] },
      });
      assert.deepEqual(await found([no('TRADE_NOT_EXIST')]), { kind: 'free', number: number(0) });
      assert.deepEqual(await found([no('ACQ.TRADE_NOT_EXIST')]), { kind: 'free', number: number(0) });
    });

    it('G11: takes the next number after each one that succeeded here', async () => {
      const id = await proposed(ledger);
      await ledger.describe(id, { number: number(0), digest: 'd1', bizContent: '{}', facts: '{}' });
      await ledger.approve(id, 'd1', LIMITS);
      await ledger.redeem(id, 'd1', LIMITS, () => undefined);
      await ledger.move(id, 'succeeded', { answer: {} });
      assert.deepEqual(await found([FREE]), { kind: 'free', number: number(1) });
    });

    it('G11: meets a colleague’s refund also where this one succeeded here under another number', async () => {
      await succeeded(ledger); // under a number the agent gave
      const now = Math.floor(ledger.now() / 1_000) * 1_000;
      const met = await found([done(now - 60_000)]);
      assert.deepEqual([met.kind, met.number], ['done', number(0)]);
    });

    it('G11: finds what Alipay did within a day, and passes over what is older', async () => {
      const now = Math.floor(ledger.now() / 1_000) * 1_000;
      const recent = await found([done(now - 60_000)]);
      assert.deepEqual(
        [recent.kind, recent.number, recent.kind === 'done' && recent.at],
        ['done', number(0), now - 60_000],
      );
      assert.deepEqual(await found([done(now - DAY_MS - 60_000), FREE]), { kind: 'free', number: number(1) });
      assert.equal((await found([done(undefined)])).kind, 'done');
      await assert.rejects(found([done(now - DAY_MS - 60_000)]), RefusedError);
      assert.equal(sent.length, 1 + 2 + 1 + 50);
    });

    it('G12: is refused while its number cannot be looked up', async () => {
      for (const outcome of [SILENCE, yes({ refund_status: 'LATER', refund_amount: '15.50' })]) {
        await assert.rejects(found([outcome]), /could not be read/);
      }
      for (const outcome of [no('isv.insufficient-isv-permissions'), no('TRADE_NOT_EXIST', false)]) {
        await assert.rejects(found([outcome]), /trade is closed/, 'in Alipay’s own words');
      }
    });

    it('G11: a number of the agent’s is used when it is new, and refused when it is another refund’s', async () => {
      assert.deepEqual(await found([FREE], 'MINE1'), { kind: 'free', number: 'MINE1' });
      assert.deepEqual(await found([FREE], number(0)), { kind: 'free', number: number(0) });
      await assert.rejects(found([FREE], number(7)), RefusedError);
      assert.deepEqual(
        await found([FREE, yes({ refund_amount: '15.50', refund_status: 'REFUND_SUCCESS' })], 'MINE1').then(
          ({ kind }) => kind,
        ),
        'done',
      );
      await assert.rejects(
        found([FREE, yes({ refund_amount: '1.00', refund_status: 'REFUND_SUCCESS' })], 'MINE1'),
        /MINE1/,
      );
      assert.equal((await found([done(undefined)], 'MINE1')).number, number(0), 'done under its derived number');
    });

    it('G11: a number of the agent’s that this ledger knows serves again only the same refund, unless that succeeded', async () => {
      const opened = await ledger.propose(wanted({ fen: 77 }));
      assert.ok(opened.kind === 'created');
      const { id } = opened.operation;
      await ledger.describe(id, { number: 'MINE1', digest: 'd1', bizContent: '{}', facts: '{}' });
      const limits = { perOperation: 9e9, perDay: 9e9, perPayee: 9e9 };
      await ledger.approve(id, 'd1', limits);
      await ledger.redeem(id, 'd1', limits, () => undefined);
      await ledger.move(id, 'rejected');
      await assert.rejects(found([FREE], 'MINE1'), /MINE1/);
      const same = (fen: number): ReturnType<typeof found> =>
        refundPlaybook.number(answering([FREE]), refund({ outRequestNo: 'MINE1' }), {
          facts: TRADE,
          target: wanted().target,
          fen,
        });
      assert.deepEqual(await same(77), { kind: 'free', number: 'MINE1' });
    });

    it('G7: a number of the agent’s that never arrived is kept, unless it became another refund’s or is long done', async () => {
      const opened = await ledger.propose(wanted());
      assert.ok(opened.kind === 'created');
      const { id } = opened.operation;
      await ledger.describe(id, { number: 'MINE1', digest: 'd1', bizContent: '{}', facts: '{}' });
      await ledger.approve(id, 'd1', LIMITS);
      await ledger.redeem(id, 'd1', LIMITS, () => undefined);
      await ledger.move(id, 'unknown');
      await ledger.move(id, 'not_executed');
      const other = yes({ refund_amount: '1.00', refund_status: 'REFUND_SUCCESS' });
      assert.deepEqual(await found([FREE, FREE]), { kind: 'free', number: 'MINE1' });
      assert.deepEqual(await found([FREE, FREE], 'MINE2'), { kind: 'free', number: 'MINE1' });
      assert.equal((await found([FREE, done(undefined)], 'MINE2')).number, 'MINE1');
      assert.deepEqual(await found([FREE, other]), { kind: 'free', number: number(0) });
      assert.deepEqual(await found([FREE, other, FREE], 'MINE2'), { kind: 'free', number: 'MINE2' });
      assert.equal((await found([FREE, done(ledger.now() - DAY_MS - 60_000)])).number, number(0));
      await assert.rejects(found([FREE, SILENCE]), /could not be read/);
    });

    it('is sent with its number, and with the reason where there is one', () => {
      const call = (reason: string | undefined): unknown =>
        refundPlaybook.call(answering([]), refund({ reason }), TRADE, 'R1').bizContent;
      const plain = { trade_no: TRADE.tradeNo, refund_amount: '15.50', out_request_no: 'R1' };
      assert.deepEqual(call(undefined), plain);
      assert.deepEqual(call('late'), { ...plain, refund_reason: 'late' });
      assert.deepEqual(refundPlaybook.agentWords(refund({ reason: 'late' })), [
        { field: 'refund_reason', text: 'late' },
      ]);
      assert.deepEqual(refundPlaybook.agentWords(refund({ reason: undefined })), []);
    });

    it('G7: in doubt asks by its number, and keeps what proves it', async () => {
      const node = {
        trade_no: '1',
        out_trade_no: '2',
        fund_change: 'Y',
        refund_fee: '15.50',
        refund_amount: '15.50',
        refund_status: 'REFUND_SUCCESS',
        gmt_refund_pay: '2024-04-01 10:00:00',
      };
      assert.deepEqual(await refundPlaybook.ask(answering([yes({ ...node, other: 1 })]), operation()), {
        verdict: 'succeeded',
        answer: node,
      });
      assert.equal(sent[0]?.bizContent['out_request_no'], 'R1');
      assert.equal((await refundPlaybook.ask(answering([FREE]), operation())).verdict, 'absent');
      assert.equal(
        (await refundPlaybook.ask(answering([yes({ refund_amount: '15.50' })]), operation())).verdict,
        'unclear',
      );
    });
  });

  describe('a transfer', () => {
    const PAYEE = { identity: ' +86-13800138000 ', identityType: 'ALIPAY_LOGON_ID', name: 'Li Si' } as const;
    const transfer = (change: Partial<TransferProposal> = {}): TransferProposal => ({
      method: 'alipay.fund.trans.uni.transfer',
      fen: 1_550,
      payee: PAYEE,
      orderTitle: 'Commission',
      remark: undefined,
      againAfter: undefined,
      ...change,
    });
    const target = 'payee:ALIPAY_LOGON_ID:13800138000';
    const own = { method: 'alipay.fund.trans.uni.transfer', target };
    const found = (outcome: Outcome): ReturnType<typeof transferPlaybook.number> =>
      transferPlaybook.number(answering([outcome]), transfer(), {
        facts: { kind: 'payee', ...PAYEE, paidBefore: 0 },
        target,
        fen: 1_550,
      });
    const FREE = no('ORDER_NOT_EXIST');

    it('counts how often its payee was paid', async () => {
      await succeeded(ledger, own);
      const preflight = await transferPlaybook.read(answering([]), transfer());
      assert.deepEqual(preflight, { facts: { kind: 'payee', ...PAYEE, paidBefore: 1 }, target, fen: 1_550 });
    });

    it('is refused in key mode, with what to do', async () => {
      const refused = await transferPlaybook
        .read(answering([], { mode: 'key' }), transfer())
        .catch((error: unknown) => error);
      assert.ok(refused instanceof RefusedError);
      assert.deepEqual([refused.sentence, refused.nextStep], [say('transfer.key_mode'), say('transfer.key_mode.next')]);
    });

    it('G11: has a random number that Alipay must not know', async () => {
      const [one, other] = [await found(FREE), await found(FREE)];
      assert.match(one.number ?? '', /^T[0-9a-f]{40}$/);
      assert.notEqual(one.number, other.number);
      assert.deepEqual(sent[0], {
        method: 'alipay.fund.trans.common.query',
        bizContent: { out_biz_no: one.number, product_code: 'TRANS_ACCOUNT_NO_PWD', biz_scene: 'DIRECT_TRANSFER' },
      });
      await assert.rejects(found(SILENCE), /could not be read/);
      await assert.rejects(found(no('OTHER')), RefusedError);
      await assert.rejects(found(no('ORDER_NOT_EXIST', false)), RefusedError);
      await assert.rejects(found(yes({ status: 'SUCCESS' })), RefusedError);
    });

    it('G7: what never arrived keeps its number, and what arrived after all is taken up', async () => {
      const id = await sending(ledger, own);
      await ledger.move(id, 'unknown');
      await ledger.move(id, 'not_executed');
      assert.deepEqual(await found(FREE), { kind: 'free', number: `R${id}` });
      const done = await found(yes({ status: 'SUCCESS', order_id: '1' }));
      assert.deepEqual(done, {
        kind: 'done',
        number: `R${id}`,
        answer: { status: 'SUCCESS', order_id: '1' },
        at: undefined,
      });
      await assert.rejects(found(yes({ status: 'DEALING' })), RefusedError);
      for (const status of ['FAIL', 'CLOSED', 'REFUND']) {
        const anew = await found(yes({ status }));
        assert.ok(anew.kind === 'free' && /^T[0-9a-f]{40}$/.test(anew.number ?? ''), 'its number is spent');
      }
      await ledger.move(await proposed(ledger, own), 'denied');
      assert.equal((await found(FREE)).number, `R${id}`, 'a denial in between was never sent');
      await ledger.move(await sending(ledger, own), 'rejected');
      assert.notEqual((await found(FREE)).number, `R${id}`);
    });

    it('is sent with what was given, and nothing else', () => {
      const send = (proposal: TransferProposal, profile = {}): unknown =>
        transferPlaybook.call(answering([], profile), proposal, { kind: 'payee', ...PAYEE, paidBefore: 0 }, 'T1')
          .bizContent;
      const plain = {
        out_biz_no: 'T1',
        trans_amount: '15.50',
        product_code: 'TRANS_ACCOUNT_NO_PWD',
        biz_scene: 'DIRECT_TRANSFER',
        order_title: 'Commission',
        payee_info: { identity: PAYEE.identity, identity_type: 'ALIPAY_LOGON_ID' },
      };
      const nameless = { ...PAYEE, name: undefined };
      assert.deepEqual(send(transfer({ payee: nameless })), plain);
      assert.deepEqual(send(transfer({ remark: 'r' })), {
        ...plain,
        remark: 'r',
        payee_info: { ...plain.payee_info, name: 'Li Si' },
      });
      const scene = { transferScene: { name: 'S', reports: [{ info_type: 'a', info_content: 'b' }] } };
      assert.deepEqual(send(transfer({ payee: nameless }), scene), {
        ...plain,
        transfer_scene_name: 'S',
        transfer_scene_report_infos: scene.transferScene.reports,
      });
      assert.deepEqual(transferPlaybook.agentWords(transfer({ remark: 'r' })), [
        { field: 'payee_name', text: 'Li Si' },
        { field: 'order_title', text: 'Commission' },
        { field: 'remark', text: 'r' },
      ]);
      assert.equal(transferPlaybook.agentWords(transfer({ payee: nameless })).length, 1);
    });

    it('G7: in doubt asks by its number, and says why', async () => {
      const node = {
        out_biz_no: '1',
        order_id: '2',
        pay_fund_order_id: '3',
        status: 'SUCCESS',
        trans_date: '4',
        pay_date: '5',
      };
      assert.deepEqual(await transferPlaybook.ask(answering([yes({ ...node, x: 1 })]), operation()), {
        verdict: 'succeeded',
        answer: node,
      });
      assert.equal(sent[0]?.bizContent['out_biz_no'], 'R1');
      assert.equal((await transferPlaybook.ask(answering([FREE]), operation())).verdict, 'absent');
      const refused = { verdict: 'rejected', next: undefined };
      assert.deepEqual(transferPlaybook.confirm({ status: 'FAIL' }, operation()), {
        ...refused,
        why: say('transfer.failed'),
      });
      assert.deepEqual(transferPlaybook.confirm({ status: 'REFUND' }, operation()), {
        ...refused,
        why: say('transfer.came_back'),
      });
      assert.deepEqual(transferPlaybook.confirm({}, operation()), {
        verdict: 'unclear',
        why: say('transfer.under_way'),
      });
    });
  });
});
