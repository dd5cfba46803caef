/**
 * A browser for tests that need eyes: the machine's own Chrome, Chromium or Edge, else the Chromium inside the npm package
 * `@sparticuz/chromium` (Linux, x64) with the libraries and fonts it needs. Chinese is drawn with a font from npm wherever
 * the machine has none.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../lib/node24.mjs';
import { wholeFolder } from './folder.mjs';

const CACHE = join(ROOT, '.cache', 'browser');
/** The package's own list of arguments turns off web security: a test of a boundary would then mean nothing. */
const ARGS = ['--no-sandbox'];
const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter(Boolean)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
];

/**
 * What Playwright's `chromium.launch` needs. The environment's TEST_BROWSER names a program, or is `packed` for the one
 * from npm. Throws an Error whose message says what to install where neither can be had.
 * @returns {Promise<{ executablePath: string, args: string[], env: Record<string, string>, packed: boolean }>}
 */
export async function provideBrowser() {
  const wish = process.env.TEST_BROWSER;
  const installed = wish === 'packed' ? undefined : (wish ?? findInstalled());
  return installed ? withFonts(installed) : packedBrowser();
}

function findInstalled() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...APPLICATIONS];
  return candidates.find((path) => existsSync(path) && runs(path));
}

/** A name on the PATH may be a stub that only says how to install the real one. Windows browsers print no version. */
function runs(path) {
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /\d+\.\d+\.\d+/.test(stdout);
}

function withFonts(executablePath) {
  const env = { ...process.env };
  if (process.platform === 'linux') {
    const system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>';
    env.FONTCONFIG_FILE = writeFontConfig('installed.conf', system, []);
  }
  return { executablePath, args: ARGS, env, packed: false };
}

async function packedBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('No browser found: install Chrome, Chromium or Edge, or name one in TEST_BROWSER.');
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8'));
  const folder = join(CACHE, `chromium-${version}`);
  await wholeFolder(folder, (partial) => unpack(join(dirname(entry), '../bin'), partial));
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    FONTCONFIG_FILE: writeFontConfig('packed.conf', '', [join(folder, 'fonts/fonts')]),
  };
  return { executablePath: join(folder, 'chromium'), args: ARGS, env, packed: true };
}

/** The package unpacks below the system's folder for temporary files and takes whatever lies there already. */
async function unpack(bin, folder) {
  const { default: packed, inflate } = await import('@sparticuz/chromium');
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await packed.executablePath();
    await inflate(join(bin, 'al2023.tar.br'));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** WOFF files are not seen as system fonts; this package has TTF files, one folder for each weight. */
function writeFontConfig(name, include, folders) {
  const chinese = dirname(fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans-sc/package.json')));
  const all = [...folders, join(chinese, '400Regular'), join(chinese, '700Bold')];
  const file = join(CACHE, name);
  mkdirSync(CACHE, { recursive: true });
  const prefer = ['Open Sans', 'Noto Sans SC'].map((family) => `<family>${family}</family>`).join('');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${include}
${all.map((folder) => `<dir>${folder}</dir>`).join('\n')}
<cachedir>${join(CACHE, 'fontconfig')}</cachedir>
${folders.length > 0 ? `<alias><family>sans-serif</family><prefer>${prefer}</prefer></alias>` : ''}
</fontconfig>
`,
  );
  return file;
}
