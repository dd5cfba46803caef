import type { Band } from '../../src/alipay/profile.ts';
import { formatYuan } from '../../src/alipay/money.ts';
import { digestOf } from '../../src/alipay/prepared.ts';
import type { ApprovalRequest } from '../../src/guard/approver.ts';
import { say } from '../../src/text/index.ts';

const GATEWAYS: Readonly<Record<Band, string>> = {
  'local-sandbox': 'http://127.0.0.1:41873/gateway.do',
  'alipay-sandbox': 'https://openapi-sandbox.dl.alipaydev.com/gateway.do',
  production: 'https://openapi.alipay.com/gateway.do',
};
const LABELS: Readonly<Record<Band, string>> = {
  'local-sandbox': 'Local sandbox',
  'alipay-sandbox': 'Alipay sandbox',
  production: 'Hangzhou flagship store',
};

type Base = Omit<ApprovalRequest, 'digest' | 'method' | 'bizContent'>;

function base(band: Band, over: Partial<Base>): Base {
  return {
    operationId: 'op_7f3c2a91d0e84b56',
    gateway: GATEWAYS[band],
    appId: '2021000123456789',
    params: {},
    profileLabel: LABELS[band],
    band,
    fen: 1550,
    isSecond: false,
    effect: [],
    warnings: [],
    agentWords: [],
    limitsLeft: { perOperation: 100_000, today: 484_450, payeeToday: 200_000 },
    caller: 'GitHub Copilot Chat',
    expiresAt: Date.now() + 300_000,
    queueLength: 0,
    changed: false,
    ...over,
  };
}

/** With the digest that is really that of its bytes. */
function sealed(
  method: 'alipay.trade.refund' | 'alipay.trade.cancel' | 'alipay.fund.trans.uni.transfer',
  biz: object,
  rest: Base,
): ApprovalRequest {
  const bizContent = JSON.stringify(biz);
  const { gateway, appId, params } = rest;
  return { ...rest, method, bizContent, digest: digestOf({ gateway, appId, method, bizContent, params }) };
}

/** A refund of 15.50 of the 299.00 of an order, of which 50.00 went back before. */
export function refundRequest(
  band: Band = 'local-sandbox',
  over: Partial<Base> & { refunded?: number } = {},
): ApprovalRequest {
  const { refunded = 5000, ...more } = over;
  const fen = more.fen ?? 1550;
  const amount = formatYuan(fen);
  const rest = base(band, {
    effect: [
      say('refund_trade.effect', { amount, order: '2024040112345', buyer: 'zha***@example.com' }),
      say('refund_trade.before_after', {
        total: '299.00',
        refunded: formatYuan(refunded),
        rest: formatYuan(29_900 - refunded - fen),
      }),
    ],
    warnings: band === 'production' ? [say('warn.production')] : [],
    agentWords: [{ field: 'refund_reason', text: 'defective item' }],
    ...more,
  });
  const biz = {
    trade_no: '2024040122001412345678901234',
    refund_amount: amount,
    refund_reason: rest.agentWords[0]?.text,
    out_request_no: 'R4c1f0a9b27d8e63554b1c7a08f92de10b6a37c48',
  };
  return sealed('alipay.trade.refund', biz, rest);
}

/** A cancellation of an unpaid order: at most its whole amount goes back. */
export function cancelRequest(band: Band = 'local-sandbox', over: Partial<Base> = {}): ApprovalRequest {
  const rest = base(band, {
    fen: 29_900,
    effect: [
      say('cancel_trade.effect.unpaid', { amount: '299.00', order: '2024040112345' }),
      say('cancel_trade.effect.after'),
    ],
    ...over,
  });
  return sealed('alipay.trade.cancel', { trade_no: '2024040122001412345678901234' }, rest);
}

/** A transfer to somebody never paid before whose account resembles a known one, with words that hide characters. */
export function transferRequest(
  band: Band = 'local-sandbox',
  over: Partial<Base> & { identity?: string } = {},
): ApprovalRequest {
  const { identity = 'zhang.wei0l@example.com', ...more } = over;
  const fen = more.fen ?? 1_280_000;
  const amount = formatYuan(fen);
  const rest = base(band, {
    fen,
    effect: [say('transfer_fund.effect', { amount, payee: identity, type: 'ALIPAY_LOGON_ID' })],
    warnings: [
      say('warn.unusual', { amount, largest: '3200.00' }),
      say('warn.first_payee'),
      say('warn.resembles', { known: 'zhang.wei01@example.com' }),
      say('warn.name_checked'),
      say('warn.hidden_characters', { field: 'remark' }),
    ],
    agentWords: [
      { field: 'payee_name', text: '张伟' },
      { field: 'order_title', text: 'Commission for June' },
      { field: 'remark', text: 'approved by finance \u202e.kcehc on deen' },
    ],
    limitsLeft: { perOperation: 2_000_000, today: 4_000_000, payeeToday: 2_000_000 },
    ...more,
  });
  const biz = {
    out_biz_no: 'Tb81c5d0f3a6e4927c0d1f8e5a9b3762410fedcba',
    trans_amount: amount,
    product_code: 'TRANS_ACCOUNT_NO_PWD',
    biz_scene: 'DIRECT_TRANSFER',
    order_title: 'Commission for June',
    payee_info: { identity, identity_type: 'ALIPAY_LOGON_ID', name: '张伟' },
    remark: rest.agentWords.find(({ field }) => field === 'remark')?.text,
    transfer_scene_name: '佣金报酬',
    transfer_scene_report_infos: [
      { info_type: '岗位类型', info_content: '推广员' },
      { info_type: '报酬说明', info_content: '六月推广佣金' },
    ],
  };
  return sealed('alipay.fund.trans.uni.transfer', biz, rest);
}
