import { formatYuan } from '../../alipay/money.ts';
import { digestOf } from '../../alipay/prepared.ts';
import type { ApprovalRequest } from '../../guard/approver.ts';
import { t, type Locale, type Sentence } from '../../text/index.ts';
import { showHidden } from '../../text/visible.ts';
import type { ApprovalView, Row } from './protocol.ts';

type GuardedMethod = 'alipay.trade.refund' | 'alipay.trade.cancel' | 'alipay.fund.trans.uni.transfer';
type BizContent = Readonly<Record<string, unknown>>;

/** What of a request's exact bytes can be said in words. */
export interface SignedContent {
  readonly method: GuardedMethod;
  readonly biz: BizContent;
}

/**
 * Reads back the bytes that will be signed, and holds the request against them: what is shown is what is signed (G1).
 *
 * @throws Error when the digest is not theirs, the amount is another one, or they cannot be read. What cannot be shown
 * cannot be approved.
 */
export function readSigned(request: ApprovalRequest): SignedContent {
  const method = guarded(request.method);
  const { gateway, appId, bizContent, params } = request;
  if (digestOf({ gateway, appId, method, bizContent, params }) !== request.digest) {
    throw new Error('the digest is not that of the request');
  }
  const biz = objectOf(JSON.parse(bizContent));
  const amount = { ...biz }[AMOUNT_FIELD[method] ?? ''];
  if (AMOUNT_FIELD[method] !== undefined && amount !== formatYuan(request.fen)) {
    throw new Error('the amount is not that of the request');
  }
  return { method, biz };
}

const AMOUNT_FIELD: Readonly<Record<GuardedMethod, string | undefined>> = {
  'alipay.trade.refund': 'refund_amount',
  'alipay.trade.cancel': undefined,
  'alipay.fund.trans.uni.transfer': 'trans_amount',
};

/** The payee or the trade: as they will be signed, and what preflight's verified answer told of them. */
export function factRows(locale: Locale, { method, biz }: SignedContent, operation: Sentence): Row[] {
  switch (method) {
    case 'alipay.trade.refund':
    case 'alipay.trade.cancel': {
      const { order, buyer } = operation.args;
      return [
        ...(order === undefined ? [] : [row(t(locale, 'approval.order'), `${order}`)]),
        row(t(locale, 'approval.trade_no'), biz['trade_no']),
        ...(buyer === undefined ? [] : [row(t(locale, 'approval.buyer'), `${buyer}`)]),
      ];
    }
    case 'alipay.fund.trans.uni.transfer': {
      const payee = objectOf(biz['payee_info']);
      return [
        { label: t(locale, 'approval.payee.account'), text: nameForeign(textOf(payee['identity'])) },
        row(t(locale, 'approval.payee.type'), accountKind(locale, textOf(payee['identity_type']))),
      ];
    }
  }
}

/** The account a transfer goes to, as it will be signed. */
export function payeeIdentity({ biz }: SignedContent): string {
  return textOf(objectOf(biz['payee_info'])['identity']);
}

export function signedPart(locale: Locale, request: ApprovalRequest, { biz }: SignedContent): ApprovalView['signed'] {
  const digest = request.digest.match(/.{1,4}/g) ?? [];
  return {
    rows: [
      row(t(locale, 'approval.signed.gateway'), request.gateway),
      row('app_id', request.appId),
      row('method', request.method),
      ...Object.entries(request.params).map(([name, value]) => row(showHidden(name), value)),
      row(t(locale, 'approval.signed.operation'), request.operationId),
    ],
    pretty: JSON.stringify(biz, null, 2).split('\n').map(showHidden).join('\n'),
    raw: showHidden(request.bizContent),
    digest,
    short: `${digest.slice(0, 2).join(' ')} … ${digest.slice(-2).join(' ')}`,
  };
}

/** An account is written in ASCII: every other letter gets its name beside it, whatever it looks like. */
function nameForeign(text: string): string {
  return showHidden(text).replace(/[^\x20-\x7e⟨⟩]/gu, (letter) => {
    const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `${letter}⟨U+${code.padStart(4, '0')}⟩`;
  });
}

function accountKind(locale: Locale, type: string): string {
  switch (type) {
    case 'ALIPAY_LOGON_ID':
    case 'ALIPAY_USER_ID':
    case 'ALIPAY_OPEN_ID':
      return t(locale, `approval.payee.${type}`);
    default:
      throw new Error('an unknown kind of account');
  }
}

function guarded(method: string): GuardedMethod {
  switch (method) {
    case 'alipay.trade.refund':
    case 'alipay.trade.cancel':
    case 'alipay.fund.trans.uni.transfer':
      return method;
    default:
      throw new Error('not a method that is approved');
  }
}

function row(label: string, value: unknown): Row {
  return { label, text: showHidden(textOf(value)) };
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error('a part of the request cannot be shown');
  return value;
}

function objectOf(value: unknown): BizContent {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('a part of the request cannot be shown');
  }
  return value as BizContent;
}
