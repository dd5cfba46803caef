import type { Bilingual } from './sentence.ts';

/** What the sandbox's pages in the browser say. */
export const pagesText = {} as const satisfies Record<string, Bilingual>;
