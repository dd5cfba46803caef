import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SandboxProcess } from '../../support/sandbox-process.ts';
import { sendV3, type V3Request } from '../../support/sandbox-v3.ts';

const PATHS = ['trade/query', 'trade/refund', 'trade/precreate', 'fund/trans/uni/transfer', 'system/oauth/token'];
const FIELDS = [
  'out_trade_no',
  'total_amount',
  'subject',
  'payee_info',
  'query_options',
  'code',
  '__proto__',
  'toString',
];

const word = fc.oneof(fc.string({ unit: 'grapheme-ascii', maxLength: 30 }), fc.base64String({ maxLength: 40 }));
const field = fc.oneof(fc.constantFrom(...FIELDS), word);
const path = fc.constantFrom(...PATHS).map((name) => `/v3/alipay/${name}`);

/** JSON that is right in form and wrong in all else, and bytes that are no JSON. */
const body = fc.oneof(
  fc.dictionary(field, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 }).map((value) => JSON.stringify(value)),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom('[', '{"a":', 'null', '"text"', '{}{}', `${'['.repeat(9000)}${']'.repeat(9000)}`),
  fc.integer({ min: 1, max: 9000 }).map((depth) => `{"out_trade_no":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`),
  fc.constant(`{"subject":"${'x'.repeat(300_000)}"}`),
);

const headerSafe = word.map((text) => text.replaceAll(/[^\x21-\x7e ]/g, '').trim());

/** Dots could lead out of the protocol's part of the sandbox. */
const anyPath = fc
  .webPath()
  .map((tail) => `/v3/${tail.replace(/^\/+/, '')}`)
  .filter((url) => new URL(url, 'http://sandbox').pathname.startsWith('/v3/'));

/** Signed and wrong, or with an authorization that is wrong. */
const malformed: fc.Arbitrary<V3Request> = fc.oneof(
  fc.record({ url: path, body }),
  fc.record({ url: path, body, headers: fc.constant({ 'alipay-encrypt-type': 'AES' }) }),
  fc.record({ url: path, body, headers: fc.constant({ 'content-type': 'multipart/form-data; boundary=x' }) }),
  fc.record({
    verb: fc.constant('GET'),
    url: fc.webQueryParameters().map((query) => `/v3/alipay/fund/account/query?${query}`),
  }),
  fc.record({ url: anyPath, body }),
  fc.record({ url: path, authorization: headerSafe.map((text) => `ALIPAY-SHA256withRSA ${text}`) }),
  fc.record({
    url: path,
    auth: fc.dictionary(fc.constantFrom('app_id', 'timestamp', 'nonce', 'expired_seconds'), headerSafe),
  }),
);

describe('protocol v3 and malformed requests', function () {
  this.timeout(120_000);
  let sandbox: SandboxProcess;
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-v3-malformed', '--seed', 'empty');
  });
  after(() => sandbox.stop());

  it('answers each of 600 with a refusal of the platform’s form, and nothing changes', async () => {
    const { clock: _before, ...before } = (await sandbox.admin('GET', '/state')).json;
    await fc.assert(
      fc.asyncProperty(malformed, async (request) => {
        const answer = await sendV3(sandbox, request);
        assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.text.slice(0, 200)}`);
        assert.deepEqual(Object.keys(answer.json()), ['code', 'message', 'links']);
      }),
      { numRuns: 600 },
    );
    const { clock: _after, ...after } = (await sandbox.admin('GET', '/state')).json;
    assert.deepEqual(after, before);
  });
});
