import assert from 'node:assert/strict';
import type { AlipayClient } from '../../src/alipay/client.ts';
import { systemClock } from '../../src/alipay/clock.ts';
import { RefusedError } from '../../src/alipay/errors.ts';
import { GrantError, makeGrant, type Grant } from '../../src/alipay/grant.ts';
import { methodFacts } from '../../src/alipay/methods.ts';
import { PrivateKey, PublicKey } from '../../src/alipay/keys.ts';
import type { Outcome } from '../../src/alipay/outcome.ts';
import type { Prepared } from '../../src/alipay/prepared.ts';
import { signContent, verifyText } from '../../src/alipay/signature.ts';
import { ScriptedGateway } from '../support/gateway.ts';
import { unfrozen } from '../support/unfrozen.ts';

const QUERY = { method: 'alipay.trade.query', bizContent: { out_trade_no: 'A1' } } as const;
const REFUND = {
  method: 'alipay.trade.refund',
  bizContent: { trade_no: 'T1', refund_amount: '1.00', out_request_no: 'R1' },
} as const;
const TRANSFER = {
  method: 'alipay.fund.trans.uni.transfer',
  bizContent: { out_biz_no: 'B1', trans_amount: '1.00' },
} as const;
const CANCEL = { method: 'alipay.trade.cancel', bizContent: { trade_no: 'T1' } } as const;

describe('the client', () => {
  let gateway: ScriptedGateway;

  before(async () => {
    gateway = await ScriptedGateway.listen();
  });

  beforeEach(() => {
    gateway.received.length = 0;
  });

  after(() => gateway.close());

  const query = (client = gateway.client()): Promise<Outcome> => client.send(client.prepare(QUERY));
  const free = (): Grant => makeGrant(() => Promise.resolve());
  const refund = (client = gateway.client()): Promise<Outcome> =>
    client.send(client.prepare(REFUND), { grant: free() });

  it('sends system parameters in the query and business ones in the form, with a signature over all of them', async () => {
    gateway.answerWith(QUERY.method, {
      code: '10000',
      msg: 'Success',
      out_trade_no: 'A1',
      subject: '红包🧧 & "quotes" %',
    });
    const client = gateway.client();
    const outcome = await client.send(
      client.prepare({
        ...QUERY,
        bizContent: { out_trade_no: 'A1', note: '中文 🧧 & % + "x"\n' },
        params: { notify_url: 'https://a.example/n?x=1&y=2' },
      }),
    );
    assert.equal(outcome.status, 'succeeded');
    const [received] = gateway.received;
    assert.ok(received);
    assert.deepEqual([...received.form.keys()], ['biz_content']);
    const { sign, ...rest } = received.all;
    assert.equal(rest['notify_url'], 'https://a.example/n?x=1&y=2');
    assert.match(rest['timestamp'] ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    assert.ok(await verifyText(signContent(rest), sign ?? '', new PublicKey(gateway.app.publicKey)));
  });

  for (const call of [REFUND, TRANSFER, CANCEL]) {
    it(`G4: ${call.method} without a grant is refused, and nothing leaves`, async () => {
      const client = gateway.client();
      await assert.rejects(client.send(client.prepare(call)), GrantError);
      const forged = { redeem: () => Promise.resolve() };
      await assert.rejects(client.send(client.prepare(call), { grant: forged }), GrantError);
      assert.equal(gateway.received.length, 0);
    });
  }

  for (const call of [REFUND, TRANSFER, CANCEL]) {
    it(`G4: ${call.method} cannot leave as a signed link or order string either`, async () => {
      const client = gateway.client();
      await assert.rejects(client.signedUrl(client.prepare(call)), GrantError);
      await assert.rejects(client.orderString(client.prepare(call)), GrantError);
    });
  }

  it('G4: a grant is good for one sending', async () => {
    const client = gateway.client();
    const grant = free();
    await client.send(client.prepare(REFUND), { grant });
    await assert.rejects(client.send(client.prepare(REFUND), { grant }), GrantError);
    assert.equal(gateway.received.length, 1);
  });

  it('G2: a request that cannot be signed redeems no grant, and does not leave', async () => {
    const privateKey = new PrivateKey(gateway.app.privateKey);
    privateKey.sign = () => Promise.reject(new Error('the key is gone'));
    const client = gateway.client({
      credentials: { privateKey, alipayKey: () => undefined, certificateParams: undefined },
    });
    const grant = makeGrant(() => assert.fail('redeemed'));
    await assert.rejects(client.send(client.prepare(REFUND), { grant }), /the key is gone/);
    assert.equal(gateway.received.length, 0);
  });

  it('G1: a request that is not, to the byte, what was prepared is refused', async () => {
    const client = gateway.client();
    const prepared = client.prepare(REFUND);
    assert.throws(() => Object.assign(prepared, { bizContent: '{}' }), TypeError);
    const altered = { ...prepared, bizContent: prepared.bizContent?.replace('1.00', '9.00') };
    await assert.rejects(client.send(altered, { grant: free() }), GrantError);
    await assert.rejects(gateway.client().send(prepared, { grant: free() }), GrantError, 'another client’s request');
    assert.equal(gateway.received.length, 0);
  });

  it('G1: send digests anew: a request altered where it stands, after it was shown, is refused in every part', async () => {
    const client = gateway.client();
    const alterations = {
      gateway: 'https://elsewhere.example/gateway.do',
      appId: '2021000000000009',
      method: 'alipay.trade.cancel',
      bizContent: '{"trade_no":"1","refund_amount":"9.00"}',
      params: { notify_url: 'https://elsewhere.example' },
      digest: '0'.repeat(64),
    } satisfies Record<keyof Prepared, unknown>;
    for (const [part, value] of Object.entries(alterations)) {
      const prepared = unfrozen(() => client.prepare(REFUND));
      Object.assign(prepared, { [part]: value });
      await assert.rejects(client.send(prepared, { grant: free() }), GrantError, part);
    }
    assert.equal(gateway.received.length, 0);
  });

  it('G1: the grant is redeemed with the digest of the bytes that are sent, and a refusal there sends nothing', async () => {
    const client = gateway.client();
    const prepared = client.prepare(REFUND);
    const seen: string[] = [];
    const grant = makeGrant((digest) => {
      seen.push(digest);
      return Promise.reject(new RefusedError({ key: 'ledger.gone', args: {} }));
    });
    await assert.rejects(client.send(prepared, { grant }), RefusedError);
    assert.deepEqual(seen, [prepared.digest]);
    assert.equal(gateway.received.length, 0);
  });

  it('G1: the digest covers gateway, app, method, content and every other business parameter', () => {
    const client = gateway.client();
    const digests = new Set([
      client.prepare(QUERY).digest,
      client.prepare({ ...QUERY, params: { notify_url: 'https://a.example' } }).digest,
      client.prepare({ ...QUERY, bizContent: { out_trade_no: 'A2' } }).digest,
      client.prepare({ ...QUERY, method: 'alipay.trade.close' }).digest,
      gateway.client({}, { appId: '2021000000000002' }).prepare(QUERY).digest,
      gateway.client({}, { gateway: gateway.url.replace('gateway.do', 'other.do') }).prepare(QUERY).digest,
    ]);
    assert.equal(digests.size, 6);
    assert.equal(client.prepare(QUERY).digest, gateway.client().prepare(QUERY).digest);
  });

  it('a profile’s level bounds every method, whoever calls', async () => {
    const reader = gateway.client({}, { level: 'read-only' });
    await assert.rejects(reader.send(reader.prepare({ method: 'alipay.trade.close', bizContent: {} })), RefusedError);
    await assert.rejects(
      reader.signedUrl(reader.prepare({ method: 'alipay.trade.page.pay', bizContent: {} })),
      RefusedError,
    );
    const writer = gateway.client({}, { level: 'write' });
    await assert.rejects(writer.send(writer.prepare(REFUND), { grant: free() }), RefusedError);
    assert.equal(gateway.received.length, 0);
  });

  describe('calls unknown what is not a verified answer to this very request', () => {
    const NODE = '{"code":"10000","msg":"Success","out_trade_no":"A1"}';
    const own = 'alipay_trade_query_response';
    const cases: Record<string, { reason: string; body: () => Promise<string> | string }> = {
      'an unsigned success': { reason: 'unsigned', body: () => `{"${own}":${NODE}}` },
      'a success with an empty signature': { reason: 'unsigned', body: () => `{"${own}":${NODE},"sign":""}` },
      'a signature over something else': {
        reason: 'bad_signature',
        body: async () => (await gateway.signed(QUERY.method, NODE)).replace('Success', 'success'),
      },
      'a signature that is no base64': { reason: 'bad_signature', body: () => `{"${own}":${NODE},"sign":"***"}` },
      'a certificate we do not have': {
        reason: 'unknown_certificate',
        body: () => gateway.signed(QUERY.method, NODE, ',"alipay_cert_sn":"0123456789abcdef0123456789abcdef"'),
      },
      'another order’s answer': {
        reason: 'echo',
        body: () => gateway.signed(QUERY.method, '{"code":"10000","msg":"Success","out_trade_no":"B2"}'),
      },
      'two response nodes': {
        reason: 'unreadable',
        body: async () =>
          (await gateway.signed(QUERY.method, NODE)).replace('{', '{"error_response":{"code":"40004"},'),
      },
      'a repeated root key': {
        reason: 'unreadable',
        body: async () => (await gateway.signed(QUERY.method, NODE)).replace('{', `{"${own}":{"code":"10000"},`),
      },
      'a success inside error_response': { reason: 'unreadable', body: () => gateway.signed('error', NODE) },
      'half an answer': {
        reason: 'unreadable',
        body: async () => (await gateway.signed(QUERY.method, NODE)).slice(0, 40),
      },
      'an HTML page': { reason: 'unreadable', body: () => '<html>busy</html>' },
      'an empty body': { reason: 'unreadable', body: () => '' },
      'code 20000': {
        reason: 'system_error',
        body: () => gateway.signed(QUERY.method, '{"code":"20000","msg":"x","sub_code":"isp.unknow-error"}'),
      },
      'a code nobody knows': {
        reason: 'system_error',
        body: () => gateway.signed(QUERY.method, '{"code":"99999","msg":"x"}'),
      },
      'no code at all': { reason: 'system_error', body: () => gateway.signed(QUERY.method, '{}') },
    };
    for (const [name, { reason, body }] of Object.entries(cases)) {
      it(name, async () => {
        gateway.answer = async (_received, response) => void response.end(await body());
        const outcome = await query();
        assert.equal(outcome.status, 'unknown');
        assert.equal(outcome.status === 'unknown' && outcome.reason, reason);
      });
    }

    it('a redirect, which is not followed', async () => {
      gateway.answer = (_received, response) => void response.writeHead(302, { location: gateway.url }).end();
      const outcome = await query();
      assert.equal(outcome.status === 'unknown' && outcome.reason, 'http');
      assert.equal(gateway.received.length, 1);
    });

    it('an answer larger than the cap', async () => {
      gateway.answer = (_received, response) => void response.end(Buffer.alloc(5 * 1024 * 1024, 0x20));
      const outcome = await query();
      assert.equal(outcome.status === 'unknown' && outcome.reason, 'too_large');
    });

    it('bytes that are not UTF-8', async () => {
      gateway.answer = (_received, response) => void response.end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
      assert.equal((await query()).status, 'unknown');
    });

    it('silence, and a dropped connection', async () => {
      gateway.answer = () => undefined;
      const silent = await query(gateway.client({ timeoutMs: 50 }));
      assert.equal(silent.status === 'unknown' && silent.reason, 'timeout');
      gateway.answer = (_received, response) => void response.destroy();
      const dropped = await query();
      assert.equal(dropped.status === 'unknown' && dropped.reason, 'network');
    });

    it('a call that was stopped', async () => {
      const stop = new AbortController();
      gateway.answer = () => stop.abort();
      const client = gateway.client({ timeoutMs: 10_000 });
      const outcome = await client.send(client.prepare(QUERY), { signal: stop.signal });
      assert.equal(outcome.status === 'unknown' && outcome.reason, 'aborted');
    });
  });

  it('believes an unsigned error of a read, marked as unverified, and never one about money', async () => {
    const node =
      '{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-app-id","sub_msg":"无效的AppID参数"}';
    gateway.answer = ({ all }, response) =>
      void response.end(`{"${all['method']?.replaceAll('.', '_')}_response":${node}}`);
    const read = await query();
    assert.ok(read.status === 'rejected' && !read.verified && read.subCode === 'isv.invalid-app-id');
    const money = await refund();
    assert.ok(money.status === 'unknown' && money.reason === 'unsigned');
  });

  it('takes a business code it does not know as a rejection of a read, and as unknown about money', async () => {
    const node = { code: '40004', msg: 'Business Failed', sub_code: 'ACQ.NEVER_SEEN', sub_msg: 'x' };
    gateway.answerWith(QUERY.method, node);
    assert.equal((await query()).status, 'rejected');
    gateway.answerWith(REFUND.method, node);
    assert.equal((await refund()).status, 'unknown');
  });

  it('wants a money answer to repeat its number', async () => {
    gateway.answerWith(REFUND.method, { code: '10000', msg: 'Success', fund_change: 'Y', refund_fee: '1.00' });
    const outcome = await refund();
    assert.ok(outcome.status === 'unknown' && outcome.reason === 'echo');
  });

  it('G3: once redeemed, nothing cancels: a signal does not stop a money call', async () => {
    gateway.answerWith(REFUND.method, {
      code: '10000',
      msg: 'Success',
      trade_no: 'T1',
      fund_change: 'Y',
      refund_fee: '1.00',
    });
    const client = gateway.client();
    const outcome = await client.send(client.prepare(REFUND), { grant: free(), signal: AbortSignal.abort() });
    assert.equal(outcome.status, 'succeeded');
  });

  describe('that has ended', () => {
    const ending = (): { end: AbortController; client: AlipayClient } => {
      const end = new AbortController();
      return { end, client: gateway.client({ end: end.signal, timeoutMs: 10_000 }) };
    };

    it('signs nothing, whatever is asked of it, redeems no grant, and says what to do', async () => {
      const { end, client } = ending();
      let redeemed = 0;
      const grant = makeGrant(() => Promise.resolve(void (redeemed += 1)));
      end.abort();
      const refused = { name: 'RefusedError', message: /Nothing more is signed/ };
      await assert.rejects(query(client), refused);
      await assert.rejects(client.send(client.prepare(REFUND), { grant }), refused);
      for (const [method, make] of [
        ['alipay.trade.page.pay', 'signedUrl'],
        ['alipay.trade.app.pay', 'orderString'],
      ] as const) {
        await assert.rejects(client[make](client.prepare({ method, bizContent: {} })), refused);
      }
      assert.deepEqual([redeemed, gateway.received], [0, []]);
    });

    it('hands out nothing it was just signing, and redeems no grant for it', async () => {
      const end = new AbortController();
      const clock = { ...systemClock, now: () => (end.abort(), Date.now()) }; // read for the timestamp that is signed
      const client = gateway.client({ clock, end: end.signal });
      const grant = makeGrant(() => assert.fail('redeemed'));
      await assert.rejects(client.send(client.prepare(REFUND), { grant }), RefusedError);
    });

    it('waits for no answer but that to a money-out request, which becomes known', async () => {
      for (const call of [QUERY, { method: 'alipay.trade.close', bizContent: {} }] as const) {
        const { end, client } = ending();
        gateway.answer = () => end.abort();
        const outcome = await client.send(client.prepare(call));
        assert.equal(outcome.status === 'unknown' && outcome.reason, 'aborted', call.method);
      }
      const { end, client } = ending();
      gateway.answer = async (_received, response) => {
        end.abort();
        const node = '{"code":"10000","msg":"Success","trade_no":"T1","fund_change":"Y","refund_fee":"1.00"}';
        response.end(await gateway.signed(REFUND.method, node));
      };
      assert.equal((await refund(client)).status, 'succeeded');
    });

    it('still hears its caller’s own signal before it ends', async () => {
      const { client } = ending();
      const stop = new AbortController();
      gateway.answer = () => stop.abort();
      const outcome = await client.send(client.prepare(QUERY), { signal: stop.signal });
      assert.equal(outcome.status === 'unknown' && outcome.reason, 'aborted');
    });
  });

  it('tells the gateway’s own time with each answer, an error of its server’s too', async () => {
    const date = 'Thu, 11 Apr 2024 00:00:00 GMT';
    for (const status of [200, 500, 302]) {
      const times: number[] = [];
      gateway.answer = (_received, response) => void response.writeHead(status, { date }).end('{}');
      await query(gateway.client({ onGatewayTime: (gatewayMs) => times.push(gatewayMs) }));
      assert.deepEqual(times, [Date.parse(date)], `${status}`);
    }
  });

  it('every money-out method is guarded by its kind alone', () => {
    const guarded = [REFUND, TRANSFER, CANCEL].map(({ method }) => methodFacts(method).kind);
    assert.deepEqual(guarded, ['money-out', 'money-out', 'money-out']);
  });
});
