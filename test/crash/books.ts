import type { AlipayClient } from '../../src/alipay/client.ts';
import { formatYuan } from '../../src/alipay/money.ts';
import type { Proposal } from '../../src/guard/proposal.ts';
import { MERCHANT_ID } from '../../src/sandbox/identity.ts';
import { sandboxKeyTexts, startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { refund, sharedKeys } from '../support/desk.ts';
import { clientOf, freshFetch, type App } from './parts.ts';

interface State {
  readonly balances: Readonly<Record<string, string>>;
  readonly trades: readonly { out_trade_no: string; refund_fee: string }[];
  readonly transfers: readonly { order_title: string }[];
}

/** Something that moves money once, on a trade or a payee of its own. */
export interface Subject {
  readonly proposal: Proposal;
  readonly fen: number;
  /** How often its money has moved by the sandbox's own state; no whole number if in parts. */
  readonly moved: (state: State) => number;
}

const ORDER_FEN = 2_990;
const REFUND_FEN = 1_550;
const TRANSFER_FEN = 100;
const FIRST_PAYEE = 2088_7000_0000_0000;

/** A sandbox in this process, and what its seller's balance must come to. */
export class Books {
  readonly app: App;
  readonly #sandbox: Sandbox;
  readonly #client: AlipayClient;
  #number = 0;
  /** What the seller's balance must be, in fen. */
  #expected = 0;

  private constructor(sandbox: Sandbox, app: App) {
    this.#sandbox = sandbox;
    this.app = app;
    this.#client = clientOf(app, { fetch: freshFetch });
  }

  static async open(): Promise<Books> {
    const keys = await sharedKeys();
    const sandbox = await startSandbox({ database: ':memory:', seed: 'empty', keys });
    const { certAppPrivateKey, appCert, alipayCert, rootCert } = sandboxKeyTexts(keys);
    const texts = { certAppPrivateKey, appCert, alipayCert, rootCert };
    const books = new Books(sandbox, { gateway: sandbox.gateway, appId: sandbox.certAppId, texts });
    books.#expected = balanceIn(await books.state());
    return books;
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }

  /** A trade that its buyer has paid, or a payee. */
  async subject(method: Proposal['method'], amount?: number): Promise<Subject> {
    this.#number += 1;
    const name = `CRASH${this.#number}`;
    switch (method) {
      case 'alipay.fund.trans.uni.transfer': {
        const identity = String(FIRST_PAYEE + this.#number);
        const payee = { identity, identityType: 'ALIPAY_USER_ID', name: undefined };
        const fen = amount ?? TRANSFER_FEN;
        return {
          proposal: { method, fen, payee, orderTitle: name, remark: undefined, againAfter: undefined },
          fen,
          moved: ({ transfers }) => transfers.filter(({ order_title }) => order_title === name).length,
        };
      }
      case 'alipay.trade.refund': {
        const fen = amount ?? REFUND_FEN;
        const proposal = refund({ trade: await this.#paidOrder(name), fen });
        return { proposal, fen, moved: (state) => refundedIn(state, name) / fen };
      }
      case 'alipay.trade.cancel': {
        const proposal: Proposal = { method, trade: await this.#paidOrder(name), againAfter: undefined };
        return { proposal, fen: ORDER_FEN, moved: (state) => refundedIn(state, name) / ORDER_FEN };
      }
    }
  }

  /** Notes that so much must have gone out. */
  expectSpent(fen: number): void {
    this.#expected -= fen;
  }

  /** What is wrong with the seller's balance: it is what orders, refunds and transfers make it. */
  async wrongBalance(): Promise<string[]> {
    const balance = balanceIn(await this.state());
    return balance === this.#expected ? [] : [`the seller has ${balance} fen, and should have ${this.#expected}`];
  }

  /** Everything the sandbox holds, from its admin door. */
  state(): Promise<State> {
    return this.#admin<State>('GET', '/state');
  }

  async #paidOrder(name: string): Promise<{ out_trade_no: string }> {
    const bizContent = { out_trade_no: name, total_amount: formatYuan(ORDER_FEN), subject: '手冲壶' };
    await this.#client.send(this.#client.prepare({ method: 'alipay.trade.precreate', bizContent }));
    await this.#admin('POST', `/trades/${name}/pay`);
    this.#expected += ORDER_FEN;
    return { out_trade_no: name };
  }

  async #admin<T>(method: string, path: string): Promise<T> {
    const headers = { authorization: `Bearer ${this.#sandbox.adminToken}` };
    const response = await freshFetch(`${this.#sandbox.admin}${path}`, { method, headers });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}

function refundedIn({ trades }: State, outTradeNo: string): number {
  return fenOf(trades.find(({ out_trade_no }) => out_trade_no === outTradeNo)?.refund_fee);
}

function balanceIn({ balances }: State): number {
  return fenOf(balances[MERCHANT_ID]);
}

function fenOf(yuan: string | undefined): number {
  return Math.round(Number(yuan) * 100);
}
