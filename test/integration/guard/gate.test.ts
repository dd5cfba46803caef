import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { Guard } from '../../../src/guard/index.ts';
import { waitsFor } from '../../../src/guard/waits.ts';
import { say } from '../../../src/text/index.ts';
import { approve, Desk, refund, type Hand } from '../../support/desk.ts';
import { LIMITS, sending } from '../../support/ledgers.ts';

describe('what the guard refuses before anybody is asked', () => {
  let desk: Desk;

  afterEach(() => desk.close());

  it('G8: everything, while a lock stands', async () => {
    desk = await Desk.open();
    const lock = say('guard.ended');
    const { client, ledger, clock } = desk;
    const guard = new Guard({ client, ledger, clock, waits: waitsFor('local-sandbox'), limits: LIMITS, lock });
    const refused = await guard.execute(refund(), () => [], desk.caller(approve)).catch((error: unknown) => error);
    assert.ok(refused instanceof RefusedError);
    assert.deepEqual([refused.sentence, refused.nextStep], [lock, say('guard.locked.next')]);
    assert.equal(desk.asked.length, 0);
  });

  it('G5: everything, below the level that a person must have set', async () => {
    desk = await Desk.open({ profile: { level: 'write' } });
    await assert.rejects(desk.execute(refund(), approve), /money-out/);
    assert.equal(desk.asked.length, 0);
  });

  it('G3: everything, once the guard has ended', async () => {
    desk = await Desk.open();
    await desk.guard.dispose();
    await desk.admin('POST', '/journal/clear');
    await assert.rejects(desk.execute(refund(), approve), RefusedError);
    assert.equal((await desk.requests('alipay.trade.query')).length, 0, 'it does not even look');
  });

  it('G3: its end waits until what waited is written down as denied', async () => {
    desk = await Desk.open();
    const shown = Promise.withResolvers<string>();
    const silent: Hand = ({ operationId }) => {
      shown.resolve(operationId);
      return new Promise(() => undefined);
    };
    const call = desk.execute(refund(), silent);
    const id = await shown.promise;
    await desk.guard.dispose();
    assert.equal(desk.ledger.get(id)?.state, 'denied');
    assert.equal((await call).status, 'denied');
  });

  it('G6: a start leaves alone what another living window holds in doubt', async () => {
    desk = await Desk.open();
    const id = await sending(desk.ledger, { account: desk.account });
    await desk.ledger.move(id, 'unknown');
    const window = await desk.window();
    window.recover();
    // Something else meanwhile, longer than the first queries would take.
    const { out_trade_no } = await desk.paidOrder();
    await window.execute(refund({ trade: { out_trade_no } }), () => [], desk.caller(approve));
    const asked = await desk.requests('alipay.trade.fastpay.refund.query');
    assert.ok(asked.length > 0 && !JSON.stringify(asked).includes(`R${id}`));
    await window.dispose();
    assert.equal(desk.ledger.get(id)?.state, 'unknown');
  });

  it('G7: what was in doubt when settings changed or everything was locked is asked about when that is over', async () => {
    desk = await Desk.open({ waits: { answerWithin: 0 } });
    await desk.fault('alipay.trade.refund', 'drop-after');
    const hand: Hand = async ({ digest }) => {
      await desk.fault('alipay.trade.fastpay.refund.query', 'garbage', 1_000_000);
      return { verdict: 'approved', digest };
    };
    const { operationId = '', status } = await desk.execute(refund(), hand);
    assert.equal(status, 'unknown');
    await desk.guard.dispose();
    await desk.admin('DELETE', '/faults');
    desk.guard = desk.guardAnew();
    desk.guard.recover();
    while (desk.ledger.get(operationId)?.state === 'unknown') await desk.clock.wait(5);
    assert.equal(desk.ledger.get(operationId)?.state, 'succeeded');
    assert.equal((await desk.requests('alipay.trade.refund')).length, 1);
  });
});
