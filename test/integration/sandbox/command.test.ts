import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { artifactsDir } from '../../support/artifacts.ts';
import { call } from '../../support/sandbox-sdk.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

const PROGRAM = resolve(import.meta.dirname, '../../../src/cli/sandbox.ts');

/** Runs the command to its end; for command lines that end by themselves. */
function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, LC_ALL: 'C' };
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, ...args], {
    encoding: 'utf8',
    env,
    timeout: 20_000,
  });
}

interface Row {
  readonly [name: string]: string | null;
}

/**
 * What happened in a freshly seeded sandbox before today, which goes on with the clock; and which day today is. Addresses of
 * the cashier are left out: nobody is to guess them.
 */
async function past(seed: string): Promise<{ today: string; trades: readonly Row[]; refunds: readonly Row[] }> {
  const sandbox = await SandboxProcess.start('sandbox-command', '--seed', seed);
  const { json } = await sandbox.admin('GET', '/state');
  await sandbox.stop();
  const { clock, refunds } = json;
  const trades = json.trades.map(({ cashier_url: _, ...trade }: Row) => trade);
  const today = clock.beijing.slice(0, 10);
  const settled = (row: Row): boolean =>
    [row['gmt_request'], row['gmt_refund'], row['gmt_close']].every((at) => !at || at < today);
  const refundedNow = new Set(refunds.filter((row: Row) => !settled(row)).map((row: Row) => row['out_trade_no']));
  return {
    today,
    trades: trades.filter((row: Row) => settled(row) && !refundedNow.has(row['out_trade_no'] ?? '')),
    refunds: refunds.filter(settled),
  };
}

describe('npm run sandbox', function () {
  this.timeout(60_000);

  it('prints one line of exactly these keys, with files for their owner only, and ends cleanly', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const sandbox = await SandboxProcess.start('sandbox-command');
      const { line } = sandbox;
      assert.deepEqual(Object.keys(line), [
        'gateway',
        'appId',
        'appPrivateKeyFile',
        'alipayPublicKeyFile',
        'certApp',
        'admin',
        'adminToken',
        'dashboard',
      ]);
      assert.deepEqual(Object.keys(line.certApp), [
        'appId',
        'appPrivateKeyFile',
        'appCertFile',
        'alipayCertFile',
        'rootCertFile',
      ]);
      assert.match(line.gateway, /^http:\/\/127\.0\.0\.1:\d+\/gateway\.do$/);
      assert.match(line.admin, /\/admin$/);
      for (const file of [line.appPrivateKeyFile, line.certApp.appPrivateKeyFile])
        assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.equal(await sandbox.stop(signal), 0);
      assert.equal(existsSync(dirname(line.appPrivateKeyFile)), false, 'the temporary folder is gone');
    }
  });

  it('keeps keys, trades and clock in its data folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-data-'));
    try {
      const first = await SandboxProcess.start('sandbox-command', '--data', folder, '--seed', 'empty');
      const sdk = first.sdk('certificate');
      await call(sdk, 'alipay.trade.create', {
        out_trade_no: 'kept',
        total_amount: '3.00',
        subject: 'x',
        buyer_id: '2088621000001001',
      });
      await first.admin('POST', '/clock', { advance_ms: 3_600_000 });
      assert.equal(await first.stop('SIGKILL'), null);
      const second = await SandboxProcess.start('sandbox-command', '--data', folder, '--seed', 'demo');
      const kept = await call(second.sdk('certificate'), 'alipay.trade.query', { out_trade_no: 'kept' });
      assert.equal(kept.tradeStatus, 'WAIT_BUYER_PAY');
      const { json } = await second.admin('GET', '/state');
      assert.equal(json.trades.length, 1, 'a folder that was seeded before is not seeded again');
      assert.equal(json.clock.offset_ms, 3_600_000);
      await second.stop();
      const said = join(artifactsDir('sandbox-command'), `sandbox-${second.child.pid}.stderr.log`);
      assert.match(readFileSync(said, 'utf8'), /There is a sandbox in .* already, .*--seed counts/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('gives the same history for the same number, and another one for another', async () => {
    let [first, again] = [await past('7'), await past('7')];
    while (first.today !== again.today) [first, again] = [again, await past('7')]; // midnight in Beijing
    assert.ok(first.trades.length > 1_200, `${first.trades.length} trades`);
    assert.ok(first.refunds.length > 50, `${first.refunds.length} refunds`);
    for (const what of ['trades', 'refunds'] as const) {
      assert.equal(again[what].length, first[what].length);
      for (const [index, row] of first[what].entries()) assert.deepEqual(again[what][index], row);
    }
    const amounts = ({ trades }: { trades: readonly Row[] }) => trades.map((row) => row['total_amount']).join();
    assert.equal(amounts(await past('8')) === amounts(first), false);
  });

  for (const [args, words] of [
    [['--bogus'], /“--bogus” is not an option of this program\.\nUsage: /],
    [['stray'], /“stray” is one word too many\.\nUsage: /],
    [['--port'], /^--port needs a value after it\.\nUsage: /],
    [['--port', '65536'], /0 .*65535/],
    [['--port', '-1'], /^--port needs a value after it, and what begins with “-”/],
    [['--apps', '99'], /0 to 50/],
    [['--switch', 'nothing=1'], /no switch “nothing”/],
    [['--switch', 'cancel-window=1h'], /24h, same-day, none/],
    [['--seed', 'everything'], /demo, empty/],
    [['--data', ''], /folder/],
    [['--data', fileURLToPath(import.meta.url)], /command\.test\.ts is a file; a folder is needed/],
  ] as const) {
    it(`refuses ${args.join(' ')} in a sentence, with exit code 2`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, words);
      assert.ok(stderr.trimEnd().split('\n').length <= 2);
    });
  }

  it('says how it is used, to whoever asks', () => {
    const { status, stdout, stderr } = run('--help');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^Usage: npm run sandbox -- /);
  });

  it('is the only one in its data folder, until it ends, however it ends', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-data-'));
    try {
      const options = ['--data', folder, '--seed', 'empty'];
      const first = await SandboxProcess.start('sandbox-command', ...options);
      const { status, stdout, stderr } = run(...options);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, new RegExp(`process ${first.child.pid}\\).*${folder}`));
      assert.equal((await first.admin('GET', '/state')).status, 200, 'the first one goes on');
      await first.stop('SIGKILL');
      const second = await SandboxProcess.start('sandbox-command', ...options);
      assert.equal(await second.stop(), 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  if (process.platform !== 'win32') {
    it('ends with the shell that npm started it in, which hands no signal on, and clears up', async () => {
      const words = [process.execPath, '--disable-warning=ExperimentalWarning', PROGRAM, '--json', '--seed', 'empty'];
      const shell = spawn('sh', ['-c', `${words.map((word) => `'${word}'`).join(' ')}; true`], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, npm_lifecycle_event: 'sandbox' },
      });
      const [line] = (await once(createInterface({ input: shell.stdout }), 'line')) as [string];
      const { appPrivateKeyFile } = JSON.parse(line) as { appPrivateKeyFile: string };
      const gone = once(shell.stdout, 'close'); // held open by the sandbox itself
      shell.kill('SIGTERM');
      await gone;
      assert.equal(existsSync(appPrivateKeyFile), false);
    });
  }

  it('clears away the keys that a killed one left in the temporary folder', async () => {
    const killed = await SandboxProcess.start('sandbox-command', '--seed', 'empty');
    const left = dirname(dirname(killed.line.appPrivateKeyFile));
    await killed.stop('SIGKILL');
    assert.ok(existsSync(left));
    const next = await SandboxProcess.start('sandbox-command', '--seed', 'empty');
    assert.equal(existsSync(left), false);
    assert.ok(existsSync(next.line.appPrivateKeyFile));
    await next.stop();
  });

  if (process.platform === 'linux') {
    it('says so at once when its data folder cannot be', () => {
      for (const path of ['/proc/x', '/proc/x/y', join(PROGRAM, 'sub')]) {
        const { status, stderr } = run('--data', path);
        assert.equal(status, 2);
        assert.match(stderr, /cannot be used for the sandbox/);
      }
    });
  }

  it('says that a port is taken', async () => {
    const sandbox = await SandboxProcess.start('sandbox-command', '--seed', 'empty');
    const { port } = new URL(sandbox.line.gateway);
    const { status, stderr } = run('--port', port, '--seed', 'empty');
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken`));
    await sandbox.stop();
  });
});
