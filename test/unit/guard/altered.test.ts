import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { say } from '../../../src/text/index.ts';
import { approve, refund } from '../../support/hands.ts';
import { no, PlayedDesk, REFUNDED, SILENCE, yes } from '../../support/played-desk.ts';

const REFUND = 'alipay.trade.refund';
const REFUND_QUERY = 'alipay.trade.fastpay.refund.query';

describe('an operation whose row somebody alters once it was sent', () => {
  let desk: PlayedDesk;

  beforeEach(async () => {
    desk = await PlayedDesk.open();
  });
  afterEach(() => desk.close());

  function tamper(columns: string): void {
    const db = new DatabaseSync(desk.folder.file);
    db.exec(`UPDATE operation SET ${columns}`);
    db.close();
  }

  const asked = (): string => desk.asked[0]?.operationId ?? assert.fail('nobody was asked');

  for (const [how, columns] of [
    ['to denied', `state = 'denied', fen = 1`],
    ['to rejected', `state = 'rejected', fen = 1`],
    ['to succeeded', `state = 'succeeded', fen = 1`],
    ['to another number', `state = 'succeeded', number = 'R1'`],
  ] as const) {
    it(`G8: ${how}: is told as in doubt, with the amount and number that were approved`, async () => {
      desk.gateway.answers.set(REFUND, () => {
        tamper(columns);
        return yes(REFUNDED);
      });
      const settled = await desk.execute(refund(), approve);
      assert.deepEqual(
        [settled.status, settled.operationId, settled.fen, settled.why],
        ['unknown', asked(), 1_550, say('ledger.altered.operation', { id: asked() })],
      );
      assert.equal(settled.number, desk.gateway.of(REFUND)[0]?.['out_request_no']);
      assert.equal(settled.facts.kind, 'trade');
    });
  }

  it('G8: while it is asked about: who has waited long enough is told that it is in doubt, with its amount', async () => {
    desk.gateway.answers.set(REFUND, SILENCE);
    desk.gateway.answers.set(REFUND_QUERY, ({ bizContent }) =>
      desk.gateway.of(REFUND).length > 0 && bizContent ? SILENCE : yes(),
    );
    let status: string | undefined;
    const call = desk.execute(refund(), approve).then((settled) => {
      status = settled.status;
      return settled;
    });
    await desk.until(() => desk.gateway.of(REFUND).length > 0 && desk.ledger.get(asked())?.state === 'unknown');
    tamper('fen = 1');
    await desk.until(() => status !== undefined, 100);
    assert.deepEqual([status, (await call).fen], ['unknown', 1_550]);
  });

  it('G8: taken up after a restart and edited to succeeded: who joins is not told that it is done', async () => {
    desk.gateway.answers.set(REFUND, SILENCE);
    desk.gateway.answers.set(REFUND_QUERY, ({ bizContent }) =>
      desk.gateway.of(REFUND).length > 0 && bizContent ? SILENCE : yes(),
    );
    const first = desk.execute(refund(), approve);
    await desk.until(() => desk.gateway.of(REFUND).length > 0 && desk.ledger.get(asked())?.state === 'unknown');
    await desk.guard.dispose();
    assert.equal((await first).status, 'unknown');
    await desk.restart();
    let joined = false;
    let status: string | undefined;
    const second = desk.execute(refund(), approve, { progress: () => void (joined = true) }).then((settled) => {
      status = settled.status;
      return settled;
    });
    await desk.until(() => joined);
    tamper(`state = 'succeeded'`);
    await desk.until(() => status !== undefined, 100);
    assert.deepEqual([status, (await second).why], ['unknown', say('ledger.altered.operation', { id: asked() })]);
  });

  it('G7: what no longer may go is not sent again: it is only asked about', async () => {
    desk.gateway.answers.set(REFUND, () => {
      desk.guard.noteGatewayTime(0, 11 * 60_000);
      return SILENCE;
    });
    const call = desk.execute(refund(), approve);
    await desk.until(() => desk.asked.length > 0 && desk.ledger.get(asked())?.state === 'unknown');
    desk.gateway.answers.set(REFUND_QUERY, no('TRADE_NOT_EXIST'));
    await desk.until(() => desk.ledger.get(asked())?.state === 'not_executed', 100);
    assert.equal(desk.gateway.of(REFUND).length, 1);
    await call;
  });
});
