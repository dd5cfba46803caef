import type { Locale } from '../text/index.ts';

/** The language of the person at this terminal, by the usual variables; English unless they say Chinese. */
export function localeOf(env: NodeJS.ProcessEnv): Locale {
  const said = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return said.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
