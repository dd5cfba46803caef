import { say, type Sentence } from '../text/index.ts';

/** Why a file that was named on a command line cannot be read, by what the system threw. */
export function unreadable(option: string, path: string, error: unknown): Sentence {
  const { code = 'error' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return say('file.none', { option, path });
  if (code === 'EISDIR') return say('file.is_folder', { option, path });
  if (code === 'EACCES') return say('file.forbidden', { option, path });
  return say('file.unreadable', { option, path, code });
}
