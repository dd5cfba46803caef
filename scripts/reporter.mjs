import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const GRACE_MS = 30_000;

/**
 * Mocha's spec output for people, and the same result as JSON in the file named by the environment's SUITE_RESULT.
 * A suite that has ended but keeps the process alive is ended here: something it opened was never closed.
 */
export default class SuiteReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const pending = [];
    runner.on('pending', (test) => pending.push(test.fullTitle()));
    runner.once('end', () => {
      const { passes, failures } = runner.stats;
      const result = { passes, failures, pending };
      record(result);
      setTimeout(() => endStuckProcess(result), GRACE_MS).unref();
    });
  }
}

function record(result) {
  writeFileSync(process.env.SUITE_RESULT, JSON.stringify(result));
}

/** Mocha answers every exit with its own code, so the result itself has to say it. */
function endStuckProcess(result) {
  const open = process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap' && name !== 'TTYWrap');
  record({ ...result, stillOpen: open });
  process.exit();
}
