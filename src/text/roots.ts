import type { Bilingual } from './sentence.ts';

export const rootsText = {} as const satisfies Record<string, Bilingual>;
