/** Runs in the extension host, bundled with the suites by `inside.ts`. */
import { renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type MochaClass from 'mocha';

export interface InsideTest {
  /** Titles from the outermost `describe` to the test. */
  path: string[];
  state: 'passed' | 'failed' | 'pending';
  error?: { message: string; stack: string };
}

/** Runs mocha over suites that `load` brings in, writes what became of each test to `resultFile`, and throws if one failed. */
export async function runInside(load: () => Promise<unknown>, resultFile: string, mochaFrom: string): Promise<void> {
  const Mocha = createRequire(mochaFrom)('mocha') as typeof MochaClass;
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, forbidOnly: true });
  const { constants } = Mocha.Runner;
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await load();
  mocha.suite.emit('post-require', globalThis, '', mocha);
  const tests: InsideTest[] = [];
  class Recorder {
    constructor(runner: Mocha.Runner) {
      const add = (runnable: Mocha.Runnable, state: InsideTest['state'], error?: Error) =>
        tests.push({
          path: runnable.titlePath(),
          state,
          ...(error && { error: { message: error.message, stack: error.stack ?? '' } }),
        });
      runner.on(constants.EVENT_TEST_PASS, (test) => add(test, 'passed'));
      runner.on(constants.EVENT_TEST_PENDING, (test) => add(test, 'pending'));
      runner.on(constants.EVENT_TEST_FAIL, (test, error: Error) => add(test, 'failed', error));
    }
  }
  mocha.reporter(Recorder as unknown as Mocha.ReporterConstructor);
  const failures = await new Promise<number>((done) => mocha.run(done));
  writeFileSync(`${resultFile}.partial`, JSON.stringify(tests));
  renameSync(`${resultFile}.partial`, resultFile);
  if (failures > 0) throw new Error(`${failures} failed`);
}
