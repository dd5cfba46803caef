/**
 * Bundles every root of the product into dist/. `npm ci` runs this file through `prepare`, so it must work on Node 20,
 * although what it builds needs Node 22 or later.
 */
import { rmSync } from 'node:fs';
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
  legalComments: 'none',
  logLevel: 'warning',
};

// Bundled CommonJS packages call require() for Node's own modules, and an ES module has no require of its own.
const requireForBundledCommonJs = [
  "import { createRequire as createRequireForBundle } from 'node:module';",
  'const require = createRequireForBundle(import.meta.url);',
].join('');

await build({
  ...common,
  entryPoints: PROGRAMS,
  format: 'esm',
  banner: { js: requireForBundledCommonJs },
});

rmSync(join(ROOT, 'dist/extension'), { recursive: true, force: true }); // chunks are named by their content
// Split, so that what `import('./editor.ts')` brings is loaded on first use and shares its classes with what is there.
await build({
  ...common,
  entryPoints: EXTENSION,
  outdir: join(ROOT, 'dist/extension'),
  format: 'esm',
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  banner: { js: requireForBundledCommonJs },
  external: ['vscode'],
});

await build({
  ...common,
  entryPoints: PAGES,
  platform: 'browser',
  target: ['chrome128'],
  format: 'iife',
  sourcemap: false,
});
