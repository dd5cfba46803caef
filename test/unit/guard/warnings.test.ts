import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DAY_MS } from '../../../src/alipay/beijing-time.ts';
import type { Band } from '../../../src/alipay/profile.ts';
import type { Facts } from '../../../src/guard/proposal.ts';
import { payeeTarget } from '../../../src/guard/transfer.ts';
import { warningsFor } from '../../../src/guard/warnings.ts';
import type { Ledger, NewOperation } from '../../../src/ledger/index.ts';
import { say, type Sentence } from '../../../src/text/index.ts';
import { ledgerFolder, openLedger, proposed, succeeded, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

const TRANSFER = 'alipay.fund.trans.uni.transfer';

describe('warnings', () => {
  let clock: StillClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(async () => {
    folder = ledgerFolder();
    clock = new StillClock();
    ledger = await openLedger(folder.file, clock);
  });

  afterEach(() => {
    ledger.close();
    folder.remove();
  });

  const transferTo = (identity: string, fen = 1_000): Partial<NewOperation> => ({
    method: TRANSFER,
    target: payeeTarget('ALIPAY_LOGON_ID', identity),
    fen,
  });

  async function warningsOf(
    wish: Partial<NewOperation>,
    facts: Facts,
    more: { band?: Band; text?: string } = {},
  ): Promise<Sentence[]> {
    const operation = ledger.get(await proposed(ledger, wish)) ?? assert.fail();
    const agentWords = [{ field: 'remark', text: more.text ?? 'thanks' }];
    const warnings = warningsFor({ ledger, operation, facts, band: more.band ?? 'local-sandbox', agentWords });
    await ledger.move(operation.id, 'expired');
    return warnings;
  }

  const keysFor = async (...args: Parameters<typeof warningsOf>): Promise<string[]> =>
    (await warningsOf(...args)).map(({ key }) => key);

  const payee = (identity: string, paidBefore = 0, name?: string): Facts => ({
    kind: 'payee',
    identity,
    identityType: 'ALIPAY_LOGON_ID',
    name,
    paidBefore,
  });

  it('of a payee never paid before, and of a name nobody has checked', async () => {
    assert.deepEqual(await keysFor(transferTo('ming@example.com'), payee('ming@example.com', 0, '明')), [
      'warn.first_payee',
      'warn.name_checked',
    ]);
    assert.deepEqual(await keysFor(transferTo('ming@example.com'), payee('ming@example.com', 2)), ['warn.no_name']);
  });

  it('of a payee that resembles one paid before', async () => {
    await succeeded(ledger, transferTo('ming.wang@example.com'));
    for (const twin of ['ming.wanq@example.com', 'ming.wang@examp1e.com', 'mingwang@example.com']) {
      assert.ok((await keysFor(transferTo(twin, 900), payee(twin))).includes('warn.resembles'), twin);
    }
    const other = 'somebody.else@shop.cn';
    assert.ok(!(await keysFor(transferTo(other, 900), payee(other))).includes('warn.resembles'));
  });

  it('of the same amount to the same place within a day, and of an unusual amount', async () => {
    await succeeded(ledger, transferTo('ming@example.com'));
    const again = await succeeded(ledger, transferTo('hong@example.com'));
    assert.ok(again);
    const first = ledger.ofIntent('openapi.example/2021000000000001', ledger.get(again)?.intent ?? '').at(-1);
    const second = await keysFor(
      { ...transferTo('hong@example.com'), againAfter: first?.id },
      payee('hong@example.com', 1),
    );
    assert.ok(second.includes('warn.same_amount'));
    const large = await keysFor(transferTo('hong@example.com', 3_001), payee('hong@example.com', 1));
    assert.ok(large.includes('warn.unusual'));
    const usual = await keysFor(transferTo('hong@example.com', 3_000), payee('hong@example.com', 1));
    assert.ok(!usual.includes('warn.unusual'));
  });

  it('of characters that hide or reorder text, or only look Latin', async () => {
    for (const hidden of ['a\u202eb', 'a\u200bb', 'a\u2066b', 'a\u{e0041}b', 'a\u00adb']) {
      assert.deepEqual(await keysFor({}, TRADE, { text: hidden }), ['warn.hidden_characters'], hidden);
    }
    assert.deepEqual(await keysFor({}, TRADE, { text: '退款：有瑕疵 🧧' }), []);
    const cyrillic = 'mіng@example.com'; // the i is a Ukrainian one
    assert.ok((await keysFor(transferTo(cyrillic), payee(cyrillic))).includes('warn.lookalike_characters'));
  });

  it('of real money, and of what Alipay’s own sandbox cannot do', async () => {
    assert.ok(
      (await keysFor(transferTo('a@example.com'), payee('a@example.com'), { band: 'production' })).includes(
        'warn.production',
      ),
    );
    assert.ok(
      !(await keysFor(transferTo('a@example.com'), payee('a@example.com'), { band: 'alipay-sandbox' })).includes(
        'warn.alipay_sandbox',
      ),
    );
  });

  it('of an earlier denial of the same, with its reason', async () => {
    await ledger.move(await proposed(ledger, transferTo('a@example.com')), 'denied', { reason: 'wrong person' });
    assert.ok((await keysFor(transferTo('a@example.com'), payee('a@example.com'))).includes('warn.denied_because'));
  });

  const TRADE: Facts = {
    kind: 'trade',
    tradeNo: '1',
    outTradeNo: '1',
    tradeStatus: 'TRADE_SUCCESS',
    totalFen: 1,
    refundedFen: 0,
    paidAt: undefined,
    buyer: undefined,
  };

  it('of whose money it is: nobody’s, Alipay’s play money, or real', async () => {
    assert.deepEqual(await keysFor({}, TRADE, { band: 'local-sandbox' }), []);
    assert.deepEqual(await keysFor({}, TRADE, { band: 'alipay-sandbox' }), ['warn.alipay_sandbox']);
    assert.deepEqual(await keysFor({}, TRADE, { band: 'production' }), ['warn.production']);
  });

  it('of a denial within the last day only: when it was, and why', async () => {
    const deny = async (reason?: string): Promise<void> =>
      void (await ledger.move(await proposed(ledger), 'denied', { reason }));
    await deny();
    assert.deepEqual(await warningsOf({}, TRADE), [say('warn.denied', { minutes: 1 })], 'not "0 minutes ago"');
    clock.wall += 149_000;
    assert.deepEqual(await warningsOf({}, TRADE), [say('warn.denied', { minutes: 2 })]);
    await deny('wrong amount');
    clock.wall += 10 * 60_000;
    assert.deepEqual(await warningsOf({}, TRADE), [
      say('warn.denied_because', { minutes: 10, reason: 'wrong amount' }),
    ]);
    assert.deepEqual(await warningsOf({ fen: 7 }, TRADE), [], 'another amount is another question');
    clock.wall += DAY_MS - 10 * 60_000 - 1;
    assert.equal((await warningsOf({}, TRADE)).length, 1);
    clock.wall += 1;
    assert.deepEqual(await warningsOf({}, TRADE), []);
  });

  it('of the same amount to the same trade within a day, as often as it was', async () => {
    const first = await succeeded(ledger);
    clock.wall += DAY_MS - 1;
    await succeeded(ledger, { againAfter: first });
    await succeeded(ledger, { fen: 1_000 });
    const wish = async (): Promise<Sentence[]> => {
      const { account, target } = wanted();
      const latest = ledger.succeededOn(account, target).findLast(({ fen }) => fen === 1_550);
      return warningsOf({ againAfter: latest?.id }, TRADE);
    };
    assert.deepEqual(await wish(), [say('warn.same_amount', { count: 2, amount: '15.50' })]);
    clock.wall += 1;
    assert.deepEqual(await wish(), [say('warn.same_amount', { count: 1, amount: '15.50' })]);
    clock.wall += DAY_MS;
    assert.deepEqual(await wish(), []);
  });

  it('of an amount above three times the largest of the same kind, and of none where there was none', async () => {
    assert.deepEqual(await warningsOf({ fen: 90_000 }, TRADE), []);
    for (const fen of [200, 1_000, 300]) await succeeded(ledger, { fen, target: `trade:${fen}` });
    await succeeded(ledger, transferTo('ming@example.com', 50_000));
    assert.deepEqual(await warningsOf({ fen: 3_000 }, TRADE), []);
    assert.deepEqual(await warningsOf({ fen: 3_001 }, TRADE), [
      say('warn.unusual', { amount: '30.01', largest: '10.00' }),
    ]);
  });

  it('of hidden characters wherever the words are: the agent’s or the payee’s own', async () => {
    const hidden = 'ming\u200b@example.com';
    assert.deepEqual(
      (await warningsOf(transferTo(hidden), payee(hidden, 1, 'x'))).at(-1),
      say('warn.hidden_characters', { field: 'payee_identity' }),
    );
    assert.deepEqual(await warningsOf({}, TRADE, { text: 'a\u202eb' }), [
      say('warn.hidden_characters', { field: 'remark' }),
    ]);
    for (const plain of ['ming@example.com', 'a b~!', '13800000001'])
      assert.deepEqual(await keysFor(transferTo(plain), payee(plain, 1, 'x')), ['warn.name_checked']);
    assert.deepEqual(await keysFor({}, TRADE, { text: 'Ünïcödé 退款' }), [], 'a remark may be in any language');
  });

  it('in one order: whose money, what happened before, who is paid, what the words hide', async () => {
    await ledger.move(await proposed(ledger, transferTo('ming.wanq@example.com', 9_000)), 'denied');
    await succeeded(ledger, transferTo('ming.wang@example.com'));
    const hidden = { band: 'production', text: 'a\u200bb' } as const;
    assert.deepEqual(
      await keysFor(transferTo('ming.wanq@example.com', 9_000), payee('ming.wanq@exаmple.com'), hidden),
      [
        'warn.production',
        'warn.denied',
        'warn.unusual',
        'warn.first_payee',
        'warn.resembles',
        'warn.no_name',
        'warn.hidden_characters',
        'warn.lookalike_characters',
      ],
    );
    await succeeded(ledger, { fen: 100 });
    const first = await succeeded(ledger, { fen: 5_000 });
    await ledger.move(await proposed(ledger, { fen: 5_000, againAfter: first }), 'denied');
    assert.deepEqual(await keysFor({ fen: 5_000, againAfter: first }, TRADE, { band: 'alipay-sandbox' }), [
      'warn.alipay_sandbox',
      'warn.denied',
      'warn.same_amount',
    ]);
  });

  describe('of a payee that resembles one paid before', () => {
    const KNOWN = 'ming.wang@example.com';

    const warned = async (other: string): Promise<boolean> =>
      (await keysFor(transferTo(other, 900), payee(other))).includes('warn.resembles');

    it('names the one it resembles', async () => {
      await succeeded(ledger, transferTo('somebody@else.example'));
      await succeeded(ledger, transferTo(KNOWN));
      const twin = 'ming.wanq@example.com';
      assert.deepEqual(
        (await warningsOf(transferTo(twin, 900), payee(twin))).filter(({ key }) => key === 'warn.resembles'),
        [say('warn.resembles', { known: KNOWN })],
      );
      const colons = 'a:b:c@example.com';
      await succeeded(ledger, transferTo(colons));
      assert.ok(
        (await warningsOf(transferTo('a:b:d@example.com', 900), payee('a:b:d@example.com'))).some(
          ({ args }) => args['known'] === colons,
        ),
        'also where it has colons',
      );
    });

    const cases: [known: string, other: string, resembles: boolean, why: string][] = [
      ['13800001234', '13800001243', true, 'two digits exchanged'],
      ['13800001234', '13800001235', true, 'the last digit'],
      ['13800001234', '23800001234', true, 'the first digit'],
      ['13800001234', '1380000123', true, 'one digit left out at the end'],
      ['13800001234', '3800001234', true, 'one left out at the beginning'],
      ['13800001234', '138000012345', true, 'one more'],
      ['13800001234', '1380000123456', true, 'two more'],
      ['13800001234', '13809991234', true, 'the same beginning and end'],
      ['13800001234', '13809995678', false, 'the same beginning only'],
      ['13800001234', '15911111234', false, 'the same end only'],
      ['13800001234', '13800004321', false, 'three edits'],
      ['abcdef', 'abcdxy', true, 'six letters, two of them others'],
      ['abcdef', 'abcxyz', false, 'six letters, three of them others'],
      ['abcde', 'abcdx', false, 'too short to tell'],
      ['abcdef', 'abcde', false, 'too short to tell'],
      ['abcdefgh', 'abcdXYZefgh', true, 'the same ends of eight letters'],
      ['abcdef', 'xyzabcdef', false, 'three put before'],
      ['xyzabcdef', 'abcdef', false, 'three left out before'],
      ['abcdef', 'abcdefxyz', false, 'three put behind'],
      ['abcdefxyz', 'abcdef', false, 'three left out behind'],
      ['abcdefg', 'abcdXYZdefg', false, 'of seven, where the ends overlap'],
    ];
    for (const [known, other, resembles, why] of cases) {
      it(`${known} and ${other}: ${resembles ? 'yes' : 'no'}, ${why}`, async () => {
        await succeeded(ledger, transferTo(known));
        assert.equal(await warned(other), resembles);
      });
    }

    it('whatever one or two letters are put in, left out or exchanged, and not the payee itself', async () => {
      await succeeded(ledger, transferTo(KNOWN));
      const edit = fc.record({ at: fc.nat(KNOWN.length - 1), kind: fc.constantFrom('put', 'leave', 'change') });
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 2 }), async (edits) => {
          let other = KNOWN;
          for (const { at, kind } of edits) {
            const rest = other.slice(kind === 'put' ? at : at + 1);
            other = `${other.slice(0, at)}${kind === 'leave' ? '' : '#'}${rest}`;
          }
          assert.equal(await warned(other), other !== KNOWN);
        }),
        { numRuns: 25 },
      );
      assert.equal(await warned(KNOWN), false);
    });

    it('but not of one that was only asked for, or paid from another account or in another way', async () => {
      await ledger.move(await proposed(ledger, transferTo(KNOWN)), 'denied');
      await succeeded(ledger, { ...transferTo(KNOWN), account: 'another/1' });
      await succeeded(ledger, { ...transferTo(KNOWN), method: 'alipay.trade.refund' });
      assert.equal(await warned('ming.wanq@example.com'), false);
    });

    it('and not of one that was paid before itself', async () => {
      await succeeded(ledger, transferTo(KNOWN));
      const twin = 'ming.wanq@example.com';
      assert.deepEqual(await keysFor(transferTo(twin, 900), payee(twin, 1, 'x')), ['warn.name_checked']);
    });
  });
});
