import { t, type Locale, type TextKey } from '../../text/index.ts';

const METHODS: Readonly<Record<string, TextKey>> = {
  'alipay.trade.refund': 'audit.method.refund',
  'alipay.trade.cancel': 'audit.method.cancel',
  'alipay.fund.trans.uni.transfer': 'audit.method.transfer',
};

const EVENTS: Readonly<Record<string, TextKey>> = {
  proposed: 'audit.event.proposed',
  shown: 'audit.event.shown',
  denied: 'audit.event.denied',
  expired: 'audit.event.expired',
  approved: 'audit.event.approved',
  sending: 'audit.event.sending',
  resent: 'audit.event.resent',
  succeeded: 'audit.event.succeeded',
  rejected: 'audit.event.rejected',
  unknown: 'audit.event.unknown',
  not_executed: 'audit.event.not_executed',
  resolved_by_hand: 'audit.event.resolved_by_hand',
  adopted: 'audit.event.adopted',
  carried: 'audit.event.carried',
  new: 'audit.event.new',
  'carried forward': 'audit.event.carried_forward',
  'started anew': 'audit.event.started_anew',
  accepted: 'audit.event.accepted',
};

const STATES: Readonly<Record<string, TextKey>> = {
  proposed: 'audit.state.under_way',
  approved: 'audit.state.under_way',
  sending: 'audit.state.under_way',
  unknown: 'audit.state.unknown',
  succeeded: 'audit.state.succeeded',
  denied: 'audit.state.denied',
  expired: 'audit.state.expired',
  rejected: 'audit.state.rejected',
  not_executed: 'audit.state.not_executed',
  resolved_by_hand: 'audit.state.resolved_by_hand',
};

/** What a file that nobody vouches for says may be any word. */
const named =
  (names: Readonly<Record<string, TextKey>>) =>
  (locale: Locale, word: string): string => {
    const key = Object.hasOwn(names, word) ? names[word] : undefined;
    return key === undefined ? '?' : t(locale, key as 'audit.empty');
  };

export const methodName = named(METHODS);
export const eventName = named(EVENTS);
export const stateName = named(STATES);

/** A trade's number or a payee, without the ledger's own prefix. */
export function targetName(locale: Locale, target: string): string {
  const [kind, ...rest] = target.split(':');
  if (kind === 'trade') return t(locale, 'audit.trade', { number: rest.join(':') });
  return t(locale, 'audit.payee', { payee: rest.slice(1).join(':') });
}
