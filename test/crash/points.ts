import type { Proposal } from '../../src/guard/proposal.ts';
import { sendingOf, type CrashSite, type Verdict, type Way, type When } from './site.ts';
import type { KillPoint } from './tripwire.ts';

/** One kill to make. */
export interface Kill {
  readonly way: Way;
  readonly when: When;
}

const METHODS: readonly Proposal['method'][] = [
  'alipay.trade.refund',
  'alipay.trade.cancel',
  'alipay.fund.trans.uni.transfer',
];
const [REFUND, CANCEL, TRANSFER] = [
  'alipay.trade.refund',
  'alipay.trade.cancel',
  'alipay.fund.trans.uni.transfer',
] as const;
/** Kills under way at once: most of their time they wait for a disk and for one another. */
const AT_ONCE = 3;

/** The point `before` or `after` a call, unless it is the nth of its name the first. */
function point(when: KillPoint['when'], call: string, nth = 1): KillPoint {
  return { call, nth, when };
}

/** 24 kills: what is different about each method, and each kind of point once at least. */
export async function sample(site: CrashSite): Promise<Kill[]> {
  const { passed, ms } = await goThroughAtOnce(site, { method: REFUND });
  const [refund, cancel, transfer] = METHODS.map((method) => ({ method }));
  if (!refund || !cancel || !transfer) throw new Error('three methods');
  const kill = (way: Way, when: When): Kill => ({ way, when });
  return [
    kill(refund, point('after', 'vault.store(ledger)')),
    kill(cancel, point('after', 'ledger.open')),
    kill(transfer, point('after', 'vault.store(ledger-head)')),
    kill(refund, point('before', 'vault.store(ledger-head)', 2)),
    kill(transfer, point('after', 'ledger.propose')),
    kill(refund, point('before', 'ledger.describe')),
    kill(cancel, point('before', 'person.ask')),
    kill(transfer, point('after', 'person.ask')),
    kill(refund, point('before', 'ledger.approve')),
    kill(cancel, point('after', 'ledger.approve')),
    kill(transfer, point('before', 'ledger.redeem')),
    kill(refund, clockIn(passed, 'ledger.redeem #1')),
    kill(refund, point('after', 'ledger.redeem')),
    kill(cancel, point('before', sendingOf(cancel))),
    kill(transfer, point('before', sendingOf(transfer))),
    kill(refund, point('after', sendingOf(refund))),
    kill(cancel, point('after', sendingOf(cancel))),
    kill(transfer, point('after', sendingOf(transfer))),
    kill(refund, point('before', 'ledger.move(succeeded)')),
    kill(cancel, point('after', 'ledger.move(succeeded)')),
    kill({ method: TRANSFER, loss: 'request' }, point('after', 'ledger.resend')),
    kill({ method: CANCEL, restart: 'after' }, point('before', 'ledger.move(succeeded)')),
    kill(refund, Math.random() * ms),
    kill(transfer, Math.random() * ms),
  ];
}

/** As many at once as are killed at once, so that a moment of no choice may be any of the time one then takes. */
async function goThroughAtOnce(site: CrashSite, way: Way): Promise<{ passed: readonly string[]; ms: number }> {
  const runs = await Promise.all(Array.from({ length: AT_ONCE }, () => site.goThrough(way)));
  return { passed: runs[0]?.passed ?? [], ms: Math.max(...runs.map(({ ms }) => ms)) };
}

/** The clock is read inside the transaction of a call: a kill there leaves half of one behind. */
function clockIn(passed: readonly string[], call: string): KillPoint {
  const inside = passed.slice(passed.indexOf(call)).filter((one) => one.startsWith('clock.now #'))[1];
  return point('before', 'clock.now', Number(inside?.split('#')[1]));
}

/** What decides about money is killed at for each method; what all three do alike, for one of them in turn. */
const DECIDES = /^(?:transport\.|person\.|ledger\.(?:open|sweep|propose|describe|approve|redeem|resend|move))/;

/**
 * Every call of every port, before and after; where a request or its answer is lost, those from the sending on; at the
 * start after a kill, all; and `moments` of no choice for each method.
 */
export async function everything(site: CrashSite, moments: number): Promise<Kill[]> {
  const kills: Kill[] = [];
  const kinds: Omit<Way, 'method'>[] = [
    {},
    { loss: 'request' },
    { loss: 'answer' },
    { restart: 'before' },
    { restart: 'after' },
  ];
  for (const kind of kinds) {
    const isPlain = !kind.loss && !kind.restart;
    const alike = new Map<string, Way[]>();
    for (const method of METHODS) {
      const way: Way = { ...kind, method };
      const { passed, ms } = await (isPlain ? goThroughAtOnce(site, way) : site.goThrough(way));
      const from = kind.loss ? passed.indexOf(`${sendingOf(way)} #1`) : 0;
      const calls = passed.slice(from).filter((call) => isNoClock(call) || isPlain);
      kills.push(...calls.filter((call) => DECIDES.test(call)).flatMap((call) => killsAt(way, call)));
      for (const call of calls.filter((one) => !DECIDES.test(one))) alike.set(call, [...(alike.get(call) ?? []), way]);
      if (isPlain) kills.push(...Array.from({ length: moments }, () => ({ way, when: Math.random() * ms })));
    }
    for (const [index, [call, ways]] of [...alike].entries()) {
      const way = ways[index % ways.length];
      if (way) kills.push(...killsAt(way, call));
    }
  }
  return kills;
}

const isNoClock = (call: string): boolean => !call.startsWith('clock.');

function killsAt(way: Way, text: string): Kill[] {
  const [call = '', nth] = text.split(' #');
  const sides: KillPoint['when'][] = isNoClock(call) ? ['before', 'after'] : ['before'];
  return sides.map((when) => ({ way, when: point(when, call, Number(nth)) }));
}

/** Makes the kills, some at once. @param told is told each verdict as it comes */
export async function killAll(
  site: CrashSite,
  kills: readonly Kill[],
  told: (verdict: Verdict) => void = () => undefined,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const waiting = [...kills];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const verdict = await site.kill(next.way, next.when);
      verdicts.push(verdict);
      told(verdict);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return verdicts;
}
