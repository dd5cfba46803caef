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
      writeFileSync(process.env.SUITE_RESULT, JSON.stringify({ passes, failures, pending }));
      setTimeout(endStuckProcess, GRACE_MS).unref();
    });
  }
}

function endStuckProcess() {
  console.error(
    `The suite has ended, but these keep its process alive: ${process.getActiveResourcesInfo().join(', ')}`,
  );
  process.exit(70);
}
