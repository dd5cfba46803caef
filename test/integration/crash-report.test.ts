import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactsDir, registerSecret } from '../support/artifacts.ts';
import { issued } from '../support/profile-desk.ts';
import { scanFolder } from '../support/secret-scan.ts';

const CRASHING = join(import.meta.dirname, '../support/crashing.ts');
const given = { privateKey: issued.keyAppPrivateKey, alipayPublicKey: issued.alipayPublicKey };

describe('a process that dies with a key in it', () => {
  before(() => registerSecret(given.privateKey));

  for (const [how, died] of [
    ['exception', /Error: died/],
    ['rejection', /Error: died/],
    ['not-a-key', /at parsePrivateKey/],
  ] as const) {
    it(`G10: neither what it prints nor its crash report shows the key: ${how}`, () => {
      const folder = join(artifactsDir('crash-report'), how);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      const report = ['--report-uncaught-exception', `--report-directory=${folder}`];
      const dead = spawnSync(process.execPath, [...report, CRASHING, how], {
        input: JSON.stringify(given),
        encoding: 'utf8',
      });
      assert.match(dead.stderr, died);
      assert.notEqual(dead.status, 0);
      assert.equal(readdirSync(folder).filter((name) => /^report\..*\.json$/.test(name)).length, 1, dead.stderr);
      writeFileSync(join(folder, 'printed.txt'), dead.stdout + dead.stderr);
      assert.deepEqual(scanFolder(folder, [given.privateKey]).leaks, []);
    });
  }
});
