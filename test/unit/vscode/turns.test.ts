import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { Turns } from '../../../src/vscode/profiles/turns.ts';
import { withFolder } from '../../support/folders.ts';
import { StillClock } from '../../support/still-clock.ts';

interface Bench {
  readonly file: string;
  readonly clock: StillClock;
  /** The turns as one window takes them. */
  readonly window: () => Turns;
}

const bench = (test: (bench: Bench) => Promise<void>) => (): Promise<void> =>
  withFolder((folder) => {
    const [file, clock] = [join(folder, 'turn.sqlite'), new StillClock()];
    return test({ file, clock, window: () => new Turns(file, clock) });
  });

/** A turn that lasts until it is told to end. */
function longTurn(turns: Turns): { begun: Promise<void>; end: () => void; done: Promise<void> } {
  const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const done = turns.take(() => {
    begun.resolve();
    return over.promise;
  });
  return { begun: begun.promise, end: over.resolve, done };
}

describe('the turns of windows', () => {
  it(
    'come one after the other, and whoever waits is told so',
    bench(async ({ clock, window }) => {
      const long = longTurn(window());
      await long.begun;
      const log: string[] = [];
      const waited = Promise.withResolvers<void>();
      const next = window().take(
        () => Promise.resolve(void log.push('turn')),
        () => {
          log.push('wait');
          waited.resolve();
        },
      );
      await waited.promise;
      await clock.advance(1_000);
      assert.deepEqual(log, ['wait']);
      long.end();
      await long.done;
      await clock.advance(1_000);
      await next;
      assert.deepEqual(log, ['wait', 'turn']);
    }),
  );

  it(
    'are taken within a window in the order they were asked for, whether or not they end well',
    bench(async ({ window }) => {
      const turns = window();
      const log: string[] = [];
      const take = (name: string): Promise<void> =>
        turns.take(
          async () => {
            log.push(name);
            if (name === 'b') throw new Error('went wrong');
          },
          () => log.push(`${name} waits`),
        );
      const taken = ['a', 'b', 'c'].map(take);
      await assert.rejects(taken[1] ?? assert.fail(), /went wrong/);
      await taken[2];
      await take('d');
      assert.deepEqual(log, ['b waits', 'c waits', 'a', 'b', 'c', 'd']);
    }),
  );

  it(
    'are refused, and nothing is done, when another window’s does not end within five seconds',
    bench(async ({ clock, window }) => {
      const long = longTurn(window());
      await long.begun;
      const waited = Promise.withResolvers<void>();
      const next = window().take(() => assert.fail('its turn'), waited.resolve);
      let isOver = false;
      const refused = assert.rejects(next, RefusedError).finally(() => (isOver = true));
      await waited.promise;
      await clock.advance(4_980);
      assert.equal(isOver, false);
      await clock.advance(20);
      await refused;
      long.end();
      await long.done;
    }),
  );

  it(
    'come at once where they cannot be told',
    bench(async ({ file, window }) => {
      mkdirSync(file);
      assert.equal(await window().take(() => Promise.resolve('turn')), 'turn');
    }),
  );
});

describe('a window without SQLite', () => {
  const getBuiltinModule = process.getBuiltinModule.bind(process);

  afterEach(() => {
    process.getBuiltinModule = getBuiltinModule;
  });

  it(
    'changes the settings all the same',
    bench(async ({ window }) => {
      process.getBuiltinModule = () => undefined as never;
      assert.equal(await window().take(() => Promise.resolve('turn')), 'turn');
    }),
  );
});
