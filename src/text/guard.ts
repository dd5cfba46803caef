import type { Bilingual } from './sentence.ts';

export const guardText = {} as const satisfies Record<string, Bilingual>;
