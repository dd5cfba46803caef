/**
 * Characters that are not seen where they stand: controls, bidi marks, zero-width and other ignorable ones, line
 * separators, private and unassigned code points, halves of surrogate pairs.
 */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Replaces every character that hides, or hides others, by its name: a right-to-left override by `⟨U+202E⟩`. */
export function showHidden(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `⟨U+${code.padStart(4, '0')}⟩`;
  });
}
