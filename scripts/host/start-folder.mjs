/** What `npm start` keeps from one run to the next, for its owner only. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;
const TOKEN = /^[\w-]{32,}$/;

/**
 * Token and key are made at the first run. The port is kept too: a browser keeps what belongs to an address, secrets
 * included, apart from what belongs to any other.
 * @param {string} path absolute
 * @returns {{ path: string, token: string, key: Buffer, port: number, rememberPort(port: number): void,
 *   folder(name: string): string }} port: the last one, 0 at the first run; folder: one inside, made where it is missing
 */
export function openStartFolder(path) {
  makeOwn(path);
  const place = (name) => join(path, name);
  return {
    path,
    token: kept(place('token'), () => randomBytes(24).toString('base64url'), isToken).toString('utf8'),
    key: kept(
      place('seal-key'),
      () => randomBytes(KEY_BYTES),
      ({ length }) => length === KEY_BYTES,
    ),
    port: existsSync(place('port')) ? Number(readFileSync(place('port'), 'utf8')) || 0 : 0,
    rememberPort: (port) => writeFileSync(place('port'), String(port)),
    folder: (name) => makeOwn(place(name)),
  };
}

const isToken = (bytes) => TOKEN.test(bytes.toString('utf8'));

function makeOwn(path) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

/** A file that a run which died has left half written is made anew. */
function kept(file, make, isWhole) {
  const before = existsSync(file) ? readFileSync(file) : undefined;
  if (before && isWhole(before)) return before;
  writeFileSync(file, make(), { mode: 0o600 });
  return readFileSync(file);
}
