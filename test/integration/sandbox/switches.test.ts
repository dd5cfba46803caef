import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STRICT_SETTINGS, SWITCHES } from '../../../src/sandbox/switches.ts';
import { rightParams, post, signed } from '../../support/raw-request.ts';
import { call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

const BUYER = '2088621000001001';
const HOUR_MS = 3_600_000;
let sandbox: SandboxProcess;

const set = async (settings: Record<string, string>) => {
  const answer = await sandbox.admin('PATCH', '/switches', settings);
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
};
const ask = (method: string, content: object) => call(sandbox.sdk('key'), `alipay.${method}`, content);
const advance = (ms: number) => sandbox.admin('POST', '/clock', { advance_ms: ms });
const create = (more: object = {}) =>
  ask('trade.create', {
    out_trade_no: newNumber(),
    total_amount: '9.00',
    subject: 'x',
    buyer_id: BUYER,
    ...more,
  });

describe('the switches of a sandbox', function () {
  this.timeout(60_000);

  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-switches', '--seed', 'empty');
  });
  after(() => sandbox.stop());
  afterEach(() => set(Object.fromEntries(Object.entries(SWITCHES).map(([name, { values }]) => [name, values[0]]))));

  it('are a closed list that shows what each can be', async () => {
    const { json } = await sandbox.admin('GET', '/switches');
    assert.deepEqual(Object.keys(json), Object.keys(SWITCHES));
    assert.deepEqual(json['cancel-window'], { value: '24h', values: ['24h', 'same-day', 'none'] });
    for (const wrong of [
      { nothing: 'x' },
      { 'cancel-window': '25h' },
      { 'cancel-window': 1 },
      { __proto__: null, constructor: 'x' },
    ]) {
      const refused = await sandbox.admin('PATCH', '/switches', { 'refund-pacing': '3s', ...wrong });
      assert.equal(refused.status, 400, JSON.stringify(wrong));
    }
    const after = await sandbox.admin('GET', '/switches');
    assert.deepEqual(after.json, json, 'all or none');
  });

  it('refund-pacing: a second refund of a trade within 3 s is a SYSTEM_ERROR', async () => {
    const number = await paidTrade(sandbox, sandbox.sdk('key'), '9.00');
    const refund = (out_request_no: string) =>
      ask('trade.refund', { out_trade_no: number, refund_amount: '1.00', out_request_no });
    await set({ 'refund-pacing': '3s' });
    assert.equal((await refund('a')).fundChange, 'Y');
    assert.equal((await refund('b')).subCode, 'ACQ.SYSTEM_ERROR');
    assert.equal((await refund('a')).fundChange, 'N', 'a repeat is not a second one');
    await advance(3_000);
    assert.equal((await refund('b')).fundChange, 'Y');
  });

  it('refund-query-delay: a refund shows 10 s later', async () => {
    const number = await paidTrade(sandbox, sandbox.sdk('key'), '9.00');
    await ask('trade.refund', { out_trade_no: number, refund_amount: '9.00', out_request_no: 'r' });
    const query = () => ask('trade.fastpay.refund.query', { out_trade_no: number, out_request_no: 'r' });
    await set({ 'refund-query-delay': '10s' });
    assert.deepEqual([(await query()).code, (await query()).refundStatus], ['10000', undefined]);
    await advance(10_000);
    assert.equal((await query()).refundStatus, 'REFUND_SUCCESS');
  });

  it('close-notification and refund-notification: which events are notified of', async () => {
    // Nothing listens there: what is sent is seen in the state.
    const params = { notify_url: 'http://127.0.0.1:1/' };
    const notified = async (number: string) => {
      const { json } = await sandbox.admin('GET', '/state');
      return json.notifications.filter((one: { out_trade_no: string }) => one.out_trade_no === number).length as number;
    };
    const closed = async (): Promise<number> => {
      const out_trade_no = newNumber();
      const order = { out_trade_no, total_amount: '9.00', subject: 'x', buyer_id: BUYER };
      await call(sandbox.sdk('key'), 'alipay.trade.create', order, params);
      assert.equal((await ask('trade.close', { out_trade_no })).code, '10000');
      return notified(out_trade_no);
    };
    const pageClosed = async (): Promise<number> => {
      const out_trade_no = newNumber();
      const order = { out_trade_no, total_amount: '9.00', subject: 'x', product_code: 'FAST_INSTANT_TRADE_PAY' };
      const url = sandbox.sdk('key').pageExecute('alipay.trade.page.pay', 'GET', { bizContent: order, ...params });
      assert.match((await fetch(url)).url, /\/cashier\//);
      const scanned = await sandbox.admin('POST', `/trades/${out_trade_no}/scan`, { buyer_user_id: BUYER });
      assert.equal(scanned.status, 200);
      assert.equal((await ask('trade.close', { out_trade_no })).code, '10000');
      return notified(out_trade_no);
    };
    const refunded = async (): Promise<number> => {
      const out_trade_no = await paidTrade(sandbox, sandbox.sdk('key'), '9.00', params);
      assert.equal((await ask('trade.refund', { out_trade_no, refund_amount: '9.00' })).code, '10000');
      return notified(out_trade_no);
    };
    assert.deepEqual([await closed(), await pageClosed(), await refunded()], [1, 1, 2]);
    await set({ 'close-notification': 'not-face-to-face' });
    assert.deepEqual([await closed(), await pageClosed(), await refunded()], [0, 1, 2]);
    await set({ 'close-notification': 'off', 'refund-notification': 'off' });
    assert.deepEqual([await closed(), await pageClosed(), await refunded()], [0, 0, 1]);
  });

  it('refund-repeat: what fund_change says of a repeat', async () => {
    const number = await paidTrade(sandbox, sandbox.sdk('key'), '9.00');
    const refund = () => ask('trade.refund', { out_trade_no: number, refund_amount: '9.00' });
    assert.equal((await refund()).fundChange, 'Y');
    for (const [value, expected] of [
      ['N', 'N'],
      ['Y', 'Y'],
      ['absent', undefined],
    ] as const) {
      await set({ 'refund-repeat': value });
      assert.equal((await refund()).fundChange, expected);
    }
  });

  it('key-mode-transfer: refused as the platform does', async () => {
    const transfer = () =>
      ask('fund.trans.uni.transfer', {
        out_biz_no: newNumber(),
        product_code: 'TRANS_ACCOUNT_NO_PWD',
        biz_scene: 'DIRECT_TRANSFER',
        trans_amount: '1.00',
        order_title: 't',
        payee_info: { identity: BUYER, identity_type: 'ALIPAY_USER_ID' },
      });
    assert.equal((await transfer()).status, 'SUCCESS');
    await set({ 'key-mode-transfer': 'refuse' });
    assert.equal((await transfer()).subCode, 'isv.missing-app-cert-sn');
  });

  it('transfer-limits: for one, for a day, and for a day to somebody unverified', async () => {
    await sandbox.admin('POST', '/reset', { seed: 'empty' });
    await set({ 'transfer-limits': 'on' });
    const transfer = (amount: string, identity = BUYER) =>
      ask('fund.trans.uni.transfer', {
        out_biz_no: newNumber(),
        product_code: 'TRANS_ACCOUNT_NO_PWD',
        biz_scene: 'DIRECT_TRANSFER',
        trans_amount: amount,
        order_title: 't',
        remark: 'r',
        payee_info: { identity, identity_type: 'ALIPAY_USER_ID' },
      });
    assert.equal((await transfer('50000.01')).subCode, 'EXCEED_LIMIT_PERSONAL_SM_AMOUNT');
    const stranger = '2088999999999999';
    assert.equal((await transfer('600.00', stranger)).status, 'SUCCESS');
    assert.equal((await transfer('400.01', stranger)).subCode, 'EXCEED_LIMIT_UNRN_DM_AMOUNT');
    assert.equal((await transfer('400.00', stranger)).status, 'SUCCESS');
    for (let count = 0; count < 19; count += 1) assert.equal((await transfer('50000.00')).status, 'SUCCESS');
    assert.equal((await transfer('49000.01')).subCode, 'EXCEED_LIMIT_DM_AMOUNT');
    assert.equal((await transfer('49000.00')).status, 'SUCCESS');
    await advance(24 * HOUR_MS);
    assert.equal((await transfer('50000.00')).status, 'SUCCESS', 'another day');
  });

  it('timestamp-tolerance: how far a timestamp may be off', async () => {
    const at = (ms: number) => {
      const beijing = new Date(Date.now() + ms + 8 * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ');
      return post(sandbox, signed(sandbox, 'key', { ...rightParams(sandbox, 'key'), timestamp: beijing }));
    };
    await sandbox.admin('POST', '/reset', { seed: 'empty' });
    for (const [value, inside, outside] of [
      ['24h', 23 * HOUR_MS, 25 * HOUR_MS],
      ['1h', HOUR_MS / 2, 2 * HOUR_MS],
      ['10m', HOUR_MS / 12, HOUR_MS / 5],
    ] as const) {
      await set({ 'timestamp-tolerance': value });
      assert.notEqual((await at(-inside)).node.sub_code, 'isv.invalid-timestamp', value);
      assert.equal((await at(-outside)).node.sub_code, 'isv.invalid-timestamp', value);
    }
  });

  it('repeated-precreate: the same QR, a new one, or none', async () => {
    const order = { out_trade_no: newNumber(), total_amount: '1.00', subject: 'x' };
    const precreate = () => ask('trade.precreate', order);
    const first = await precreate();
    assert.equal((await precreate()).qrCode, first.qrCode);
    await set({ 'repeated-precreate': 'new-qr' });
    const second = await precreate();
    assert.notEqual(second.qrCode, first.qrCode);
    assert.equal((await fetch(first.qrCode)).status, 404);
    await set({ 'repeated-precreate': 'refuse' });
    assert.equal((await precreate()).subCode, 'ACQ.APPLY_PC_MERCHANT_CODE_ERROR');
    assert.equal((await fetch(second.qrCode)).status, 200);
  });

  it('cancel-window: 24 hours, the day of the payment, or no end', async () => {
    await set({ 'bill-ready': '00:00' });
    for (const [value, last, code] of [
      ['24h', '2031-03-04 09:59:00', '2031-03-04 10:01:00'],
      ['same-day', '2031-03-03 23:59:00', '2031-03-04 00:00:01'],
      ['none', '2031-03-09 10:00:00', undefined],
    ] as const) {
      await set({ 'cancel-window': value });
      await sandbox.admin('POST', '/reset', { seed: 'empty' });
      await sandbox.admin('POST', '/clock', { now: '2031-03-03 10:00:00' });
      const [early, late] = [
        await paidTrade(sandbox, sandbox.sdk('key'), '1.00'),
        await paidTrade(sandbox, sandbox.sdk('key'), '1.00'),
      ];
      await sandbox.admin('POST', '/clock', { now: last });
      assert.equal((await ask('trade.cancel', { out_trade_no: early })).action, 'refund', value);
      if (code === undefined) continue;
      await sandbox.admin('POST', '/clock', { now: code });
      assert.equal((await ask('trade.cancel', { out_trade_no: late })).subCode, 'ACQ.TRADE_CANCEL_TIME_OUT', value);
    }
  });

  it('second-close and subject-characters', async () => {
    const { outTradeNo } = await create();
    await ask('trade.close', { out_trade_no: outTradeNo });
    for (const code of SWITCHES['second-close'].values) {
      await set({ 'second-close': code });
      assert.equal((await ask('trade.close', { out_trade_no: outTradeNo })).subCode, code);
    }
    assert.equal((await create({ subject: 'a/b=c&d' })).code, '10000');
    await set({ 'subject-characters': 'filtered' });
    assert.equal((await create({ subject: 'a/b' })).subCode, 'ACQ.INVALID_PARAMETER');
    assert.equal((await create({ subject: '咖啡 1' })).code, '10000');
  });

  it('password-above: when a barcode payment waits for the password', async () => {
    const pay = () =>
      ask('trade.pay', {
        out_trade_no: newNumber(),
        total_amount: '1500.00',
        subject: 'x',
        auth_code: '280000000000000001',
      });
    assert.equal((await pay()).code, '10000');
    await set({ 'password-above': '1000' });
    assert.equal((await pay()).code, '10003');
  });

  it('bill-ready: at nine the next morning, or at midnight', async () => {
    await sandbox.admin('POST', '/clock', { now: '2032-02-01 08:59:00' });
    const bill = (date: string) =>
      ask('data.dataservice.bill.downloadurl.query', { bill_type: 'trade', bill_date: date });
    for (const date of ['2032-01-31', '2032-01']) {
      assert.equal((await bill(date)).subCode, 'BILL_NOT_EXIST');
      await set({ 'bill-ready': '00:00' });
      assert.equal((await bill(date)).code, '10000');
      await set({ 'bill-ready': '09:00' });
    }
    await sandbox.admin('POST', '/clock', { now: '2032-02-01 09:00:00' });
    assert.equal((await bill('2032-01-31')).billFileCode, 'EMPTY_DATA_WITH_BILL_FILE');
  });

  it('alipay-sandbox-limits: whole refunds, 15 hours, bills without rows', async () => {
    const number = await paidTrade(sandbox, sandbox.sdk('key'), '9.00');
    await set({ 'alipay-sandbox-limits': 'on' });
    const refund = (amount: string) =>
      ask('trade.refund', { out_trade_no: number, refund_amount: amount, out_request_no: amount });
    assert.equal((await refund('1.00')).subCode, 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL');
    assert.equal((await refund('9.00')).fundChange, 'Y');
    assert.equal((await refund('8.00')).subCode, 'ACQ.TRADE_HAS_CLOSE');
    assert.equal((await create({ timeout_express: '16h' })).subCode, 'ACQ.INVALID_PARAMETER');
    assert.equal((await create({ timeout_express: '15h' })).code, '10000');
    const { json } = await sandbox.admin('GET', '/state');
    const day = json.clock.beijing.slice(0, 10);
    await advance(40 * HOUR_MS);
    const bill = () => ask('data.dataservice.bill.downloadurl.query', { bill_type: 'trade', bill_date: day });
    assert.equal((await bill()).billFileCode, 'EMPTY_DATA_WITH_BILL_FILE');
    await set({ 'alipay-sandbox-limits': 'off' });
    assert.equal((await bill()).billFileCode, undefined);
  });
});

describe('npm run sandbox with switches', function () {
  this.timeout(60_000);

  it('takes --strict and --switch, and keeps them with its data', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-switches-'));
    try {
      const options = ['--data', folder, '--seed', 'empty'];
      const first = await SandboxProcess.start(
        'sandbox-switches',
        ...options,
        '--strict',
        '--switch',
        'refund-pacing=off',
        '--switch',
        'cancel-window=none',
      );
      const values = async (of: SandboxProcess) => {
        const { json } = await of.admin('GET', '/switches');
        return Object.fromEntries(
          Object.entries(json as Record<string, { value: string }>).map(([name, { value }]) => [name, value]),
        );
      };
      const before = await values(first);
      for (const [name, value] of Object.entries({
        ...STRICT_SETTINGS,
        'refund-pacing': 'off',
        'cancel-window': 'none',
      })) {
        assert.equal(before[name], value, name);
      }
      await first.stop();
      const second = await SandboxProcess.start('sandbox-switches', ...options);
      assert.deepEqual(await values(second), before);
      await second.admin('POST', '/reset');
      assert.deepEqual(await values(second), before);
      await second.stop();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
