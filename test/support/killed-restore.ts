/**
 * A process that restores a snapshot and is killed in the middle of it, before its nth statement: the store is wrapped
 * from outside. Usage: node killed-restore.ts DATABASE SNAPSHOT N. Ends by itself (exit code 0) when it got through.
 */
import { findSnapshot, restoreSnapshot } from '../../src/sandbox/world/snapshots.ts';
import { openWorld } from '../../src/sandbox/world/world.ts';

const [database = '', name = '', nth = '0'] = process.argv.slice(2);
const world = openWorld(database, Date.now);
const snapshot = findSnapshot(world, name);
if (!snapshot) throw new Error(`no snapshot ${name}`);
const { store } = world;
const execute = store.execute.bind(store);
let count = 0;
store.execute = (sql: string) => {
  count += 1;
  if (count === Number(nth)) process.kill(process.pid, 'SIGKILL');
  execute(sql);
};
restoreSnapshot(world, snapshot);
store.close();
