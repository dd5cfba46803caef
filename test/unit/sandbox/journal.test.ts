import assert from 'node:assert/strict';
import { Journal } from '../../../src/sandbox/gateway/journal.ts';

describe('the request journal', () => {
  it('keeps no signature and no secret, in parameters and in what was verified', () => {
    const journal = new Journal();
    const params = { app_id: '1', auth_token: 'SECRET1', sign: 'SECRET2', charset: 'utf-8' };
    assert.equal(
      journal.open(0, { verb: 'POST', params, bytes: 80 }).verified,
      'app_id=1&auth_token=***&charset=utf-8',
    );
    const text = 'a=1\nPOST\n/v3/x?auth_token=SECRET3&b=2\n{"code":"SECRET\\"4","refresh_token" : "SECRET5","c":"3"}\n';
    assert.equal(
      journal.open(0, { verb: 'POST', params: { app_id: '1' }, bytes: 80, verified: text }).verified,
      'a=1\nPOST\n/v3/x?auth_token=***&b=2\n{"code":"***","refresh_token" : "***","c":"3"}\n',
    );
    const authorized = 'app_id=1,app_auth_token=SECRET6,nonce=2\nPOST\n/v3/x\n';
    assert.equal(
      journal.open(0, { verb: 'POST', params: {}, bytes: 80, verified: authorized }).verified,
      'app_id=1,app_auth_token=***,nonce=2\nPOST\n/v3/x\n',
    );
    const content = { biz_content: '{"code":"SECRET7","auth_token":"SECRET8"}' };
    assert.equal(
      journal.open(0, { verb: 'POST', params: content, bytes: 80 }).params.biz_content,
      '{"code":"***","auth_token":"***"}',
    );
    assert.ok(!JSON.stringify(journal.list()).includes('SECRET'));
  });

  it('cuts what is long', () => {
    const journal = new Journal();
    const { params, verified } = journal.open(0, {
      verb: 'POST',
      params: { biz_content: 'x'.repeat(1_000_000) },
      bytes: 2_000_000,
      verified: 'y'.repeat(1_000_000),
    });
    assert.equal(params.biz_content, `${'x'.repeat(8192)}…`);
    assert.equal(verified, `${'y'.repeat(8192)}…`);
  });

  it('keeps the last 2000', () => {
    const journal = new Journal();
    for (let at = 0; at < 2001; at += 1) journal.open(at, { verb: 'GET', params: {}, bytes: 0 });
    assert.deepEqual([journal.list().length, journal.list()[0]?.at], [2000, 1]);
  });
});
