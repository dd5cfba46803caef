import assert from 'node:assert/strict';
import { DAY_MS, formatBeijing } from '../../../src/alipay/beijing-time.ts';
import { RefusedError } from '../../../src/alipay/errors.ts';
import type { Proposal } from '../../../src/guard/proposal.ts';
import { LedgerFault } from '../../../src/ledger/index.ts';
import { say } from '../../../src/text/index.ts';
import { approve, refund } from '../../support/hands.ts';
import { sending } from '../../support/ledgers.ts';
import { PlayedDesk, QUERIED, SILENCE, yes } from '../../support/played-desk.ts';

const QUERY = 'alipay.trade.query';
const REFUND = 'alipay.trade.refund';
const REFUND_QUERY = 'alipay.trade.fastpay.refund.query';
const MINUTE_MS = 60_000;
const LIMITS = { perOperation: 10_000, perDay: 2_000, perPayee: 2_000 };

const TRANSFER: Proposal = {
  method: 'alipay.fund.trans.uni.transfer',
  fen: 500,
  payee: { identity: '2088102146225135', identityType: 'ALIPAY_USER_ID', name: undefined },
  orderTitle: 'June',
  remark: undefined,
  againAfter: undefined,
};

describe('G9: a clock that is, or was, wrong', () => {
  let desk: PlayedDesk;
  /** How far this computer's clock is ahead of the gateway's. */
  let ahead: number;

  beforeEach(async () => {
    ahead = 0;
    desk = await PlayedDesk.open({ limits: LIMITS });
    const send = desk.gateway.send.bind(desk.gateway);
    desk.gateway.send = async (...args) => {
      const outcome = await send(...args);
      desk.guard.noteGatewayTime(desk.clock.wall - ahead, desk.clock.wall);
      return outcome;
    };
    desk.gateway.answers.set(QUERY, ({ bizContent }) =>
      yes({ ...QUERIED, trade_no: String(bizContent?.['trade_no'] ?? QUERIED['trade_no']) }),
    );
  });
  afterEach(() => desk.close());

  const of = (trade: number): Proposal => refund({ trade: { trade_no: String(trade).repeat(16) } });

  function setClock(ms: number): void {
    desk.clock.wall += ms - ahead;
    ahead = ms;
  }

  async function refusal(proposal: Proposal): Promise<RefusedError | LedgerFault> {
    const error: unknown = await desk.execute(proposal, approve).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof RefusedError || error instanceof LedgerFault, `not refused: ${JSON.stringify(error)}`);
    return error;
  }

  for (const [name, proposal] of [
    ['a refund', of(3)],
    ['a transfer', TRANSFER],
  ] as const) {
    it(`lets ${name} be asked for neither then nor by another day's limit, and writes nothing of a day to come`, async () => {
      assert.equal((await desk.execute(of(1), approve)).status, 'succeeded');
      const before = desk.ledger.now();
      setClock(DAY_MS);
      assert.deepEqual((await refusal(proposal)).sentence, say('guard.clock', { minutes: 1_440 }));
      setClock(0);
      assert.equal(desk.ledger.now(), before);
      assert.equal((await refusal(of(2))).sentence.key, 'limit.perDay');
      assert.equal(desk.gateway.of(REFUND).length, 1);
    });
  }

  it('is asked about before a transfer is written down, unless Alipay has told the time within a minute', async () => {
    const asks = (): number => desk.gateway.of(QUERY).filter((content) => content['out_trade_no'] === '0').length;
    await desk.execute(TRANSFER, approve);
    assert.equal(asks(), 1);
    await desk.clock.advance(MINUTE_MS - 1);
    await desk.execute({ ...TRANSFER, fen: 11 }, approve);
    assert.equal(asks(), 1);
    await desk.clock.advance(MINUTE_MS);
    await desk.execute({ ...TRANSFER, fen: 12 }, approve);
    assert.equal(asks(), 2);
    setClock(10 * MINUTE_MS);
    await desk.execute({ ...TRANSFER, fen: 13 }, approve);
    assert.equal(asks(), 2, 'by a few minutes, it is still the one that was proven');
    setClock(20 * MINUTE_MS + 1); // ten minutes and a millisecond after what was proven last
    await refusal({ ...TRANSFER, fen: 14 });
    assert.equal(asks(), 3);
  });

  /** An entry of a time to come, as an opening or a settling under a wrong clock leaves it. */
  async function writeAt(ms: number): Promise<void> {
    const id = await sending(desk.ledger, { target: `trade:${ms}`, account: 'elsewhere/1' });
    setClock(ms);
    await desk.ledger.move(id, 'unknown');
    setClock(0);
  }

  it('locks money-out while the ledger’s last entry is of a time to come, and says so', async () => {
    await writeAt(DAY_MS);
    const when = formatBeijing(desk.clock.wall + DAY_MS);
    const fault = await refusal(of(1));
    assert.deepEqual(fault.sentence, say('ledger.fault.ahead', { when, minutes: 1_440 }));
    assert.deepEqual(fault.nextStep, say('ledger.fault.next'));
    assert.equal(desk.asked.length, 0);
    await desk.clock.advance(DAY_MS - 10 * MINUTE_MS);
    assert.equal((await desk.execute(of(1), approve)).status, 'succeeded');
  });

  it('is not locked by a ledger a few minutes ahead', async () => {
    await writeAt(10 * MINUTE_MS);
    assert.equal((await desk.execute(of(1), approve)).status, 'succeeded');
    await writeAt(10 * MINUTE_MS + 1);
    assert.equal((await refusal(of(2))).sentence.key, 'ledger.fault.ahead');
  });

  it('that is found behind the ledger is asked about first: it may be the clock', async () => {
    await desk.execute(of(1), approve);
    setClock(-DAY_MS);
    assert.deepEqual((await refusal(of(2))).sentence, say('guard.clock', { minutes: 1_440 }));
  });

  it('G7: set forward, calls nothing absent for sure that another window is still sending', async () => {
    desk.gateway.answers.set(REFUND_QUERY, yes());
    const window = await desk.window();
    const id = await sending(window, { account: desk.account, target: `trade:${'1'.repeat(16)}` });
    window.close(); // as if its process had ended
    desk.clock.wall += 31 * MINUTE_MS;
    const call = desk.execute(of(1), approve);
    await desk.until(() => desk.gateway.of(REFUND_QUERY).length > 1, 100);
    await desk.clock.advance(50_000);
    assert.equal(desk.ledger.get(id)?.state, 'unknown');
    assert.equal((await call).status, 'unknown');
    await desk.until(() => desk.ledger.get(id)?.state === 'not_executed', 400);
  });

  it('counts what is in doubt over midnight on the day it may still move', async () => {
    setClock(0);
    desk.clock.wall = Date.parse('2024-04-11T23:59:30+08:00');
    desk.gateway.answers.set(REFUND, SILENCE);
    desk.gateway.answers.set(REFUND_QUERY, () => (desk.gateway.of(REFUND).length > 0 ? SILENCE : yes()));
    const call = desk.execute(of(1), approve);
    await desk.until(() => desk.ledger.inDoubt().length === 1);
    await desk.clock.advance(40_000);
    assert.equal((await call).status, 'unknown');
    assert.equal((await refusal(of(2))).sentence.key, 'limit.perDay');
  });
});
