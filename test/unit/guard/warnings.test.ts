import assert from 'node:assert/strict';
import type { Band } from '../../../src/alipay/profile.ts';
import type { Facts } from '../../../src/guard/proposal.ts';
import { payeeTarget } from '../../../src/guard/transfer.ts';
import { warningsFor } from '../../../src/guard/warnings.ts';
import type { Ledger, NewOperation } from '../../../src/ledger/index.ts';
import { ledgerFolder, MovedClock, openLedger, proposed, succeeded } from '../../support/ledgers.ts';

const TRANSFER = 'alipay.fund.trans.uni.transfer';

describe('warnings', () => {
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;

  beforeEach(async () => {
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, new MovedClock());
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

  async function keysFor(
    wish: Partial<NewOperation>,
    facts: Facts,
    more: { band?: Band; text?: string } = {},
  ): Promise<string[]> {
    const operation = ledger.get(await proposed(ledger, wish)) ?? assert.fail();
    const agentWords = [{ field: 'remark', text: more.text ?? 'thanks' }];
    const warnings = warningsFor({ ledger, operation, facts, band: more.band ?? 'local-sandbox', agentWords });
    await ledger.move(operation.id, 'expired');
    return warnings.map(({ key }) => key);
  }

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
    const trade: Facts = {
      kind: 'trade',
      tradeNo: '1',
      outTradeNo: '1',
      tradeStatus: 'TRADE_SUCCESS',
      totalFen: 1,
      refundedFen: 0,
      paidAt: undefined,
      buyer: undefined,
    };
    for (const hidden of ['a\u202eb', 'a\u200bb', 'a\u2066b', 'a\u{e0041}b', 'a\u00adb']) {
      assert.deepEqual(await keysFor({}, trade, { text: hidden }), ['warn.hidden_characters'], hidden);
    }
    assert.deepEqual(await keysFor({}, trade, { text: '退款：有瑕疵 🧧' }), []);
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
});
