import { render, type Locale, type Sentence } from '../text/index.ts';

/**
 * A refusal before anything was sent. One subclass for each thing the caller should do about it. What Alipay answered,
 * or failed to answer, is never an error but an `Outcome`.
 */
export abstract class ProductError extends Error {
  readonly sentence: Sentence;
  readonly nextStep: Sentence | undefined;

  constructor(sentence: Sentence, nextStep?: Sentence) {
    super(render('en', sentence));
    this.sentence = sentence;
    this.nextStep = nextStep;
  }

  say(locale: Locale): string {
    return render(locale, this.sentence);
  }
}

/** The input is wrong: call again with a right one. */
export class InputError extends ProductError {
  override readonly name = 'InputError';
}

/** The profile is wrong (key, certificate, gateway): a person has to mend it. */
export class SetupError extends ProductError {
  override readonly name = 'SetupError';
}

/** The request is right but not allowed here or now; `nextStep` says what would be. */
export class RefusedError extends ProductError {
  override readonly name = 'RefusedError';
}
