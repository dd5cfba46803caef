import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openWorld } from '../../../src/sandbox/world/world.ts';
import { withFolder } from '../../support/folders.ts';

/** As SQLite answers `PRAGMA synchronous`. */
const NORMAL = 1;
const PAGE_BYTES = 4096;
/** Pages in the log after which it is written back. */
const WRITTEN_BACK_AT = 4000;
const MANY = 6000;

describe('the sandbox’s database', () => {
  it('is a WAL with synchronous=NORMAL and foreign keys, as docs/sandbox.md says', () =>
    withFolder(async (folder) => {
      const { store } = openWorld(join(folder, 'sandbox.sqlite'), Date.now);
      const pragma = (name: string) => Object.values(store.get<Record<string, unknown>>(`PRAGMA ${name}`) ?? {})[0];
      assert.deepEqual(
        ['journal_mode', 'synchronous', 'foreign_keys'].map((name) => pragma(name)),
        ['wal', NORMAL, 1],
      );
      store.close();
    }));

  it('is written back and read from outside while reads and changes take turns', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'sandbox.sqlite');
      const { store } = openWorld(file, Date.now);
      const outside = new DatabaseSync(file, { readOnly: true });
      const seenOutside = outside.prepare("SELECT value FROM meta WHERE name = 'n'");
      const text = 'x'.repeat(PAGE_BYTES);
      for (let index = 0; index < MANY; index += 1) {
        const value = `${index} ${text}`;
        store.transaction(() => store.run(`INSERT OR REPLACE INTO meta VALUES ('n', ?)`, value));
        assert.equal(store.get<{ value: string }>(`SELECT value FROM meta WHERE name = 'n'`)?.value, value);
        if (index % 100 === 0) assert.equal(seenOutside.get()?.['value'], value);
      }
      outside.close();
      const { size } = statSync(`${file}-wal`);
      assert.ok(size < 2 * WRITTEN_BACK_AT * PAGE_BYTES, `the log has ${size} bytes`);
      store.close();
    }));

  it('takes back all of a change that fails, and goes on', () =>
    withFolder(async (folder) => {
      const { store } = openWorld(join(folder, 'sandbox.sqlite'), Date.now);
      const count = () => store.get<{ n: number }>('SELECT count(*) AS n FROM meta')?.n;
      const before = count();
      const failing = () =>
        store.transaction(() => {
          store.insert('meta', { name: 'a', value: '1' });
          assert.equal(count(), (before ?? 0) + 1);
          throw new Error('no');
        });
      assert.throws(failing, /^Error: no$/);
      assert.equal(count(), before);
      assert.deepEqual({ ...store.insert<object>('meta', { name: 'a', value: '2' }) }, { name: 'a', value: '2' });
      assert.equal(count(), (before ?? 0) + 1);
      store.close();
    }));
});
