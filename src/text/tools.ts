import type { Bilingual } from './sentence.ts';

/** Titles, descriptions and sentences of the ten tools. */
export const toolsText = {
  'result.try_again': {
    en: 'Nothing was changed by asking. Try again in a moment.',
    zh: '查询不会改变任何内容，请稍后再试。',
  },
} as const satisfies Record<string, Bilingual>;
