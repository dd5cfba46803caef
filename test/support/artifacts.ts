import { appendFileSync, mkdirSync, readFileSync, readdirSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const CACHE = resolve(import.meta.dirname, '../../.cache');

/** Where suites leave what the last suite scans; `npm test` empties both folders at the start. */
export const RUN_FOLDER = join(CACHE, 'run');
const SECRETS_FOLDER = join(CACHE, 'secrets');

/** Shorter texts would be found by chance. */
const SHORTEST_SECRET = 16;

/**
 * A folder for what a suite leaves behind on purpose: MCP transcripts, stderr logs, ledger databases. After the suites
 * the scan reads every byte of it. Not for the data folder of `npm run sandbox`: key files are that command's product.
 */
export function artifactsDir(name: string): string {
  const folder = join(RUN_FOLDER, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Tells the scan what must not appear in any artifact: a private key (PEM, or bare base64 of its DER) or a token.
 * @throws RangeError below 16 characters
 */
export function registerSecret(text: string): void {
  if (text.trim().length < SHORTEST_SECRET) throw new RangeError(`a secret has at least ${SHORTEST_SECRET} characters`);
  mkdirSync(SECRETS_FOLDER, { recursive: true });
  appendFileSync(join(SECRETS_FOLDER, `${process.pid}.jsonl`), `${JSON.stringify(text)}\n`, { mode: 0o600 });
}

/** Everything the suites of this run have registered, each once. */
export function registeredSecrets(): string[] {
  if (!existsSync(SECRETS_FOLDER)) return [];
  const lines = readdirSync(SECRETS_FOLDER).flatMap((file) =>
    readFileSync(join(SECRETS_FOLDER, file), 'utf8').split('\n').filter(Boolean),
  );
  return [...new Set(lines.map((line) => JSON.parse(line) as string))];
}
