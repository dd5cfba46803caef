import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactsDir } from '../support/artifacts.ts';
import { ROOT } from '../support/mcp-child.ts';

describe('npm start -- --tour', () => {
  it('G5: walks the three prompts by itself; a pipe that says yes is nobody, so nothing is refunded', async function () {
    this.timeout(120_000);
    const child = spawn('npm', ['start', '--', '--tour'], { cwd: ROOT, env: { ...process.env, LC_ALL: 'C' } });
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (shown += text));
    child.stdin.end('y\nyes\ny\n');
    const [code] = await once(child, 'close');
    appendFileSync(join(artifactsDir('tour'), 'shown.log'), shown);
    assert.equal(code, 0, shown);
    for (const part of [
      'Before anything is signed, you are asked:\n  │ Refund 15.50 CNY of order 2024040112345',
      'stdin is no TTY',
      'status: denied',
      'Order AP',
      'trades: count: 142, gross: 48720.50',
      'refunds: count: 7, amount: 1230.00',
      'net: 47490.50',
      'Three things to try next:',
    ]) {
      assert.ok(shown.includes(part), `“${part}” is missing in:\n${shown}`);
    }
    assert.doesNotMatch(shown, /went back to the buyer/);
  });
});
