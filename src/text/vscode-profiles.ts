import type { Bilingual } from './sentence.ts';

export const vscodeProfilesText = {} as const satisfies Record<string, Bilingual>;
