import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger, succeeded } from '../support/ledgers.ts';
import { systemClock } from '../../src/alipay/clock.ts';
import { withFolder } from '../support/folders.ts';
import { ROOT, runMcp } from '../support/mcp-child.ts';

const SUITE = 'ledger-command';
/** util-linux's `script` runs a command at a terminal of its own. */
const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

/** A ledger that is gone, although its seal remembers it. */
async function lost(folder: string): Promise<void> {
  const file = join(folder, 'ledger.sqlite');
  const ledger = await openLedger(file, systemClock);
  await succeeded(ledger);
  await ledger.settled();
  ledger.close();
  for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
}

/** The command at a terminal, where somebody types `answer` once asked. */
async function atTerminal(args: readonly string[], answer: string): Promise<{ code: number | null; shown: string }> {
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', join(ROOT, 'src/stdio.ts'), ...args];
  const line = command.map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', line, '/dev/null'], { env: { ...process.env, LC_ALL: 'C' } });
  let [shown, isAsked] = ['', false];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (isAsked || !shown.includes('leaves it as it is: ')) return;
    isAsked = true;
    child.stdin.write(`${answer}\r`);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, shown };
}

describe('npm run mcp -- --ledger', () => {
  it('G8: a server that finds its ledger gone does not start, and names the command that lets a person decide', () =>
    withFolder(async (folder) => {
      await lost(folder);
      const { code, stdout, stderr } = await runMcp(SUITE, ['--sandbox', '--data', folder]);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /file is gone[^]*npm run mcp -- --ledger verify/);
    }));

  it('G5: a program that pipes the words in is no person, and decides nothing', () =>
    withFolder(async (folder) => {
      await lost(folder);
      const refused = await runMcp(SUITE, ['--ledger', 'set-aside', '--data', folder], 'Begin Anew\n');
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /Only a person at a terminal decides/);
      const { code, stdout, stderr } = await runMcp(SUITE, ['--ledger', 'verify', '--data', folder]);
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /file is gone/);
    }));

  if (hasTerminal) {
    it('G8: a person at a terminal begins a new ledger, and the server starts again', () =>
      withFolder(async (folder) => {
        await lost(folder);
        const args = ['--ledger', 'set-aside', '--data', folder];
        const left = await atTerminal(args, 'y');
        assert.equal(left.code, 1, left.shown);
        assert.match(left.shown, /is left as it is/);
        const decided = await atTerminal(args, 'Begin Anew');
        assert.equal(decided.code, 0, decided.shown);
        assert.match(decided.shown, /A new ledger is in use/);
        assert.equal((await runMcp(SUITE, ['--sandbox', '--data', folder])).code, 0);
      }));
  }
});
