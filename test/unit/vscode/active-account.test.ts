import assert from 'node:assert/strict';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { say } from '../../../src/text/index.ts';
import { ActiveAccount, type OpenAccount } from '../../../src/vscode/active-account.ts';
import type { ActiveProfile } from '../../../src/vscode/profiles/active.ts';
import { approve, refund, type Hand } from '../../support/hands.ts';
import { PlayedDesk } from '../../support/played-desk.ts';

const REFUND = 'alipay.trade.refund';

/** One account at a time over settings that a test changes; each look at them can be held up, as can each opening. */
class Bench {
  identity = 'a';
  isLocked = false;
  /** What the next look at the settings waits for, once it has read them. */
  looking: Promise<void> | undefined;
  opening: Promise<void> | undefined;
  /** What became of each account, in the order they were opened. */
  readonly log: string[] = [];
  closing: () => Promise<unknown> = () => Promise.resolve();

  readonly account = new ActiveAccount({
    profile: async () => {
      if (this.isLocked) throw new RefusedError(say('emergency.on'));
      const { identity, looking } = this;
      this.looking = undefined;
      await looking;
      return { identity } as ActiveProfile;
    },
    open: async ({ identity }) => {
      await this.opening;
      this.log.push(`open ${identity}`);
      const close = (): Promise<void> => {
        this.log.push(`close ${identity}`);
        return this.closing().then(() => undefined);
      };
      return { runner: { run: () => Promise.resolve({ status: identity, message: '' }) }, close } as OpenAccount;
    },
  });
}

describe('the account of the profile in use', () => {
  it('stays open while nothing changes, and is opened anew when something has', async () => {
    const bench = new Bench();
    const first = await bench.account.current();
    assert.equal(await bench.account.current(), first);
    bench.identity = 'b';
    await bench.account.recheck();
    assert.notEqual(await bench.account.current(), first);
    assert.deepEqual(bench.log, ['open a', 'close a', 'open b']);
    await bench.account.dispose();
    assert.equal(bench.log.at(-1), 'close b');
  });

  it('is not opened by a look at the settings alone', async () => {
    const bench = new Bench();
    await bench.account.recheck();
    assert.deepEqual(bench.log, []);
  });

  it('G3: ends when a call finds that it may not be used any more, although nobody has told it to look again', async () => {
    const bench = new Bench();
    await bench.account.current();
    bench.isLocked = true;
    await assert.rejects(bench.account.current(), /locked everything/);
    assert.deepEqual(bench.log, ['open a', 'close a']);
  });

  it('is not handed out when everything was locked while it was being opened, and closes', async () => {
    const bench = new Bench();
    const gate = Promise.withResolvers<void>();
    bench.opening = gate.promise;
    const call = bench.account.current();
    await turns();
    bench.isLocked = true;
    await bench.account.recheck();
    gate.resolve();
    await assert.rejects(call, /locked everything/);
    assert.deepEqual(bench.log, ['open a', 'close a']);
  });

  it('is that of the settings as they are when it is open, not as they were when its opening began', async () => {
    const bench = new Bench();
    const gate = Promise.withResolvers<void>();
    bench.opening = gate.promise;
    const call = bench.account.current();
    await turns();
    bench.identity = 'b';
    gate.resolve();
    assert.equal((await (await call).runner.run('query_trade', {}, {} as never)).status, 'b');
    assert.deepEqual(bench.log, ['open a', 'close a', 'open b']);
  });

  it('ends at once when everything is locked, although another call’s look at the settings hangs', async () => {
    const bench = new Bench();
    await bench.account.current();
    const vault = Promise.withResolvers<void>();
    bench.looking = vault.promise;
    const call = bench.account.current();
    await turns();
    bench.isLocked = true;
    void bench.account.recheck();
    await turns();
    assert.deepEqual(bench.log, ['open a', 'close a']);
    vault.resolve();
    await assert.rejects(call, /locked everything/);
  });

  it('is not handed out once it has ended, whatever a look from before says: it is opened anew', async () => {
    const bench = new Bench();
    await bench.account.current();
    const vault = Promise.withResolvers<void>();
    bench.looking = vault.promise;
    const call = bench.account.current();
    await turns();
    bench.isLocked = true;
    const rechecked = bench.account.recheck();
    await turns();
    bench.isLocked = false;
    vault.resolve();
    await call;
    await rechecked;
    assert.deepEqual(bench.log, ['open a', 'close a', 'open a']);
  });

  it('is opened anew only when the one before it is closed', async () => {
    const bench = new Bench();
    await bench.account.current();
    const recorded = Promise.withResolvers<void>();
    bench.closing = () => recorded.promise;
    bench.identity = 'b';
    const call = bench.account.current();
    await turns();
    assert.deepEqual(bench.log, ['open a', 'close a']);
    recorded.resolve();
    await call;
    assert.deepEqual(bench.log, ['open a', 'close a', 'open b']);
  });

  it('is opened anew although the one before it could not be closed in order', async () => {
    const bench = new Bench();
    await bench.account.current();
    bench.closing = () => Promise.reject(new Error('the disk is full'));
    bench.identity = 'b';
    await bench.account.current();
    assert.deepEqual(bench.log, ['open a', 'close a', 'open b']);
  });

  it('ends at once with its window, although a call’s look at the settings hangs', async () => {
    const bench = new Bench();
    await bench.account.current();
    const vault = Promise.withResolvers<void>();
    bench.looking = vault.promise;
    const call = bench.account.current();
    const disposed = bench.account.dispose();
    assert.deepEqual(bench.log, ['open a', 'close a']);
    vault.resolve();
    await Promise.all([call, disposed]);
    assert.deepEqual(bench.log, ['open a', 'close a', 'open a', 'close a'], 'what the queue still opened');
  });

  it('G3: sends nothing that was approved and not yet sent when everything is locked, whatever hangs', async () => {
    const desk = await PlayedDesk.open();
    const bench = new Bench();
    bench.closing = () => desk.guard.dispose();
    await bench.account.current();
    const vault = Promise.withResolvers<void>();
    bench.looking = vault.promise;
    const call = bench.account.current();
    await turns();
    const send = desk.gateway.send.bind(desk.gateway);
    desk.gateway.send = async (prepared, options) => {
      if (prepared.method === REFUND) {
        bench.isLocked = true; // the person has clicked, the bytes are signed
        void bench.account.recheck();
        await turns();
      }
      return send(prepared, options);
    };
    const hand: Hand = approve;
    await assert.rejects(desk.execute(refund(), hand), RefusedError);
    assert.deepEqual(desk.gateway.of(REFUND), []);
    vault.resolve();
    await assert.rejects(call, /locked everything/);
    await desk.close();
  });
});

/** Lets everything act that waits for nothing. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
