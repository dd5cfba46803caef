import { InputError, type ProductError } from '../alipay/errors.ts';
import { render, say, type Locale, type Sentence } from '../text/index.ts';

/** Whether somebody asks how the program is used, rather than uses it. */
export function asksForHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

/** What is wrong with a command line, by what `parseArgs` threw over it, and how it should be. */
export function badArguments(error: unknown, usage: Sentence): InputError {
  const { code, message } = error as NodeJS.ErrnoException;
  const word = /'(?:-\w, )?([^' ]*)/.exec(message)?.[1] ?? '';
  const shown = word.slice(0, 60);
  return new InputError(whatIsWrong(code, message, shown), usage);
}

/** An error and what to do about it, for a terminal. */
export function wordsOf(error: ProductError, locale: Locale): string {
  return [error.say(locale), ...(error.nextStep ? [render(locale, error.nextStep)] : [])].join('\n');
}

function whatIsWrong(code: string | undefined, message: string, word: string): Sentence {
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return say('option.stray', { word });
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return say('option.unknown', { option: word });
  if (message.includes('does not take')) return say('option.takes_none', { option: word });
  return say(message.includes('ambiguous') ? 'option.dashed' : 'option.no_value', { option: word });
}
