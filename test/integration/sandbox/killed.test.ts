import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AlipaySdk } from 'alipay-sdk';
import { parseBillAmount } from '../../../src/alipay/money.ts';
import { MERCHANT_ID } from '../../../src/sandbox/identity.ts';
import { call } from '../../support/sandbox-sdk.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

const BUYER = '2088621000001001';
const TRADES = 4;
const AT_ONCE = 8;

type Row = Readonly<Record<string, string>>;
interface State {
  readonly balances: Readonly<Record<string, string>>;
  readonly trades: readonly Row[];
  readonly refunds: readonly Row[];
  readonly transfers: readonly Row[];
}

const move = fc.record({
  kind: fc.constantFrom('create', 'pay', 'pay', 'refund', 'refund', 'refund', 'cancel', 'close', 'transfer'),
  trade: fc.integer({ min: 1, max: TRADES }),
  fen: fc.integer({ min: 10, max: 99 }),
});
type Move = typeof move extends fc.Arbitrary<infer One> ? One : never;
/** One life of the process: what is asked of it, and after which answer it is killed. */
const life = fc.record({
  moves: fc.array(move, { minLength: 40, maxLength: 60 }),
  answers: fc.integer({ min: 3, max: 35 }),
});

/** What an answer said happened, as a state must show it. */
type Promised = (state: State) => boolean;

/** Sends one request; answers what the sandbox acknowledged by it. */
async function make(sdk: AlipaySdk, { kind, trade, fen }: Move, unique: string, life: number): Promise<Promised> {
  const out_trade_no = `KILLED_${life}_${trade}`;
  const amount = `0.${fen}`;
  const trades = (state: State) => state.trades.find((one) => one.out_trade_no === out_trade_no);
  if (kind === 'create') {
    const order = { out_trade_no, total_amount: '5.00', subject: 'x', buyer_id: BUYER };
    const { code } = await call(sdk, 'alipay.trade.create', order);
    return (state) => code !== '10000' || trades(state) !== undefined;
  }
  if (kind === 'pay') {
    const order = { out_trade_no, total_amount: '5.00', subject: 'x', auth_code: '280000000000000000' };
    const { code } = await call(sdk, 'alipay.trade.pay', order);
    return (state) => code !== '10000' || typeof trades(state)?.gmt_payment === 'string';
  }
  if (kind === 'refund') {
    const refund = { out_trade_no, refund_amount: amount, out_request_no: unique };
    const { fundChange } = await call(sdk, 'alipay.trade.refund', refund);
    return ({ refunds }) =>
      fundChange !== 'Y' || refunds.some((one) => one.out_request_no === unique && one.refund_amount === amount);
  }
  if (kind === 'transfer') {
    const payee_info = { identity: BUYER, identity_type: 'ALIPAY_USER_ID' };
    const { orderId } = await call(sdk, 'alipay.fund.trans.uni.transfer', {
      out_biz_no: unique,
      product_code: 'TRANS_ACCOUNT_NO_PWD',
      biz_scene: 'DIRECT_TRANSFER',
      trans_amount: amount,
      order_title: 'x',
      payee_info,
    });
    return ({ transfers }) => orderId === undefined || transfers.some((one) => one.order_id === orderId);
  }
  if (kind === 'cancel') {
    const { action } = await call(sdk, 'alipay.trade.cancel', { out_trade_no });
    return (state) => action === undefined || trades(state)?.trade_status === 'TRADE_CLOSED';
  }
  const { code } = await call(sdk, 'alipay.trade.close', { out_trade_no });
  return (state) => code !== '10000' || trades(state)?.trade_status === 'TRADE_CLOSED';
}

/** Sends them some at once, kills the process after an answer, and answers what it had acknowledged until it was gone. */
async function liveAndDie(
  sandbox: SandboxProcess,
  { moves, answers }: { moves: readonly Move[]; answers: number },
  number: number,
): Promise<{ promised: Promised[]; unanswered: number }> {
  const sdk = sandbox.sdk('certificate');
  const gone = once(sandbox.child, 'exit');
  const left = moves.entries();
  const promised: Promised[] = [];
  let unanswered = 0;
  const work = async () => {
    for (const [index, one] of left) {
      try {
        promised.push(await make(sdk, one, `KILLED_${number}_${index}`, number));
      } catch (error) {
        if (!sandbox.child.killed) throw error;
        unanswered += 1;
        return;
      }
      if (promised.length === answers) sandbox.child.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  assert.deepEqual(await gone, [null, 'SIGKILL']);
  return { promised, unanswered };
}

function total(fens: readonly string[]): number {
  return fens.reduce((sum, yuan) => sum + parseBillAmount(yuan), 0);
}

/** Money is neither made nor lost, and no trade, refund or transfer is there without its counterparts. */
function checkWhole(state: State, first: State): void {
  assert.equal(total(Object.values(state.balances)), total(Object.values(first.balances)));
  for (const { out_trade_no, trade_status, refund_fee = '' } of state.trades) {
    const own = state.refunds.filter((one) => one.out_trade_no === out_trade_no);
    assert.equal(total(own.map(({ refund_amount = '' }) => refund_amount)), parseBillAmount(refund_fee), out_trade_no);
    if (refund_fee === '5.00') assert.equal(trade_status, 'TRADE_CLOSED');
  }
  const paid = state.trades.filter(({ gmt_payment }) => typeof gmt_payment === 'string');
  const outgoing = [
    ...state.refunds.map(({ refund_amount = '' }) => refund_amount),
    ...state.transfers.map(({ trans_amount = '' }) => trans_amount),
  ];
  const own = total(paid.map(({ total_amount = '' }) => total_amount)) - total(outgoing);
  const opening = parseBillAmount(first.balances[MERCHANT_ID] ?? '');
  assert.equal(parseBillAmount(state.balances[MERCHANT_ID] ?? ''), opening + own, 'the merchant has what the rows say');
}

describe('a sandbox that is killed', function () {
  this.timeout(120_000);

  it('has everything it acknowledged when it starts again, and nothing by halves', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-killed-'));
    const start = () => SandboxProcess.start('sandbox-killed', '--data', folder, '--seed', 'empty');
    const read = async (sandbox: SandboxProcess) => (await sandbox.admin('GET', '/state')).json as State;
    let sandbox = await start();
    try {
      const first = await read(sandbox);
      const promised: Promised[] = [];
      let unanswered = 0;
      for (const [number, one] of fc.sample(life, { numRuns: 6, seed: 20_261_127 }).entries()) {
        const died = await liveAndDie(sandbox, one, number);
        promised.push(...died.promised);
        unanswered += died.unanswered;
        sandbox = await start();
        const state = await read(sandbox);
        for (const kept of promised) assert.ok(kept(state), kept.toString());
        checkWhole(state, first);
      }
      assert.ok(unanswered > 0, 'some were on their way');
    } finally {
      await sandbox.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
