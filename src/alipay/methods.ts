import type { Level } from './profile.ts';

/**
 * What a call can do to money. One word per method and per tool; annotations, levels and the guard all derive from it.
 * `money-out` is guarded: the client refuses it without a grant.
 */
export type Kind = 'read' | 'write' | 'money-out';

export interface MethodFacts {
  readonly kind: Kind;
  /** Where the parameters go: as JSON in `biz_content`, or at the top level (OAuth). */
  readonly carries: 'biz_content' | 'params';
  /** Numbers of the request that a true answer repeats. Those in `mustEcho` it never leaves out on success. */
  readonly echoes: readonly string[];
  readonly mustEcho: readonly string[];
  /** Made into a link for a browser, or an order string for an app, instead of being sent. */
  readonly madeInto?: 'link' | 'order string';
  /** A success without `code` is recognised by this field (`alipay.system.oauth.token`, `alipay-openapi.md` §3.16). */
  readonly successField?: string;
}

const TRADE = ['out_trade_no', 'trade_no'] as const;

/** Every OpenAPI method this product may call; the client knows no other. */
const methods = {
  'alipay.trade.create': biz('write', ['out_trade_no'], ['out_trade_no']),
  'alipay.trade.precreate': biz('write', ['out_trade_no'], ['out_trade_no']),
  'alipay.trade.page.pay': { ...biz('write', [], []), madeInto: 'link' },
  'alipay.trade.wap.pay': { ...biz('write', [], []), madeInto: 'link' },
  'alipay.trade.app.pay': { ...biz('write', [], []), madeInto: 'order string' },
  'alipay.trade.query': biz('read', TRADE, []),
  'alipay.trade.close': biz('write', TRADE, []),
  'alipay.trade.cancel': biz('money-out', TRADE, []),
  'alipay.trade.refund': biz('money-out', TRADE, TRADE),
  'alipay.trade.fastpay.refund.query': biz('read', [...TRADE, 'out_request_no'], []),
  'alipay.fund.trans.uni.transfer': biz('money-out', ['out_biz_no'], ['out_biz_no']),
  'alipay.fund.trans.common.query': biz('read', ['out_biz_no', 'order_id', 'pay_fund_order_id'], []),
  'alipay.data.dataservice.bill.downloadurl.query': biz('read', [], []),
  'alipay.system.oauth.token': { ...biz('write', [], []), carries: 'params', successField: 'access_token' },
  'alipay.user.info.share': { ...biz('read', [], []), carries: 'params' },
} as const satisfies Record<string, MethodFacts>;

export type Method = keyof typeof methods;

export function methodFacts(method: Method): MethodFacts {
  return methods[method];
}

/** Whether a profile at `level` may call something of this kind. */
export function levelAllows(level: Level, kind: Kind): boolean {
  switch (kind) {
    case 'read':
      return true;
    case 'write':
      return level === 'write' || level === 'money-out';
    case 'money-out':
      return level === 'money-out';
  }
}

function biz(kind: Kind, echoes: readonly string[], mustEcho: readonly string[]): MethodFacts {
  return { kind, carries: 'biz_content', echoes, mustEcho };
}
