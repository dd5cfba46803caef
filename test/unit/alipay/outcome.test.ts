import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { PrivateKey, PublicKey } from '../../../src/alipay/keys.ts';
import { judge } from '../../../src/alipay/outcome.ts';
import { freeze, type Call } from '../../../src/alipay/prepared.ts';
import type { Credentials } from '../../../src/alipay/profile.ts';

const QUERY: Call = { method: 'alipay.trade.query', bizContent: { out_trade_no: 'A1' } };
const MONEY_OUT: readonly Call[] = [
  { method: 'alipay.trade.refund', bizContent: { trade_no: 'T1', refund_amount: '1.00', out_request_no: 'R1' } },
  { method: 'alipay.trade.cancel', bizContent: { trade_no: 'T1' } },
  { method: 'alipay.fund.trans.uni.transfer', bizContent: { out_biz_no: 'B1', trans_amount: '1.00' } },
];
/** Before any business ran (`alipay-openapi.md` §2.1). */
const AT_THE_DOOR = ['20001', '40001', '40002', '40003', '40005', '40006'];

const alipay = generateKeyPairSync('rsa', { modulusLength: 2048 });
const alipaySigns = new PrivateKey(alipay.privateKey);
const credentials: Credentials = {
  privateKey: alipaySigns, // nothing is sent here
  alipayKey: () => new PublicKey(alipay.publicKey),
  certificateParams: undefined,
};

/** How a call ended that was answered with an error, signed by Alipay. */
async function ended(call: Call, error: Readonly<Record<string, string>>): Promise<string> {
  const node = JSON.stringify(error);
  const sign = alipaySigns.signNow(Buffer.from(node)).toString('base64');
  const body = `{"${call.method.replaceAll('.', '_')}_response":${node},"sign":"${sign}"}`;
  const prepared = freeze('https://openapi.example/gateway.do', '2021000000000001', call);
  return (await judge(body, prepared, credentials)).status;
}

describe('a verified error whose sub_code nobody knows', () => {
  const error = (code: string) => ({ code, msg: 'x', sub_code: 'aop.never-seen' });

  for (const call of MONEY_OUT) {
    it(`G7: leaves ${call.method} unknown, unless its code refuses at the door`, async () => {
      for (const code of AT_THE_DOOR) assert.equal(await ended(call, error(code)), 'rejected', code);
      for (const code of ['20000', '40004', '99999', '']) assert.equal(await ended(call, error(code)), 'unknown', code);
      assert.equal(await ended(call, { sub_code: 'aop.never-seen' }), 'unknown', 'no code');
    });
  }

  it('rejects a query by every code that is definite, and by no other', async () => {
    for (const code of [...AT_THE_DOOR, '40004']) assert.equal(await ended(QUERY, error(code)), 'rejected', code);
    for (const code of ['20000', '99999', '']) assert.equal(await ended(QUERY, error(code)), 'unknown', code);
  });
});
