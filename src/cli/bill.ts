/** `npm run --silent bill -- FILE.zip [--json] [--flag-above YUAN]`: the totals of a bill that was downloaded. */
import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { InputError } from '../alipay/errors.ts';
import { parseAmount, type Fen } from '../alipay/money.ts';
import { readBill } from '../bills/index.ts';
import { say, t } from '../text/index.ts';
import { asksForHelp, badArguments, wordsOf } from './arguments.ts';
import { billAsJson, billAsText } from './bill-report.ts';
import { unreadable } from './file-words.ts';
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

const USAGE = say('bill_command.usage');

const locale = localeOf(process.env);

try {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) process.stdout.write(`${t(locale, 'bill_command.usage')}\n`);
  else await report(readArguments(args));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${wordsOf(error, locale)}\n`);
  process.exitCode = EXIT_BAD_INPUT;
}

async function report(request: Request): Promise<void> {
  const bill = await readBill(await readArchive(request.file));
  const totals = request.json ? billAsJson(bill, request.flagAbove) : billAsText(locale, bill, request.flagAbove);
  process.stdout.write(`${totals}\n`);
  if (!bill.checks.every((check) => check.agrees)) process.exitCode = EXIT_DISAGREES;
}

function readArguments(args: string[]): Request {
  const { values, positionals } = parse(args);
  const [file] = positionals;
  if (file === undefined) throw new InputError(say('bill_command.which'), USAGE);
  const [, stray] = positionals;
  if (stray !== undefined) throw new InputError(say('option.stray', { word: stray.slice(0, 60) }), USAGE);
  const limit = values['flag-above'];
  const flagAbove = limit === undefined ? undefined : parseAmount(limit, '--flag-above', { min: 1, max: MOST_YUAN });
  return { file, json: values.json ?? false, flagAbove };
}

/** An option that does not exist, or a missing value, is answered with how it should be. */
function parse(args: string[]) {
  try {
    const options = { json: { type: 'boolean' }, 'flag-above': { type: 'string' } } as const;
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw badArguments(error, USAGE);
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
    throw new InputError(unreadable('FILE.zip', file, error));
  }
}
