import { EARLIEST_MS, LATEST_MS } from './clock-range.ts';
import type { TakeNotificationFault } from './notification-faults.ts';
import type { Switches, SwitchSettings } from '../switches.ts';
import { TABLES } from './schema.ts';
import { Store } from './store.ts';
import { SwitchBoard } from './switch-board.ts';

/** The state of one sandbox: its database and its clock. Rules are functions over it, one file for each subject. */
export interface World {
  readonly store: Store;
  readonly switches: Switches;
  setSwitches(settings: SwitchSettings): void;
  readonly takeNotificationFault: TakeNotificationFault;
  /** Virtual time in ms: the machine's, moved by the admin door. */
  now(): number;
  /** The machine's own time in ms. */
  machineNow(): number;
  /** How far virtual time is ahead of the machine's, in ms. */
  clockOffset(): number;
  /** Moves virtual time by `ms`, but never out of the years it may be in; it goes on from there. */
  moveClock(ms: number): void;
  /** The next number of a sequence that survives restarts. */
  next(sequence: string): number;
  /** Another number after the whole state made way for another: what was read before may share no more than ids with it. */
  readonly era: number;
  /** To be told that every row was replaced: reads the clock again and begins another era. */
  replaced(): void;
  /** Empties every table, puts the clock right and begins another era. */
  clear(): void;
}

/** Opens the world in a database file, or a new one in memory. @param machineNow the machine's time in ms. */
export function openWorld(
  database: string,
  machineNow: () => number,
  takeNotificationFault: TakeNotificationFault = () => undefined,
): World {
  const store = new Store(database);
  const switches = new SwitchBoard(store);
  const readMeta = (name: string) =>
    Number(store.get<{ value: string }>('SELECT value FROM meta WHERE name = ?', name)?.value ?? 0);
  const writeMeta = (name: string, value: number) =>
    store.run(
      'INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      String(value),
    );
  let offset = readMeta('clock-offset');
  let era = 0;
  return {
    store,
    switches,
    setSwitches: (settings) => switches.set(settings),
    takeNotificationFault,
    machineNow,
    now: () => machineNow() + offset,
    clockOffset: () => offset,
    moveClock: (ms) => {
      const now = machineNow() + offset;
      offset += Math.min(Math.max(now + ms, EARLIEST_MS), LATEST_MS) - now;
      writeMeta('clock-offset', offset);
    },
    get era() {
      return era;
    },
    replaced: () => {
      era += 1;
      offset = readMeta('clock-offset');
    },
    next: (sequence) => {
      const value = readMeta(`sequence-${sequence}`) + 1;
      writeMeta(`sequence-${sequence}`, value);
      return value;
    },
    clear: () => {
      era += 1;
      for (const table of TABLES) store.run(`DELETE FROM ${table}`);
      offset = 0;
    },
  };
}
