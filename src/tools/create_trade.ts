import { randomInt } from 'node:crypto';
import { beijingDate, formatBeijing } from '../alipay/beijing-time.ts';
import { InputError } from '../alipay/errors.ts';
import { formatYuan } from '../alipay/money.ts';
import { unknown, type Outcome } from '../alipay/outcome.ts';
import type { Prepared } from '../alipay/prepared.ts';
import { say, t, type Sentence } from '../text/index.ts';
import type { ToolContext } from './context.ts';
import { defineTool } from './define.ts';
import { fact } from './facts.ts';
import { amount, input, number, oneOf, optional, text, url } from './fields.ts';
import { notSucceeded, present, resultSchema, succeeded, together } from './result.ts';
import { closingTime } from './timeout.ts';
import { textOf } from './trade.ts';

const FIVE_MINUTES_MS = 300_000;

/** What each product is called at Alipay (`alipay-openapi.md` §3.1 to §3.5), and what the buyer pays with. */
const products = {
  qr: { method: 'alipay.trade.precreate', code: 'QR_CODE_OFFLINE', gives: 'qr_code', leastMs: 0 },
  page: { method: 'alipay.trade.page.pay', code: 'FAST_INSTANT_TRADE_PAY', gives: 'payment_link', leastMs: 0 },
  wap: { method: 'alipay.trade.wap.pay', code: 'QUICK_WAP_WAY', gives: 'payment_link', leastMs: FIVE_MINUTES_MS },
  app: { method: 'alipay.trade.app.pay', code: 'QUICK_MSECURITY_PAY', gives: 'order_string', leastMs: FIVE_MINUTES_MS },
  jsapi: { method: 'alipay.trade.create', code: 'JSAPI_PAY', gives: 'trade_no', leastMs: 0 },
} as const;

type Product = keyof typeof products;
type Made = { readonly paysWith: string } | { readonly outcome: Exclude<Outcome, { status: 'succeeded' }> };

const ready = {
  qr: 'create_trade.qr',
  page: 'create_trade.link',
  wap: 'create_trade.link',
  app: 'create_trade.app',
  jsapi: 'create_trade.jsapi',
} as const satisfies Record<Product, string>;

/** Makes an order. Under one `out_trade_no` there is never more than one, so an unknown outcome repeats the number. */
export const createTrade = defineTool({
  name: 'create_trade',
  title: 'create_trade.title',
  description: 'create_trade.description',
  kind: 'write',

  input: input({
    total_amount: amount('total_amount', 'field.total_amount', { min: 1, max: 10_000_000_000 }),
    subject: text('field.subject', 256, 'Premium Subscription', { pattern: /^[^/=&]*$/, says: 'field.subject.rule' }),
    product: optional(oneOf('field.product', ['qr', 'page', 'wap', 'app', 'jsapi'], 'qr')),
    out_trade_no: optional(
      text('field.new_out_trade_no', 64, 'AP2024041200987', {
        pattern: /^[0-9A-Za-z_]+$/,
        says: 'field.new_out_trade_no.rule',
      }),
    ),
    body: optional(text('field.body', 128, 'One year')),
    timeout_express: optional(
      text('field.timeout_express', 6, '30m', {
        pattern: /^(?:[1-9]\d{0,4}[mhd]|1c)$/,
        says: 'field.timeout_express.rule',
      }),
    ),
    notify_url: optional(url('notify_url', 'field.notify_url', 'https://shop.example.com/alipay/notify')),
    return_url: optional(url('return_url', 'field.return_url', 'https://shop.example.com/thanks')),
    buyer_id: optional(number('field.buyer_id', '2088102146225135', 28)),
    buyer_open_id: optional(number('field.buyer_open_id', '074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5', 128)),
  }),

  output: resultSchema({
    out_trade_no: fact('field.out_trade_no'),
    trade_no: fact('field.trade_no'),
    total_amount: fact('create_trade.total_amount'),
    subject: fact(),
    product: fact(),
    qr_code: fact('create_trade.qr_code'),
    payment_link: fact('create_trade.payment_link'),
    order_string: fact('create_trade.order_string'),
    closes_at: fact('create_trade.closes_at'),
    notify_url: fact(),
  }),

  async handle(ctx, given) {
    const { client, clock, locale } = ctx;
    const product = given.product ?? 'qr';
    checkFits(product, given);
    const { method, code, gives, leastMs } = products[product];
    const timeout = given.timeout_express ?? '30m';
    const closes = formatBeijing(closingTime(timeout, clock.now(), leastMs, client.profile.band));
    const order = given.out_trade_no ?? newOrderNumber(clock.now());
    const total = formatYuan(given.total_amount);
    const { subject, body, notify_url, return_url, buyer_id, buyer_open_id } = given;
    const prepared = client.prepare({
      method,
      bizContent: present({
        out_trade_no: order,
        total_amount: total,
        subject,
        body,
        product_code: code,
        timeout_express: timeout,
        buyer_id,
        buyer_open_id,
      }),
      params: present({ notify_url, return_url }) as Record<string, string>,
    });
    const facts = { out_trade_no: order, total_amount: total, subject, product, notify_url };
    const made = await makeOrder(ctx, product, prepared);
    if ('outcome' in made) {
      return notSucceeded(locale, made.outcome, facts, nextAfter(made.outcome, order));
    }
    const message = [
      t(locale, ready[product], { order, amount: total, closes }),
      ...(notify_url === undefined ? [] : [t(locale, 'create_trade.notified', { url: notify_url })]),
    ];
    const next = t(locale, 'create_trade.next', { order });
    return succeeded(together(locale, message), { ...facts, [gives]: made.paysWith, closes_at: closes }, next);
  },
});

async function makeOrder(ctx: ToolContext, product: Product, prepared: Prepared): Promise<Made> {
  switch (product) {
    case 'page':
    case 'wap':
      return { paysWith: await ctx.client.signedUrl(prepared) };
    case 'app':
      return { paysWith: await ctx.client.orderString(prepared) };
    case 'qr':
    case 'jsapi': {
      const outcome = await sendUntilDefinite(ctx, prepared);
      if (outcome.status !== 'succeeded') return { outcome };
      const paysWith = textOf(outcome.node, products[product].gives);
      return paysWith === undefined ? { outcome: unknown('unreadable', say('outcome.unreadable')) } : { paysWith };
    }
  }
}

/** The same bytes once more where the first outcome is unknown: the number keeps them one order. */
async function sendUntilDefinite({ client, signal, progress }: ToolContext, prepared: Prepared): Promise<Outcome> {
  const outcome = await client.send(prepared, { signal });
  if (outcome.status !== 'unknown' || signal.aborted) return outcome;
  progress(say('create_trade.again'));
  return client.send(prepared, { signal });
}

function nextAfter(outcome: Outcome, order: string): Sentence | undefined {
  return outcome.status === 'unknown' ? say('create_trade.unknown.next', { order }) : undefined;
}

function newOrderNumber(now: number): string {
  return `AP${beijingDate(now).replaceAll('-', '')}${String(randomInt(10 ** 10)).padStart(10, '0')}`;
}

function checkFits(product: Product, given: Readonly<Record<string, unknown>>): void {
  const onBrowser = product === 'page' || product === 'wap';
  if (!onBrowser && given['return_url'] !== undefined) throw onlyFor('return_url', 'page, wap');
  const buyers = ['buyer_id', 'buyer_open_id'].filter((field) => given[field] !== undefined);
  if (product !== 'jsapi' && buyers[0] !== undefined) throw onlyFor(buyers[0], 'jsapi');
  if (product === 'jsapi' && buyers.length !== 1) throw new InputError(say('create_trade.needs_buyer'));
}

function onlyFor(field: string, list: string): InputError {
  return new InputError(say('create_trade.only_for', { field, products: list }));
}
