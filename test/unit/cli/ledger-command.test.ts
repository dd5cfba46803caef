import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../../src/alipay/clock.ts';
import { InputError, RefusedError } from '../../../src/alipay/errors.ts';
import { askTerminal } from '../../../src/cli/ask-terminal.ts';
import { tendLedgers, type LedgerCommandParts } from '../../../src/cli/ledger-command.ts';
import type { LedgerAction } from '../../../src/cli/mcp-options.ts';
import type { Locale } from '../../../src/text/index.ts';
import { withFolder } from '../../support/folders.ts';
import { openLedger, proposed, succeeded } from '../../support/ledgers.ts';

interface Run {
  readonly isGood: boolean;
  readonly said: string;
  readonly printed: readonly string[];
}

/** Runs the command with a person who types `answers`, then leaves; `undefined`: nobody sits there. */
async function run(
  folder: string,
  action: LedgerAction,
  answers?: readonly string[],
  locale: Locale = 'en',
): Promise<Run> {
  const [said, printed, left]: [string[], string[], string[]] = [[], [], [...(answers ?? [])]];
  const ask: LedgerCommandParts['ask'] = async (question) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answer = left.shift();
    input.end(answer === undefined ? '' : `${answer}\n`);
    const typed = await askTerminal(question, { input, output }, new AbortController().signal);
    said.push(String(output.read() ?? ''));
    return typed;
  };
  const isGood = await tendLedgers(action, folder, {
    locale,
    tell: (words) => said.push(words),
    print: (line) => printed.push(line),
    ask: answers && ask,
  });
  return { isGood, said: said.join('\n'), printed };
}

/** A ledger with one refund, and a denied one with a reason. */
async function filled(folder: string, name = 'ledger.sqlite'): Promise<string> {
  const file = join(folder, name);
  const ledger = await openLedger(file, systemClock);
  await succeeded(ledger, { target: 'trade:1' });
  await ledger.move(await proposed(ledger, { target: 'trade:2' }), 'denied', { reason: 'wrong customer' });
  await ledger.settled();
  ledger.close();
  return file;
}

function alter(file: string): void {
  const db = new DatabaseSync(file);
  db.exec(`UPDATE operation SET fen = 1 WHERE target = 'trade:1'`);
  db.close();
}

const asideIn = (folder: string): string[] => readdirSync(folder).filter((name) => /set-aside.*sqlite$/.test(name));

describe('a ledger outside VS Code', () => {
  it('is verified by anybody: each of a folder, with its count', () =>
    withFolder(async (folder) => {
      await filled(folder);
      await filled(folder, 'ledger-ab12.sqlite');
      const { isGood, said } = await run(folder, 'verify');
      assert.equal(isGood, true);
      assert.match(said, /^ledger-ab12\.sqlite: all \d+ entries.*\nledger\.sqlite: all \d+ entries/);
    }));

  it('G8: says what is wrong with it, and what a person can do', () =>
    withFolder(async (folder) => {
      alter(await filled(folder));
      const { isGood, said } = await run(folder, 'verify');
      assert.equal(isGood, false);
      assert.match(said, /operation op_\S+ is not as its last entry left it[^]*--ledger accept[^]*--ledger set-aside/);
    }));

  it('G5: nobody at a terminal decides nothing, whatever is wrong', () =>
    withFolder(async (folder) => {
      alter(await filled(folder));
      for (const action of ['accept', 'set-aside'] as const)
        await assert.rejects(
          run(folder, action),
          (error) => error instanceof RefusedError && /person/.test(error.message),
        );
      assert.equal((await run(folder, 'verify')).isGood, false);
      assert.deepEqual(asideIn(folder), []);
    }));

  it('G8: is gone on with only after the words of the decision were typed, under its consequence', () =>
    withFolder(async (folder) => {
      alter(await filled(folder));
      for (const answers of [[], [''], ['y'], ['yes'], ['accept'], ['Begin Anew']]) {
        const { isGood, said } = await run(folder, 'accept', answers);
        assert.equal(isGood, false, answers.join());
        assert.match(said, /ledger\.sqlite is left as it is/);
      }
      assert.equal((await run(folder, 'verify')).isGood, false);
      const { isGood, said } = await run(folder, 'accept', ['Believe It']);
      assert.equal(isGood, true);
      assert.match(
        said,
        /Believe the ledger as it stands\?\nIf somebody changed it[^]*The ledger is used as it stands/,
      );
      const verified = await run(folder, 'verify');
      assert.equal(verified.isGood, true);
      assert.match(verified.said, /A person accepted the ledger as it stood at \d{4}-/);
      assert.equal(
        (await run(folder, 'show')).printed.some((line) => line.includes('"accepted"')),
        true,
      );
    }));

  it('G8: is set aside and kept, and a new one begun', () =>
    withFolder(async (folder) => {
      writeFileSync(await filled(folder), 'damaged '.repeat(1_000));
      const refused = await run(folder, 'accept', ['Believe It']);
      assert.equal(refused.isGood, false);
      assert.match(refused.said, /cannot be gone on with/);
      assert.doesNotMatch(refused.said, /Believe/);
      assert.equal((await run(folder, 'set-aside', ['Believe It'])).isGood, false);
      assert.deepEqual(asideIn(folder), []);
      const { isGood, said } = await run(folder, 'set-aside', ['begin anew ']);
      assert.equal(isGood, true);
      assert.match(said, /no longer counts against the limits[^]*kept as ledger\.set-aside-/);
      assert.equal(asideIn(folder).length, 1);
      assert.match((await run(folder, 'verify')).said, /^ledger\.sqlite: all 1 entries[^\n]*$/);
    }));

  it('G8: is missed when it is gone, and begun anew by a person alone', () =>
    withFolder(async (folder) => {
      rmSync(await filled(folder));
      assert.match((await run(folder, 'verify')).said, /file is gone, although there was one/);
      assert.equal((await run(folder, 'set-aside', ['Begin Anew'])).isGood, true);
      assert.equal((await run(folder, 'verify')).isGood, true);
    }));

  it('leaves a good one beside a broken one alone', () =>
    withFolder(async (folder) => {
      await filled(folder);
      alter(await filled(folder, 'ledger-ab12.sqlite'));
      const { isGood, said } = await run(folder, 'set-aside', ['Begin Anew']);
      assert.equal(isGood, true);
      assert.equal(said.match(/Begin a new ledger\?/g)?.length, 1);
      assert.match((await run(folder, 'show')).printed.join('\n'), /wrong customer/);
    }));

  it('is decided about in Chinese', () =>
    withFolder(async (folder) => {
      alter(await filled(folder));
      assert.match(
        (await run(folder, 'accept', ['Believe It'], 'zh')).said,
        /按现状采信账本？[^]*ledger\.sqlite 保持原样/,
      );
      assert.match((await run(folder, 'accept', ['采信'], 'zh')).said, /账本按现状使用/);
    }));

  it('says of a file that it is no folder', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'notes.txt');
      writeFileSync(file, '');
      await assert.rejects(run(file, 'verify'), (error: unknown) => {
        assert.ok(error instanceof InputError);
        assert.match(error.say('en'), /notes\.txt is a file; a folder is needed/);
        return true;
      });
    }));

  it('says that there is none, and makes none', () =>
    withFolder(async (folder) => {
      for (const place of [folder, join(folder, 'nowhere')])
        await assert.rejects(
          run(place, 'verify'),
          (error) => error instanceof RefusedError && /--data/.test(error.message),
        );
      assert.deepEqual(readdirSync(folder), []);
    }));
});
