import { randomBytes } from 'node:crypto';
import type { StoredToken, TokenStore } from '../tools/context.ts';

/** OAuth tokens for as long as this process lives: nothing outside the editor's vault keeps them longer. */
export function memoryTokens(): TokenStore {
  const tokens = new Map<string, StoredToken>();
  const sentCodes = new Set<string>();
  return {
    put(token) {
      const handle = `tok_${randomBytes(16).toString('hex')}`;
      tokens.set(handle, token);
      return Promise.resolve(handle);
    },
    get: (handle) => Promise.resolve(tokens.get(handle)),
    claimCode(code) {
      if (sentCodes.has(code)) return Promise.resolve(false);
      sentCodes.add(code);
      return Promise.resolve(true);
    },
  };
}
