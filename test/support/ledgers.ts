import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../src/alipay/clock.ts';
import { FileSeal } from '../../src/cli/file-seal.ts';
import { Ledger, type Limits, type NewOperation } from '../../src/ledger/index.ts';

export const LIMITS: Limits = { perOperation: 100_000, perDay: 300_000, perPayee: 200_000 };

/** A clock whose wall time a test moves; waits are real. */
export class MovedClock implements Clock {
  offset = 0;
  monotonicOffset = 0;
  now = (): number => Date.now() + this.offset;
  monotonic = (): number => performance.now() + this.monotonicOffset;
  wait = (ms: number, signal?: AbortSignal): Promise<void> => systemClock.wait(ms, signal);
}

/** A new folder for ledgers, and a way to be rid of it. */
export function ledgerFolder(): { file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  // A head may still be on its way to the files beside it: then the folder is not empty at the first try.
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  return { file: join(folder, 'ledger.sqlite'), remove };
}

/** A ledger sealed by files beside it, as outside VS Code, so that other processes of a test find the seal. */
export function openLedger(file: string, clock: Clock): Promise<Ledger> {
  return Ledger.open(file, clock, new FileSeal(file));
}

/** A refund of 15.50 on one trade, unless said otherwise. */
export function wanted(change: Partial<NewOperation> = {}): NewOperation {
  return {
    account: 'openapi.example/2021000000000001',
    method: 'alipay.trade.refund',
    target: 'trade:2024040122001400000000000001',
    fen: 1_550,
    facts: '{}',
    caller: 'test',
    againAfter: undefined,
    ...change,
  };
}

/** Proposes an operation that nothing stands in the way of, and describes it with `digest`. */
export async function proposed(ledger: Ledger, change: Partial<NewOperation> = {}, digest = 'd1'): Promise<string> {
  const opened = await ledger.propose(wanted(change));
  if (opened.kind !== 'created') throw new Error(`not created but ${opened.kind}`);
  const { id } = opened.operation;
  await ledger.describe(id, { number: `R${id}`, digest, bizContent: '{}', facts: '{}' });
  return id;
}

/** Takes an operation all the way to *sending*. */
export async function sending(ledger: Ledger, change: Partial<NewOperation> = {}, limits = LIMITS): Promise<string> {
  const id = await proposed(ledger, change);
  await ledger.approve(id, 'd1', limits);
  await ledger.redeem(id, 'd1', limits, () => undefined);
  return id;
}

/** Takes an operation all the way to *succeeded*. */
export async function succeeded(ledger: Ledger, change: Partial<NewOperation> = {}, limits = LIMITS): Promise<string> {
  const id = await sending(ledger, change, limits);
  await ledger.move(id, 'succeeded', { answer: {} });
  return id;
}
