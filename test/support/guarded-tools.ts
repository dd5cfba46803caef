import type { Proposal } from '../../src/guard/proposal.ts';
import { refund, type Desk } from './desk.ts';

type Input = Readonly<Record<string, unknown>>;

/** Something new to do with one guarded tool. */
export interface Errand {
  readonly proposal: Proposal;
  /** The same wish in an agent's words: first, when it tries again, with numbers it makes up, and otherwise worded. */
  readonly inputs: readonly [first: Input, again: Input, ...more: Input[]];
  /** How often money has moved for it, as the sandbox sees it. */
  readonly moved: () => Promise<number>;
}

export interface GuardedTool {
  readonly tool: string;
  /** The method its outcome is asked for with. */
  readonly query: string;
  /** Whether Alipay notifies of its effect. */
  readonly notifies: boolean;
  /** Whether what it asks Alipay first is answered with something there is. */
  readonly finds: boolean;
  readonly errand: (desk: Desk, notifyUrl?: string) => Promise<Errand>;
}

/** Every guarded tool, by the method it sends. */
export const GUARDED: Readonly<Record<Proposal['method'], GuardedTool>> = {
  'alipay.trade.refund': {
    tool: 'refund_trade',
    query: 'alipay.trade.fastpay.refund.query',
    notifies: true,
    finds: true,
    errand: async (desk, notifyUrl) => {
      const { out_trade_no } = await desk.paidOrder(notifyUrl);
      const input = { out_trade_no, refund_amount: '15.50' };
      return {
        proposal: refund({ trade: { out_trade_no } }),
        inputs: [
          { ...input, refund_reason: 'defective item' },
          { ...input, refund_reason: 'retry', out_request_no: `MADEUP1${out_trade_no}` },
          { ...input, out_request_no: `MADEUP2${out_trade_no}` },
        ],
        moved: () => refundsOf(desk, out_trade_no, 1_550),
      };
    },
  },
  'alipay.trade.cancel': {
    tool: 'cancel_trade',
    query: 'alipay.trade.query',
    notifies: true,
    finds: true,
    errand: async (desk, notifyUrl) => {
      const { out_trade_no, fen } = await desk.paidOrder(notifyUrl);
      const { trades } = await desk.admin<State>('GET', '/state');
      const trade_no = trades.find((trade) => trade.out_trade_no === out_trade_no)?.trade_no;
      return {
        proposal: { method: 'alipay.trade.cancel', trade: { out_trade_no }, againAfter: undefined },
        inputs: [{ out_trade_no }, { trade_no }],
        moved: () => refundsOf(desk, out_trade_no, fen),
      };
    },
  },
  'alipay.fund.trans.uni.transfer': {
    tool: 'transfer_fund',
    query: 'alipay.fund.trans.common.query',
    notifies: false,
    finds: false,
    errand: async (desk) => {
      const before = (await desk.admin<State>('GET', '/state')).transfers.length;
      const identity = '2088621000002001';
      const fen = 100 + before; // an intent of its own
      const input = {
        payee_identity: identity,
        payee_identity_type: 'ALIPAY_USER_ID',
        trans_amount: (fen / 100).toFixed(2),
        order_title: 'Commission',
      };
      return {
        proposal: {
          method: 'alipay.fund.trans.uni.transfer',
          fen,
          payee: { identity, identityType: 'ALIPAY_USER_ID', name: undefined },
          orderTitle: 'Commission',
          remark: undefined,
          againAfter: undefined,
        },
        inputs: [
          input,
          { ...input, order_title: 'Commission, again', remark: 'second try' },
          { ...input, out_biz_no: `MADEUP${before}` }, // the tool has no such field, and says so
        ],
        moved: async () => (await desk.admin<State>('GET', '/state')).transfers.length - before,
      };
    },
  },
};

interface State {
  readonly trades: readonly { out_trade_no: string; trade_no: string; refund_fee: string }[];
  readonly transfers: readonly unknown[];
}

/** How often `fen` went back on one trade; anything but a whole number of times is a lost or made-up fen. */
async function refundsOf(desk: Desk, outTradeNo: string, fen: number): Promise<number> {
  const { trades } = await desk.admin<State>('GET', '/state');
  const trade = trades.find(({ out_trade_no }) => out_trade_no === outTradeNo);
  return Math.round(Number(trade?.refund_fee) * 100) / fen;
}
