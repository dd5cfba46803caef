import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { RefusedError } from '../../../src/alipay/errors.ts';
import type { Settled } from '../../../src/guard/settled.ts';
import { say } from '../../../src/text/index.ts';
import { approve, deny, refund } from '../../support/hands.ts';
import { no, PlayedDesk, REFUNDED, SILENCE, slowHand, turn, yes } from '../../support/played-desk.ts';

const REFUND = 'alipay.trade.refund';
const REFUND_QUERY = 'alipay.trade.fastpay.refund.query';
const DONE = yes({ refund_status: 'REFUND_SUCCESS', refund_amount: '15.50' });

describe('a guarded call whose ledger cannot be written', () => {
  let desk: PlayedDesk;
  let other: DatabaseSync | undefined;

  beforeEach(async () => {
    desk = await PlayedDesk.open();
  });
  afterEach(async () => {
    other?.close();
    other = undefined;
    await desk.close();
  });

  const row = (): string | undefined => desk.ledger.get(desk.asked[0]?.operationId ?? '')?.state;

  /** Another program takes the file's write lock, as a backup does, and keeps it. */
  function lock(): void {
    other = new DatabaseSync(desk.folder.file);
    other.exec('BEGIN IMMEDIATE');
  }

  /** From now on no state can be written, until the function that is returned is called. */
  function full(): () => void {
    const { ledger } = desk;
    const move = ledger.move.bind(ledger);
    ledger.move = () => Promise.reject(new Error('database or disk is full'));
    return () => void (ledger.move = move);
  }

  async function outcome(call: Promise<Settled>): Promise<Settled> {
    let settled: Settled | undefined;
    void call.then((value) => (settled = value));
    await desk.until(() => settled !== undefined, 500);
    return settled ?? assert.fail();
  }

  it('G7: is never refused once it was sent: busy right after its end was written, it is in doubt', async () => {
    const move = desk.ledger.move.bind(desk.ledger);
    desk.ledger.move = async (...args) => {
      const moved = await move(...args);
      if (args[1] === 'succeeded') lock();
      return moved;
    };
    const settled = await outcome(desk.execute(refund(), approve));
    assert.deepEqual([settled.status, settled.why], ['unknown', say('ledger.busy')]);
    assert.equal(row(), 'succeeded');
  });

  it('G7: is never refused once it was sent: busy when the call has waited long enough, it is in doubt', async () => {
    desk.gateway.answers.set(REFUND, SILENCE);
    desk.gateway.answers.set(REFUND_QUERY, () => (desk.gateway.of(REFUND).length > 0 ? SILENCE : yes()));
    const call = desk.execute(refund(), approve);
    await desk.until(() => row() === 'unknown');
    await desk.clock.advance(9_500);
    lock();
    const settled = await outcome(call);
    assert.deepEqual([settled.status, settled.why], ['unknown', say('ledger.busy')]);
  });

  it('G6: writes Alipay’s word down as soon as that is possible, and asks no more', async () => {
    const free = full();
    const call = outcome(desk.execute(refund(), approve));
    assert.deepEqual([(await call).status, row()], ['unknown', 'sending']);
    const asked = desk.gateway.of(REFUND_QUERY).length;
    free();
    await desk.until(() => row() === 'succeeded', 100);
    assert.deepEqual([desk.gateway.of(REFUND).length, desk.gateway.of(REFUND_QUERY).length], [1, asked]);
    assert.equal((await desk.execute(refund(), approve)).status, 'already_done');
  });

  it('G6: writes Alipay’s refusal down as soon as that is possible, and sends nothing again', async () => {
    const free = full();
    desk.gateway.answers.set(REFUND, no('ACQ.SELLER_BALANCE_NOT_ENOUGH'));
    assert.equal((await outcome(desk.execute(refund(), approve))).status, 'unknown');
    free();
    await desk.until(() => row() === 'rejected', 100);
    assert.equal(desk.gateway.of(REFUND).length, 1);
  });

  it('G7: settles what could not be written down as in doubt either', async () => {
    const free = full();
    desk.gateway.answers.set(REFUND, SILENCE);
    const settled = await outcome(desk.execute(refund(), approve));
    assert.deepEqual([settled.status, settled.why, row()], ['unknown', undefined, 'sending']);
    desk.gateway.answers.set(REFUND_QUERY, DONE);
    free();
    await desk.until(() => row() === 'succeeded', 100);
    assert.equal(desk.gateway.of(REFUND).length, 1);
  });

  it('G3: stays in doubt when the guard ends before it could be written; a new guard settles it', async () => {
    const free = full();
    const call = desk.execute(refund(), approve);
    await desk.until(() => row() === 'sending');
    for (let turns = 0; turns < 20; turns += 1) await turn();
    await desk.guard.dispose();
    const settled = await call;
    assert.deepEqual([settled.status, settled.why, row()], ['unknown', say('guard.interrupted'), 'sending']);
    free();
    desk.gateway.answers.set(REFUND_QUERY, DONE);
    desk.guard = desk.guardOver(desk.ledger);
    desk.guard.recover();
    await desk.until(() => row() === 'succeeded', 100);
    assert.equal(desk.gateway.of(REFUND).length, 1);
  });

  it('G3: leaves nothing that stands in the way: a denial that could not be written is one at the next call', async () => {
    const free = full();
    await assert.rejects(desk.execute(refund(), deny));
    assert.equal(row(), 'proposed');
    free();
    assert.equal((await desk.execute(refund(), approve)).status, 'succeeded');
    assert.equal(row(), 'expired');
  });

  it('G11: what another call is just about to work on is not taken for left', async () => {
    const propose = desk.ledger.propose.bind(desk.ledger);
    let again: Promise<Settled> | undefined;
    desk.ledger.propose = async (...args) => {
      const opened = await propose(...args);
      if (again === undefined) {
        again = desk.execute(refund(), approve);
        for (let turns = 0; turns < 20; turns += 1) await turn();
      }
      return opened;
    };
    const one = slowHand();
    const first = desk.execute(refund(), one.hand);
    await one.shown;
    one.click(true);
    assert.equal((await first).status, 'succeeded');
    assert.equal((await again)?.status, 'in_progress');
  });

  it('G11: what is another account’s, or another window’s, is not taken for left', async () => {
    const window = await desk.window();
    const mine = { method: REFUND, target: 'trade:other', fen: 1, facts: '{}', caller: 'x', againAfter: undefined };
    const theirs = await window.propose({ ...mine, account: desk.account });
    const others = await desk.ledger.propose({ ...mine, account: 'elsewhere/1' });
    assert.equal((await desk.execute(refund(), approve)).status, 'succeeded');
    for (const opened of [theirs, others]) {
      assert.ok(opened.kind === 'created');
      assert.equal(desk.ledger.get(opened.operation.id)?.state, 'proposed');
    }
  });

  it('G7: is in doubt where Alipay confirmed it and the row came to say something else', async () => {
    const window = await desk.window();
    desk.gateway.answers.set(REFUND, async () => {
      const { operationId = '' } = desk.asked[0] ?? {};
      await window.move(operationId, 'unknown');
      await window.move(operationId, 'not_executed');
      return yes(REFUNDED);
    });
    const settled = await desk.execute(refund(), approve);
    assert.deepEqual([settled.status, settled.why], ['unknown', say('guard.contradicted')]);
  });

  it('G3: an error before the sending is the caller’s, also where it cannot be written down', async () => {
    full();
    const boom = new RefusedError(say('guard.moved_on'));
    desk.ledger.approve = () => Promise.reject(boom);
    await assert.rejects(desk.execute(refund(), approve), (error) => error === boom);
  });
});
