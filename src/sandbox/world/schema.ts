import { MERCHANT_ID } from '../identity.ts';

/**
 * Money is whole fen, time is ms since the epoch. Every amount that moves is two movements that sum to 0, and the
 * database itself refuses what may never be: a negative balance (but for `outside`, where demo money comes from), a
 * refund above its trade, a paid trade without a payment.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS users (
  user_id TEXT PRIMARY KEY, logon_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  nick_name TEXT, province TEXT, city TEXT, gender TEXT,
  known INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS accounts (
  owner TEXT PRIMARY KEY,
  balance_fen INTEGER NOT NULL DEFAULT 0 CHECK (balance_fen >= 0 OR owner = 'outside')
) STRICT;

CREATE TABLE IF NOT EXISTS movements (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL,
  account TEXT NOT NULL REFERENCES accounts (owner), counterparty TEXT NOT NULL REFERENCES accounts (owner),
  amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0), balance_fen INTEGER NOT NULL,
  kind TEXT NOT NULL, trade_no TEXT NOT NULL, out_no TEXT NOT NULL, subject TEXT NOT NULL, remark TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS movements_of_account ON movements (account, at);

CREATE TABLE IF NOT EXISTS trades (
  out_trade_no TEXT NOT NULL, trade_no TEXT UNIQUE, cashier TEXT NOT NULL UNIQUE,
  merchant_id TEXT NOT NULL DEFAULT '${MERCHANT_ID}', app_id TEXT NOT NULL, method TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('REQUESTED', 'WAIT_BUYER_PAY', 'TRADE_SUCCESS', 'TRADE_FINISHED', 'TRADE_CLOSED')),
  total_fen INTEGER NOT NULL CHECK (total_fen > 0),
  refunded_fen INTEGER NOT NULL DEFAULT 0 CHECK (refunded_fen BETWEEN 0 AND total_fen),
  subject TEXT NOT NULL, body TEXT, passback_params TEXT, store_id TEXT, terminal_id TEXT,
  notify_url TEXT, return_url TEXT,
  buyer_id TEXT REFERENCES users (user_id),
  requested_at INTEGER NOT NULL, qr_expires_at INTEGER, expires_at INTEGER NOT NULL,
  created_at INTEGER, paid_at INTEGER, closed_at INTEGER,
  closed_by TEXT CHECK (closed_by IN ('timeout', 'close', 'cancel', 'refund')),
  refundable_until INTEGER,
  UNIQUE (out_trade_no, merchant_id),
  CHECK ((status = 'REQUESTED') = (trade_no IS NULL)),
  CHECK ((status = 'TRADE_CLOSED') = (closed_by IS NOT NULL)),
  CHECK (paid_at IS NOT NULL OR (status NOT IN ('TRADE_SUCCESS', 'TRADE_FINISHED') AND refunded_fen = 0)),
  CHECK (status <> 'WAIT_BUYER_PAY' OR paid_at IS NULL),
  CHECK (refunded_fen < total_fen OR status = 'TRADE_CLOSED')
) STRICT;
CREATE INDEX IF NOT EXISTS trades_waiting ON trades (expires_at) WHERE status = 'WAIT_BUYER_PAY';
CREATE INDEX IF NOT EXISTS trades_refundable ON trades (refundable_until) WHERE status = 'TRADE_SUCCESS';
CREATE INDEX IF NOT EXISTS trades_paid ON trades (paid_at) WHERE paid_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS refunds (
  trade_no TEXT NOT NULL REFERENCES trades (trade_no), out_request_no TEXT NOT NULL,
  refund_fen INTEGER NOT NULL CHECK (refund_fen > 0), reason TEXT, at INTEGER NOT NULL,
  PRIMARY KEY (trade_no, out_request_no)
) STRICT;
CREATE INDEX IF NOT EXISTS refunds_at ON refunds (at);

CREATE TABLE IF NOT EXISTS transfers (
  merchant_id TEXT NOT NULL DEFAULT '${MERCHANT_ID}',
  order_id TEXT PRIMARY KEY, pay_fund_order_id TEXT NOT NULL UNIQUE, out_biz_no TEXT NOT NULL,
  product_code TEXT NOT NULL, biz_scene TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), payee_id TEXT NOT NULL REFERENCES users (user_id),
  parameters TEXT NOT NULL, order_title TEXT NOT NULL, remark TEXT, passback_params TEXT,
  status TEXT NOT NULL CHECK (status IN ('SUCCESS')), at INTEGER NOT NULL,
  UNIQUE (out_biz_no, product_code, biz_scene, merchant_id)
) STRICT;

CREATE TABLE IF NOT EXISTS authorizations (
  code TEXT PRIMARY KEY, app_id TEXT, user_id TEXT NOT NULL REFERENCES users (user_id), scope TEXT NOT NULL,
  expires_at INTEGER NOT NULL, used_at INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS tokens (
  access_hash TEXT PRIMARY KEY, refresh_hash TEXT NOT NULL UNIQUE,
  app_id TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES users (user_id), scope TEXT NOT NULL,
  started_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, refresh_expires_at INTEGER NOT NULL, replaced_at INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS notifications (
  notify_id TEXT PRIMARY KEY, out_trade_no TEXT NOT NULL, notify_url TEXT NOT NULL,
  parameters TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('waiting', 'delivered', 'given-up', 'not-loopback', 'lost')),
  attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER, last_answer TEXT, created_at INTEGER NOT NULL,
  fault TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS notifications_due ON notifications (next_at) WHERE status = 'waiting';
CREATE INDEX IF NOT EXISTS notifications_held ON notifications (out_trade_no) WHERE status = 'waiting' AND fault = 'out-of-order-notification';

CREATE TABLE IF NOT EXISTS bill_links (
  file_id TEXT PRIMARY KEY, merchant_id TEXT NOT NULL DEFAULT '${MERCHANT_ID}', bill_type TEXT NOT NULL, bill_date TEXT NOT NULL, expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS snapshots (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, taken_at INTEGER NOT NULL
) STRICT;
`;

/** Every table of the world's state, children before the parents they point at. Snapshots are copies of these. */
export const TABLES = [
  'bill_links',
  'notifications',
  'tokens',
  'authorizations',
  'transfers',
  'refunds',
  'trades',
  'movements',
  'accounts',
  'users',
  'meta',
] as const;
