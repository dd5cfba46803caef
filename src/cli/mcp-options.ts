import { parseArgs } from 'node:util';
import { InputError } from '../alipay/errors.ts';
import { say, type Locale } from '../text/index.ts';
import type { TokenSource } from './admin-token.ts';
import { localeOf } from './locale.ts';

/** Which Alipay the server talks to. */
export type Target =
  /** A sandbox of its own, in this process. */
  | { readonly kind: 'embedded' }
  /** A running sandbox of ours. */
  | ({ readonly kind: 'attach'; readonly admin: string } & TokenSource)
  /** Any other gateway: nothing that moves money works there. */
  | { readonly kind: 'gateway'; readonly gateway: string; readonly appId: string; readonly files: CredentialFiles };

export type CredentialFiles =
  | { readonly mode: 'key'; readonly privateKey: string; readonly alipayPublicKey: string }
  | {
      readonly mode: 'certificate';
      readonly privateKey: string;
      readonly appCert: string;
      readonly alipayCert: string;
      readonly rootCert: string;
    };

/** No server: what is to be done about the ledgers of a folder. */
export interface LedgerTarget {
  readonly kind: 'ledger';
  readonly action: LedgerAction;
}

export type LedgerAction = (typeof LEDGER_ACTIONS)[number];

export interface McpOptions {
  readonly locale: Locale;
  readonly target: Target | LedgerTarget;
  /** Where the ledger lives; undefined: where the target's usual place is. */
  readonly data: string | undefined;
  /** Serve streamable HTTP on this port (0 picks one) instead of stdio. */
  readonly http: number | undefined;
}

const CERTIFICATES = ['app-cert-file', 'alipay-cert-file', 'root-cert-file'] as const;
const TOKENS = ['admin-token', 'admin-token-file'] as const;
/** Where the token may stand, too: unlike a command line, an environment is its owner's to read. */
const TOKEN_VARIABLE = 'SANDBOX_ADMIN_TOKEN';
const GATEWAY_ONLY = ['app-id', 'private-key-file', 'alipay-public-key-file', ...CERTIFICATES] as const;
const LEDGER_ACTIONS = ['verify', 'show', 'accept', 'set-aside'] as const;
const SERVER_ONLY = ['admin', ...TOKENS, 'gateway', ...GATEWAY_ONLY, 'http'] as const;
const VALUES = [...SERVER_ONLY, 'data', 'ledger', 'locale'] as const;

type ValueName = (typeof VALUES)[number];
type Values = Partial<Record<ValueName, string>>;

/**
 * Reads the command line of `npm run mcp`.
 *
 * @param argv what stands after the program's name.
 * @throws InputError with a sentence for whatever does not fit together.
 */
export function parseMcpOptions(argv: readonly string[], env: NodeJS.ProcessEnv): McpOptions {
  const { sandbox, values } = readOptions(argv);
  return {
    locale: readLocale(values.locale, env),
    target: targetOf(sandbox, values, env),
    data: values.data,
    http: readPort(values),
  };
}

function readOptions(argv: readonly string[]): { sandbox: boolean; values: Values } {
  const options = {
    sandbox: { type: 'boolean' },
    ...Object.fromEntries(VALUES.map((name) => [name, { type: 'string' as const }])),
  } as const;
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  const values: Values = {};
  let sandbox = false;
  for (const token of tokens) {
    if (token.kind !== 'option') throw new InputError(say('option.unknown', { option: shown(argv[token.index]) }));
    const { rawName: option, name, value } = token;
    if (name === 'sandbox') {
      if (value !== undefined) throw new InputError(say('option.takes_none', { option }));
      sandbox = true;
    } else if (!isValueName(name)) {
      throw new InputError(say('option.unknown', { option: shown(option) }));
    } else if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'))) {
      throw new InputError(say('option.no_value', { option }));
    } else if (values[name] !== undefined) {
      throw new InputError(say('mcp.option.twice', { option }));
    } else {
      values[name] = value;
    }
  }
  return { sandbox, values };
}

function targetOf(sandbox: boolean, values: Values, env: NodeJS.ProcessEnv): Target | LedgerTarget {
  if (values.ledger === undefined) return sandbox ? sandboxTarget(values, env) : gatewayTarget(values);
  if (sandbox) throw new InputError(say('mcp.option.not_with', { option: '--ledger', other: '--sandbox' }));
  refuseTogether('ledger', values, SERVER_ONLY);
  const action = LEDGER_ACTIONS.find((one) => one === values.ledger);
  if (!action) throw new InputError(say('ledger_command.action', { value: shown(values.ledger) }));
  return { kind: 'ledger', action };
}

function sandboxTarget(values: Values, env: NodeJS.ProcessEnv): Target {
  refuseTogether('sandbox', values, ['gateway', ...GATEWAY_ONLY]);
  const { admin } = values;
  const given = TOKENS.find((name) => values[name] !== undefined);
  if (admin === undefined && given === undefined) return { kind: 'embedded' };
  if (admin === undefined) throw needs(given ?? 'admin-token', 'admin');
  refuseTogether('admin', values, ['http']);
  return { kind: 'attach', admin, ...tokenSource(values, env) };
}

/** An option wins over the environment. */
function tokenSource(values: Values, env: NodeJS.ProcessEnv): TokenSource {
  const { 'admin-token': token, 'admin-token-file': tokenFile } = values;
  if (tokenFile !== undefined) {
    refuseTogether('admin-token-file', values, ['admin-token']);
    return { tokenFile };
  }
  const found = token ?? env[TOKEN_VARIABLE];
  if (!found) throw needs('admin', 'admin-token-file');
  return { token: found };
}

function gatewayTarget(values: Values): Target {
  for (const name of ['admin', ...TOKENS, 'http'] as const) {
    if (values[name] !== undefined) throw needs(name, 'sandbox');
  }
  const { gateway } = values;
  const stray = GATEWAY_ONLY.find((name) => values[name] !== undefined);
  if (gateway === undefined && stray) throw needs(stray, 'gateway');
  if (gateway === undefined) throw new InputError(say('mcp.option.which'), say('mcp.usage'));
  const appId = required(values, 'app-id', 'gateway');
  const privateKey = required(values, 'private-key-file', 'gateway');
  return { kind: 'gateway', gateway, appId, files: credentialFiles(values, privateKey) };
}

function credentialFiles(values: Values, privateKey: string): CredentialFiles {
  const alipayPublicKey = values['alipay-public-key-file'];
  const certificate = CERTIFICATES.find((name) => values[name] !== undefined);
  if (alipayPublicKey !== undefined) {
    refuseTogether('alipay-public-key-file', values, CERTIFICATES);
    return { mode: 'key', privateKey, alipayPublicKey };
  }
  if (!certificate) throw new InputError(say('mcp.option.which_key'), say('mcp.usage'));
  return {
    mode: 'certificate',
    privateKey,
    appCert: required(values, 'app-cert-file', certificate),
    alipayCert: required(values, 'alipay-cert-file', certificate),
    rootCert: required(values, 'root-cert-file', certificate),
  };
}

function readLocale(value: string | undefined, env: NodeJS.ProcessEnv): Locale {
  if (value === undefined) return localeOf(env);
  if (value === 'en' || value === 'zh') return value;
  throw new InputError(say('mcp.option.locale', { value: shown(value) }));
}

function readPort({ http }: Values): number | undefined {
  if (http === undefined) return undefined;
  if (!/^\d{1,5}$/.test(http) || Number(http) > 65_535) {
    throw new InputError(say('mcp.option.port', { value: shown(http) }));
  }
  return Number(http);
}

function required(values: Values, name: ValueName, because: ValueName): string {
  const value = values[name];
  if (value === undefined) throw needs(because, name);
  return value;
}

function refuseTogether(name: string, values: Values, others: readonly ValueName[]): void {
  const other = others.find((one) => values[one] !== undefined);
  if (other) throw new InputError(say('mcp.option.not_with', { option: `--${name}`, other: `--${other}` }));
}

function needs(name: string, missing: string): InputError {
  return new InputError(say('mcp.option.needs', { option: `--${name}`, missing: `--${missing}` }));
}

function isValueName(name: string): name is ValueName {
  return (VALUES as readonly string[]).includes(name);
}

function shown(value: string | undefined): string {
  return (value ?? '').slice(0, 60);
}
