import assert from 'node:assert/strict';
import { digestOf, type Prepared } from '../../../src/alipay/prepared.ts';
import { Desk, refund, type Hand } from '../../support/desk.ts';
import { unfrozen } from '../../support/unfrozen.ts';

const REFUND = 'alipay.trade.refund';

/** What something in this process does to a request while a person reads it. */
const ALTERATIONS: Readonly<Record<string, (prepared: Prepared) => Partial<Prepared>>> = {
  'its amount': ({ bizContent }) => ({ bizContent: bizContent?.replace('15.50', '215.50') ?? '' }),
  'where it is told of': () => ({ params: { notify_url: 'http://127.0.0.1:9/' } }),
  'its app': () => ({ appId: '2021000000000009' }),
  'its method': () => ({ method: 'alipay.trade.cancel' }),
  'its amount, and the digest with it': (prepared) => {
    const bizContent = prepared.bizContent?.replace('15.50', '215.50') ?? '';
    return { bizContent, digest: digestOf({ ...prepared, bizContent }) };
  },
};

describe('a request that is altered between what is shown and what is signed', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  for (const [what, alter] of Object.entries(ALTERATIONS)) {
    it(`G1: ${what}: is approved by nobody, and nothing of it is sent`, async () => {
      const prepare = desk.client.prepare.bind(desk.client);
      let prepared: Prepared | undefined;
      desk.client.prepare = (call) => {
        if (call.method !== REFUND) return prepare(call);
        return (prepared = unfrozen(() => prepare(call)));
      };
      const hand: Hand = ({ digest }) => {
        assert.ok(prepared);
        Object.assign(prepared, alter(prepared));
        return { verdict: 'approved', digest };
      };
      const [settled] = await Promise.allSettled([desk.execute(refund(), hand)]);
      assert.ok(settled.status === 'rejected' || settled.value.status === 'denied');
      const [shown] = desk.asked;
      assert.equal(desk.asked.length, 1);
      for (const method of [REFUND, 'alipay.trade.cancel']) assert.deepEqual(await desk.requests(method), []);
      const operation = desk.ledger.get(shown?.operationId ?? '');
      assert.ok(operation);
      assert.equal(operation.sentAt, undefined);
    });
  }
});
