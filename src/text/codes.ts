import { dataMeanings } from './codes-data.ts';
import { gatewayMeanings } from './codes-gateway.ts';
import { limitMeanings } from './codes-limits.ts';
import { nextSteps } from './codes-next.ts';
import { payMeanings } from './codes-pay.ts';
import { tradeMeanings } from './codes-trade.ts';
import { transferMeanings } from './codes-transfer.ts';
import type { Bilingual } from './sentence.ts';

type Prefixed<Prefix extends string, Entries> = { [Key in keyof Entries & string as `${Prefix}.${Key}`]: Entries[Key] };

function prefixed<const Prefix extends string, const Entries extends Record<string, Bilingual>>(
  prefix: Prefix,
  entries: Entries,
): Prefixed<Prefix, Entries> {
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [`${prefix}.${key}`, entry])) as Prefixed<
    Prefix,
    Entries
  >;
}

export type GatewayCode = keyof typeof gatewayMeanings;
export type DataCode = keyof typeof dataMeanings;
export type PayCode = keyof typeof payMeanings;
export type TradeCode = keyof typeof tradeMeanings;
export type TransferCode = keyof typeof transferMeanings;
export type LimitCode = keyof typeof limitMeanings;

export type CodeKey = GatewayCode | DataCode | PayCode | TradeCode | TransferCode | LimitCode;
export type NextKey = keyof typeof nextSteps;

/** What each sub_code means, in one sentence a merchant understands, and what a person would do next. */
export const codesText = {
  ...prefixed('code', gatewayMeanings),
  ...prefixed('code', dataMeanings),
  ...prefixed('code', payMeanings),
  ...prefixed('code', tradeMeanings),
  ...prefixed('code', transferMeanings),
  ...prefixed('code', limitMeanings),
  ...nextSteps,
};
