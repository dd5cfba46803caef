import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { AlipayClient } from '../../../src/alipay/client.ts';
import { systemClock } from '../../../src/alipay/clock.ts';
import { sandboxMaker } from '../../../src/sandbox-maker.ts';
import { writeWhole } from '../../../src/vscode/atomic-file.ts';
import { LocalSandbox, type RunningSandbox } from '../../../src/vscode/local-sandbox/local-sandbox.ts';
import { SoleOwner } from '../../../src/vscode/sole-owner.ts';
import { Vault } from '../../../src/vscode/vault.ts';
import { withFolder } from '../../support/folders.ts';
import { FakeSecrets } from '../../support/secrets.ts';

const windows: LocalSandbox[] = [];

/** One window: a manager over the shared folder, and the vault as that window sees it. */
function openWindow(folder: string, secrets: FakeSecrets, onNewKeys: () => void = () => {}): LocalSandbox {
  const parts = { folder, vault: new Vault(secrets), maker: sandboxMaker, clock: systemClock, onNewKeys };
  const window = new LocalSandbox(parts);
  windows.push(window);
  return window;
}

/** Asks the gateway about a trade of the demo data: proves address, keys and data at once. */
async function asks({ profile, credentials }: RunningSandbox): Promise<string> {
  const client = new AlipayClient({ profile, credentials, clock: systemClock });
  const query = client.prepare({ method: 'alipay.trade.query', bizContent: { out_trade_no: 'no-such-trade' } });
  const outcome = await client.send(query);
  return outcome.status === 'rejected' ? outcome.subCode : outcome.status;
}

describe('the local sandbox of all windows', () => {
  afterEach(async () => {
    await Promise.all(windows.splice(0).map((window) => window.dispose()));
  });

  it('starts at the first use, and only once', () =>
    withFolder(async (folder) => {
      const window = openWindow(folder, new FakeSecrets());
      assert.ok(!existsSync(join(folder, 'sandbox.sqlite')));
      const [one, two] = await Promise.all([window.connect(), window.connect()]);
      assert.equal(one, two);
      assert.equal(await asks(one), 'ACQ.TRADE_NOT_EXIST');
    }));

  it('goes on after a reload: same port, same keys, same data', () =>
    withFolder(async (folder) => {
      const secrets = new FakeSecrets();
      const first = openWindow(folder, secrets);
      const { profile, credentials } = await first.connect();
      await first.dispose();
      const again = await openWindow(folder, secrets).connect();
      assert.equal(again.profile.gateway, profile.gateway);
      assert.equal(again.credentials.privateKey.publicKeyBase64, credentials.privateKey.publicKeyBase64);
    }));

  it('takes another port when its own is taken', () =>
    withFolder(async (folder) => {
      const secrets = new FakeSecrets();
      const first = openWindow(folder, secrets);
      const { gateway } = (await first.connect()).profile;
      await first.dispose();
      const squatter = createServer().listen(Number(new URL(gateway).port), '127.0.0.1');
      await once(squatter, 'listening');
      try {
        const moved = await openWindow(folder, secrets).connect();
        assert.notEqual(moved.profile.gateway, gateway);
        assert.equal(await asks(moved), 'ACQ.TRADE_NOT_EXIST');
      } finally {
        squatter.close();
      }
    }));

  for (const [what, address] of Object.entries({
    'a cut-off file': '{"secrets":"ab',
    'no address': '{"secrets":"ab","admin":"nowhere"}',
    'another machine’s address': '{"secrets":"ab","admin":"https://gateway.example/admin"}',
    'something else': 'null',
  })) {
    it(`starts anew, and can be found again, where ${what} stands in the place of its address`, () =>
      withFolder(async (folder) => {
        writeFileSync(join(folder, 'sandbox.json'), address);
        const secrets = new FakeSecrets();
        const window = openWindow(folder, secrets);
        const { profile } = await window.connect();
        await window.dispose();
        assert.equal((await openWindow(folder, secrets).connect()).profile.gateway, profile.gateway);
      }));
  }

  it('lets another window try when it cannot start, whatever kept it', () =>
    withFolder(async (folder) => {
      const secrets = new FakeSecrets();
      secrets.store = () => Promise.reject(new Error('no keyring'));
      await assert.rejects(openWindow(folder, secrets).connect(), /could not be started: no keyring/);
      assert.equal(await asks(await openWindow(folder, new FakeSecrets()).connect()), 'ACQ.TRADE_NOT_EXIST');
    }));

  it('makes new keys when the vault has lost them, and says so', () =>
    withFolder(async (folder) => {
      const first = openWindow(folder, new FakeSecrets());
      const before = await first.connect();
      await first.dispose();
      let told = 0;
      const again = await openWindow(folder, new FakeSecrets(), () => (told += 1)).connect();
      assert.equal(told, 1);
      assert.notEqual(again.credentials.privateKey.publicKeyBase64, before.credentials.privateKey.publicKeyBase64);
      assert.equal(await asks(again), 'ACQ.TRADE_NOT_EXIST');
    }));

  it('G10: writes no key outside the vault', () =>
    withFolder(async (folder) => {
      const secrets = new FakeSecrets();
      await openWindow(folder, secrets).connect();
      const [text = ''] = secrets.values.values();
      const { keys, adminToken } = JSON.parse(text) as { keys: string; adminToken: string };
      const line = (JSON.parse(keys) as { certAppPrivateKey: string }).certAppPrivateKey.split('\n')[5] ?? '';
      assert.ok(line.length >= 60);
      for (const name of ['sandbox.json', 'sandbox.sqlite', 'sandbox-owner.sqlite', 'sandbox.sqlite-wal']) {
        const path = join(folder, name);
        const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
        assert.ok(!bytes.includes(line) && !bytes.includes(adminToken), name);
      }
    }));

  describe('with another window’s process', () => {
    let other: ChildProcess | undefined;

    afterEach(async () => {
      if (other?.exitCode !== null || other.signalCode !== null) return;
      other.kill('SIGKILL');
      await once(other, 'exit');
    });

    /** Starts a process that holds the sandbox as a window does; answers what its vault holds then. */
    async function otherWindow(folder: string): Promise<FakeSecrets> {
      other = fork(new URL('../../support/sandbox-window.ts', import.meta.url), [folder], { serialization: 'json' });
      const [values] = (await once(other, 'message')) as [[string, string][]];
      return new FakeSecrets(values);
    }

    it('attaches to the one that runs it, and runs it on when that one is killed', () =>
      withFolder(async (folder) => {
        const secrets = await otherWindow(folder);
        const window = openWindow(folder, secrets);
        const attached = await window.connect();
        assert.equal(await asks(attached), 'ACQ.TRADE_NOT_EXIST');
        assert.equal(await window.connect(), attached, 'the same object while it is the same one');
        other?.kill('SIGKILL');
        await once(other as ChildProcess, 'exit');
        const own = await window.connect();
        assert.notEqual(own, attached);
        assert.equal(own.profile.gateway, attached.profile.gateway);
        assert.equal(await asks(own), 'ACQ.TRADE_NOT_EXIST');
      }));

    it('refuses, and says what to do, when it cannot see that one’s secrets', () =>
      withFolder(async (folder) => {
        await otherWindow(folder);
        await assert.rejects(openWindow(folder, new FakeSecrets()).connect(), /Reload this window/);
      }));

    it('refuses what stands at the address and does not prove itself', () =>
      withFolder(async (folder) => {
        const secrets = await otherWindow(folder);
        const before = readFileSync(join(folder, 'sandbox.json'), 'utf8');
        const { secrets: name } = JSON.parse(before) as { secrets: string };
        const held = JSON.parse(secrets.values.get(`sandbox/${name}`) ?? '') as { keys: string };
        const forged = new FakeSecrets();
        const fingerprint = await new Vault(forged).seal('sandbox', JSON.stringify({ ...held, adminToken: 'guess' }));
        const address = JSON.stringify({ ...JSON.parse(before), secrets: fingerprint });
        await writeWhole(join(folder, 'sandbox.json'), address);
        await assert.rejects(openWindow(folder, forged).connect(), /did not prove/);
      }));
  });
});

describe('the place only one process holds', () => {
  it('is held by one, and free again when that one lets go', () =>
    withFolder(async (folder) => {
      const [one, two] = [new SoleOwner(join(folder, 'owner')), new SoleOwner(join(folder, 'owner'))];
      assert.deepEqual([one.take(), one.take(), two.take()], [true, true, false]);
      one.release();
      assert.equal(two.take(), true);
      two.release();
      await Promise.resolve();
    }));
});
