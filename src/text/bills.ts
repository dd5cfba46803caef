import type { Bilingual } from './sentence.ts';

/** What the bill reader, the download and the bill command say. */
export const billsText = {} as const satisfies Record<string, Bilingual>;
