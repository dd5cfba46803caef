/** `npm run check`: everything that can be said about the tree without running it, in parallel. */
import { availableParallelism } from 'node:os';
import { continueUnderPinnedNode } from './lib/node24.mjs';
import { runNode } from './lib/run.mjs';

await continueUnderPinnedNode();

const CHECKS = [
  {
    name: 'types',
    run: ['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false'],
    todo: 'correct the types',
  },
  {
    name: 'webview',
    run: ['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false', '-p', 'webview'],
    todo: 'correct the types of what runs inside webviews',
  },
  {
    name: 'lint',
    run: ['node_modules/oxlint/bin/oxlint', '--deny-warnings'],
    todo: 'run "npm run lint:fix", then correct the rest',
  },
  { name: 'format', run: ['node_modules/oxfmt/bin/oxfmt', '--check'], todo: 'run "npm run format"' },
  {
    name: 'walls',
    run: ['scripts/walls.mjs'],
    todo: 'move the code to the room it belongs to (scripts/walls.mjs, ARCHITECTURE.md)',
  },
  {
    name: 'unused',
    run: ['node_modules/knip/bin/knip.js', '--no-progress'],
    todo: 'delete what nobody uses, or stop exporting it',
  },
  {
    name: 'snapshots',
    run: ['scripts/snapshots.mjs'],
    todo: 'if the change to a tool is meant, run "npm run snapshots:update"',
  },
  { name: 'readme', run: ['scripts/readme-tools.mjs'], todo: 'run "npm run readme:update"' },
];

async function run(check) {
  const started = Date.now();
  const { code, output } = await runNode(check.run);
  return { ...check, ok: code === 0, output: output.trim(), seconds: ((Date.now() - started) / 1000).toFixed(1) };
}

/** At most one check per core: the type-aware ones need much memory. */
async function runAll() {
  const waiting = [...CHECKS.entries()];
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await run(next[1]);
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return results;
}

const results = await runAll();
for (const { name, ok, output } of results) if (!ok) console.log(`\n── ${name} ──\n${output}`);
console.log();
for (const { name, ok, seconds, todo } of results) {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(10)} ${seconds.padStart(5)} s${ok ? '' : `  → ${todo}`}`);
}
process.exit(results.every(({ ok }) => ok) ? 0 : 1);
