import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError, RefusedError, SetupError } from '../../../src/alipay/errors.ts';
import type { Method } from '../../../src/alipay/methods.ts';
import type { Settled } from '../../../src/guard/settled.ts';
import { say, type Locale } from '../../../src/text/index.ts';
import { catalog } from '../../../src/tools/catalog.ts';
import { isGood, type Status } from '../../../src/tools/result.ts';
import { answered, Bench, lost, NOON, refused, type BenchOptions } from '../../support/tool-bench.ts';

const REFUND = { out_trade_no: '2024040112345', refund_amount: '15.50', refund_reason: 'defective item' };

function settled(status: Settled['status'], more: Partial<Settled> = {}): Settled {
  return {
    status,
    operationId: 'op_1',
    fen: 1550,
    number: 'R1',
    at: NOON,
    facts: {
      kind: 'trade',
      tradeNo: '2024040122001400000000000001',
      outTradeNo: '2024040112345',
      tradeStatus: 'TRADE_SUCCESS',
      totalFen: 29_900,
      refundedFen: 5_000,
      paidAt: '2024-04-01 10:00:00',
      buyer: '159****5620',
    },
    answer: {},
    why: undefined,
    reason: undefined,
    next: undefined,
    ...more,
  };
}

function refund(outcome: Settled | Error, options: BenchOptions = {}) {
  const bench = new Bench({
    ...options,
    settled: () => {
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  });
  return bench.run('refund_trade', REFUND);
}

describe('running a tool', () => {
  it('says which tools there are when asked for another', async () => {
    const { status, message } = await new Bench().run('refund_all\u202e', {});
    assert.equal(status, 'invalid_input');
    assert.match(message, /no tool “refund_all⟨U\+202E⟩”.*cancel_trade, close_trade.*transfer_fund/);
    assert.equal((await new Bench().run('__proto__', {})).status, 'invalid_input');
  });

  it('refuses what the profile’s level does not allow, before anything is asked', async () => {
    const expected = { 'read-only': ['read'], write: ['read', 'write'], 'money-out': ['read', 'write', 'money-out'] };
    for (const level of ['read-only', 'write', 'money-out'] as const) {
      for (const { name, kind, input } of catalog) {
        const bench = new Bench({ profile: { level } });
        const result = await bench.run(name, name === 'query_user_info' ? { handle: 'tok_1' } : minimal(name));
        assert.equal(/is at level/.test(result.message), !expected[level].includes(kind), `${name} at ${level}`);
        if (!expected[level].includes(kind)) {
          assert.equal(result.status, 'refused');
          assert.deepEqual([bench.calls, bench.proposals], [[], []]);
        }
        assert.ok(input);
      }
    }
  });

  it('turns a refusal into what was wrong and what to do, in words', async () => {
    const input = await refund(new InputError(say('input.no_trade')));
    assert.deepEqual([input.status, /trade_no/.test(input.message)], ['invalid_input', true]);
    const not = await refund(new RefusedError(say('input.no_trade'), say('run.internal.next')));
    assert.deepEqual([not.status, not.next_step?.startsWith('Call it again')], ['refused', true]);
    const setup = await refund(new SetupError(say('cert.none')));
    assert.deepEqual([setup.status, setup.next_step], ['refused', undefined]);
  });

  it('never shows the text of a fault of ours, and never calls an unknown write failed', async () => {
    const fault = new Error('boom /home/x/key.pem');
    const boom = () => Promise.reject(fault);
    const read = new Bench().answer('alipay.trade.query', boom);
    const asked = await read.run('query_trade', { trade_no: '1' });
    assert.equal(asked.status, 'internal_error');
    const write = new Bench().answer('alipay.trade.close', boom);
    const closed = await write.run('close_trade', { trade_no: '1' });
    const out = await refund(fault);
    for (const result of [closed, out]) {
      assert.equal(result.status, 'unknown');
      assert.match(result.message, /not known whether it took effect/);
      assert.match(String(result.next_step), /query_trade/);
      assert.doesNotMatch(result.message, /fail|done/i);
    }
    for (const result of [asked, closed, out]) assert.doesNotMatch(JSON.stringify(result), /boom|key\.pem|\.ts:|Error/);
    assert.deepEqual(read.faults, [fault]);
  });

  it('notes the fault behind a refusal', async () => {
    const fault = new Error('database is not open');
    const refusal = new RefusedError(say('guard.nothing_sent'));
    refusal.cause = fault;
    const bench = new Bench().answer('alipay.trade.query', () => Promise.reject(refusal));
    assert.equal((await bench.run('query_trade', { trade_no: '1' })).status, 'refused');
    assert.deepEqual(bench.faults, [fault]);
  });
});

describe('what a guarded call came to, in words', () => {
  const expected: Readonly<Record<Settled['status'], { says: RegExp; moved: string; good: boolean }>> = {
    succeeded: { says: /^15\.50 CNY of order 2024040112345 went back/, moved: 'yes', good: true },
    already_done: {
      says: /already done on 2024-04-12 10:00:00 \(Beijing time\), as operation op_1/,
      moved: 'before',
      good: true,
    },
    in_progress: { says: /under way in another window/, moved: 'unknown', good: true },
    denied: { says: /denied; nothing was sent/, moved: 'no', good: false },
    expired: { says: /Nobody approved this in time/, moved: 'no', good: false },
    rejected: { says: /Alipay refused this; no money moved/, moved: 'no', good: false },
    unknown: { says: /not known yet.*may have, and it may not.*op_1/, moved: 'unknown', good: false },
    not_executed: { says: /not carried out/, moved: 'no', good: false },
  };

  for (const [status, { says, moved, good }] of Object.entries(expected)) {
    it(`says ${status}`, async () => {
      const result = await refund(settled(status as Settled['status']));
      assert.equal(result.status, status as Status);
      assert.match(result.message, says);
      assert.deepEqual([result['moved'], result['operation_id'], isGood(result)], [moved, 'op_1', good]);
      if (status !== 'succeeded' && status !== 'rejected') assert.ok(result.next_step, 'it says what to do next');
      const inChinese = await refund(settled(status as Settled['status']), { locale: 'zh' });
      assert.match(inChinese.message, /\p{Script=Han}/u);
      assert.doesNotMatch(`${inChinese.message}${inChinese.next_step ?? ''}`, /\b(the|was|person|nothing)\b/i);
    });
  }

  it('G7: an unknown outcome is never worded as done or failed', async () => {
    const { message, next_step } = await refund(settled('unknown', { why: say('outcome.timeout', { seconds: 15 }) }));
    assert.doesNotMatch(message, /\b(failed|refused|went back|succeeded|rejected)\b/);
    assert.match(message, /did not answer within 15 s/);
    assert.match(String(next_step), /query_trade/);
  });

  it('G3: a denial carries the person’s own words', async () => {
    const { message } = await refund(settled('denied', { reason: 'wrong order' }));
    assert.match(message, /saying “wrong order”\. Nothing was sent/);
  });

  it('G11: what was done before names the operation a deliberate second one comes after', async () => {
    const { next_step } = await refund(settled('already_done'));
    assert.match(String(next_step), /again_after: "op_1"/);
  });

  it('keeps Alipay’s Chinese words from an English reader, and the reverse', async () => {
    const why = say('outcome.rejected', { code: 'ACQ.NEW', words: '交易不存在' });
    assert.match((await refund(settled('rejected', { why }))).message, /the code ACQ\.NEW\.$/);
    assert.match((await refund(settled('rejected', { why }), { locale: 'zh' })).message, /交易不存在/);
    const english = say('outcome.rejected', { code: 'ACQ.NEW', words: 'Business Failed' });
    assert.doesNotMatch((await refund(settled('rejected', { why: english }), { locale: 'zh' })).message, /Business/);
  });
});

describe('whatever is given', () => {
  const methods: readonly Method[] = [
    'alipay.trade.create',
    'alipay.trade.precreate',
    'alipay.trade.query',
    'alipay.trade.close',
    'alipay.trade.fastpay.refund.query',
    'alipay.fund.trans.common.query',
    'alipay.data.dataservice.bill.downloadurl.query',
    'alipay.system.oauth.token',
    'alipay.user.info.share',
  ];
  const json = fc.jsonValue({ noneOfTheAbove: true } as never);
  const field = fc.oneof(json, fc.constantFrom('1', '15.50', 'yesterday', '2024-04', 'qr', 'jsapi', '30m', true, 5));
  const outcome = fc.oneof(
    fc
      .dictionary(
        fc.constantFrom(
          'trade_no',
          'trade_status',
          'total_amount',
          'status',
          'qr_code',
          'bill_download_url',
          'expires_in',
        ),
        json,
      )
      .map(answered),
    fc
      .constantFrom('ACQ.TRADE_NOT_EXIST', 'ACQ.TRADE_STATUS_ERROR', 'BILL_NOT_EXIST', 'X')
      .map((code) => refused(code)),
    fc.constant(lost),
  );
  const token = { accessToken: 'a', refreshToken: 'r', userId: '2088', openId: undefined, expiresAt: undefined };
  const tokens = {
    put: () => Promise.resolve('tok_1'),
    get: () => Promise.resolve(token),
    claimCode: () => Promise.resolve(true),
  };
  const locales = fc.constantFrom<Locale>('en', 'zh');

  for (const tool of catalog) {
    it(`${tool.name} answers as it publishes, and never throws`, async () => {
      const shape = Object.fromEntries(Object.keys(tool.input.def.shape).map((name) => [name, field]));
      const inputs = fc.oneof(json, fc.record(shape, { requiredKeys: [] }), fc.constant(minimal(tool.name)));
      await fc.assert(
        fc.asyncProperty(
          inputs,
          fc.array(outcome, { minLength: 1, maxLength: 3 }),
          locales,
          async (input, outcomes, locale) => {
            const denied = settled('denied', tool.name === 'transfer_fund' ? { facts: PAYEE } : {});
            const bench = new Bench({ locale, settled: () => denied, tokens });
            for (const method of methods) bench.answer(method, ...outcomes);
            const result = await bench.run(tool.name, input);
            assert.ok(result.message.length > 0);
            assert.deepEqual(bench.faults, [], 'a fault of ours');
          },
        ),
        { numRuns: 150 },
      );
    });
  }
});

const PAYEE = {
  kind: 'payee',
  identity: '2088102146225135',
  identityType: 'ALIPAY_USER_ID',
  name: undefined,
  paidBefore: 0,
} as const;

/** The least input each tool takes. */
function minimal(name: string): Record<string, unknown> {
  switch (name) {
    case 'create_trade':
      return { total_amount: '299.00', subject: 'Premium Subscription' };
    case 'get_oauth_token':
      return { code: 'c1' };
    case 'query_bill_download_url':
      return { bill_date: 'yesterday', download: false };
    case 'query_transfer':
      return { out_biz_no: 'T1' };
    case 'query_user_info':
      return { handle: 'tok_1' };
    case 'refund_trade':
      return REFUND;
    case 'transfer_fund':
      return {
        trans_amount: '1.00',
        payee_identity: '2088102146225135',
        payee_identity_type: 'ALIPAY_USER_ID',
        order_title: 'x',
      };
    default:
      return { trade_no: '1' };
  }
}
