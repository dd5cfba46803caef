import { alipayText } from './alipay.ts';
import { approvalText } from './approval.ts';
import { billsText } from './bills.ts';
import { codesText } from './codes.ts';
import { dashboardText } from './dashboard.ts';
import { guardText } from './guard.ts';
import { pagesText } from './pages.ts';
import { rootsText } from './roots.ts';
import { sandboxText } from './sandbox.ts';
import { toolsText } from './tools.ts';
import { vscodeText } from './vscode.ts';
import { fill, type ArgsOf, type Bilingual, type Locale } from './sentence.ts';

export type { Locale } from './sentence.ts';

const sentences = {
  ...alipayText,
  ...approvalText,
  ...billsText,
  ...codesText,
  ...dashboardText,
  ...guardText,
  ...toolsText,
  ...pagesText,
  ...rootsText,
  ...sandboxText,
  ...vscodeText,
} as const;

export type TextKey = keyof typeof sentences;
type TextArgs<Key extends TextKey> = ArgsOf<(typeof sentences)[Key]>;

/** A sentence not yet said: what to say and with which values, in whichever language the listener reads. */
export interface Sentence {
  readonly key: TextKey;
  readonly args: Readonly<Record<string, string | number>>;
}

/** Makes a sentence to be said later; the values its `{names}` need are checked by the compiler. */
export function say<Key extends TextKey>(
  key: Key,
  ...[args]: keyof TextArgs<Key> extends never ? [] : [TextArgs<Key>]
): Sentence {
  return { key, args: args ?? {} };
}

/** Says a sentence in one language. */
export function render(locale: Locale, sentence: Sentence): string {
  const entry: Bilingual = sentences[sentence.key];
  return fill(entry[locale], sentence.args);
}

/** Says the sentence `key` at once. */
export function t<Key extends TextKey>(
  locale: Locale,
  key: Key,
  ...args: keyof TextArgs<Key> extends never ? [] : [TextArgs<Key>]
): string {
  return render(locale, say(key, ...args));
}

/** Reads a sentence that was kept as JSON; undefined where it is none that can be said. */
export function readSentence(json: string): Sentence | undefined {
  try {
    const sentence = JSON.parse(json) as Sentence;
    for (const locale of ['en', 'zh'] as const) render(locale, sentence);
    return sentence;
  } catch {
    return undefined;
  }
}
