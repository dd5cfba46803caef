import { sharedColumns } from './migration.ts';
import { TABLES } from './schema.ts';
import type { World } from './world.ts';

/** The whole state of a sandbox at one moment, kept under a name in the same database. */
export interface Snapshot {
  readonly id: number;
  readonly name: string;
  /** Virtual ms. */
  readonly taken_at: number;
}

/** Every snapshot, the oldest first. */
export function snapshots(world: World): Snapshot[] {
  return world.store.all<Snapshot>('SELECT * FROM snapshots ORDER BY id');
}

/** The snapshot of this name, if there is one. */
export function findSnapshot(world: World, name: string): Snapshot | undefined {
  return world.store.get<Snapshot>('SELECT * FROM snapshots WHERE name = ?', name);
}

/** Copies every table under this name; an earlier snapshot of the same name makes room. */
export function takeSnapshot(world: World, name: string): Snapshot {
  const { store } = world;
  return store.transaction(() => {
    const earlier = findSnapshot(world, name);
    if (earlier) drop(world, earlier);
    const taken = store.insert<Snapshot>('snapshots', { name, taken_at: world.now() });
    for (const table of TABLES) {
      store.execute(`CREATE TABLE ${copyOf(taken, table)} AS SELECT * FROM ${table} ORDER BY rowid`);
    }
    return taken;
  });
}

/**
 * Makes the state what it was, clock included: virtual time goes on from the moment of the snapshot, so that what was
 * scheduled then is due as long after it as it was. One transaction: a crash leaves the one state or the other.
 */
export function restoreSnapshot(world: World, snapshot: Snapshot): void {
  const { store } = world;
  store.transaction(() => {
    for (const table of TABLES) store.execute(`DELETE FROM ${table}`);
    for (const table of TABLES.toReversed()) {
      const columns = sharedColumns(store.columns(copyOf(snapshot, table)), store.columns(table));
      store.execute(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${copyOf(snapshot, table)} ORDER BY rowid`,
      );
    }
    store.run(`DELETE FROM meta WHERE name = 'clock-offset'`);
    store.insert('meta', { name: 'clock-offset', value: String(snapshot.taken_at - world.machineNow()) });
  });
  world.replaced();
}

/** Forgets a snapshot. */
export function dropSnapshot(world: World, snapshot: Snapshot): void {
  world.store.transaction(() => drop(world, snapshot));
}

function drop(world: World, snapshot: Snapshot): void {
  for (const table of TABLES) world.store.execute(`DROP TABLE IF EXISTS ${copyOf(snapshot, table)}`);
  world.store.run('DELETE FROM snapshots WHERE id = ?', snapshot.id);
}

function copyOf({ id }: Snapshot, table: string): string {
  return `snapshot_${id}_${table}`;
}
