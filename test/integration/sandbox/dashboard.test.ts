import assert from 'node:assert/strict';
import { Dashboard } from '../../support/dashboard.ts';
import { Merchant } from '../../support/merchant.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';
import { call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';

describe('the dashboard of the sandbox', function () {
  this.timeout(60_000);
  let sandbox: SandboxProcess;
  let dashboard: Dashboard;
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-dashboard');
    dashboard = await Dashboard.open(sandbox);
  });
  after(async () => assert.equal(await sandbox.stop(), 0));
  afterEach(() => sandbox.admin('DELETE', '/faults'));

  const faults = async () => (await sandbox.admin('GET', '/faults')).json as { method: string; fault: string }[];
  const notifications = async (number: string) => {
    const { json } = await sandbox.admin('GET', '/state');
    const all = json.notifications as { notify_id: string; out_trade_no: string; status: string; attempts: number }[];
    return all.filter((one) => one.out_trade_no === number);
  };

  describe('lets in', () => {
    it('whoever has the printed address, by a cookie no script and no other site can use', async () => {
      const response = await fetch(sandbox.line.dashboard);
      const cookie = response.headers.get('set-cookie') ?? '';
      assert.match(cookie, /^sandbox-dashboard-\d+=[0-9a-f]{64}; Path=\/dashboard; HttpOnly; SameSite=Strict$/);
      assert.equal(response.headers.get('refresh'), '0; url=/dashboard');
      assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
      assert.match(await dashboard.get(), /Virtual clock/);
    });

    it('nobody else, and says where the address is', async () => {
      const { key } = Object.fromEntries(new URL(sandbox.line.dashboard).searchParams);
      const [name] = dashboard.cookie.split('=');
      for (const cookie of [
        '',
        `${name}=`,
        `${name}=${key}`,
        `${name}=${sandbox.line.adminToken}`,
        'sandbox-dashboard=1',
      ]) {
        for (const path of ['', '/trades', '/requests', '/nowhere']) {
          const response = await fetch(`${dashboard.origin}/dashboard${path}`, { headers: { cookie } });
          assert.equal(response.status, 401, cookie);
          const text = await response.text();
          assert.match(text, /This dashboard is locked/);
          assert.doesNotMatch(text, /SANDBOXQR01|<form/);
        }
      }
    });

    it('nobody with another key, and gives them no cookie', async () => {
      for (const key of ['', 'x', sandbox.line.adminToken, '0'.repeat(64)]) {
        const response = await fetch(`${dashboard.origin}/dashboard?key=${key}`);
        assert.equal(response.status, 403);
        assert.equal(response.headers.get('set-cookie'), null);
      }
    });

    it('to itself only: neither its key nor its cookie opens the admin door, whose token no page shows', async () => {
      const { key } = Object.fromEntries(new URL(sandbox.line.dashboard).searchParams);
      for (const token of [key, dashboard.cookie.split('=')[1]]) {
        const response = await fetch(`${sandbox.line.admin}/state`, { headers: { authorization: `Bearer ${token}` } });
        assert.equal(response.status, 401);
      }
      for (const path of ['', '/trades', '/transfers', '/notifications', '/requests']) {
        const text = await dashboard.get(path);
        for (const secret of [sandbox.line.adminToken, key ?? '', dashboard.cookie.split('=')[1] ?? ''])
          assert.ok(!text.includes(secret), path);
      }
    });
  });

  describe('changes nothing', () => {
    const fields = { method: '*', fault: 'http-500', count: '1' };
    const paths = ['/faults', '/faults/clear', '/clock', '/notifications/1/resend'];

    it('for a form without its cookie', async () => {
      for (const path of paths) {
        assert.equal((await dashboard.post(path, fields, { origin: dashboard.origin })).status, 401, path);
      }
      assert.deepEqual(await faults(), []);
    });

    it('for a form of another origin, be it another port of this machine, nor for one that names none', async () => {
      const { cookie, origin } = dashboard;
      const others = ['https://evil.example', 'http://127.0.0.1:1', origin.replace('http:', 'https:'), 'null', ''];
      for (const other of [...others, undefined]) {
        const headers = { cookie, ...(other !== undefined && { origin: other }) };
        for (const path of paths) {
          const { status, text } = await dashboard.post(path, fields, headers);
          assert.equal(status, 403, `${path} ${other}`);
          assert.match(text, /Nothing was done/);
        }
      }
      assert.deepEqual(await faults(), []);
    });

    it('when it is only looked at', async () => {
      for (const path of [...paths, '/faults?method=*&fault=http-500&count=1']) await dashboard.get(path);
      assert.deepEqual(await faults(), []);
    });

    it('through a frame, a script or a form that leads elsewhere', async () => {
      const response = await fetch(`${dashboard.origin}/dashboard`, { headers: { cookie: dashboard.cookie } });
      const policy = response.headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'; style-src 'sha256-\S+' 'sha256-\S+'; form-action 'self'; /);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.equal(response.headers.get('cache-control'), 'no-store');
    });
  });

  it('arms a fault for a method and a count, and clears one or all', async () => {
    const arm = (method: string, more: Readonly<Record<string, string>> = {}) =>
      dashboard.post('/faults', { method, fault: 'system-error-before', count: '2', ms: '', as: '40004', ...more });
    const { status, location } = await arm('alipay.trade.query');
    assert.deepEqual([status, location], [302, '/dashboard?done=armed']);
    await arm('alipay.trade.refund');
    await arm('*', { fault: 'delay', ms: '25' });
    const { json } = await sandbox.admin('GET', '/faults');
    const [first, , last] = json;
    assert.deepEqual(
      [first.method, first.count, first.as, last.fault, last.ms],
      ['alipay.trade.query', 2, '40004', 'delay', 25],
    );
    assert.match(await dashboard.get('?done=armed'), /role="status">The fault is armed\..*system-error-before/s);
    assert.equal((await dashboard.post(`/faults/${first.id}/clear`)).status, 302);
    assert.deepEqual(
      (await faults()).map(({ method }) => method),
      ['alipay.trade.refund', '*'],
    );
    assert.equal((await dashboard.post(`/faults/${first.id}/clear`)).status, 404);
    await dashboard.post('/faults/clear');
    assert.deepEqual(await faults(), []);
  });

  it('says what is wrong with a form, on the page it came from', async () => {
    for (const [path, fields, words] of [
      ['/faults', { method: '*', fault: 'fire', count: '1' }, /“fault” must be .*drop-before/],
      ['/faults', { method: 'x', fault: 'delay', count: '1' }, /“method” must be a method such as/],
      ['/faults', { method: '*', fault: 'delay', count: '0' }, /“count” must be a whole number from 1/],
      ['/faults', { method: '*', fault: 'delay', count: 'many' }, /“count” must be a whole number from 1/],
      ['/clock', { amount: '-1', unit: 'hours' }, /“amount” must be a whole number from 1/],
      ['/clock', { amount: '1', unit: 'years' }, /“unit” must be .*days/],
      ['/clock', { amount: '100000', unit: 'days' }, /“advance_ms” must be a whole number/],
    ] as const) {
      const { status, text } = await dashboard.post(path, fields);
      assert.equal(status, 400, words.source);
      assert.match(text, /role="alert">/);
      assert.match(text.replaceAll('&quot;', '"'), words);
    }
    assert.deepEqual(await faults(), []);
  });

  it('advances the clock, and with it what falls due', async () => {
    const before = (await sandbox.admin('GET', '/state')).json.clock.offset_ms as number;
    assert.equal((await dashboard.post('/clock', { amount: '2', unit: 'hours' })).location, '/dashboard?done=clock');
    assert.equal((await sandbox.admin('GET', '/state')).json.clock.offset_ms - before, 7_200_000);
    assert.match(await dashboard.get(), /0 d 2 h 0 min ahead/);
  });

  it('resends a notification under its old id, as the admin door does, and shows the answer', async () => {
    const merchant = await Merchant.listen('not yet');
    try {
      const number = await paidTrade(sandbox, sandbox.sdk('key'), '7.70', { notify_url: merchant.url });
      const [{ notify_id: id, attempts, status } = { notify_id: '', attempts: 0, status: '' }] =
        await notifications(number);
      assert.deepEqual([attempts, status, merchant.received.length], [1, 'waiting', 1]);
      assert.match(await dashboard.get('/notifications'), new RegExp(`action="/dashboard/notifications/${id}/resend"`));
      const { location } = await dashboard.post(`/notifications/${id}/resend`);
      assert.equal(location, '/dashboard/notifications?done=resent');
      assert.equal(merchant.received.length, 2);
      const shown = await dashboard.get('/notifications?done=resent');
      assert.match(shown, /It was sent again/);
      assert.match(shown, /not yet/);
      const { status: answered, json } = await sandbox.admin('POST', `/notifications/${id}/resend`);
      assert.deepEqual([answered, json.attempts, json.last_answer, json.status], [200, 3, 'not yet', 'waiting']);
      assert.deepEqual(new Set(merchant.received.map(({ notify_id }) => notify_id)), new Set([id]));
      assert.ok(merchant.received.every((one) => sandbox.sdk('key').checkNotifySignV2(one)));
    } finally {
      merchant.close();
    }
  });

  it('sends one that was delivered or given up once more', async () => {
    const refusing = await Merchant.listen('no');
    const taking = await Merchant.listen();
    try {
      const taken = await paidTrade(sandbox, sandbox.sdk('key'), '1.00', { notify_url: taking.url });
      const refused = await paidTrade(sandbox, sandbox.sdk('key'), '1.00', { notify_url: refusing.url });
      await sandbox.admin('POST', '/clock', { advance_ms: 25 * 3_600_000 });
      for (const [number, merchant, status, sends] of [
        [taken, taking, 'delivered', 1],
        [refused, refusing, 'given-up', 8],
      ] as const) {
        const [one] = await notifications(number);
        assert.deepEqual([one?.status, one?.attempts], [status, sends]);
        await dashboard.post(`/notifications/${one?.notify_id}/resend`);
        const [again] = await notifications(number);
        assert.deepEqual([again?.status, again?.attempts, merchant.received.length], [status, sends + 1, sends + 1]);
      }
    } finally {
      refusing.close();
      taking.close();
    }
  });

  it('sends nothing to another machine, and says so', async () => {
    const number = await paidTrade(sandbox, sandbox.sdk('key'), '1.00', { notify_url: 'https://shop.example/notify' });
    const [one] = await notifications(number);
    const { status, text } = await dashboard.post(`/notifications/${one?.notify_id}/resend`);
    assert.equal(status, 409);
    assert.match(text, /not on this machine: the sandbox never sends there/);
    assert.deepEqual(await notifications(number), [one]);
    assert.doesNotMatch(await dashboard.get('/notifications'), new RegExp(`${one?.notify_id}/resend`));
    for (const door of ['/notifications/unknown/resend', '/faults/99/clear'])
      assert.equal((await dashboard.post(door)).status, 404);
    assert.equal((await sandbox.admin('POST', '/notifications/unknown/resend')).status, 404);
  });

  it('shows the string that was verified, whole, and whether the signature fits', async () => {
    const sdk = sandbox.sdk('key');
    const subject = 'x'.repeat(120);
    await call(sdk, 'alipay.trade.precreate', {
      out_trade_no: newNumber(),
      total_amount: '1.00',
      subject,
      body: 'y'.repeat(120),
    });
    const { json } = await sandbox.admin('GET', '/journal');
    const { verified } = json.at(-1) as { verified: string };
    assert.ok(verified.includes(subject));
    const text = await dashboard.get('/requests');
    assert.ok(unescaped(text).includes(verified));
    assert.match(text, /The string that was verified/);
    const wrong = new URLSearchParams({ app_id: sandbox.line.appId, method: 'alipay.trade.query' });
    await fetch(`${sandbox.line.gateway}?${wrong.toString()}`);
    assert.match(await dashboard.get('/requests'), /40001 isv\.missing.*The string that would have been verified/s);
  });

  it('takes what merchants write as text, never as markup', async () => {
    const hostile = '"><img src=x onerror=alert(1)>\u202e</bdi>';
    const number = newNumber();
    await call(sandbox.sdk('key'), 'alipay.trade.precreate', {
      out_trade_no: number,
      total_amount: '1.00',
      subject: hostile,
    });
    for (const path of ['/trades', '/requests']) assert.doesNotMatch(await dashboard.get(path), /<img|\u202e/);
    assert.doesNotMatch(await dashboard.get(`/trades?find=${encodeURIComponent(hostile)}`), /<img|<\/bdi>”/);
    assert.match(await dashboard.get('/trades'), /⟨U\+202E⟩&lt;\/bdi&gt;/);
  });

  it('finds an order by a part of its number, and pages through all of them', async () => {
    const found = await dashboard.get('/trades?find=AP2024041200987');
    assert.match(found, /299\.00/);
    assert.doesNotMatch(found, /SANDBOXQR01/);
    assert.match(
      await dashboard.get('/trades?find=nothing-like-it'),
      /No order has a number with “nothing-like-it” in it/,
    );
    const first = await dashboard.get('/trades');
    const [, pages = ''] = /Page 1 of (\d+)/.exec(first) ?? [];
    assert.ok(Number(pages) > 20);
    for (const page of ['0', '-1', 'x', '1e9', pages]) await dashboard.get(`/trades?page=${page}`);
    assert.doesNotMatch(await dashboard.get(`/trades?page=${pages}`), /rel="next"/);
  });

  it('speaks the language the browser asks for, or the one that is chosen', async () => {
    assert.match(await dashboard.get('', { 'accept-language': 'zh-CN,zh;q=0.9' }), /虚拟时钟/);
    const referer = `${dashboard.origin}/dashboard/trades?page=2`;
    const chosen = await fetch(`${dashboard.origin}/language/zh`, { headers: { referer }, redirect: 'manual' });
    assert.equal(chosen.headers.get('location'), referer);
    const [language = ''] = (chosen.headers.get('set-cookie') ?? '').split(';');
    assert.match(await dashboard.get('', { cookie: `${dashboard.cookie}; ${language}` }), /虚拟时钟/);
    for (const foreign of ['https://evil.example/', 'nowhere', `${dashboard.origin}.evil.example/`]) {
      const back = await fetch(`${dashboard.origin}/language/en`, {
        headers: { referer: foreign },
        redirect: 'manual',
      });
      assert.equal(back.headers.get('location'), `${dashboard.origin}/dashboard`);
    }
  });
});

function unescaped(page: string): string {
  return page.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
