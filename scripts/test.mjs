/**
 * `npm test`: every suite, on a machine that has only Node and npm. `npm test -- unit` runs one of them; what follows
 * the names goes to mocha (`npm test -- unit --grep G3`). The last line is `N passed, N failed`.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './lib/install.mjs';
import { ROOT, continueUnderPinnedNode } from './lib/node24.mjs';
import { runNode } from './lib/run.mjs';

/** In this order: the scan reads what the others left behind. */
const SUITES = ['unit', 'architecture', 'integration', 'host', 'scan'];
const SUITE_LIMIT_MS = 20 * 60_000;
const CACHE = join(ROOT, '.cache');

let passed = 0;
const failures = [];

const args = process.argv.slice(2);
const firstFlag = args.findIndex((arg) => arg.startsWith('-'));
const named = firstFlag < 0 ? args : args.slice(0, firstFlag);
const mochaArgs = firstFlag < 0 ? [] : args.slice(firstFlag);
const known = ['check', ...SUITES];
const unknown = named.find((name) => !known.includes(name));
if (unknown) finish(`there is no suite "${unknown}": use ${known.join(', ')}, or none for all`);

const problem = install();
if (problem) finish(problem);
await continueUnderPinnedNode();

const chosen = named.length > 0 ? known.filter((name) => named.includes(name)) : known;
emptyLeftovers(chosen);
await step('build', ['esbuild.mjs']);
for (const name of chosen) {
  if (name === 'check') await step('check', ['scripts/check.mjs']);
  else await suite(name);
}
finish();

/** Old transcripts must not be scanned as if this run had left them; the scan alone reads what the last run left. */
function emptyLeftovers(names) {
  const keep = names.every((name) => name === 'scan' || name === 'check');
  for (const folder of keep ? [] : ['run', 'secrets']) rmSync(join(CACHE, folder), { recursive: true, force: true });
  mkdirSync(join(CACHE, 'results'), { recursive: true });
}

async function step(name, command) {
  heading(name);
  const { code } = await runNode(command, { inherit: true });
  if (code !== 0) failures.push(`${name} failed`);
}

async function suite(name) {
  heading(name);
  const file = join(CACHE, 'results', `${name}.json`);
  rmSync(file, { force: true });
  const mocha = ['node_modules/mocha/bin/mocha.js', '--forbid-only', '--reporter', './scripts/reporter.mjs'];
  const { code, timedOut } = await runNode([...mocha, ...mochaArgs, `test/${name}/**/*.test.ts`], {
    inherit: true,
    env: { SUITE_RESULT: file },
    limitMs: SUITE_LIMIT_MS,
  });
  const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  passed += result?.passes ?? 0;
  const sentence = suiteProblem(result, code, timedOut);
  if (sentence) failures.push(`${name}: ${sentence}`);
  for (const title of result?.pending ?? [])
    failures.push(`${name}: skipped "${title}" (a skipped test counts as failed)`);
  for (let i = 0; i < (result?.failures ?? 0); i++) failures.push(undefined);
}

/** What is wrong with the suite itself, apart from the tests that failed in it. */
function suiteProblem(result, code, timedOut) {
  if (timedOut) return `still running after ${SUITE_LIMIT_MS / 60_000} minutes, ended`;
  if (!result) return 'ended without a result (no test files, or it crashed)';
  if (result.passes + result.failures + result.pending.length === 0) return 'ran no tests';
  if (result.stillOpen) return `left something open that kept its process alive: ${result.stillOpen.join(', ')}`;
  if (code !== 0 && result.failures === 0) return `exit code ${code} although no test failed`;
  return undefined;
}

function heading(name) {
  console.log(`\n──── ${name} ────`);
}

/** Failed tests were shown by mocha; everything else that failed is named here. */
function finish(sentence) {
  if (sentence) failures.push(sentence);
  console.log();
  for (const failure of failures) if (failure) console.log(`✗ ${failure}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exit(failures.length > 0 ? 1 : 0);
}
