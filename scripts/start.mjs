/** `npm start`: makes a fresh machine ready and walks through the product in the terminal. */
import { install } from './lib/install.mjs';
import { continueUnderPinnedNode } from './lib/node24.mjs';
import { runNode } from './lib/run.mjs';

const problem = install();
if (problem) {
  console.error(problem);
  process.exit(1);
}
continueUnderPinnedNode();

const built = await runNode(['esbuild.mjs'], { inherit: true });
if (built.code !== 0) process.exit(built.code);
const tour = ['--disable-warning=ExperimentalWarning', 'dist/tour.js', ...process.argv.slice(2)];
process.exit((await runNode(tour, { inherit: true })).code);
