import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/alipay/errors.ts';
import type { TransferProposal } from '../../../src/guard/proposal.ts';
import { refundNumber } from '../../../src/guard/refund.ts';
import { payeeTarget } from '../../../src/guard/transfer.ts';
import { LedgerFault } from '../../../src/ledger/index.ts';
import { approve, deny, Desk, refund, type Hand } from '../../support/desk.ts';
import { LIMITS, openLedger, wanted } from '../../support/ledgers.ts';

const REFUND = 'alipay.trade.refund';
const TRANSFER = 'alipay.fund.trans.uni.transfer';
const PAYEE = { identity: 'buyer1@example.com', identityType: 'ALIPAY_LOGON_ID', name: '测试买家' };

const transfer: TransferProposal = {
  method: TRANSFER,
  fen: 1_550,
  payee: PAYEE,
  orderTitle: 'test',
  remark: undefined,
  againAfter: undefined,
};

describe('what a person decides behind the guard', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  /** An operation that was sent under a number, never arrived as far as anybody knows, and was resolved by hand. */
  async function resolved(method: string, target: string, number: string): Promise<void> {
    const { ledger } = desk;
    const opened = await ledger.propose(wanted({ account: desk.account, method, target }));
    assert.ok(opened.kind === 'created');
    const { id } = opened.operation;
    await ledger.describe(id, { number, digest: 'd1', bizContent: '{}', facts: '{}' });
    await ledger.approve(id, 'd1', LIMITS);
    await ledger.redeem(id, 'd1', LIMITS, () => undefined);
    await ledger.move(id, 'unknown');
    await ledger.move(id, 'resolved_by_hand', { reason: 'looked it up' });
  }

  async function tradeNo(): Promise<string> {
    const bizContent = { out_trade_no: '2024040112345' };
    const outcome = await desk.client.send(desk.client.prepare({ method: 'alipay.trade.query', bizContent }));
    assert.ok(outcome.status === 'succeeded');
    return String(outcome.node['trade_no']);
  }

  it('G7: a refund resolved by hand is approved anew under its own number', async () => {
    const trade = await tradeNo();
    const number = refundNumber(desk.client.profile.appId, trade, 1_550, 0);
    await resolved(REFUND, `trade:${trade}`, number);
    const settled = await desk.execute(refund(), approve);
    assert.deepEqual([settled.status, settled.number, desk.asked.length], ['succeeded', number, 1]);
  });

  it('G11: a refund resolved by hand that had arrived after all is met at Alipay, not paid twice', async () => {
    const elsewhere = await Desk.open({ over: desk });
    const done = await elsewhere.execute(refund(), approve);
    await elsewhere.close();
    await resolved(REFUND, `trade:${await tradeNo()}`, done.number ?? '');
    assert.equal((await desk.execute(refund(), approve)).status, 'already_done');
    assert.equal((await desk.requests(REFUND)).length, 1);
  });

  it('G7: a refund resolved by hand under a number the agent made up keeps that one, whatever number comes with the next call', async () => {
    await resolved(REFUND, `trade:${await tradeNo()}`, 'AGENT1');
    await desk.execute(refund({ outRequestNo: 'AGENT2' }), deny);
    const settled = await desk.execute(refund(), approve);
    assert.deepEqual([settled.status, settled.number], ['succeeded', 'AGENT1']);
    assert.deepEqual(
      desk.asked.map(({ bizContent }) => (JSON.parse(bizContent) as { out_request_no: string }).out_request_no),
      ['AGENT1', 'AGENT1'],
    );
  });

  it('G11: a refund under a number of the agent’s that had arrived after all is met at Alipay, not paid twice', async () => {
    const elsewhere = await Desk.open({ over: desk });
    await elsewhere.execute(refund({ outRequestNo: 'AGENT1' }), approve);
    await elsewhere.close();
    await resolved(REFUND, `trade:${await tradeNo()}`, 'AGENT1');
    for (const outRequestNo of [undefined, 'AGENT2']) {
      assert.equal((await desk.execute(refund({ outRequestNo }), approve)).status, 'already_done');
    }
    assert.equal((await desk.requests(REFUND)).length, 1);
  });

  it('G11: one that arrived long ago answers no call of today', async () => {
    const elsewhere = await Desk.open({ over: desk });
    await desk.admin('POST', '/clock', { now: Date.now() - 25 * 3_600_000 });
    await elsewhere.execute(refund({ outRequestNo: 'AGENT1' }), approve);
    await elsewhere.close();
    await desk.admin('POST', '/clock', { now: Date.now() });
    const trade = await tradeNo();
    await resolved(REFUND, `trade:${trade}`, 'AGENT1');
    const settled = await desk.execute(refund(), approve);
    assert.deepEqual(
      [settled.status, settled.number],
      ['succeeded', refundNumber(desk.client.profile.appId, trade, 1_550, 0)],
    );
  });

  it('G7: a transfer resolved by hand keeps its number too', async () => {
    await resolved(TRANSFER, payeeTarget(PAYEE.identityType, PAYEE.identity), `T${'0'.repeat(40)}`);
    const settled = await desk.execute(transfer, approve);
    assert.deepEqual([settled.status, settled.number], ['succeeded', `T${'0'.repeat(40)}`]);
  });

  it('G12: settings that changed elsewhere between showing and clicking void the click', async () => {
    await desk.close();
    let isCurrent = true;
    desk = await Desk.open({ isCurrent: () => Promise.resolve(isCurrent) });
    const hand: Hand = ({ digest }) => {
      isCurrent = false;
      return { verdict: 'approved', digest };
    };
    await assert.rejects(desk.execute(refund(), hand), /changed meanwhile/);
    assert.equal((await desk.requests(REFUND)).length, 0);
  });

  it('G12: settings that cannot be read are none that still hold', async () => {
    await desk.close();
    desk = await Desk.open({ isCurrent: () => Promise.reject(new Error('the vault is closed')) });
    await assert.rejects(desk.execute(refund(), approve), RefusedError);
    assert.equal(desk.asked.length, 0);
  });

  it('G8: a ledger altered to say that a denied refund succeeded answers no call', async () => {
    const { operationId = '' } = await desk.execute(refund(), deny);
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(desk.folder.file, { timeout: 5_000 });
    db.prepare(`UPDATE operation SET state = 'succeeded' WHERE id = ?`).run(operationId);
    db.close();
    await assert.rejects(desk.execute(refund(), approve), LedgerFault);
    assert.ok(desk.ledger.isBroken);
  });

  it('G8: a ledger altered to say that what was sent was denied says nothing of it: it is in doubt', async () => {
    await desk.fault(REFUND, 'drop-after');
    await desk.fault('alipay.trade.fastpay.refund.query', 'delay', 1, { ms: 0 });
    await desk.fault('alipay.trade.fastpay.refund.query', 'garbage', 1_000_000);
    const call = desk.execute(refund(), approve);
    while (desk.ledger.inDoubt().length === 0) await desk.clock.wait(5);
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(desk.folder.file, { timeout: 5_000 });
    db.exec(`UPDATE operation SET state = 'denied', fen = 999900`);
    db.close();
    const { status, fen } = await call;
    assert.deepEqual([status, fen, (await desk.requests(REFUND)).length], ['unknown', 1_550, 1]);
  });

  it('G8: an approval whose ledger is altered while it is read sends nothing', async () => {
    const hand: Hand = async ({ digest, operationId }) => {
      const { DatabaseSync } = await import('node:sqlite');
      const db = new DatabaseSync(desk.folder.file, { timeout: 5_000 });
      db.prepare('UPDATE operation SET fen = 1 WHERE id = ?').run(operationId);
      db.close();
      return { verdict: 'approved', digest };
    };
    await assert.rejects(desk.execute(refund(), hand), (error) => error instanceof Error);
    await assert.rejects(desk.execute(refund({ fen: 100 }), approve), (error) => error instanceof Error);
    assert.ok(desk.ledger.isBroken);
    assert.equal((await desk.requests(REFUND)).length, 0);
    await assert.rejects(openLedger(desk.folder.file, desk.clock), LedgerFault);
  });
});
