import { say, type Sentence } from '../text/index.ts';
import type { CodeKey } from '../text/codes.ts';
import type { CodeEntry } from './code-entry.ts';
import { dataCodes } from './codes-data.ts';
import { gatewayCodes } from './codes-gateway.ts';
import { limitCodes } from './codes-limits.ts';
import { payCodes } from './codes-pay.ts';
import { tradeCodes } from './codes-trade.ts';
import { transferCodes } from './codes-transfer.ts';

/** Every sub_code the ten tools can meet (`alipay-openapi.md` §2 and §3); its meaning is in `text/codes-*.ts`. */
const codes: Readonly<Record<CodeKey, CodeEntry>> = {
  ...gatewayCodes,
  ...dataCodes,
  ...payCodes,
  ...tradeCodes,
  ...transferCodes,
  ...limitCodes,
};

export interface CodeExplanation extends CodeEntry {
  readonly meaning: Sentence;
}

/** The entry of a sub_code, or undefined for one the table does not know. */
export function explainCode(subCode: string): CodeExplanation | undefined {
  if (!Object.hasOwn(codes, subCode)) return undefined;
  const key = subCode as CodeKey;
  return { ...codes[key], meaning: say(`code.${key}`) };
}
