import assert from 'node:assert/strict';
import { call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';
import { callBy } from '../../support/sandbox-protocols.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

interface Entry {
  readonly id: number;
  readonly method: string;
  readonly code: string;
  readonly numbers: Readonly<Record<string, string>>;
}

describe('the journal of a sandbox can be asserted on', function () {
  this.timeout(60_000);
  let sandbox: SandboxProcess;
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-journal', '--seed', 'empty');
  });
  after(() => sandbox.stop());

  const journal = async (filters: Record<string, string> = {}): Promise<Entry[]> => {
    const { status, json } = await sandbox.admin('GET', `/journal?${new URLSearchParams(filters).toString()}`);
    assert.equal(status, 200, JSON.stringify(json));
    return json as Entry[];
  };
  const methods = async (filters: Record<string, string>) =>
    (await journal(filters)).map(({ method }) => method.replace('alipay.trade.', ''));

  it('by method, code and the numbers of what a request is about, one by one and together', async () => {
    const sdk = sandbox.sdk('key');
    const number = await paidTrade(sandbox, sdk, '9.00');
    const other = newNumber();
    await call(sdk, 'alipay.trade.query', { out_trade_no: other });
    const refund = { out_trade_no: number, refund_amount: '1.00', out_request_no: 'r-1' };
    await call(sdk, 'alipay.trade.refund', refund);
    await callBy({ sandbox, mode: 'key', sdk }, 'v3', {
      method: 'alipay.trade.query',
      content: { out_trade_no: number },
    });
    assert.deepEqual(await methods({ out_trade_no: number, verdict: 'verified' }), ['precreate', 'refund', 'query']);
    assert.deepEqual(await methods({ out_trade_no: other }), ['query']);
    assert.deepEqual(await methods({ out_request_no: 'r-1' }), ['refund']);
    assert.deepEqual(await methods({ code: '40004', sub_code: 'ACQ.TRADE_NOT_EXIST' }), ['query']);
    assert.deepEqual(await methods({ method: 'alipay.trade.refund', code: '40004' }), []);
    const [first] = await journal({ out_trade_no: number });
    assert.deepEqual(first?.numbers, { out_trade_no: number });
    const later = await journal({ after: String(first?.id) });
    assert.equal(later.length, (await journal()).length - 1);
  });

  it('and refuses a filter it has not, saying which there are', async () => {
    for (const query of ['nothing=1', 'method=a&method=b', 'after=x', 'constructor=1']) {
      const { status, json } = await sandbox.admin('GET', `/journal?${query}`);
      assert.equal(status, 400, query);
      assert.match(json.error, /after|entry/);
    }
  });

  it('and can be emptied', async () => {
    await call(sandbox.sdk('key'), 'alipay.trade.query', { out_trade_no: newNumber() });
    assert.equal((await sandbox.admin('POST', '/journal/clear')).status, 200);
    assert.deepEqual(await journal(), []);
  });
});
