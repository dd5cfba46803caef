/**
 * Compares what the MCP server publishes about each tool with test/__toolsnaps__/<tool>.json, so that a change to a
 * name, sentence, schema or annotation is a change somebody reviews. `--update` rewrites the files.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalog } from './lib/catalog.mjs';
import { ROOT, continueUnderPinnedNode } from './lib/node24.mjs';

await continueUnderPinnedNode();

const FOLDER = join(ROOT, 'test/__toolsnaps__');
const FIELDS = ['name', 'title', 'description', 'inputSchema', 'outputSchema', 'annotations'];

const catalog = await readCatalog();
if (!catalog) {
  console.log('no catalogue yet');
  process.exit(0);
}

const wanted = new Map(catalog.map(({ published }) => [`${published.name}.json`, snapshot(published)]));
if (process.argv.includes('--update')) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [file, text] of wanted) writeFileSync(join(FOLDER, file), text);
  console.log(`${wanted.size} snapshots written`);
  process.exit(0);
}

const found = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
const problems = [
  ...[...wanted.keys()].filter((file) => !found.includes(file)).map((file) => `${file} is missing`),
  ...found.filter((file) => !wanted.has(file)).map((file) => `${file}: no such tool in the catalogue`),
  ...found.filter((file) => wanted.has(file)).flatMap(difference),
];
for (const problem of problems) console.log(`test/__toolsnaps__/${problem}`);
process.exit(problems.length > 0 ? 1 : 0);

function snapshot(published) {
  const chosen = Object.fromEntries(FIELDS.map((field) => [field, published[field]]));
  return `${JSON.stringify(chosen, undefined, 2)}\n`;
}

function difference(file) {
  const before = readFileSync(join(FOLDER, file), 'utf8').split('\n');
  const now = wanted.get(file).split('\n');
  const line = now.findIndex((text, i) => text !== before[i]);
  if (line < 0 && before.length === now.length) return [];
  const at = line < 0 ? now.length : line;
  return [`${file}:${at + 1}\n    snapshot:  ${before[at] ?? '(end)'}\n    catalogue: ${now[at] ?? '(end)'}`];
}
