import assert from 'node:assert/strict';

const unheard: unknown[] = [];
process.on('unhandledRejection', (reason) => unheard.push(reason));

/** A rejection nobody listens to ends the product's process: here it fails the run, where mocha alone would go on. */
export const mochaHooks = {
  afterEach(): void {
    assert.deepEqual(unheard.splice(0), [], 'a promise was rejected and nobody listened');
  },
};
