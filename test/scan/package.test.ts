import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { registeredSecrets } from '../support/artifacts.ts';
import { scanFolder } from '../support/secret-scan.ts';

const ROOT = resolve(import.meta.dirname, '../..');

describe('the package people install', () => {
  let folder: string;
  const names: string[] = [];

  before(async function () {
    this.timeout(120_000);
    folder = mkdtempSync(join(tmpdir(), 'package-'));
    const file = join(folder, 'product.vsix');
    const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
    const vsce = join(ROOT, 'node_modules/@vscode/vsce/vsce');
    const packed = spawnSync(process.execPath, [vsce, 'package', ...flags, '--out', file], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    assert.equal(packed.status, 0, packed.stderr);
    const zip = await yauzl.openPromise(file);
    for await (const entry of zip.eachEntry()) {
      names.push(entry.fileName);
      const content = await text(await zip.openReadStreamPromise(entry));
      const target = join(folder, 'content', entry.fileName);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
    }
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('G10: holds no private key', () => {
    assert.deepEqual(scanFolder(join(folder, 'content'), registeredSecrets()).leaks, []);
  });

  it('holds what runs and what people read, and nothing else', () => {
    const own = names.filter((name) => name.startsWith('extension/')).map((name) => name.slice('extension/'.length));
    const expected =
      /^(?:package(?:\.nls(?:\.zh-cn)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt|media\/icon\.png|dist\/extension\/[\w-]+\.js|dist\/webview\/approval\.(?:js|css))$/;
    assert.deepEqual(
      own.filter((name) => !expected.test(name)),
      [],
    );
    assert.ok(own.includes('dist/extension/extension.js') && own.includes('dist/webview/approval.js'));
  });

  it('starts with nothing of its own, and asks for no proposed API', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'content/extension/package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    assert.deepEqual(manifest['activationEvents'], []);
    assert.equal(manifest['enabledApiProposals'], undefined);
  });
});
