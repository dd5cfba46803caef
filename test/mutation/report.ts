import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type Room } from './rooms.ts';

/** Mutants of one file by their fate. A time-out is found like a failure. */
export interface Tally {
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  readonly notReached: number;
}

export interface RoomReport {
  /** What it is a report of: `hashOf(room)`. */
  readonly sources: string;
  readonly files: Readonly<Record<string, Tally>>;
  /** Keys of the mutants no test finds. */
  readonly survivors: readonly string[];
}

export type Report = Partial<Record<Room, RoomReport>>;

/** Found mutants among all, 0 to 1. */
export function scoreOf({ files }: RoomReport): number {
  const tallies = Object.values(files);
  const found = tallies.reduce((sum, { killed, timeout }) => sum + killed + timeout, 0);
  return found / tallies.reduce((sum, tally) => sum + tally.survived + tally.notReached, found);
}

/** One explanation serves every survivor that is one of its `keys`. */
interface Explanation {
  readonly why: string;
  readonly keys: readonly string[];
}

let explanations: readonly Explanation[] | undefined;

/** Whether somebody has said why a survivor may live. */
export function explains(key: string): boolean {
  explanations ??= JSON.parse(readFileSync(join(ROOT, 'test/mutation/survivors.json'), 'utf8')) as Explanation[];
  return explanations.some(({ keys }) => keys.includes(key));
}

/** The survivors nobody has explained. */
export function survivorsLeft(report: Report): string[] {
  return Object.values(report).flatMap(({ survivors }) => survivors.filter((key) => !explains(key)));
}
