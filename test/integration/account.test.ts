import assert from 'node:assert/strict';
import { once } from 'node:events';
import { openAccount, type Account } from '../../src/account.ts';
import { accountOf, keyCredentials, type Profile } from '../../src/alipay/profile.ts';
import { PrivateKey } from '../../src/alipay/keys.ts';
import { memoryTokens } from '../../src/cli/memory-tokens.ts';
import type { Caller } from '../../src/guard/caller.ts';
import type { Ledger } from '../../src/ledger/index.ts';
import { ScriptedGateway } from '../support/gateway.ts';
import { approve } from '../support/hands.ts';
import { LIMITS, ledgerFolder, openLedger, sending } from '../support/ledgers.ts';
import { StillClock } from '../support/still-clock.ts';

const TRADE_NO = '2024040122001400000000000001';
const TRADE = { code: '10000', msg: 'Success', trade_no: TRADE_NO, out_trade_no: 'A1', total_amount: '299.00' };

describe('an account that is closed', () => {
  let gateway: ScriptedGateway;
  const clock = new StillClock();
  const folder = ledgerFolder();
  let ledger: Ledger;

  before(async () => {
    gateway = await ScriptedGateway.listen();
    clock.wall = Date.now(); // the answers tell the gateway's own time
    ledger = await openLedger(folder.file, clock);
  });

  beforeEach(() => {
    gateway.received.length = 0;
  });

  after(async () => {
    await ledger.settled();
    ledger.close();
    folder.remove();
    await gateway.close();
  });

  const profile = (): Profile => gateway.client().profile;
  const methods = (): (string | undefined)[] => gateway.received.map(({ all }) => all['method']);
  const open = (): Account =>
    openAccount({
      profile: profile(),
      credentials: keyCredentials(
        new PrivateKey(gateway.app.privateKey),
        gateway.alipay.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
      ),
      ledger,
      limits: LIMITS,
      tokens: memoryTokens(),
      clock,
      locale: 'en',
      onFault: (_tool, fault) => assert.fail(String(fault)),
    });
  const caller = (progress: Caller['progress'] = () => undefined): Caller => ({
    clientId: 'one',
    name: 'test',
    signal: new AbortController().signal,
    progress,
    approver: { ask: async (request, signal) => approve(request, signal) },
  });

  it('signs no further query of a call that waits for a payment, and the call says why', async () => {
    gateway.answerWith('alipay.trade.query', { ...TRADE, trade_status: 'WAIT_BUYER_PAY' });
    const account = open();
    const waits = Promise.withResolvers<void>();
    const result = account.runner.run(
      'query_trade',
      { out_trade_no: 'A1', wait_seconds: 120 },
      caller(() => waits.resolve()),
    );
    await waits.promise;
    await account.close();
    await clock.advance(120_000);
    const { status, message } = await result;
    assert.deepEqual([status, /Nothing more is signed/.test(message)], ['refused', true], message);
    assert.equal(gateway.received.length, 1);
  });

  it('records what becomes of the money it has sent', async () => {
    const account = open();
    let closed: Promise<void> | undefined;
    gateway.answer = async ({ all }, response) => {
      if (all['method'] === 'alipay.trade.refund') closed = account.close();
      const node = {
        'alipay.trade.query': { ...TRADE, trade_status: 'TRADE_SUCCESS', send_pay_date: '2024-04-11 09:00:00' },
        'alipay.trade.fastpay.refund.query': { code: '10000', msg: 'Success' },
        'alipay.trade.refund': {
          code: '10000',
          msg: 'Success',
          trade_no: TRADE_NO,
          fund_change: 'Y',
          refund_fee: '1.00',
        },
      }[all['method'] ?? ''];
      response.end(await gateway.signed(all['method'] ?? '', JSON.stringify(node)));
    };
    const result = await account.runner.run('refund_trade', { trade_no: TRADE_NO, refund_amount: '1.00' }, caller());
    assert.equal(result.status, 'succeeded', result.message);
    await closed;
    assert.equal(methods().filter((method) => method === 'alipay.trade.refund').length, 1);
  });

  it('G7: asks no further about what is in doubt, and it stays in doubt', async () => {
    const facts = JSON.stringify({ kind: 'trade', tradeNo: '2' });
    const id = await sending(ledger, { account: accountOf(profile()), target: 'trade:2', facts });
    await ledger.move(id, 'unknown', {});
    let isHungUp = false;
    gateway.answer = (_received, response) => {
      void once(response, 'close').then(() => (isHungUp = true)); // unanswered
      void account.close();
    };
    const account = open();
    while (!isHungUp) {
      await clock.advance(1);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await account.close();
    await clock.advance(3_600_000);
    assert.deepEqual([ledger.get(id)?.state, gateway.received.length], ['unknown', 1]);
  }).timeout(10_000); // an answer is waited for longer
});
