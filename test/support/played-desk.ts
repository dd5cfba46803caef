import assert from 'node:assert/strict';
import type { AlipayClient } from '../../src/alipay/client.ts';
import type { Grant } from '../../src/alipay/grant.ts';
import type { Outcome, Rejected, ResponseNode, Unknown } from '../../src/alipay/outcome.ts';
import { freeze, type Call, type Prepared } from '../../src/alipay/prepared.ts';
import { accountOf, type Profile } from '../../src/alipay/profile.ts';
import type { ApprovalRequest } from '../../src/guard/approver.ts';
import type { Caller } from '../../src/guard/caller.ts';
import { Guard, type Effect, type GuardParts } from '../../src/guard/index.ts';
import type { Proposal } from '../../src/guard/proposal.ts';
import type { Settled } from '../../src/guard/settled.ts';
import type { Ledger } from '../../src/ledger/index.ts';
import { say, type Sentence } from '../../src/text/index.ts';
import type { Hand } from './hands.ts';
import { LIMITS, ledgerFolder, openLedger } from './ledgers.ts';
import { StillClock } from './still-clock.ts';

export const APP = '2021000000000001';
export const TRADE_NO = '2024040122001400000000000001';
/** A paid trade of 299.00, as `alipay.trade.query` tells it. */
export const QUERIED: ResponseNode = {
  trade_no: TRADE_NO,
  out_trade_no: '2024040112345',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '299.00',
  buyer_logon_id: '159****5620',
  send_pay_date: '2024-04-11 09:00:00',
};
/** Its refund of 15.50, as `alipay.trade.refund` answers. */
export const REFUNDED: ResponseNode = { trade_no: TRADE_NO, fund_change: 'Y', refund_fee: '15.50' };

export const yes = (node: ResponseNode = {}): Outcome => ({ status: 'succeeded', node });
export const no = (subCode: string, verified = true): Rejected => ({
  status: 'rejected',
  code: '40004',
  subCode,
  subMsg: '',
  verified,
  meaning: say('refund.closed'),
  next: say('cancel.use_refund'),
});
export const SILENCE: Unknown = {
  status: 'unknown',
  reason: 'timeout',
  meaning: say('outcome.network'),
  subCode: undefined,
};

type Answer = Outcome | ((call: Call) => Outcome | Promise<Outcome>);

/** Lets whatever is ready act. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A gateway without a network: answers by method what a test says; money-out redeems its grant first, as the client does. */
export class PlayedGateway {
  readonly sent: { method: string; bizContent: Record<string, unknown> }[] = [];
  readonly answers = new Map<string, Answer>([
    ['alipay.trade.query', yes(QUERIED)],
    ['alipay.trade.fastpay.refund.query', yes()],
    ['alipay.trade.refund', yes(REFUNDED)],
    ['alipay.trade.cancel', yes({ retry_flag: 'N', action: 'refund' })],
    ['alipay.fund.trans.common.query', no('ORDER_NOT_EXIST')],
    ['alipay.fund.trans.uni.transfer', yes({ status: 'SUCCESS' })],
  ]);
  readonly profile: Profile;

  constructor(change: Partial<Profile> = {}) {
    this.profile = {
      id: 'played',
      label: 'My shop',
      gateway: 'https://openapi.example/gateway.do',
      appId: APP,
      mode: 'certificate',
      level: 'money-out',
      band: 'local-sandbox',
      ...change,
    };
  }

  get client(): AlipayClient {
    return this as unknown as AlipayClient;
  }

  prepare(call: Call): Prepared {
    return freeze(this.profile.gateway, this.profile.appId, call);
  }

  async send(prepared: Prepared, options: { grant?: Grant } = {}): Promise<Outcome> {
    const { method } = prepared;
    const bizContent = JSON.parse(prepared.bizContent ?? '{}') as Record<string, unknown>;
    await options.grant?.redeem(prepared.digest);
    this.sent.push({ method, bizContent });
    const answer = this.answers.get(method) ?? SILENCE;
    return typeof answer === 'function' ? answer({ method, bizContent }) : answer;
  }

  /** What was sent by one method. */
  of(method: string): Record<string, unknown>[] {
    return this.sent.filter((call) => call.method === method).map(({ bizContent }) => bizContent);
  }
}

/** A guard over a real ledger file, with gateway, clock and person played: a thousand times faster than `Desk`. */
export class PlayedDesk {
  readonly clock = new StillClock();
  readonly folder = ledgerFolder();
  readonly gateway: PlayedGateway;
  readonly asked: ApprovalRequest[] = [];
  readonly told: Sentence[] = [];
  effect: Effect = () => [];
  ledger!: Ledger;
  guard!: Guard;
  readonly #more: Partial<GuardParts>;
  readonly #windows: Ledger[] = [];

  constructor(more: Partial<GuardParts> = {}, profile: Partial<Profile> = {}) {
    this.#more = more;
    this.clock.mono = 1_000_000_000; // the process has run for a while
    this.gateway = new PlayedGateway(profile);
  }

  static async open(more: Partial<GuardParts> = {}, profile: Partial<Profile> = {}): Promise<PlayedDesk> {
    const desk = new PlayedDesk(more, profile);
    await desk.restart();
    return desk;
  }

  /** A new ledger and guard over the same file, as after a restart. */
  async restart(): Promise<void> {
    this.ledger?.close();
    this.ledger = await this.window();
    this.guard = this.guardOver(this.ledger);
  }

  /** Another window's ledger over the same file. */
  async window(): Promise<Ledger> {
    const ledger = await openLedger(this.folder.file, this.clock);
    this.#windows.push(ledger);
    return ledger;
  }

  guardOver(ledger: Ledger): Guard {
    return new Guard({
      client: this.gateway.client,
      ledger,
      clock: this.clock,
      waits: { queries: [100, 200, 400], absentForSure: 60_000, answerWithin: 10_000 },
      limits: LIMITS,
      ...this.#more,
    });
  }

  /** Lets turns and, with each, `ms` pass until it holds. */
  async until(holds: () => boolean, ms = 0): Promise<void> {
    for (let times = 0; !holds(); times += 1) {
      assert.ok(times < 5_000, 'it never held');
      if (ms > 0) await this.clock.advance(ms);
      await turn();
    }
  }

  async close(): Promise<void> {
    await this.guard.dispose();
    for (const ledger of this.#windows) {
      try {
        ledger.close();
      } catch {
        // closed by its test
      }
      await ledger.settled();
    }
    this.folder.remove();
  }

  get account(): string {
    return accountOf(this.gateway.profile);
  }

  caller(hand: Hand | undefined, change: Partial<Caller> = {}): Caller {
    return {
      clientId: 'one',
      name: 'Copilot',
      signal: new AbortController().signal,
      progress: (message) => void this.told.push(message),
      approver: hand && {
        ask: async (request, signal) => {
          this.asked.push(request);
          return hand(request, signal);
        },
      },
      ...change,
    };
  }

  execute(proposal: Proposal, hand: Hand | undefined, change: Partial<Caller> = {}): Promise<Settled> {
    return this.guard.execute(proposal, (...args) => this.effect(...args), this.caller(hand, change));
  }
}

/** A person who takes time: resolves `shown` when asked, and answers what `click` says. */
export function slowHand(): {
  hand: Hand;
  shown: Promise<{ request: ApprovalRequest; signal: AbortSignal }>;
  click: (approved: boolean) => void;
} {
  const shown = Promise.withResolvers<{ request: ApprovalRequest; signal: AbortSignal }>();
  const click = Promise.withResolvers<boolean>();
  const hand: Hand = async (request, signal) => {
    shown.resolve({ request, signal });
    return (await click.promise) ? { verdict: 'approved', digest: request.digest } : { verdict: 'denied' };
  };
  return { hand, shown: shown.promise, click: click.resolve };
}
