import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FileSeal } from '../../../src/cli/file-seal.ts';
import { Ledger, LedgerFault } from '../../../src/ledger/index.ts';
import { render, type Sentence } from '../../../src/text/index.ts';
import type { AuditDesk } from '../../../src/vscode/audit/door.ts';
import { glanceAt } from '../../../src/vscode/audit/glance.ts';
import { InDoubt } from '../../../src/vscode/audit/in-doubt.ts';
import { LedgerLock } from '../../../src/vscode/audit/ledger-lock.ts';
import { resolveByHand } from '../../../src/vscode/audit/resolve.ts';
import { reviewLedger } from '../../../src/vscode/audit/review-ledger.ts';
import { SharedLedger } from '../../../src/vscode/audit/shared-ledger.ts';
import { exportTrail, showTrail, verifyTrail } from '../../../src/vscode/audit/trail.ts';
import type { PickQuestion } from '../../../src/vscode/ui/ui.ts';
import { VaultSeal } from '../../../src/vscode/vault-seal.ts';
import { Vault } from '../../../src/vscode/vault.ts';
import { FakeUi, type Answer } from '../../support/fake-ui.ts';
import { withFolder } from '../../support/folders.ts';
import { MovedClock, proposed, sending, succeeded } from '../../support/ledgers.ts';
import { FakeSecrets } from '../../support/secrets.ts';

interface Bench {
  readonly file: string;
  /** What the status bar of the first window says about a lock, now. */
  readonly lock: () => string | undefined;
  readonly ui: FakeUi;
  readonly ledger: SharedLedger;
  readonly run: (command: (desk: AuditDesk) => Promise<void>, script?: readonly Answer[]) => Promise<FakeUi>;
  /** A second window over the same file and secrets. */
  readonly window: () => SharedLedger;
}

const bench = (test: (bench: Bench) => Promise<void>) => (): Promise<void> =>
  withFolder(async (folder) => {
    const seal = new VaultSeal(new Vault(new FakeSecrets()));
    const open: SharedLedger[] = [];
    const first = new FakeUi([]);
    let shown: string | undefined;
    const status = new LedgerLock({ ui: first, show: (why) => (shown = why), review: () => undefined });
    const window = (onLock: (why: Sentence | undefined) => void = () => undefined): SharedLedger => {
      const one = new SharedLedger({
        folder,
        seal,
        clock: new MovedClock(),
        onCommit: () => undefined,
        onLock,
        release: () => Promise.resolve(),
      });
      open.push(one);
      return one;
    };
    const ledger = window((why) => status.changed(why));
    const run: Bench['run'] = async (command, script = []) => {
      const ui = new FakeUi(script);
      await command({ ui, ledger });
      return ui;
    };
    try {
      await test({ file: join(folder, 'ledger.sqlite'), lock: () => shown, ui: first, ledger, run, window });
    } finally {
      for (const one of open) await one.close();
    }
  });

/** One refund denied with a reason, one that succeeded, one in doubt. */
async function filled(shared: SharedLedger): Promise<string> {
  const ledger = await shared.open();
  const caller = 'Copilot\n# forged heading';
  await ledger.move(await proposed(ledger, { target: 'trade:1', caller }), 'denied', { reason: 'wrong customer' });
  await succeeded(ledger, { target: 'payee:ALIPAY_LOGON_ID:a@b.cn', method: 'alipay.fund.trans.uni.transfer' });
  const id = await sending(ledger, { target: 'trade:3' });
  await ledger.move(id, 'unknown', {});
  await ledger.settled();
  return id;
}

function alter(file: string): void {
  sql(file, `UPDATE operation SET fen = 1 WHERE target = 'trade:1'`);
}

function sql(file: string, words: string): void {
  const db = new DatabaseSync(file);
  db.exec(words);
  db.close();
}

describe('the audit trail', () => {
  it(
    'G8: what is found altered when it is verified is shown as locked at once',
    bench(async ({ file, ledger, lock }) => {
      await filled(ledger);
      assert.equal(lock(), undefined);
      alter(file);
      const examined = await ledger.examine();
      assert.ok('fault' in examined);
      assert.equal(lock(), render('en', examined.fault.sentence));
    }),
  );

  it(
    'reads like a page: what, how much, for whom, who asked, what was decided and when in Beijing',
    bench(async ({ ledger, run }) => {
      await filled(ledger);
      const [shown] = (await run(showTrail)).shown;
      const text = shown?.text ?? '';
      for (const part of ['15.50 – refund: denied', '15.50 – refund: IN DOUBT', 'To: payee a@b.cn', 'To: trade 3'])
        assert.ok(text.includes(part), part);
      assert.match(text, /- \d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}denied: “wrong customer”/);
      assert.match(text, /Verified: all \d+ entries/);
      assert.ok(text.indexOf('IN DOUBT') < text.indexOf('refund: denied'), 'newest first');
      assert.doesNotMatch(text, /^# forged/m);
    }),
  );

  it(
    'reads the same in Chinese',
    bench(async ({ ledger }) => {
      await filled(ledger);
      const ui: FakeUi = Object.assign(new FakeUi([]), { locale: 'zh' as const });
      await showTrail({ ui, ledger });
      assert.match(ui.shown[0]?.text ?? '', /15\.50 – 退款：已拒绝[^]*请求方[^]*已拒绝：“wrong customer”/);
    }),
  );

  it(
    'says that there is nothing yet, and exports nothing',
    bench(async ({ run }) => {
      assert.match((await run(showTrail)).shown[0]?.text ?? '', /No money operation has been recorded/);
    }),
  );

  it(
    'is verified, with a count',
    bench(async ({ ledger, run }) => {
      await filled(ledger);
      assert.match((await run(verifyTrail)).said.join(), /all \d\d entries are as they were written/);
    }),
  );

  it(
    'G8: where it was altered is said by Verify, and stands at the head of what is shown',
    bench(async ({ file, ledger, run }) => {
      await filled(ledger);
      alter(file);
      await assert.rejects(run(verifyTrail), (error) => error instanceof LedgerFault && /op_/.test(error.message));
      assert.match((await run(showTrail)).shown[0]?.text ?? '', /NOT AS WRITTEN.* operation op_/);
    }),
  );

  it(
    'G8: is exported with the word whether it is as it was written',
    bench(async ({ file, ledger, run }) => {
      await filled(ledger);
      assert.match(
        (await run(exportTrail)).said.join(),
        /\d+ entries are in .*Verified: all \d+ entries are as they were/,
      );
      alter(file);
      const { said, shown } = await run(exportTrail);
      assert.match(said.join(), /\d+ entries are in [^]*NOT AS WRITTEN, and money-out is locked.* operation op_/);
      assert.match(shown[0]?.text ?? '', /"amount":"0.01"/, 'as it lies in the file');
      assert.ok('fault' in (await ledger.examine()));
      await ledger.accept();
      assert.match((await run(exportTrail)).said.join(), /Verified: all .* A person accepted the ledger as it stood/);
    }),
  );

  it(
    'G10: exports whitelisted fields as JSON Lines, whatever else the ledger holds',
    bench(async ({ ledger, run }) => {
      await filled(ledger);
      const open = await ledger.open();
      const id = await sending(open, { target: 'trade:9', facts: '{"buyer":"SECRET-IN-FACTS"}' });
      await open.move(id, 'succeeded', { answer: { token: 'SECRET-IN-ANSWER' } });
      const [file] = (await run(exportTrail)).shown;
      const text = file?.text ?? '';
      assert.doesNotMatch(text, /SECRET/);
      const allowed = new Set(
        'seq beijing_time event operation account method target amount number state caller reason'.split(' '),
      );
      const entries = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.equal(entries.length, await open.verify());
      for (const entry of entries)
        assert.deepEqual(
          Object.keys(entry).filter((name) => !allowed.has(name)),
          [],
        );
      assert.equal(entries.find(({ event }) => event === 'denied')?.['reason'], 'wrong customer');
    }),
  );
});

describe('resolving by hand', () => {
  const SCRIPT: readonly Answer[] = [
    { pick: 'refund of 15.50' },
    { type: 'no' },
    { type: 'Seen in the merchant console: not refunded' },
    { press: 'Close by Hand' },
  ];

  it(
    'G7: closes what is in doubt with a reason that stays in the trail',
    bench(async ({ ledger, run }) => {
      const id = await filled(ledger);
      const ui = await run(resolveByHand, SCRIPT);
      assert.match(ui.said[0] ?? '', /5 to 200 characters/);
      const operation = (await ledger.open()).get(id);
      assert.deepEqual(
        [operation?.state, operation?.reason],
        ['resolved_by_hand', 'Seen in the merchant console: not refunded'],
      );
      assert.match(ui.said[1] ?? '', /Nothing is sent.*a second time/s);
      assert.match((await run(showTrail)).shown[0]?.text ?? '', /closed by hand: “Seen in the merchant console/);
      assert.match((await run(resolveByHand)).said.join(), /No money operation is in doubt/);
    }),
  );

  it(
    'G5: leaving any of its questions changes nothing',
    bench(async ({ ledger, run }) => {
      const id = await filled(ledger);
      for (let steps = 0; steps < SCRIPT.length; steps += 1) {
        await run(resolveByHand, SCRIPT.slice(0, steps));
        assert.equal((await ledger.open()).get(id)?.state, 'unknown', `${steps} steps`);
      }
    }),
  );
});

describe('a ledger that cannot be believed', () => {
  const ACCEPT: readonly Answer[] = [{ pick: 'Go on with it' }, { press: 'Believe It' }];
  const ANEW: readonly Answer[] = [{ pick: 'Set it aside' }, { press: 'Begin Anew' }];

  it(
    'G8: is gone on with only after a modal question that names the consequence',
    bench(async ({ file, ledger, run }) => {
      await filled(ledger);
      alter(file);
      for (let steps = 0; steps < ACCEPT.length; steps += 1) {
        await run(reviewLedger, ACCEPT.slice(0, steps));
        assert.ok('fault' in (await ledger.examine()), `${steps} steps`);
      }
      const ui = await run(reviewLedger, ACCEPT);
      assert.match(ui.said.join(), /Look at the audit trail/);
      assert.ok('count' in (await ledger.examine()));
      assert.match((await run(reviewLedger)).said.join(), /Nothing is locked/);
      assert.match((await run(verifyTrail)).said.join(), /A person accepted the ledger as it stood at \d{4}-/);
      const [shown] = (await run(showTrail)).shown;
      assert.match(shown?.text ?? '', /Verified: all \d+ entries[^\n]*\n\nA person accepted[^\n]*NOT as written/);
    }),
  );

  it(
    'G8: is set aside, never deleted, when a person begins anew',
    bench(async ({ file, ledger, run }) => {
      await filled(ledger);
      await ledger.close();
      writeFileSync(file, 'damaged '.repeat(1_000));
      const ui = await run(reviewLedger, ANEW);
      assert.match(ui.said.join(), /no longer counts against the limits.*kept as ledger\.set-aside-/s);
      assert.equal(readdirSync(join(file, '..')).filter((name) => name.includes('set-aside')).length, 1);
      assert.deepEqual(await ledger.examine(), { count: 1 });
    }),
  );

  it(
    'G8: is not begun anew by itself when the file is gone',
    bench(async ({ file, ledger, run }) => {
      await filled(ledger);
      await ledger.close();
      rmSync(file);
      const examined = await ledger.examine();
      assert.ok('fault' in examined && examined.fault.kind === 'missing');
      const ui = await run(reviewLedger, ANEW);
      assert.equal((ui.asked[0] as PickQuestion<unknown>).choices.length, 1, 'nothing to go on with');
      assert.deepEqual(await ledger.examine(), { count: 1 });
    }),
  );

  it(
    'G8: another window that had it open learns of the decision',
    bench(async ({ file, ledger, run, window }) => {
      await filled(ledger);
      const other = window();
      await other.open();
      alter(file);
      await run(reviewLedger, ACCEPT);
      await assert.rejects(proposed(await other.open(), { target: 'trade:10' }), LedgerFault);
      await other.recheck();
      await succeeded(await other.open(), { target: 'trade:10' });
    }),
  );

  it('G8: one in which what this window recorded is missing is not taken up again, though the vault knows it', () =>
    withFolder(async (folder) => {
      const [clock, seal] = [new MovedClock(), new VaultSeal(new Vault(new FakeSecrets()))];
      const locks: unknown[] = [];
      const ledger = new SharedLedger({
        folder,
        seal,
        clock,
        onCommit: () => undefined,
        onLock: (why) => locks.push(why?.key),
        release: () => Promise.resolve(),
      });
      const [file, copy] = [join(folder, 'ledger.sqlite'), join(folder, 'copy.sqlite')];
      await filled(ledger);
      await ledger.close();
      copyFileSync(file, copy);
      const other = await Ledger.open(copy, clock, seal);
      await succeeded(await ledger.open(), { target: 'trade:20' });
      await (await ledger.open()).settled();
      const head = (await seal.readHead()) ?? assert.fail();
      await succeeded(other, { target: 'trade:21' });
      await succeeded(other, { target: 'trade:22' });
      await other.settled();
      other.close();
      for (const part of ['-wal', '-shm']) rmSync(file + part);
      renameSync(copy, file);
      for (let times = 0; times < 2; times += 1) {
        const examined = await ledger.examine();
        assert.ok('fault' in examined && examined.fault.kind === 'older', 'locked, and stays so');
        assert.match(
          examined.fault.message,
          new RegExp(`entry ${head.count} is not the one.*file has ${head.count + 5}`),
        );
      }
      assert.equal(locks.at(-1), 'ledger.fault.older');
      await ledger.accept();
      assert.ok('count' in (await ledger.examine()));
      await ledger.close();
    }));

  it(
    'G8: a window whose secrets lack the key says so, and makes no other ledger',
    bench(async ({ file, ledger }) => {
      await filled(ledger);
      const blind = new SharedLedger({
        folder: join(file, '..'),
        seal: new VaultSeal(new Vault(new FakeSecrets())),
        clock: new MovedClock(),
        onCommit: () => undefined,
        onLock: () => undefined,
        release: () => Promise.resolve(),
      });
      const examined = await blind.examine();
      assert.ok('fault' in examined && examined.fault.kind === 'no_key');
    }),
  );
});

describe('a ledger that locks money-out', () => {
  const locks: [string, (file: string) => void, RegExp][] = [
    ['damaged', (file) => writeFileSync(file, 'damaged '.repeat(1_000)), /file is damaged/],
    ['altered', alter, /operation op_/],
    ['missing', (file) => rmSync(file), /file is gone/],
    ['newer', (file) => sql(file, 'PRAGMA user_version = 99'), /later version/],
  ];
  for (const [name, spoil, why] of locks) {
    it(
      `G8: shows in the status bar while it is ${name}, once it is looked at, until a person has decided`,
      bench(async ({ file, ledger, lock, ui, run }) => {
        await filled(ledger);
        assert.equal(lock(), undefined);
        await ledger.close();
        spoil(file);
        await assert.rejects(ledger.open(), LedgerFault);
        assert.match(lock() ?? 'nothing', why);
        await assert.rejects(ledger.open(), LedgerFault);
        assert.equal(ui.said.length, 1, 'said once');
        await run(reviewLedger, [{ pick: 'Set it aside' }]);
        assert.match(lock() ?? 'nothing', why, 'not decided');
        await run(reviewLedger, [{ pick: 'Set it aside' }, { press: 'Begin Anew' }]);
        assert.ok('count' in (await ledger.examine()));
        assert.equal(lock(), undefined);
      }),
    );
  }

  it(
    'G8: shows when it was spoilt under an open window, and when another window’s person has decided',
    bench(async ({ file, ledger, lock, window }) => {
      await filled(ledger);
      alter(file);
      await assert.rejects(proposed(await ledger.open(), { target: 'trade:10' }), LedgerFault);
      await ledger.look();
      assert.match(lock() ?? 'nothing', /operation op_/);
      const other = window();
      await other.accept();
      await ledger.look();
      assert.equal(lock(), undefined);
      await ledger.close();
      await ledger.look();
      rmSync(file);
      await ledger.look();
      assert.equal(lock(), undefined, 'what is not open stays closed');
    }),
  );
});

describe('operations in doubt', () => {
  it(
    'stay before people’s eyes until they are settled',
    bench(async ({ file, ledger, run }) => {
      const shown: number[] = [];
      const ui = new FakeUi([]);
      const resolve = (): void => undefined;
      const watch = new InDoubt({
        ui,
        clock: new MovedClock(),
        glance: () => glanceAt(file),
        show: (count) => shown.push(count),
        resolve,
      });
      assert.equal(watch.look(), undefined, 'no ledger yet');
      await filled(ledger);
      assert.deepEqual(watch.look(), { inDoubt: 1, underWay: 0 });
      await run(resolveByHand, [{ pick: 'refund' }, { type: 'seen at Alipay' }, { press: 'Close by Hand' }]);
      watch.look();
      assert.deepEqual(shown, [1, 0]);
      assert.match(ui.said.join('\n'), /in doubt: 1[^]*is settled; 0 are left/);
      watch.dispose();
    }),
  );

  it('G6: a look at a file that is none says nothing, and changes nothing', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'ledger.sqlite');
      writeFileSync(file, 'none');
      assert.equal(glanceAt(file), undefined);
      assert.equal(await new FileSeal(file).readHead(), undefined);
    }));
});
