import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { seedWorld } from '../../../src/sandbox/seed/seed.ts';
import { TABLES } from '../../../src/sandbox/world/schema.ts';
import { takeSnapshot } from '../../../src/sandbox/world/snapshots.ts';
import { openWorld, type World } from '../../../src/sandbox/world/world.ts';
import { Merchant } from '../../support/merchant.ts';
import { call, newNumber } from '../../support/sandbox-sdk.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

const KILLED = resolve(import.meta.dirname, '../../support/killed-restore.ts');
const BUYER = '2088621000001001';

async function state(sandbox: SandboxProcess): Promise<Record<string, unknown>> {
  const { clock, ...rest } = (await sandbox.admin('GET', '/state')).json;
  assert.equal(typeof clock.now, 'number');
  // The port is another one after a restart.
  return JSON.parse(JSON.stringify(rest).replaceAll(new URL(sandbox.line.admin).origin, ''));
}

describe('snapshots of a sandbox', function () {
  this.timeout(60_000);
  let folder: string;
  let sandbox: SandboxProcess;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
    sandbox = await SandboxProcess.start('sandbox-state', '--data', folder, '--seed', 'empty');
  });

  after(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  });

  it('bring back trades, balances and the clock, after other work and after a restart', async () => {
    const first = newNumber();
    const order = { out_trade_no: first, total_amount: '5.00', subject: 'x', buyer_id: BUYER };
    await call(sandbox.sdk('key'), 'alipay.trade.create', order);
    await sandbox.admin('POST', `/trades/${first}/pay`);
    const { json: moved } = await sandbox.admin('POST', '/clock', { advance_ms: 20 * 3_600_000 });
    const taken = await sandbox.admin('POST', '/snapshot', { name: 'paid' });
    assert.deepEqual([taken.status, taken.json.name], [200, 'paid']);
    const before = await state(sandbox);
    await call(sandbox.sdk('key'), 'alipay.trade.refund', { out_trade_no: first, refund_amount: '5.00' });
    await sandbox.admin('POST', '/clock', { advance_ms: 40 * 86_400_000 });
    assert.notDeepEqual(await state(sandbox), before);
    await sandbox.stop();
    sandbox = await SandboxProcess.start('sandbox-state', '--data', folder);
    const restored = await sandbox.admin('POST', '/restore', { name: 'paid' });
    assert.equal(restored.status, 200);
    const { now } = restored.json.clock;
    assert.ok(now >= moved.now && now < moved.now + 86_400_000, 'not the 40 days later that came after it');
    assert.deepEqual(await state(sandbox), before);
    const refund = { out_trade_no: first, refund_amount: '5.00' };
    assert.equal((await call(sandbox.sdk('key'), 'alipay.trade.refund', refund)).fundChange, 'Y');
    await sandbox.admin('POST', '/reset', { seed: 'empty' });
    await sandbox.admin('POST', '/restore', { name: 'paid' });
    assert.deepEqual(await state(sandbox), before, 'a reset leaves snapshots alone');
  });

  it('have names, listed, taken anew and deleted', async () => {
    const { json: unnamed } = await sandbox.admin('POST', '/snapshot');
    assert.equal(unnamed.name, '1');
    await sandbox.admin('POST', '/snapshot', { name: '1' });
    const names = async () =>
      (await sandbox.admin('GET', '/snapshots')).json.map(({ name }: { name: string }) => name).toSorted();
    assert.deepEqual(await names(), ['1', 'paid']);
    assert.equal((await sandbox.admin('DELETE', '/snapshots/1')).status, 200);
    assert.deepEqual(await names(), ['paid']);
    const gone = await sandbox.admin('POST', '/restore', { name: '1' });
    assert.equal(gone.status, 404);
    assert.match(gone.json.error, /There are: paid/);
    for (const name of ['', '../x', 'a b', 'x'.repeat(65), 7]) {
      assert.equal((await sandbox.admin('POST', '/snapshot', { name })).status, 400, String(name));
    }
    assert.equal((await sandbox.admin('POST', '/restore')).status, 400);
  });

  it('go on with the notifications that were scheduled in them', async () => {
    const hits: string[] = [];
    const merchant: Server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        hits.push(new URLSearchParams(body).get('notify_id') ?? '');
        response.end('fail');
      });
    });
    merchant.listen(0, '127.0.0.1');
    await once(merchant, 'listening');
    const notifyUrl = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/`;
    const number = newNumber();
    const order = { out_trade_no: number, total_amount: '5.00', subject: 'x', buyer_id: BUYER };
    await call(sandbox.sdk('key'), 'alipay.trade.create', order, { notify_url: notifyUrl });
    await sandbox.admin('POST', `/trades/${number}/pay`);
    assert.equal(hits.length, 1);
    await sandbox.admin('POST', '/snapshot', { name: 'once' });
    await sandbox.admin('POST', '/clock', { advance_ms: 30 * 3_600_000 });
    assert.equal(hits.length, 8, 'the whole schedule');
    await sandbox.admin('POST', '/restore', { name: 'once' });
    assert.equal(hits.length, 8, 'nothing is due at once');
    await sandbox.admin('POST', '/clock', { advance_ms: 5 * 60_000 });
    assert.equal(hits.length, 9, 'the second send is due four minutes after the first, again');
    assert.equal(new Set(hits).size, 1);
    merchant.closeAllConnections();
    merchant.close();
  });

  describe('and a delivery that is under way', () => {
    /** Answers of the merchant that are held back; while there are none, it answers `fail` at once. */
    let held: ((text: string) => void)[] | undefined;
    let onHeld: () => void;
    let isHeld: Promise<void>;
    let merchant: Merchant;

    const notifications = async () => (await sandbox.admin('GET', '/state')).json.notifications;
    const sell = async () => {
      const order = { out_trade_no: 'UNDERWAY', total_amount: '5.00', subject: 'x', buyer_id: BUYER };
      await call(sandbox.sdk('key'), 'alipay.trade.create', order, { notify_url: merchant.url });
      return sandbox.admin('POST', '/trades/UNDERWAY/pay');
    };

    beforeEach(async () => {
      held = undefined;
      isHeld = new Promise((resolve) => (onHeld = resolve));
      merchant = await Merchant.listen(() => {
        if (!held) return 'fail';
        onHeld();
        return new Promise((resolve) => held?.push(resolve));
      });
      await sandbox.admin('POST', '/reset', { seed: 'empty' });
    });
    afterEach(() => merchant.close());

    it('keep it out of what is restored meanwhile', async () => {
      await sell();
      await sandbox.admin('POST', '/snapshot', { name: 'sent-once' });
      const before = await notifications();
      assert.deepEqual([before.length, before[0].attempts], [1, 1]);
      held = [];
      const second = sandbox.admin('POST', '/clock', { advance_ms: 5 * 60_000 });
      await isHeld;
      const restored = sandbox.admin('POST', '/restore', { name: 'sent-once' });
      // Its answer waits for the delivery; the clock tells that the state has been replaced.
      while ((await sandbox.admin('GET', '/state')).json.clock.offset_ms >= 5 * 60_000);
      held[0]?.('success');
      await Promise.all([second, restored]);
      assert.deepEqual(await notifications(), before);
    });

    it('keep it out of what comes after a reset, where numbers come again', async () => {
      held = [];
      const first = sell();
      await isHeld;
      await sandbox.admin('POST', '/reset', { seed: 'empty' });
      const again = sell();
      while ((await notifications()).length === 0);
      const [release] = held;
      held = undefined;
      release?.('success');
      await Promise.all([first, again]);
      const [{ status, attempts, last_answer: answer }] = await notifications();
      assert.deepEqual([status, attempts, answer], ['waiting', 1, 'fail']);
      assert.equal(merchant.received.length, 2, 'the new one was sent, too');
    });
  });
});

function contents(world: World): string {
  return JSON.stringify(TABLES.map((table) => world.store.all(`SELECT * FROM ${table} ORDER BY rowid`)));
}

describe('a restore that is killed', function () {
  this.timeout(120_000);

  it('leaves the old or the new state whole, wherever it is killed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-killed-'));
    try {
      const path = join(folder, 'sandbox.sqlite');
      const world = openWorld(path, Date.now);
      seedWorld(world, 'demo');
      takeSnapshot(world, 'demo');
      seedWorld(world, 'empty');
      const old = contents(world);
      world.store.close();
      const read = () => {
        const opened = openWorld(path, Date.now);
        const text = contents(opened);
        opened.store.close();
        return text;
      };
      const statements = TABLES.length * 2;
      const run = (nth: number) =>
        spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', KILLED, path, 'demo', String(nth)]);
      for (const nth of [1, 4, 8, TABLES.length + 1, TABLES.length + 6, statements]) {
        assert.equal(run(nth).signal, 'SIGKILL', `statement ${nth}`);
        assert.equal(read() === old, true, `killed before statement ${nth}`);
      }
      assert.equal(run(statements + 1).status, 0);
      assert.notEqual(read(), old);
      assert.match(read(), /2024040112345/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
