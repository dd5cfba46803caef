import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastingFolder, perUserPath, temporaryFolder } from '../../../src/cli/data-folder.ts';
import { refusal } from '../../support/sentences.ts';

const mode = (path: string) => statSync(path).mode & 0o777;

describe('where the ledger lives', () => {
  let base = '';
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'data-folder-'));
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  it('is made for its owner only', () => {
    const folder = lastingFolder(join(base, 'a', 'b'));
    assert.equal(mode(folder.path), 0o700);
    assert.equal(mode(join(base, 'a')), 0o700);
    folder.release();
    assert.ok(existsSync(folder.path));
  });

  it('leaves the mode of a folder that was there alone', () => {
    chmodSync(base, 0o755);
    assert.equal(mode(lastingFolder(base).path), 0o755);
  });

  it('says which folder cannot be used', () => {
    const file = join(base, 'file');
    writeFileSync(file, '');
    assert.deepEqual(
      refusal(() => lastingFolder(join(file, 'sub'))),
      {
        key: 'mcp.data.unusable',
        args: { path: join(file, 'sub'), code: 'ENOTDIR' },
      },
    );
  });

  it('is temporary beside a sandbox that is', () => {
    const folder = temporaryFolder();
    assert.equal(mode(folder.path), 0o700);
    folder.release();
    assert.ok(!existsSync(folder.path));
  });

  it('is where each platform keeps application data', () => {
    const name = 'alipay-open-platform-mcp';
    assert.equal(perUserPath({ XDG_DATA_HOME: '/x' }, 'linux'), `/x/${name}`);
    assert.equal(perUserPath({ XDG_DATA_HOME: 'relative' }, 'linux'), join(homedir(), '.local/share', name));
    assert.equal(perUserPath({}, 'linux'), join(homedir(), '.local/share', name));
    assert.equal(perUserPath({}, 'darwin'), join(homedir(), 'Library/Application Support', name));
    assert.equal(perUserPath({ LOCALAPPDATA: '/local' }, 'win32'), join('/local', name));
  });
});
