import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { RefusedError } from '../../../src/alipay/errors.ts';
import type { TransferProposal } from '../../../src/guard/proposal.ts';
import { say } from '../../../src/text/index.ts';
import { approve, refund } from '../../support/hands.ts';
import { sending } from '../../support/ledgers.ts';
import { PlayedDesk, QUERIED, SILENCE, TRADE_NO, turn, yes } from '../../support/played-desk.ts';

const QUERY = 'alipay.trade.query';
const REFUND_QUERY = 'alipay.trade.fastpay.refund.query';
const TRANSFER = 'alipay.fund.trans.uni.transfer';

describe('where a guarded call begins', () => {
  let desk: PlayedDesk;

  beforeEach(async () => {
    desk = await PlayedDesk.open();
  });
  afterEach(() => desk.close());

  async function refusal(): Promise<RefusedError> {
    const error: unknown = await desk.execute(refund(), approve).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof RefusedError, `not refused: ${JSON.stringify(error)}`);
    return error;
  }

  it('G9: one answer that shows a wrong clock is enough, whatever the next one would show', async () => {
    const skews = [11 * 60_000];
    desk.gateway.answers.set(QUERY, () => {
      desk.guard.noteGatewayTime(0, skews.shift() ?? 0);
      return yes(QUERIED);
    });
    assert.deepEqual((await refusal()).sentence, say('guard.clock', { minutes: 11 }));
    assert.equal(desk.gateway.of(QUERY).length, 1);
  });

  it('G3: a guard that ends while it looks writes nothing', async () => {
    const gate = Promise.withResolvers<void>();
    desk.gateway.answers.set(QUERY, async () => {
      await gate.promise;
      return yes(QUERIED);
    });
    const call = refusal();
    await desk.guard.dispose();
    gate.resolve();
    assert.deepEqual((await call).sentence, say('guard.ended'));
    const db = new DatabaseSync(desk.folder.file, { readOnly: true });
    assert.equal(db.prepare('SELECT count(*) AS count FROM operation').get()?.['count'], 0);
    db.close();
  });

  it('G11: a number under which it succeeded in the end is left no more', async () => {
    const payout: TransferProposal = {
      method: TRANSFER,
      fen: 500,
      payee: { identity: '2088102146225135', identityType: 'ALIPAY_USER_ID', name: undefined },
      orderTitle: 'June',
      remark: undefined,
      againAfter: undefined,
    };
    desk.gateway.answers.set(TRANSFER, SILENCE);
    const lost = desk.execute(payout, approve);
    await desk.until(() => desk.ledger.inDoubt().length === 1);
    await desk.ledger.move(desk.ledger.inDoubt()[0]?.id ?? '', 'not_executed');
    await desk.clock.advance(10_000);
    await lost;
    desk.gateway.answers.set(TRANSFER, yes({ status: 'SUCCESS' }));
    assert.equal((await desk.execute(payout, approve)).status, 'succeeded');
    await desk.clock.advance(25 * 3_600_000);
    assert.equal((await desk.execute(payout, approve)).status, 'succeeded');
    const [first, second, third] = desk.gateway.of(TRANSFER).map((sent) => sent['out_biz_no']);
    assert.equal(first, second);
    assert.notEqual(third, first);
  });

  it('G7: recovery leaves to another window what that one asks about', async () => {
    const window = await desk.window();
    const id = await sending(window, { account: desk.account, target: `trade:${TRADE_NO}` });
    await window.move(id, 'unknown');
    desk.guard.recover();
    await turn();
    await desk.clock.advance(60_000);
    assert.equal(desk.gateway.of(REFUND_QUERY).length, 0);
  });
});
