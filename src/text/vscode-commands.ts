import type { Bilingual } from './sentence.ts';

export const vscodeCommandsText = {} as const satisfies Record<string, Bilingual>;
