import type { Fen } from '../../alipay/money.ts';

/** How a trade came to be asked for: the last part of the method's name. */
export type TradeMethod = 'create' | 'precreate' | 'page.pay' | 'wap.pay' | 'app.pay' | 'pay';

/** REQUESTED is ours: a QR or payment page that nobody has scanned yet, which the platform does not call a trade. */
type TradeStatus = 'REQUESTED' | 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_FINISHED' | 'TRADE_CLOSED';

/** An order of the merchant's, from request to end. Amounts in fen, times in ms. */
export interface Trade {
  readonly out_trade_no: string;
  readonly trade_no: string | null;
  /** The unguessable end of its cashier link. */
  readonly cashier: string;
  /** Whose trade it is: its numbers are unique for each merchant, and no other sees it. */
  readonly merchant_id: string;
  readonly app_id: string;
  readonly method: TradeMethod;
  readonly status: TradeStatus;
  readonly total_fen: Fen;
  readonly refunded_fen: Fen;
  readonly subject: string;
  readonly body: string | null;
  readonly passback_params: string | null;
  readonly store_id: string | null;
  readonly terminal_id: string | null;
  readonly notify_url: string | null;
  readonly return_url: string | null;
  readonly buyer_id: string | null;
  readonly requested_at: number;
  readonly qr_expires_at: number | null;
  readonly expires_at: number;
  readonly created_at: number | null;
  readonly paid_at: number | null;
  readonly closed_at: number | null;
  readonly closed_by: 'timeout' | 'close' | 'cancel' | 'refund' | null;
  readonly refundable_until: number | null;
}

/** A trade that exists for the platform too. */
export type RealTrade = Trade & { readonly trade_no: string; readonly created_at: number };
