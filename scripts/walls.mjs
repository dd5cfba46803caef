/**
 * The walls of the house, as data, and a check of every source file against them. Messages name file, line, rule and
 * reason. `checkWalls(src)` is what test/architecture feeds with small fake trees.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { readSource } from './lib/source.mjs';
import { ROOT } from './lib/node24.mjs';

/** Which rooms a room may import from. Everyone may use text; roots alone join parts, so they may import everything. */
const ARROWS = {
  text: [],
  alipay: ['text'],
  ledger: ['alipay', 'text'],
  bills: ['alipay', 'text'],
  sandbox: ['alipay', 'text'],
  guard: ['ledger', 'alipay', 'text'],
  tools: ['guard', 'bills', 'alipay', 'text'],
  mcp: ['tools', 'text'],
  vscode: ['mcp', 'tools', 'guard', 'ledger', 'alipay', 'text'],
};
const ROOTS = ['account.ts', 'editor.ts', 'sandbox-maker.ts', 'stdio.ts', 'extension.ts', 'cli/'];

/** Rooms that rest on the ground floor of alipay only: they know its facts, but cannot reach the client or a grant. */
const GROUND_FLOOR_ONLY = ['ledger', 'bills', 'sandbox'];
const GROUND_FLOOR = [
  'beijing-time',
  'certificates',
  'clock',
  'errors',
  'keys',
  'money',
  'processes',
  'profile',
  'signature',
].map((name) => `alipay/${name}.ts`);

const NETWORK_MODULES = ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'undici'];
const NETWORK_GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];

/** A path ending in / stands for a folder. */
const NETWORK_ALLOWED = [
  { path: 'alipay/client.ts', why: 'the only way to the gateway' },
  { path: 'sandbox/', why: 'is itself a gateway: serves HTTP and sends notifications' },
  { path: 'mcp/', why: 'listens for MCP clients' },
  { path: 'bills/download.ts', why: 'fetches a bill file from the short-lived link, without any key' },
  { path: 'account.ts', why: 'hands fetch to the bill download' },
  { path: 'stdio.ts', why: "talks to the sandbox's admin door" },
  { path: 'cli/', why: "talks to the sandbox's admin door" },
];

const GRANT_MAKER = { file: 'alipay/grant.ts', name: 'makeGrant', room: 'guard/' };
/** Where a private key's text may become a key: by `createPrivateKey`, or by node-forge, which can parse one too. */
const KEY_PARSER = { name: 'createPrivateKey', module: 'node-forge' };
const KEY_PARSERS = [
  { path: 'alipay/keys.ts', why: "the merchant's key, for the moment it is parsed" },
  { path: 'sandbox/keys/', why: "the local sandbox's own keys, which open nothing but that sandbox" },
];
/** Only a root reads key text, so only a root has something to parse. */
const KEY_READER = { file: 'alipay/keys.ts', name: 'parsePrivateKey' };
const MAX_LINES = 350;

const within = (file, places) =>
  places.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));
const roomOf = (file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '');

/**
 * @param {string} src the folder to check
 * @returns {import('./walls.d.mts').Breach[]}
 */
export function checkWalls(src) {
  const files = readdirSync(src, { recursive: true })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((path) => readSource(path, readFileSync(join(src, path), 'utf8')));
  return [...files.flatMap(checkFile), ...missingMaker(files), ...circles(files)];
}

function checkFile(source) {
  const found = [];
  const fail = (line, rule, reason) => {
    const known = found.some((breach) => breach.line === line && breach.reason === reason);
    if (!known) found.push({ file: source.path, line, rule, reason });
  };
  const room = roomOf(source.path);
  const isRoot = within(source.path, ROOTS);
  if (!isRoot && !(room in ARROWS))
    fail(1, 'rooms', 'a file lives in a room of the house (ARROWS) or is a root (ROOTS)');
  if (source.lines > MAX_LINES)
    fail(MAX_LINES, 'length', `${source.lines} lines; over ${MAX_LINES} a file does two jobs`);

  const mayConnect = within(
    source.path,
    NETWORK_ALLOWED.map((place) => place.path),
  );
  const mayParseKeys = within(
    source.path,
    KEY_PARSERS.map((place) => place.path),
  );
  for (const { specifier, line, typeOnly, names, target } of source.imports) {
    if (specifier === KEY_PARSER.module && !mayParseKeys) {
      fail(line, 'keys', `${specifier} can parse private keys: only KEY_PARSERS may import it`);
    }
    if (target !== undefined) checkArrow(source.path, room, isRoot, target, (reason) => fail(line, 'arrows', reason));
    if (specifier === 'vscode' && !within(source.path, ['extension.ts', 'vscode/'])) {
      fail(line, 'vscode', 'only src/vscode and src/extension.ts may know the editor; other doors run without it');
    }
    if (!typeOnly && !mayConnect && NETWORK_MODULES.includes(specifier.replace(/^node:/, '').split('/')[0])) {
      fail(
        line,
        'network',
        `"${specifier}": only src/alipay/client.ts opens connections (exceptions: NETWORK_ALLOWED)`,
      );
    }
    const readsKeys =
      target === KEY_READER.file && !typeOnly && (names.includes(KEY_READER.name) || names.includes('*'));
    if (readsKeys && !isRoot) {
      fail(
        line,
        'keys',
        `${KEY_READER.name}: key text is read by roots alone; be handed the PrivateKey, or the function`,
      );
    }
    const reachesMaker = names.includes(GRANT_MAKER.name) || names.includes('*');
    if (target === GRANT_MAKER.file && reachesMaker && !within(source.path, [GRANT_MAKER.room])) {
      fail(line, 'grant', `only src/guard may make a grant (${GRANT_MAKER.name}): it is the permission to move money`);
    }
  }
  for (const { name, line } of source.identifiers) {
    if (NETWORK_GLOBALS.includes(name) && !mayConnect) {
      fail(line, 'network', `${name}: only src/alipay/client.ts opens connections (exceptions: NETWORK_ALLOWED)`);
    }
    if (name === KEY_PARSER.name && !mayParseKeys) {
      fail(
        line,
        'keys',
        `${name}: key text exists only where it is parsed (KEY_PARSERS); take a PrivateKey from there`,
      );
    }
  }
  return found;
}

function checkArrow(path, room, isRoot, target, fail) {
  if (target.startsWith('../')) {
    if (target !== '../package.json') fail(`${target} lies outside src`);
  } else if (isRoot) {
    return;
  } else if (within(target, ROOTS)) {
    fail(`src/${target} is a root: roots import rooms, never the other way`);
  } else if (roomOf(target) !== room && !ARROWS[room]?.includes(roomOf(target))) {
    fail(`src/${target}: ${room} may import from ${ARROWS[room]?.join(', ') || 'no other room'} only`);
  } else if (GROUND_FLOOR_ONLY.includes(room) && roomOf(target) === 'alipay' && !GROUND_FLOOR.includes(target)) {
    fail(`src/${target}: ${room} rests on the ground floor of alipay only (GROUND_FLOOR)`);
  }
}

/** A wall around a name that nobody exports any more would guard nothing. */
function missingMaker(files) {
  const home = files.find((file) => file.path === GRANT_MAKER.file);
  if (!home || home.identifiers.some(({ name }) => name === GRANT_MAKER.name)) return [];
  return [{ file: home.path, line: 1, rule: 'grant', reason: `no ${GRANT_MAKER.name} here: correct GRANT_MAKER` }];
}

/** Circles of imports that exist when the code runs; `import type` leaves nothing behind. */
function circles(files) {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set();
  const found = [];
  const visit = (file, trail) => {
    const start = trail.findIndex((step) => step.path === file.path);
    if (start >= 0) {
      const circle = [...trail.slice(start), file].map((step) => step.path).join(' → ');
      found.push({
        file: file.path,
        line: 1,
        rule: 'circle',
        reason: `${circle}; move what both need to the floor below`,
      });
    } else if (!done.has(file.path)) {
      for (const { target, typeOnly } of file.imports) {
        const next = typeOnly ? undefined : byPath.get(target);
        if (next) visit(next, [...trail, file]);
      }
      done.add(file.path);
    }
  };
  for (const file of files) visit(file, []);
  return found;
}

if (process.argv[1] === import.meta.filename) {
  const src = join(ROOT, 'src');
  const broken = existsSync(src) ? checkWalls(src) : [];
  const shown = (file) => posix.join(relative(ROOT, src), file);
  for (const { file, line, rule, reason } of broken) console.log(`${shown(file)}:${line} ${rule}: ${reason}`);
  process.exit(broken.length > 0 ? 1 : 0);
}
