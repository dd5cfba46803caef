/** `npm run --silent bill -- FILE.zip [--json] [--flag-above YUAN]`: the totals of a bill that was downloaded. */
import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { InputError } from '../alipay/errors.ts';
import { parseAmount, type Fen } from '../alipay/money.ts';
import { readBill } from '../bills/index.ts';
import { say } from '../text/index.ts';
import { billAsJson, billAsText } from './bill-report.ts';
import { localeOf } from './locale.ts';

const MEGABYTE = 1024 * 1024;
const MOST_MEGABYTES = 64;
const MOST_YUAN: Fen = 999_999_999_999;
/** The file's own figures and its rows differ: the totals are shown, but nobody should rely on the exit code alone. */
const EXIT_DISAGREES = 1;
const EXIT_BAD_INPUT = 2;

interface Request {
  readonly file: string;
  readonly json: boolean;
  readonly flagAbove: Fen | undefined;
}

const locale = localeOf(process.env);

try {
  const request = readArguments(process.argv.slice(2));
  const bill = await readBill(await readArchive(request.file));
  const report = request.json ? billAsJson(bill, request.flagAbove) : billAsText(locale, bill, request.flagAbove);
  process.stdout.write(`${report}\n`);
  if (!bill.checks.every((check) => check.agrees)) process.exitCode = EXIT_DISAGREES;
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.say(locale)}\n`);
  process.exitCode = EXIT_BAD_INPUT;
}

function readArguments(args: string[]): Request {
  const { values, positionals } = parse(args);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new InputError(say('bill_command.usage'));
  const limit = values['flag-above'];
  const flagAbove = limit === undefined ? undefined : parseAmount(limit, '--flag-above', { min: 1, max: MOST_YUAN });
  return { file, json: values.json ?? false, flagAbove };
}

/** An option that does not exist, or a missing value, is answered with how it should be. */
function parse(args: string[]) {
  try {
    const options = { json: { type: 'boolean' }, 'flag-above': { type: 'string' } } as const;
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch {
    throw new InputError(say('bill_command.usage'));
  }
}

async function readArchive(file: string): Promise<Buffer> {
  try {
    if ((await stat(file)).size > MOST_MEGABYTES * MEGABYTE) {
      throw new InputError(say('bill_command.too_large', { file, max: MOST_MEGABYTES }));
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '?';
    throw new InputError(say('bill_command.unreadable', { file, code }));
  }
}
