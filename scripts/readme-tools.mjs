/** Keeps README.md's tool table, between the two markers, in step with the catalogue. `--update` rewrites it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalog } from './lib/catalog.mjs';
import { ROOT, continueUnderPinnedNode } from './lib/node24.mjs';

await continueUnderPinnedNode();

const README = join(ROOT, 'README.md');
const BEGIN = '<!-- tools:begin -->';
const END = '<!-- tools:end -->';

const catalog = await readCatalog();
if (!catalog || !existsSync(README)) finish(0, catalog ? 'no README.md yet' : 'no catalogue yet');

const text = readFileSync(README, 'utf8');
const begin = text.indexOf(BEGIN);
const end = text.indexOf(END);
if (begin < 0 || end < begin) finish(1, `README.md needs a line ${BEGIN} and, below it, a line ${END}`);

const current = `${text.slice(0, begin)}${BEGIN}\n\n${table(catalog)}\n\n${text.slice(end)}`;
if (process.argv.includes('--update')) {
  writeFileSync(README, current);
  finish(0, 'README.md: tool table written');
}
finish(current === text ? 0 : 1, current === text ? '' : "README.md: the tool table is not the catalogue's");

function table(tools) {
  const rows = tools.map(({ kind, published: { name, title, description } }) => {
    return `| \`${name}\` | ${cell(title)} | ${kind} | ${cell(firstSentence(description))} |`;
  });
  return ['| tool | title | kind | what it does |', '|---|---|---|---|', ...rows].join('\n');
}

function firstSentence(description) {
  return /^.*?[.。](?=\s|$)/s.exec(description)?.[0] ?? description;
}

function cell(sentence) {
  return sentence.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
}

function finish(code, message) {
  if (message) console.log(message);
  process.exit(code);
}
