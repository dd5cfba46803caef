/**
 * The project runs on the Node that package.json pins as a dev dependency (the npm package `node`), whatever Node the
 * machine has. Everything here must itself run on Node 20.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whenOrphaned } from './orphan.mjs';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const BIN = join(ROOT, 'node_modules', '.bin');
const NODE = join(ROOT, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The version package.json asks for, without the leading `v`. */
function pinnedVersion() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies.node;
}

/** A sentence saying why the pinned Node cannot be used, or undefined when it runs and is the right version. */
export function pinnedNodeProblem() {
  if (!existsSync(NODE)) return `${NODE} is missing: the install script of the npm package "node" has not run.`;
  const answer = spawnSync(NODE, ['--version'], { encoding: 'utf8' });
  if (answer.status !== 0) return `${NODE} does not run: ${answer.error?.message ?? answer.stderr.trim()}`;
  const version = answer.stdout.trim();
  if (version !== `v${pinnedVersion()}`) return `${NODE} is ${version}, but package.json pins ${pinnedVersion()}.`;
  return undefined;
}

/** The environment for programs of this project: its own tools come first on the PATH. */
export function environment(extra = {}) {
  return { ...process.env, PATH: [BIN, outsidePath()].join(delimiter), ...extra };
}

/** The machine's own PATH, without this project's tools: what must work while node_modules is being replaced. */
export function outsidePath(env = process.env) {
  const inside = join(ROOT, 'node_modules');
  return (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !resolve(folder).startsWith(inside))
    .join(delimiter);
}

/** Runs the same command again under the pinned Node and ends with its exit code; returns if it already runs there. */
export async function continueUnderPinnedNode() {
  if (process.version === `v${pinnedVersion()}`) return;
  const problem = pinnedNodeProblem();
  if (problem) {
    console.error(`${problem}\nRun "npm ci", or "npm rebuild node esbuild" where install scripts were refused.`);
    process.exit(1);
  }
  const script = process.argv.slice(1);
  const child = spawn(NODE, ['--disable-warning=ExperimentalWarning', ...script], {
    stdio: 'inherit',
    env: environment(),
  });
  // Whoever ends this process means the program, which may have things of its own to end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  whenOrphaned(() => child.kill('SIGTERM'));
  process.exit(
    await new Promise((done) => {
      child.on('error', () => done(1));
      child.on('close', (code) => done(code ?? 1));
    }),
  );
}
