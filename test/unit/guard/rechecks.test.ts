import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { say, type Sentence } from '../../../src/text/index.ts';
import { approve, refund } from '../../support/hands.ts';
import { PlayedDesk, QUERIED, yes } from '../../support/played-desk.ts';

const REFUND = 'alipay.trade.refund';
const QUERY = 'alipay.trade.query';
const REFUND_QUERY = 'alipay.trade.fastpay.refund.query';
const ELEVEN_MINUTES = 11 * 60_000;

describe('what must hold, each time it is looked at again', () => {
  let desk: PlayedDesk;

  beforeEach(async () => {
    desk = await PlayedDesk.open();
  });
  afterEach(() => desk.close());

  async function refusal(): Promise<Sentence> {
    const error: unknown = await desk.execute(refund(), approve).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof RefusedError, `not refused: ${JSON.stringify(error)}`);
    assert.equal(desk.gateway.of(REFUND).length, 0);
    return error.sentence;
  }

  const wrong = (): void => desk.guard.noteGatewayTime(0, ELEVEN_MINUTES);
  const SKEWED = say('guard.clock', { minutes: 11 });

  it('G9: a clock that was wrong is asked about with one query, and set right it lets the call go on', async () => {
    wrong();
    desk.gateway.answers.set(QUERY, () => {
      desk.guard.noteGatewayTime(0, 0);
      return yes(QUERIED);
    });
    assert.equal((await desk.execute(refund(), approve)).status, 'succeeded');
    assert.deepEqual(desk.gateway.sent[0], { method: QUERY, bizContent: { out_trade_no: '0' } });
    assert.equal(desk.gateway.of(QUERY).filter((content) => content['out_trade_no'] === '0').length, 1);
  });

  it('G9: a clock that is still wrong is asked about, and nothing else is', async () => {
    wrong();
    assert.deepEqual(await refusal(), SKEWED);
    assert.deepEqual(desk.gateway.sent, [{ method: QUERY, bizContent: { out_trade_no: '0' } }]);
  });

  it('G9: a clock that is right is not asked about', async () => {
    desk.guard.noteGatewayTime(0, 0);
    await desk.execute(refund(), approve);
    assert.ok(desk.gateway.of(QUERY).every((content) => content['out_trade_no'] !== '0'));
  });

  it('G9: a clock found wrong by the answer about the number brings nothing before a person', async () => {
    desk.gateway.answers.set(REFUND_QUERY, () => {
      wrong();
      return yes();
    });
    assert.deepEqual(await refusal(), SKEWED);
    assert.equal(desk.asked.length, 0);
  });

  it('G9: a clock found wrong by the answer at the click lets nothing go', async () => {
    desk.gateway.answers.set(QUERY, () => {
      if (desk.asked.length > 0) wrong();
      return yes(QUERIED);
    });
    assert.deepEqual(await refusal(), SKEWED);
    assert.equal(desk.asked.length, 1);
  });

  it('G12: a level that is lower at the click lets nothing go', async () => {
    const hand: typeof approve = (...shown) => {
      Object.assign(desk.gateway.profile, { level: 'write' });
      return approve(...shown);
    };
    await assert.rejects(desk.execute(refund(), hand), RefusedError);
    assert.equal(desk.gateway.of(REFUND).length, 0);
    assert.equal(desk.asked.length, 1);
  });
});
