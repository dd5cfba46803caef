import assert from 'node:assert/strict';
import { DAY_MS, formatBeijing } from '../../../src/alipay/beijing-time.ts';
import { RefusedError } from '../../../src/alipay/errors.ts';
import type { Outcome } from '../../../src/alipay/outcome.ts';
import { cancelPlaybook } from '../../../src/guard/cancel.ts';
import type { NumberFound, Sources } from '../../../src/guard/playbook.ts';
import type { TradeFacts } from '../../../src/guard/proposal.ts';
import { ApprovalQueue } from '../../../src/guard/queue.ts';
import { refundNumber, refundPlaybook } from '../../../src/guard/refund.ts';
import { transferPlaybook } from '../../../src/guard/transfer.ts';
import type { Ledger } from '../../../src/ledger/index.ts';
import { say, type Sentence } from '../../../src/text/index.ts';
import { refund } from '../../support/hands.ts';
import { ledgerFolder, openLedger, sending, succeeded, wanted } from '../../support/ledgers.ts';
import { APP, no, PlayedGateway, QUERIED, SILENCE, TRADE_NO, yes } from '../../support/played-desk.ts';
import { StillClock } from '../../support/still-clock.ts';

const TRADE: TradeFacts = {
  kind: 'trade',
  tradeNo: TRADE_NO,
  outTradeNo: '2024040112345',
  tradeStatus: 'TRADE_SUCCESS',
  totalFen: 29_900,
  refundedFen: 0,
  paidAt: undefined,
  buyer: undefined,
};
const QUERY = 'alipay.trade.query';
const REFUND_QUERY = 'alipay.trade.fastpay.refund.query';
const TRANSFER_QUERY = 'alipay.fund.trans.common.query';

describe('where a rule of the guard’s begins and ends', () => {
  let clock: StillClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;
  let gateway: PlayedGateway;
  let sources: Sources;

  beforeEach(async () => {
    clock = new StillClock();
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
    gateway = new PlayedGateway();
    sources = { client: gateway.client, ledger, account: wanted().account };
  });

  afterEach(async () => {
    ledger.close();
    await ledger.settled();
    folder.remove();
  });

  async function refusal(work: () => unknown): Promise<[Sentence, Sentence | undefined]> {
    const error: unknown = await (async () => work())().then(
      () => assert.fail('not refused'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof RefusedError, String(error));
    return [error.sentence, error.nextStep];
  }

  describe('a cancellation', () => {
    const check = (change: Partial<TradeFacts>): void =>
      cancelPlaybook.check(
        sources,
        { method: 'alipay.trade.cancel', trade: { trade_no: TRADE_NO }, againAfter: undefined },
        { ...TRADE, ...change },
      );

    it('is possible for 24 hours after the payment, to the second', async () => {
      check({ paidAt: formatBeijing(ledger.now() - DAY_MS) });
      const late = await refusal(() => check({ paidAt: formatBeijing(ledger.now() - DAY_MS - 1_000) }));
      assert.deepEqual(late, [say('cancel.too_late'), say('cancel.use_refund')]);
    });

    it('is refused with what fits the trade’s state', async () => {
      assert.deepEqual(await refusal(() => check({ tradeStatus: 'TRADE_CLOSED' })), [say('cancel.closed'), undefined]);
      assert.deepEqual(await refusal(() => check({ tradeStatus: 'TRADE_FINISHED' })), [
        say('refund.finished'),
        say('refund.finished.next'),
      ]);
      assert.deepEqual(await refusal(() => check({ tradeStatus: 'NEW' })), [
        say('guard.status', { status: 'NEW' }),
        undefined,
      ]);
      for (const tradeStatus of ['WAIT_BUYER_PAY', 'TRADE_SUCCESS'])
        assert.deepEqual(await refusal(() => check({ tradeStatus, refundedFen: 1 })), [
          say('cancel.after_refund'),
          say('cancel.use_refund'),
        ]);
    });
  });

  describe('a refund', () => {
    const number = (outRequestNo?: string): Promise<NumberFound> =>
      refundPlaybook.number(sources, refund({ outRequestNo }), { facts: TRADE, target: wanted().target, fen: 1_550 });
    const done = (at: number): Outcome =>
      yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '15.50', gmt_refund_pay: formatBeijing(at) });
    const derived = (ordinal: number): string => refundNumber(APP, TRADE_NO, 1_550, ordinal);

    it('is refused with what fits the trade’s state', async () => {
      const check = (change: Partial<TradeFacts>, fen = 1): Promise<[Sentence, Sentence | undefined]> =>
        refusal(() => refundPlaybook.check(sources, refund({ fen }), { ...TRADE, ...change }));
      assert.deepEqual(await check({ tradeStatus: 'WAIT_BUYER_PAY' }), [
        say('refund.unpaid'),
        say('refund.unpaid.next'),
      ]);
      assert.deepEqual(await check({ tradeStatus: 'TRADE_FINISHED' }), [
        say('refund.finished'),
        say('refund.finished.next'),
      ]);
      assert.deepEqual(await check({ tradeStatus: 'TRADE_CLOSED' }), [say('refund.closed'), undefined]);
      assert.deepEqual(await check({ tradeStatus: 'NEW' }), [say('guard.status', { status: 'NEW' }), undefined]);
      assert.deepEqual(await check({ refundedFen: 20_000 }, 9_901), [
        say('refund.too_much', { amount: '99.01', left: '99.00', total: '299.00' }),
        undefined,
      ]);
    });

    it('G11: that Alipay did just a day ago still answers; a second more, and it is long ago', async () => {
      gateway.answers.set(REFUND_QUERY, done(ledger.now() - DAY_MS));
      assert.deepEqual([(await number()).kind, (await number()).number], ['done', derived(0)]);
      gateway.answers.set(REFUND_QUERY, ({ bizContent }) =>
        bizContent?.['out_request_no'] === derived(0) ? done(ledger.now() - DAY_MS - 1_000) : yes(),
      );
      assert.deepEqual(await number(), { kind: 'free', number: derived(1) });
    });

    it('G11: passes over numbers that succeeded here, wherever they stand', async () => {
      const opened = await ledger.propose(wanted({ fen: 1 }));
      assert.ok(opened.kind === 'created');
      await ledger.adopt(opened.operation.id, derived(0), {}, clock.now());
      assert.deepEqual(await number(), { kind: 'free', number: derived(1) });
      assert.equal(gateway.of(REFUND_QUERY).length, 1, 'the first is not even looked up');
    });

    it('G11: that was denied or never sent has used no number up', async () => {
      const opened = await ledger.propose(wanted());
      assert.ok(opened.kind === 'created');
      await ledger.move(opened.operation.id, 'denied');
      assert.deepEqual(await number(), { kind: 'free', number: derived(0) });
    });

    it('G11: has an end of deliberate repetitions', async () => {
      gateway.answers.set(REFUND_QUERY, done(ledger.now() - 2 * DAY_MS));
      assert.deepEqual(await refusal(number), [say('refund.too_often'), undefined]);
      assert.equal(gateway.of(REFUND_QUERY).length, 50);
    });

    it('G11: says which number is another’s', async () => {
      gateway.answers.set(REFUND_QUERY, ({ bizContent }) =>
        bizContent?.['out_request_no'] === 'MINE'
          ? yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '1.00' })
          : yes(),
      );
      const known = [say('refund.number_known', { number: 'MINE' }), say('refund.number_known.next')];
      assert.deepEqual(await refusal(() => number('MINE')), known);
      assert.deepEqual(await refusal(() => number(derived(3))), [
        say('refund.number_reserved'),
        say('refund.number_known.next'),
      ]);
      const id = await sending(ledger, { fen: 2, target: 'trade:2' });
      assert.deepEqual(await refusal(() => number(`R${id}`)), [
        say('refund.number_known', { number: `R${id}` }),
        say('refund.number_known.next'),
      ]);
    });

    it('G11: that succeeded under a number of the agent’s does not lend it again', async () => {
      const id = await succeeded(ledger);
      const [sentence] = await refusal(() => number(`R${id}`));
      assert.deepEqual(sentence, say('refund.number_known', { number: `R${id}` }));
    });

    it('G12: without a definite answer about its number is refused, with what to do', async () => {
      for (const answer of [SILENCE, yes({ refund_status: 'REFUND_SUCCESS' }), yes({ refund_status: 'LATER' })]) {
        gateway.answers.set(REFUND_QUERY, answer);
        await assert.rejects(number(), RefusedError);
      }
      gateway.answers.set(REFUND_QUERY, SILENCE);
      assert.deepEqual(await refusal(number), [say('guard.cannot_read'), say('guard.next.try_again')]);
    });

    for (const time of ['2024-04-11T10:00:00', '', 7, undefined]) {
      it(`that Alipay did at ${JSON.stringify(time)} was done at a time nobody knows`, async () => {
        gateway.answers.set(
          REFUND_QUERY,
          yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '15.50', gmt_refund_pay: time }),
        );
        const found = await number();
        assert.ok(found.kind === 'done' && found.at === undefined);
      });
    }

    it('G7: in doubt without a number of its own is asked for by none', async () => {
      await refundPlaybook.ask(sources, {
        ...row(await sending(ledger)),
        facts: JSON.stringify(TRADE),
        number: undefined,
      });
      assert.deepEqual(gateway.of(REFUND_QUERY)[0]?.['out_request_no'], '');
    });
  });

  const row = (id: string) => ledger.get(id) ?? assert.fail();

  describe('a transfer', () => {
    const PAYEE = { identity: 'ming@example.com', identityType: 'ALIPAY_LOGON_ID', name: 'Ming' };
    const target = 'payee:ALIPAY_LOGON_ID:ming@example.com';
    const method = 'alipay.fund.trans.uni.transfer';
    const number = (): Promise<NumberFound> =>
      transferPlaybook.number(
        sources,
        { method, fen: 1_550, payee: PAYEE, orderTitle: 't', remark: undefined, againAfter: undefined },
        { facts: { kind: 'payee', ...PAYEE, paidBefore: 0 }, target, fen: 1_550 },
      );

    /** One that was sent, and never arrived as far as anybody knows. */
    async function notExecuted(): Promise<string> {
      const id = await sending(ledger, { method, target });
      await ledger.move(id, 'unknown');
      await ledger.move(id, 'not_executed');
      return `R${id}`;
    }

    it('G7: that arrived after all is taken up as of when it was paid, for a day', async () => {
      const kept = await notExecuted();
      for (const [ago, kind] of [
        [0, 'done'],
        [DAY_MS, 'done'],
        [DAY_MS + 1_000, 'free'],
      ] as const) {
        const at = ledger.now() - ago;
        gateway.answers.set(TRANSFER_QUERY, yes({ status: 'SUCCESS', pay_date: formatBeijing(at) }));
        const found = await number();
        assert.equal(found.kind, kind, `${ago} ms ago`);
        assert.equal(found.number === kept, kind === 'done', 'its number is spent after that');
        if (found.kind === 'done') assert.equal(found.at, at);
        else assert.match(found.number ?? '', /^T[0-9a-f]{40}$/);
      }
    });

    for (const time of ['yesterday', '', 7, undefined]) {
      it(`G7: that arrived at ${JSON.stringify(time)} is taken up, at a time nobody knows`, async () => {
        await notExecuted();
        gateway.answers.set(TRANSFER_QUERY, yes({ status: 'SUCCESS', pay_date: time }));
        const found = await number();
        assert.ok(found.kind === 'done' && found.at === undefined);
      });
    }

    it('G7: resolved by hand keeps its number as well, and one that was rejected does not', async () => {
      const id = await sending(ledger, { method, target });
      await ledger.move(id, 'unknown');
      await ledger.move(id, 'resolved_by_hand', { reason: 'seen' });
      assert.deepEqual(await number(), { kind: 'free', number: `R${id}` });
      await ledger.move(await sending(ledger, { method, target }), 'rejected');
      assert.match((await number()).number ?? '', /^T/);
    });

    it('G12: is refused with Alipay’s words where it has some, and else to be tried again', async () => {
      gateway.answers.set(TRANSFER_QUERY, no('ISV.NO_PERMISSION'));
      assert.deepEqual(await refusal(number), [say('refund.closed'), say('cancel.use_refund')]);
      gateway.answers.set(TRANSFER_QUERY, SILENCE);
      assert.deepEqual(await refusal(number), [say('guard.cannot_read'), say('guard.next.try_again')]);
      gateway.answers.set(TRANSFER_QUERY, yes({ status: 'SUCCESS' }));
      assert.deepEqual(await refusal(number), [say('guard.cannot_read'), say('guard.next.try_again')]);
    });

    it('G7: is asked about by its number', async () => {
      const operation = row(await sending(ledger, { method, target }));
      const verdict = await transferPlaybook.ask(sources, operation);
      assert.deepEqual(verdict, { verdict: 'absent', why: say('refund.closed') });
      await transferPlaybook.ask(sources, { ...operation, number: undefined });
      assert.deepEqual(
        gateway.of(TRANSFER_QUERY).map((content) => content['out_biz_no']),
        [operation.number, ''],
      );
    });
  });

  describe('a trade', () => {
    const read = (): Promise<unknown> =>
      cancelPlaybook.read(sources, {
        method: 'alipay.trade.cancel',
        trade: { trade_no: TRADE_NO },
        againAfter: undefined,
      });

    it('G12: is refused with what to do, also where Alipay’s words have nothing', async () => {
      gateway.answers.set(QUERY, { ...no('ACQ.TRADE_NOT_EXIST'), next: undefined });
      assert.deepEqual(await refusal(read), [say('refund.closed'), say('guard.next.try_again')]);
      gateway.answers.set(QUERY, yes({ ...QUERIED, total_amount: '0.00' }));
      assert.deepEqual(await refusal(read), [say('guard.cannot_read'), say('guard.next.try_again')]);
    });

    it('G12: in another currency is refused with its name, shortened', async () => {
      gateway.answers.set(QUERY, yes({ ...QUERIED, trans_currency: 'CNY', pay_currency: 'DOGECOINS' }));
      assert.deepEqual(await refusal(read), [say('guard.currency', { currency: 'DOGECOIN' }), undefined]);
    });
  });

  describe('the queue', () => {
    it('is left by whoever gives up, and by nobody else, also after a turn', async () => {
      const queue = new ApprovalQueue();
      const never = (): AbortSignal => new AbortController().signal;
      const leaveFirst = await queue.enter('a', never());
      const stop = new AbortController();
      const second = queue.enter('b', stop.signal);
      const third = queue.enter('c', never());
      leaveFirst();
      const leaveSecond = await second;
      stop.abort(new Error('gone')); // its turn has come; giving up now takes no other’s place
      assert.equal(queue.length, 1);
      leaveSecond();
      (await third)();
      assert.equal(queue.length, 0);
    });

    it('refuses the sixth waiting request with the number there may be', async () => {
      const queue = new ApprovalQueue();
      const stop = new AbortController();
      await queue.enter('a', stop.signal);
      for (let times = 0; times < 5; times += 1) queue.enter('a', stop.signal).catch(() => undefined);
      assert.deepEqual(await refusal(() => queue.enter('a', stop.signal)), [
        say('guard.queue_full', { most: 5 }),
        undefined,
      ]);
      stop.abort(new Error('over'));
      assert.equal(queue.length, 0);
    });
  });
});
