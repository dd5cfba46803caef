import assert from 'node:assert/strict';
import { ProductError } from '../../src/alipay/errors.ts';
import { render, type Sentence } from '../../src/text/index.ts';

/** The sentence with which `act` refuses; a test fails when it does not, or throws anything but a product error. */
export function refusal(act: () => unknown): Sentence {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof ProductError, `not a sentence but ${String(error)}`);
    assert.equal(error.message, render('en', error.sentence));
    return error.sentence;
  }
  assert.fail('it was not refused');
}

/** The key of the sentence with which `act` refuses. */
export function refusalKey(act: () => unknown): string {
  return refusal(act).key;
}
