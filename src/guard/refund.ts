import { createHash } from 'node:crypto';
import { DAY_MS, momentOf } from '../alipay/beijing-time.ts';
import { RefusedError } from '../alipay/errors.ts';
import { formatYuan, readAmount, type Fen } from '../alipay/money.ts';
import type { Outcome, ResponseNode } from '../alipay/outcome.ts';
import { intentOf } from '../ledger/index.ts';
import { say } from '../text/index.ts';
import {
  absentOn,
  cannotRead,
  leftNumber,
  pick,
  type NumberFound,
  type Playbook,
  type Preflight,
  type Sources,
  type Verdict,
} from './playbook.ts';
import type { RefundProposal, TradeFacts } from './proposal.ts';
import { readTrade, tradeTarget } from './trade-facts.ts';

const METHOD = 'alipay.trade.refund';
/** The shape of derived numbers, which no agent may make up. */
const DERIVED = /^R[0-9a-f]{40}$/;
/** More deliberate repetitions of one refund than anybody approves. */
const MAX_ORDINAL = 50;

/** `alipay.trade.refund`: part or whole of a paid trade goes back to its buyer. */
export const refundPlaybook: Playbook<RefundProposal, TradeFacts> = {
  async read(sources, { trade, fen }) {
    const facts = await readTrade(sources, trade);
    return { facts, target: tradeTarget(facts.tradeNo), fen };
  },

  check(_sources, { fen }, facts) {
    const { tradeStatus, totalFen, refundedFen } = facts;
    switch (tradeStatus) {
      case 'TRADE_SUCCESS':
        break;
      case 'WAIT_BUYER_PAY':
        throw new RefusedError(say('refund.unpaid'), say('refund.unpaid.next'));
      case 'TRADE_FINISHED':
        throw new RefusedError(say('refund.finished'), say('refund.finished.next'));
      case 'TRADE_CLOSED':
        throw new RefusedError(say('refund.closed'));
      default:
        throw new RefusedError(say('guard.status', { status: tradeStatus.slice(0, 32) }));
    }
    if (fen > totalFen - refundedFen) {
      const [amount, left] = [formatYuan(fen), formatYuan(totalFen - refundedFen)];
      throw new RefusedError(say('refund.too_much', { amount, left, total: formatYuan(totalFen) }));
    }
  },

  async number(sources, proposal, preflight) {
    const derived = await derivedNumber(sources, preflight);
    // The same refund done elsewhere under its derived number answers also whoever wants another number for it.
    const own = proposal.outRequestNo;
    if (derived.kind === 'done') return derived;
    const { facts, target, fen } = preflight;
    const left = leftNumber(sources, intentOf({ account: sources.account, method: METHOD, target, fen }));
    if (left !== undefined && left !== derived.number) {
      const found = await lookUp(sources, facts, left, fen);
      if (found && !isLongAgo(sources, found)) return found;
    }
    if (own === undefined || own === derived.number || left === derived.number) return derived;
    if (DERIVED.test(own)) throw new RefusedError(say('refund.number_reserved'), say('refund.number_known.next'));
    return ownNumber(sources, own, preflight);
  },

  call(_sources, { fen, reason }, facts, number) {
    return {
      method: METHOD,
      bizContent: {
        trade_no: facts.tradeNo,
        refund_amount: formatYuan(fen),
        ...(reason === undefined ? {} : { refund_reason: reason }),
        out_request_no: number,
      },
    };
  },

  confirm(node, operation) {
    const { refundedFen } = JSON.parse(operation.facts) as TradeFacts;
    // The answer does not name its request: only the new cumulative sum shows that it is about this refund.
    const proven = node['fund_change'] === 'Y' && readAmount(node['refund_fee']) === refundedFen + operation.fen;
    if (proven) return { verdict: 'succeeded', answer: keep(node) };
    // Refunds made elsewhere make the sum larger: the query decides, and the sum is still worth keeping.
    return { verdict: 'unclear', why: say('refund.unproven'), answer: keep(node) };
  },

  async ask(sources, operation) {
    const { tradeNo } = JSON.parse(operation.facts) as TradeFacts;
    return (await queryRefund(sources, tradeNo, operation.number ?? '', operation.fen)).verdict;
  },

  agentWords({ reason }) {
    return reason === undefined ? [] : [{ field: 'refund_reason', text: reason }];
  },
};

/** G11: derived, so that a lost ledger or a colleague's computer meets the same number at Alipay. */
export function refundNumber(appId: string, tradeNo: string, fen: Fen, ordinal: number): string {
  const text = [appId, tradeNo, fen, ordinal].join('\n');
  return `R${createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 40)}`;
}

/** The first number of this refund that is free, or that Alipay did within a day. @throws RefusedError */
async function derivedNumber(sources: Sources, preflight: Preflight<TradeFacts>): Promise<NumberFound> {
  const { account, ledger, client } = sources;
  const { facts, fen } = preflight;
  // From the first on, also where successes are known: those may have had other numbers, and these be a colleague's.
  for (let ordinal = 0; ordinal < MAX_ORDINAL; ordinal += 1) {
    const number = refundNumber(client.profile.appId, facts.tradeNo, fen, ordinal);
    if (ledger.byNumber(account, METHOD, number)?.state === 'succeeded') continue;
    const found = mine(await lookUp(sources, facts, number, fen), number);
    if (!isLongAgo(sources, found)) return found;
  }
  throw new RefusedError(say('refund.too_often'));
}

/** Done more than a day ago, by a ledger that is lost or did not know: no longer this call's answer, and its number is spent. */
function isLongAgo({ ledger }: Sources, found: NumberFound): boolean {
  return found.kind === 'done' && found.at !== undefined && ledger.now() - found.at > DAY_MS;
}

async function ownNumber(sources: Sources, number: string, preflight: Preflight<TradeFacts>): Promise<NumberFound> {
  const { ledger, account } = sources;
  const { facts, target, fen } = preflight;
  const known = ledger.byNumber(account, METHOD, number);
  const retried = known?.intent === intentOf({ account, method: METHOD, target, fen }) && known.state !== 'succeeded';
  if (known && !retried)
    throw new RefusedError(say('refund.number_known', { number }), say('refund.number_known.next'));
  return mine(await lookUp(sources, facts, number, fen), number);
}

/** @throws RefusedError when a number is another refund's. */
function mine(found: NumberFound | undefined, number: string): NumberFound {
  if (!found) throw new RefusedError(say('refund.number_known', { number }), say('refund.number_known.next'));
  return found;
}

/** What Alipay did under a number; undefined: a refund of another amount, so that this one never will be. */
async function lookUp(sources: Sources, facts: TradeFacts, number: string, fen: Fen): Promise<NumberFound | undefined> {
  const { verdict, otherAmount, at, outcome } = await queryRefund(sources, facts.tradeNo, number, fen);
  if (otherAmount) return undefined;
  switch (verdict.verdict) {
    case 'succeeded':
      return { kind: 'done', number, answer: verdict.answer, at };
    case 'absent':
      return { kind: 'free', number };
    case 'rejected':
    case 'unclear':
      throw cannotRead(outcome);
  }
}

/** A wrong or unknown number is answered with code 10000 and no refund fields (`alipay-openapi.md` §3.11). */
async function queryRefund(
  { client }: Sources,
  tradeNo: string,
  number: string,
  fen: Fen,
): Promise<{ outcome: Outcome; verdict: Verdict; otherAmount: boolean; at: number | undefined }> {
  const outcome = await client.send(
    client.prepare({
      method: 'alipay.trade.fastpay.refund.query',
      bizContent: { trade_no: tradeNo, out_request_no: number, query_options: ['gmt_refund_pay'] },
    }),
  );
  const none = { outcome, otherAmount: false, at: undefined };
  if (outcome.status !== 'succeeded')
    return { verdict: absentOn(outcome, 'TRADE_NOT_EXIST', 'ACQ.TRADE_NOT_EXIST'), ...none };
  const { node } = outcome;
  if (node['refund_status'] === undefined && node['refund_amount'] === undefined) {
    return { verdict: { verdict: 'absent', why: say('refund.not_there') }, ...none };
  }
  const otherAmount = readAmount(node['refund_amount']) !== fen;
  if (node['refund_status'] !== 'REFUND_SUCCESS' || otherAmount) {
    return { ...none, verdict: { verdict: 'unclear', why: say('refund.unproven') }, otherAmount };
  }
  return {
    outcome,
    verdict: { verdict: 'succeeded', answer: keep(node) },
    otherAmount,
    at: momentOf(node['gmt_refund_pay']),
  };
}

function keep(node: ResponseNode): ResponseNode {
  return pick(
    node,
    'trade_no',
    'out_trade_no',
    'fund_change',
    'refund_fee',
    'refund_amount',
    'refund_status',
    'gmt_refund_pay',
  );
}
