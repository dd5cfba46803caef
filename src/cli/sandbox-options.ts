import { parseArgs } from 'node:util';
import { InputError } from '../alipay/errors.ts';
import { isSetting, STRICT_SETTINGS, SWITCH_NAMES, SWITCHES, type SwitchSettings } from '../sandbox/index.ts';
import { say } from '../text/index.ts';
import { badArguments } from './arguments.ts';

/** What `npm run sandbox` was asked for. */
export interface SandboxCommand {
  /** 0 picks a free one. */
  readonly port: number;
  /** Undefined: a temporary folder that goes away with the process. */
  readonly data: string | undefined;
  /** Undefined where none was named. */
  readonly seed: 'demo' | 'empty' | number | undefined;
  /** How many apps there must be beside the two. */
  readonly apps: number;
  readonly switches: SwitchSettings;
  readonly json: boolean;
}

/** A key takes a tenth of a second to make. */
const MOST_APPS = 50;

const OPTIONS = {
  port: { type: 'string' },
  data: { type: 'string' },
  seed: { type: 'string' },
  apps: { type: 'string' },
  strict: { type: 'boolean' },
  switch: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

/** Reads the command line. @throws InputError that says how it should be. */
export function readSandboxOptions(args: string[]): SandboxCommand {
  const values = parse(args);
  return {
    port: readPort(values.port ?? '0'),
    data: readData(values.data),
    seed: values.seed === undefined ? undefined : readSeed(values.seed),
    apps: readApps(values.apps ?? '0'),
    switches: { ...(values.strict ? STRICT_SETTINGS : {}), ...readSwitches(values.switch ?? []) },
    json: values.json ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: false, strict: true }).values;
  } catch (error) {
    throw badArguments(error, say('sandbox.usage'));
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InputError(say('sandbox.option.port', { value: text }));
  return port;
}

function readApps(text: string): number {
  const apps = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (!(apps <= MOST_APPS)) throw new InputError(say('sandbox.option.apps', { value: text, most: MOST_APPS }));
  return apps;
}

function readSwitches(texts: readonly string[]): SwitchSettings {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = '', value = ''] = text.split(/=(.*)/s);
      const known = SWITCH_NAMES.find((one) => one === name);
      if (!known) throw new InputError(say('sandbox.no_switch', { name, known: SWITCH_NAMES.join(', ') }));
      if (isSetting(name, value)) return [name, value];
      throw new InputError(say('sandbox.option.switch', { name, value, values: SWITCHES[known].values.join(', ') }));
    }),
  );
}

function readData(text: string | undefined): string | undefined {
  if (text === '') throw new InputError(say('sandbox.option.data'));
  return text;
}

function readSeed(text: string): 'demo' | 'empty' | number {
  if (text === 'demo' || text === 'empty') return text;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InputError(say('sandbox.option.seed', { value: text }));
}
