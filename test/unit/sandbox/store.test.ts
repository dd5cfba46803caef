import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openWorld } from '../../../src/sandbox/world/world.ts';
import { withFolder } from '../../support/folders.ts';

/** As SQLite answers `PRAGMA synchronous`. */
const NORMAL = 1;

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
});
