/**
 * `npm start`: makes a fresh machine ready, starts the local sandbox and opens VS Code with the extension.
 * `npm start -- --tour` walks through the tools in the terminal instead. Up to the hand-over this runs on any Node.
 */
import { install } from './lib/install.mjs';
import { continueUnderPinnedNode } from './lib/node24.mjs';

const OLDEST_NODE = 20;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(`Node ${OLDEST_NODE} or later is needed; this is ${process.version}.`);
  process.exit(1);
}
const problem = install();
if (problem) {
  console.error(
    `${problem}\nWhat is not installed yet comes from the npm registry: "npm ping" says whether it can be reached.`,
  );
  process.exit(1);
}
await continueUnderPinnedNode();

const { start } = await import('./host/start.mjs');
process.exit(await start(process.argv.slice(2)));
