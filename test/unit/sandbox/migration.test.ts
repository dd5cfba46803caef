import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { seedWorld } from '../../../src/sandbox/seed/seed.ts';
import { TABLES } from '../../../src/sandbox/world/schema.ts';
import { findSnapshot, restoreSnapshot, takeSnapshot } from '../../../src/sandbox/world/snapshots.ts';
import { openWorld, type World } from '../../../src/sandbox/world/world.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');

function contents(world: World): string {
  return JSON.stringify(TABLES.map((table) => world.store.all(`SELECT * FROM ${table} ORDER BY rowid`)));
}

describe('a database of an older sandbox', function () {
  this.timeout(30_000);
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-migration-'));
    path = join(folder, 'sandbox.sqlite');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is carried over: every row, new columns at their default, old ones gone, snapshots too', () => {
    const world = openWorld(path, () => NOW);
    seedWorld(world, 'demo');
    takeSnapshot(world, 'demo');
    const before = contents(world);
    world.store.close();

    const old = new DatabaseSync(path);
    old.exec(`
      PRAGMA user_version = 7;
      DROP TABLE switches;
      ALTER TABLE bill_links DROP COLUMN merchant_id;
      ALTER TABLE users ADD COLUMN shoe_size INTEGER;
      ALTER TABLE snapshot_1_users ADD COLUMN shoe_size INTEGER;
    `);
    old.close();

    const carried = openWorld(path, () => NOW);
    assert.equal(contents(carried), before);
    carried.setSwitches({ 'refund-pacing': '3s' });
    seedWorld(carried, 'empty');
    const snapshot = findSnapshot(carried, 'demo');
    assert.ok(snapshot);
    restoreSnapshot(carried, snapshot);
    assert.match(contents(carried), /2024040112345/);
    const broken = carried.store.all('PRAGMA foreign_key_check');
    assert.deepEqual(broken, []);
    const [keys] = carried.store.all<{ foreign_keys: number }>('PRAGMA foreign_keys');
    assert.equal(keys?.foreign_keys, 1);
    carried.store.close();

    const again = openWorld(path, () => NOW);
    assert.match(contents(again), /2024040112345/, 'and stays so');
    assert.equal(again.switches.get('refund-pacing'), '3s');
    again.store.close();
  });
});
