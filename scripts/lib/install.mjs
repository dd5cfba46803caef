/** Brings node_modules in step with package-lock.json. Runs on Node 20, before anything is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, outsidePath, pinnedNodeProblem } from './node24.mjs';

const LOCK = join(ROOT, 'package-lock.json');
// npm's own record of what it put into node_modules.
const INSTALLED = join(ROOT, 'node_modules/.package-lock.json');

/**
 * Installs when node_modules is missing or is not what package-lock.json describes, and repairs the pinned Node.
 * Returns a sentence when the machine cannot be made ready, else undefined.
 */
export function install() {
  const reason = installReason();
  if (reason) {
    console.log(`Installing dependencies: ${reason}`);
    // .npmrc sets loglevel=silent for the doors whose stdout belongs to their callers; here errors must show.
    if (!npm('ci', '--loglevel=error')) return 'npm ci failed; its own words are above.';
  }
  if (!pinnedNodeProblem()) return undefined;
  console.log('Repairing the pinned Node: npm rebuild node esbuild');
  npm('rebuild', '--loglevel=error', 'node', 'esbuild');
  const problem = pinnedNodeProblem();
  return problem && `${problem} Allow install scripts for "node" and "esbuild" (npm config get ignore-scripts).`;
}

function installReason() {
  if (!existsSync(INSTALLED)) return 'node_modules is missing.';
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  const found = installedPackages();
  if (!found) return "npm's record of node_modules cannot be read.";
  const stale = Object.keys(wanted).find((path) => path !== '' && !same(wanted[path], found[path]));
  const extra = Object.keys(found).find((path) => !(path in wanted));
  const path = stale ?? extra;
  return path && `${path} is not what package-lock.json says.`;
}

function installedPackages() {
  try {
    return JSON.parse(readFileSync(INSTALLED, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Packages for other platforms are in the lock and rightly not installed. */
function same(wanted, found) {
  if (!found) return Boolean(wanted.optional || wanted.devOptional);
  return wanted.version === found.version && wanted.integrity === found.integrity;
}

function npm(...args) {
  // The machine's own Node runs npm: the pinned one is among the files that npm is about to replace.
  const env = { ...process.env, PATH: outsidePath() };
  return spawnSync('npm', args, { cwd: ROOT, env, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}
