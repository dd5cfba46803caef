import type { Params } from '../../alipay/signature.ts';
import type { App } from '../gateway/apps.ts';
import type { Fields } from '../gateway/fields.ts';
import type { SubCode } from '../refusals.ts';
import type { World } from '../world/world.ts';

/** One verified request on its way to a method. */
export interface Call {
  readonly world: World;
  readonly app: App;
  /** The public parameters, `biz_content` included. */
  readonly params: Params;
  /** The fields of biz_content. */
  readonly biz: Fields;
  /** The sandbox's own address, for links into it. */
  readonly origin: string;
  /** Notes in the journal what the platform would not have let pass. */
  readonly note: (text: string) => void;
}

/** The fields of an answer's node; undefined ones are left out. */
export type AnswerFields = Readonly<Record<string, unknown>>;

interface MethodBase {
  readonly name: string;
  /** How this family names a bad parameter, and a result it does not know. */
  readonly codes: { readonly invalid: SubCode; readonly systemError: SubCode };
}

/** A method that answers with signed JSON. It runs in one transaction; a Refusal takes all of it back. */
export interface AnswerMethod extends MethodBase {
  readonly kind: 'answer';
  /** It changes nothing and needs no transaction: a statement of its own sees one state, and nothing runs between two. */
  readonly reads?: true;
  run(call: Call): AnswerFields;
}

/** A method a browser calls: it is sent on to the address `open` answers. In one transaction, too. */
export interface PageMethod extends MethodBase {
  readonly kind: 'page';
  open(call: Call): string;
}

export type Method = AnswerMethod | PageMethod;

export const ACQUIRING = { invalid: 'ACQ.INVALID_PARAMETER', systemError: 'ACQ.SYSTEM_ERROR' } as const;
export const FUND = { invalid: 'INVALID_PARAMETER', systemError: 'SYSTEM_ERROR' } as const;

/** An answer with code 10000. */
export function success(fields: AnswerFields): AnswerFields {
  return { code: '10000', msg: 'Success', ...fields };
}
