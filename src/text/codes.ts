import type { Bilingual } from './sentence.ts';

export const codesText = {} as const satisfies Record<string, Bilingual>;
