import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '../alipay/clock.ts';
import { InputError, RefusedError } from '../alipay/errors.ts';
import { acceptAsItIs, acceptedAt, isAcceptable, Ledger, LedgerFault, readTrail, startAnew } from '../ledger/index.ts';
import { render, say, t, type Locale } from '../text/index.ts';
import { FileSeal } from './file-seal.ts';
import type { LedgerAction } from './mcp-options.ts';

/** A ledger as `mcp-parts.ts` names them, or the head of one that is gone. What was set aside is none any more. */
const LEDGER_OR_HEAD = /^(ledger(?:-[^.]+)?\.sqlite)(?:\.seal-head)?$/;

export interface LedgerCommandParts {
  readonly locale: Locale;
  readonly tell: (words: string) => void;
  /** One line of data, on stdout. */
  readonly print: (line: string) => void;
  /** Asks the person at the terminal; undefined where there is none. Undefined as an answer: the person left. */
  readonly ask: ((question: string) => Promise<string | undefined>) | undefined;
}

/**
 * `npm run mcp -- --ledger …`: looks at every ledger of a folder, and lets a person, at a terminal, go on with a broken
 * one or without it. Nothing but the words of the decision typed there decides (G5).
 *
 * @returns whether every ledger can be believed now.
 * @throws InputError where the folder is none.
 * @throws RefusedError where there is no ledger, or a decision is asked of somebody who is not at a terminal.
 */
export async function tendLedgers(action: LedgerAction, folder: string, parts: LedgerCommandParts): Promise<boolean> {
  const files = ledgersIn(resolve(folder));
  if (files.length === 0) throw new RefusedError(say('ledger_command.none', { folder: resolve(folder) }));
  const isDecision = action === 'accept' || action === 'set-aside';
  if (isDecision && !parts.ask) throw new RefusedError(say('ledger_command.person'));
  let isGood = true;
  for (const { name, file } of files) {
    const fault = await examine(name, file, parts);
    const isReadable = !fault || isAcceptable(fault.kind);
    if (action === 'show' && isReadable) for (const entry of readTrail(file)) parts.print(JSON.stringify(entry));
    const isDecided = fault && isDecision && (await decide(action, fault, { name, file }, parts));
    if (fault && !isDecided) isGood = false;
  }
  return isGood;
}

interface LedgerFile {
  readonly name: string;
  readonly file: string;
}

function ledgersIn(folder: string): LedgerFile[] {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw new InputError(say('folder.is_file', { path: folder }));
  const names = found ? readdirSync(folder).map((name) => LEDGER_OR_HEAD.exec(name)?.[1]) : [];
  return [...new Set(names)]
    .filter((name) => name !== undefined)
    .toSorted()
    .map((name) => ({ name, file: join(folder, name) }));
}

/** Says what a ledger is like. @returns what is wrong with it. */
async function examine(
  name: string,
  file: string,
  { locale, tell }: LedgerCommandParts,
): Promise<LedgerFault | undefined> {
  try {
    const ledger = await Ledger.open(file, systemClock, new FileSeal(file));
    try {
      tell(t(locale, 'ledger_command.good', { name, count: await ledger.verify() }));
      const when = acceptedAt(readTrail(file));
      if (when !== undefined) tell(t(locale, 'audit.accepted', { when }));
      await ledger.settled();
    } finally {
      ledger.close();
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    tell(t(locale, 'ledger_command.bad', { name, what: render(locale, error.sentence) }));
    tell(t(locale, isAcceptable(error.kind) ? 'ledger_command.how' : 'ledger_command.how.set_aside'));
    return error;
  }
}

/** @returns whether the person decided so, and it was done. */
async function decide(
  action: 'accept' | 'set-aside',
  fault: LedgerFault,
  { name, file }: LedgerFile,
  { locale, tell, ask }: LedgerCommandParts,
): Promise<boolean> {
  const isAccepting = action === 'accept';
  if (isAccepting && !isAcceptable(fault.kind)) return false;
  const word = t(locale, isAccepting ? 'ledger.accept.action' : 'ledger.anew.action');
  tell(`\n${t(locale, isAccepting ? 'ledger.accept.sure' : 'ledger.anew.sure')}`);
  tell(t(locale, isAccepting ? 'ledger.accept.consequence' : 'ledger.anew.consequence'));
  const typed = await ask?.(t(locale, 'ledger_command.type', { action: word }));
  if (typed?.trim().toLowerCase() !== word.toLowerCase()) {
    tell(`\n${t(locale, 'ledger_command.left', { name })}`);
    return false;
  }
  const seal = new FileSeal(file);
  if (isAccepting) {
    await acceptAsItIs(file, systemClock, seal);
    tell(t(locale, 'ledger.accepted'));
    return true;
  }
  const aside = await startAnew(file, systemClock, seal);
  tell(aside === undefined ? t(locale, 'ledger.begun') : t(locale, 'ledger.set_aside', { name: aside }));
  return true;
}
