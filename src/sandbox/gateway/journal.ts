import { signContent, type Params } from '../../alipay/signature.ts';
import type { FaultName } from './faults.ts';

const MOST_ENTRIES = 2000;
/** Of a parameter, or of a text that was verified; what is longer is cut, so that 2000 entries stay small. */
const MOST_CHARACTERS = 8192;

const MOST_OF_A_NUMBER = 64;

/** Bearer secrets: they open a user's data, and a journal is for everyone to read. */
const SECRET = new Set(['auth_token', 'app_auth_token', 'refresh_token', 'code']);

/** The numbers a request's content can name what it is about by. */
export const NUMBERS = ['out_trade_no', 'trade_no', 'out_request_no', 'out_biz_no', 'order_id'] as const;

/** One request as the gateway saw it. */
export interface JournalEntry {
  readonly id: number;
  /** Virtual time in ms. */
  readonly at: number;
  readonly verb: string;
  readonly method: string | undefined;
  readonly app_id: string | undefined;
  /** Without `sign`; tokens and codes are masked. */
  readonly params: Params;
  /** The text the signature was checked against. */
  readonly verified: string;
  verdict: 'verified' | 'refused' | 'not checked';
  /** Those its content names, as far as it could be read. */
  readonly numbers: { [Name in (typeof NUMBERS)[number]]?: string };
  readonly notes: string[];
  fault: FaultName | undefined;
  code: string | undefined;
  sub_code: string | undefined;
}

/** A request as a door reads it. */
export interface SeenRequest {
  readonly verb: string;
  readonly params: Params;
  /** How long it was: the texts of its parameters may be parts of a text as long as this. */
  readonly bytes: number;
  /** The text the signature is checked against, where it is not made of the parameters. */
  readonly verified?: string;
}

/** The last requests of the gateway, oldest first. */
export class Journal {
  #entries: JournalEntry[] = [];
  #lastId = 0;

  /** Notes a request; what becomes of it is written into the entry. */
  open(at: number, seen: SeenRequest): JournalEntry {
    this.#lastId += 1;
    const { params } = seen;
    // A gateway writes thousands of entries for one that is read: what a small request shows is made when it is.
    let made = seen.bytes > MOST_CHARACTERS ? show(seen) : undefined;
    const shown = () => (made ??= show(seen));
    const entry: JournalEntry = {
      id: this.#lastId,
      at,
      verb: seen.verb,
      method: params.method && keep(params.method),
      app_id: params.app_id && keep(params.app_id),
      get params() {
        return shown().params;
      },
      get verified() {
        return shown().verified;
      },
      verdict: 'not checked',
      numbers: {},
      notes: [],
      fault: undefined,
      code: undefined,
      sub_code: undefined,
    };
    this.#entries.push(entry);
    if (this.#entries.length > MOST_ENTRIES) this.#entries.shift();
    return entry;
  }

  list(): readonly JournalEntry[] {
    return this.#entries;
  }

  clear(): void {
    this.#entries = [];
  }
}

function show({ params, verified }: SeenRequest): Pick<JournalEntry, 'params' | 'verified'> {
  const shown = Object.fromEntries(
    Object.entries(params)
      .filter(([name]) => name !== 'sign')
      .map(([name, value]) => [keep(name), SECRET.has(name) ? '***' : keep(maskSecrets(value))]),
  );
  return {
    params: shown,
    verified: verified === undefined ? signContent(shown) : keep(maskSecrets(verified)),
  };
}

/** Writes into an entry which numbers the content of its request names; what is longer than a number can be is none. */
export function noteNumbers(entry: JournalEntry, content: Readonly<Record<string, unknown>>): void {
  for (const name of NUMBERS) {
    const value = content[name];
    if (typeof value === 'string' && value.length <= MOST_OF_A_NUMBER) entry.numbers[name] = keep(value);
  }
}

/** A text of its own: a part of a request's text would keep all of it in memory. */
function keep(text: string): string {
  const whole = text.length <= MOST_CHARACTERS;
  return Buffer.from(whole ? text : `${text.slice(0, MOST_CHARACTERS)}…`).toString();
}

/** Masks secrets in JSON, in a query and in what a request of protocol v3 is authorised with. */
function maskSecrets(text: string): string {
  const names = [...SECRET].join('|');
  return text
    .replaceAll(new RegExp(`([?&](?:${names})=)[^&\\s]*`, 'g'), '$1***')
    .replaceAll(new RegExp(`((?:^|,)(?:${names})=)[^,\\s]*`, 'g'), '$1***')
    .replaceAll(new RegExp(`("(?:${names})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'g'), '$1***');
}
