import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scoreOf, survivorsLeft, type Report } from '../mutation/report.ts';
import { hashOf, ROOMS, ROOT } from '../mutation/rooms.ts';

const LEAST = 0.85;

describe('the report of `npm run mutation`', () => {
  const report = JSON.parse(readFileSync(join(ROOT, 'test/mutation/report.json'), 'utf8')) as Report;

  for (const room of ROOMS) {
    it(`is of the sources of src/${room} as they are, and says that tests find enough`, () => {
      const own = report[room] ?? assert.fail(`run "npm run mutation": there is no report of src/${room}`);
      assert.equal(own.sources, hashOf(room), `src/${room} has changed: run "npm run mutation -- ${room}"`);
      assert.ok(scoreOf(own) >= LEAST, `tests find ${scoreOf(own)} of the mutants of src/${room}`);
    });
  }

  it('explains each survivor', () => assert.deepEqual(survivorsLeft(report), []));
});
