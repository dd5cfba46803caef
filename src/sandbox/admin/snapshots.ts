import { formatBeijing } from '../../alipay/beijing-time.ts';
import { say } from '../../text/index.ts';
import {
  dropSnapshot,
  findSnapshot,
  restoreSnapshot,
  snapshots,
  takeSnapshot,
  type Snapshot,
} from '../world/snapshots.ts';
import type { World } from '../world/world.ts';
import { AdminRefusal, type Body } from './body.ts';
import { clockState } from './state.ts';

const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;
const NAME_RULE = '1 to 64 letters, digits, dots, hyphens or underscores';

type Shown = Readonly<Record<string, unknown>>;

/** Keeps the state under a name: the one that is asked for, or the next free number. @throws AdminRefusal */
export function snapshot(world: World, body: Body): Shown {
  return show(takeSnapshot(world, body.text('name', NAME, NAME_RULE) ?? freeName(world)));
}

/** Every snapshot, the oldest first. */
export function listSnapshots(world: World): Shown[] {
  return snapshots(world).map(show);
}

/** Goes back to a snapshot. @throws AdminRefusal where there is none of that name */
export function restore(world: World, body: Body): Shown {
  const name = body.text('name', NAME, NAME_RULE);
  if (name === undefined) throw body.refuse('name', NAME_RULE);
  restoreSnapshot(world, named(world, name));
  return { name, clock: clockState(world) };
}

/** Forgets a snapshot. @throws AdminRefusal where there is none of that name */
export function deleteSnapshot(world: World, name: string): void {
  dropSnapshot(world, named(world, name));
}

function named(world: World, name: string): Snapshot {
  const found = findSnapshot(world, name);
  if (found) return found;
  const known = snapshots(world).map((one) => one.name);
  throw new AdminRefusal(404, say('sandbox.admin.no_snapshot', { name: name.slice(0, 64), known: known.join(', ') }));
}

function freeName(world: World): string {
  const taken = new Set(snapshots(world).map(({ name }) => name));
  let number = 1;
  while (taken.has(String(number))) number += 1;
  return String(number);
}

function show({ name, taken_at: at }: Snapshot): Shown {
  return { name, taken_at: formatBeijing(at) };
}
