import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '../../src/alipay/errors.ts';
import { badArguments } from '../../src/cli/arguments.ts';
import { say } from '../../src/text/index.ts';
import { ROOT } from '../lib/node24.mjs';

const OPTIONS = {
  port: { type: 'string' },
  data: { type: 'string' },
  browser: { type: 'boolean' },
  tour: { type: 'boolean' },
};

/**
 * What `npm start` was asked for. Throws an InputError that says how it should be.
 * @returns {{ tour: boolean, browser: boolean, port: number | undefined, data: string }}
 *   browser: desktop VS Code is not looked for; port: undefined means the last one, 0 a free one; data: absolute
 */
export function readStartOptions(args) {
  const { tour = false, browser = false, port, data } = parse(args);
  return { tour, browser, port: readPort(port), data: data ? resolve(data) : join(ROOT, '.cache', 'start') };
}

function parse(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: false, strict: true }).values;
  } catch (error) {
    throw badArguments(error, say('start.usage'));
  }
}

function readPort(text) {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InputError(say('start.option.port', { value: text }));
  return port;
}
