import { say } from '../../text/index.ts';
import { isSetting, SWITCH_NAMES, SWITCHES } from '../switches.ts';
import type { World } from '../world/world.ts';
import { AdminRefusal, oneOf, type Body } from './body.ts';

/** Every switch: how it stands, and what it can be; the first value is the default. */
export function showSwitches({ switches }: World): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    SWITCH_NAMES.map((name) => [name, { value: switches.get(name), values: SWITCHES[name].values }]),
  );
}

/** Sets the switches a body names, all or none. @throws AdminRefusal for a name or value that is not on the list */
export function setSwitches(world: World, body: Body): Readonly<Record<string, unknown>> {
  const settings: Record<string, string> = {};
  for (const name of body.names()) {
    const known = SWITCH_NAMES.find((one) => one === name);
    if (!known) {
      const names = SWITCH_NAMES.join(', ');
      throw new AdminRefusal(400, say('sandbox.no_switch', { name: name.slice(0, 64), known: names }));
    }
    const value = body.raw(name);
    if (!isSetting(name, value)) throw body.refuse(name, oneOf(SWITCHES[known].values));
    settings[name] = String(value);
  }
  world.setSwitches(settings);
  return showSwitches(world);
}
