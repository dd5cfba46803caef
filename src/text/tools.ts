import type { Bilingual } from './sentence.ts';

export const toolsText = {} as const satisfies Record<string, Bilingual>;
