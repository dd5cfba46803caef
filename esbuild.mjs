/**
 * Bundles every root of the product into dist/. `npm ci` runs this file through `prepare`, so it must work on Node 20,
 * although what it builds needs Node 22 or later.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = dirname(fileURLToPath(import.meta.url));

/** Output name → root. */
const PROGRAMS = {
  stdio: 'src/stdio.ts',
  sandbox: 'src/cli/sandbox.ts',
  bill: 'src/cli/bill.ts',
  tour: 'src/cli/tour.ts',
};
const EXTENSION = { extension: 'src/extension.ts' };
/** Script and style of each webview; the extension puts both into its page. */
const PAGES = [
  { in: 'webview/approval/main.ts', out: 'webview/approval' },
  { in: 'webview/approval/approval.css', out: 'webview/approval' },
];

const common = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node22',
  outdir: join(ROOT, 'dist'),
  sourcemap: 'linked',
  legalComments: 'linked',
  logLevel: 'warning',
};

// Bundled CommonJS packages call require() for Node's own modules, and an ES module has no require of its own.
const requireForBundledCommonJs = [
  "import { createRequire as createRequireForBundle } from 'node:module';",
  'const require = createRequireForBundle(import.meta.url);',
].join('');

const present = (entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, source]) => existsSync(join(ROOT, source))));

await build({
  ...common,
  entryPoints: present(PROGRAMS),
  format: 'esm',
  banner: { js: requireForBundledCommonJs },
});

if (Object.keys(present(EXTENSION)).length > 0) {
  await build({
    ...common,
    entryPoints: EXTENSION,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
  });
}

await build({
  ...common,
  entryPoints: PAGES,
  platform: 'browser',
  target: ['chrome128'],
  format: 'iife',
  sourcemap: false,
});
