import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const VSCE = join(ROOT, 'node_modules/@vscode/vsce/vsce');

/** Packs an extension's folder (its package.json, and code that needs no build) and returns the .vsix file's path. */
export function packVsix(folder: string): string {
  const target = join(ROOT, '.cache/host');
  mkdirSync(target, { recursive: true });
  const file = join(target, `${basename(folder)}.vsix`);
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [VSCE, 'package', ...flags, '-o', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${folder} cannot be packed:\n${stdout}${stderr}`);
  return file;
}
