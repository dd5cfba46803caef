import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import Mocha from 'mocha';
import { artifactsDir } from '../../support/artifacts.ts';
import { runOnDesktop } from './desktop.ts';
import { launchBrowser, VscodeWindow } from './window.ts';
import { startServer } from './server.ts';
import type { InsideTest } from './inside-main.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const HELPER = join(ROOT, 'test/host/helper');
const LIMIT_MS = 10 * 60_000;

export interface InsideOptions {
  /** Names the server's folder below .cache/run. */
  name: string;
  /** Suite files (mocha's `describe` and `it`; they may import `vscode`), absolute paths. */
  files: readonly string[];
  /** Paths of .vsix files to install. */
  extensions: () => readonly string[];
  settings?: Record<string, unknown>;
}

/**
 * A suite whose tests run inside an extension host and are reported here one by one, under the titles they have there.
 * In such a run VS Code refuses modal messages and skips its confirmation of `lm.invokeTool`.
 */
export function describeInside(title: string, options: InsideOptions): void {
  const suite = describe(title, function () {
    this.timeout(LIMIT_MS);
    let run: InsideRun;
    before(async () => {
      run = await runInVscode(options);
      for (const test of run.tests) suite.addTest(new Mocha.Test(test.path.join(' '), replay(test)));
    });
    it('ran in the extension host and ended as its tests did', () => {
      const failed = run.tests.some(({ state }) => state === 'failed');
      if (run.tests.length === 0) throw new Error(`no test ran inside:\n${run.log}`);
      if ((run.exitCode === 0) === failed) throw new Error(`exit code ${run.exitCode}:\n${run.log}`);
    });
  });
}

function replay({ state, error }: InsideTest): (this: Mocha.Context) => void {
  return function () {
    if (state === 'pending') this.skip();
    if (error) throw Object.assign(new Error(error.message), { stack: error.stack });
  };
}

interface InsideRun {
  exitCode: number;
  tests: InsideTest[];
  /** What the extension host wrote to its console. */
  log: string;
}

/** Where `VSCODE_EXE` names a desktop VS Code, in that one; else in the server and a browser. */
async function runInVscode(options: InsideOptions): Promise<InsideRun> {
  const executable = process.env['VSCODE_EXE'];
  return executable ? runInDesktop(options, executable) : runInServer(options);
}

async function runInDesktop(options: InsideOptions, executable: string): Promise<InsideRun> {
  const resultFile = join(artifactsDir(join('host', options.name)), 'inside.json');
  rmSync(resultFile, { force: true });
  const entry = await bundle(options, resultFile);
  const { name, extensions } = options;
  const run = await runOnDesktop(executable, { name, entry, helper: HELPER, extensions: extensions() });
  return { ...run, tests: readResult(resultFile) };
}

function readResult(file: string): InsideTest[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as InsideTest[]) : [];
}

async function runInServer(options: InsideOptions): Promise<InsideRun> {
  const server = await startServer({ ...options, extensions: options.extensions(), development: true });
  const resultFile = join(server.folder, 'inside.json');
  const entry = await bundle(options, resultFile);
  const browser = await launchBrowser();
  try {
    const log: string[] = [];
    let exited: (code: number) => void = () => {};
    const exit = new Promise<number>((done) => (exited = done));
    await VscodeWindow.open(browser, server, {
      payload: payload(server.origin, entry),
      prepare: async (page) => {
        await page.exposeFunction('codeAutomationExit', (code: number) => exited(code));
        await page.exposeFunction('codeAutomationLog', (_type: string, words: unknown[]) => {
          log.push(words.map(String).join(' '));
        });
      },
    });
    const exitCode = await withinLimit(exit, log);
    return { exitCode, tests: readResult(resultFile), log: log.join('\n') };
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Only one development extension can be named, so the product under test is an installed .vsix and this is the helper. */
function payload(origin: string, entry: string): [string, string][] {
  const remote = (path: string) => `vscode-remote://${new URL(origin).host}${path}`;
  return [
    ['extensionDevelopmentPath', remote(HELPER)],
    ['extensionTestsPath', remote(entry)],
    ['skipWelcome', 'true'],
  ];
}

/** The suites as one CommonJS file: an extension host loads no TypeScript, and on a desktop runs another Node. */
async function bundle({ name, files }: InsideOptions, resultFile: string): Promise<string> {
  const folder = join(ROOT, '.cache/host/inside');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${basename(name)}.cjs`);
  const imports = files.map((file) => `await import(${JSON.stringify(file)});`).join('\n');
  const main = join(import.meta.dirname, 'inside-main.ts');
  const places = [resultFile, join(ROOT, 'package.json')].map((path) => JSON.stringify(path)).join(', ');
  await build({
    stdin: {
      contents: `import { runInside } from ${JSON.stringify(main)};
export const run = () => runInside(async () => {\n${imports}\n}, ${places});`,
      resolveDir: ROOT,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'silent',
  });
  return outfile;
}

async function withinLimit(exit: Promise<number>, log: string[]): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => fail(new Error(`the run inside did not end:\n${log.join('\n')}`)), LIMIT_MS - 30_000);
  });
  try {
    return await Promise.race([exit, limit]);
  } finally {
    clearTimeout(timer);
  }
}
