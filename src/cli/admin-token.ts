import { readFileSync } from 'node:fs';
import { SetupError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';
import { unreadable } from './file-words.ts';

/** Where the token of a sandbox's admin door comes from: a file keeps it out of the list of processes. */
export type TokenSource = { readonly token: string } | { readonly tokenFile: string };

/** @throws SetupError when the file cannot be read, or holds nothing */
export function readAdminToken(source: TokenSource): string {
  if ('token' in source) return source.token;
  const { tokenFile: path } = source;
  let token: string;
  try {
    token = readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new SetupError(unreadable('--admin-token-file', path, error));
  }
  if (token === '') throw new SetupError(say('attach.no_token_in_file', { path }));
  return token;
}
