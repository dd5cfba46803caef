import { InputError } from '../alipay/errors.ts';
import { render, say, t, type Sentence } from '../text/index.ts';
import { defineTool } from './define.ts';
import { fact, yesNo } from './facts.ts';
import { input, number, optional } from './fields.ts';
import { notSucceeded, present, resultSchema, succeeded, together } from './result.ts';
import { textOf, yuanOf } from './trade.ts';

/** What `transfer_fund` sends, and so what a transfer the ledger does not know most likely was. */
const DEFAULTS = { product_code: 'TRANS_ACCOUNT_NO_PWD', biz_scene: 'DIRECT_TRANSFER' } as const;
/** Alipay's precedence among the three numbers (`alipay-openapi.md` §3.13). */
const NUMBERS = ['pay_fund_order_id', 'order_id', 'out_biz_no'] as const;
const TOLD = [...NUMBERS, 'pay_date', 'arrival_time_end', 'error_code', 'fail_reason'] as const;

/** `alipay.fund.trans.common.query` (`alipay-openapi.md` §3.13). Only SUCCESS is done. */
export const queryTransfer = defineTool({
  name: 'query_transfer',
  title: 'query_transfer.title',
  description: 'query_transfer.description',
  kind: 'read',

  input: input({
    out_biz_no: optional(number('field.out_biz_no', 'T20260605A1')),
    order_id: optional(number('field.order_id', '20190801110070000006380000250621')),
    pay_fund_order_id: optional(number('field.pay_fund_order_id', '20190801110070001506380000251556')),
  }),

  output: resultSchema({
    out_biz_no: fact('field.out_biz_no'),
    order_id: fact('field.order_id'),
    pay_fund_order_id: fact('field.pay_fund_order_id'),
    transfer_status: fact(),
    transfer_status_meaning: fact('query_transfer.meaning'),
    arrived: yesNo('query_transfer.arrived'),
    trans_amount: fact('query_trade.yuan'),
    pay_date: fact('query_trade.beijing'),
    arrival_time_end: fact('query_trade.beijing'),
    error_code: fact(),
    fail_reason: fact(),
  }),

  async handle(ctx, given) {
    const { client, locale, signal, transfers } = ctx;
    const used = NUMBERS.find((name) => given[name] !== undefined);
    if (used === undefined) throw new InputError(say('query_transfer.no_number'));
    const value = given[used] ?? '';
    const known = given.out_biz_no === undefined ? undefined : transfers.find(given.out_biz_no);
    const { product_code, biz_scene } = known ?? DEFAULTS;
    const asked = { [used]: value };
    const query = client.prepare({
      method: 'alipay.fund.trans.common.query',
      bizContent: { ...asked, product_code, biz_scene },
    });
    const outcome = await client.send(query, { signal });
    if (outcome.status !== 'succeeded') {
      const absent = outcome.status === 'rejected' && outcome.subCode === 'ORDER_NOT_EXIST';
      return notSucceeded(locale, outcome, asked, absent ? say('query_transfer.not_found.next') : undefined);
    }
    const { node } = outcome;
    const status = textOf(node, 'status') ?? '–';
    const { meaning, next } = readStatus(status);
    const words = render(locale, meaning);
    const said = t(locale, 'query_transfer.message', { number: value, meaning: words });
    const several = NUMBERS.filter((name) => given[name] !== undefined).length > 1;
    const message = several ? together(locale, [said, t(locale, 'query_transfer.used', { field: used })]) : said;
    const facts = {
      ...asked,
      ...present(Object.fromEntries(TOLD.map((name) => [name, textOf(node, name)]))),
      transfer_status: status,
      transfer_status_meaning: words,
      arrived: status === 'SUCCESS',
      trans_amount: yuanOf(node, 'trans_amount'),
    };
    return succeeded(message, facts, next && render(locale, next));
  },
});

function readStatus(status: string): { readonly meaning: Sentence; readonly next?: Sentence } {
  switch (status) {
    case 'SUCCESS':
      return { meaning: say('transfer_status.SUCCESS') };
    case 'WAIT_PAY':
      return { meaning: say('transfer_status.WAIT_PAY'), next: say('query_transfer.in_progress.next') };
    case 'DEALING':
      return { meaning: say('transfer_status.DEALING'), next: say('query_transfer.in_progress.next') };
    case 'CLOSED':
      return { meaning: say('transfer_status.CLOSED') };
    case 'FAIL':
      return { meaning: say('transfer_status.FAIL'), next: say('query_transfer.back.next') };
    case 'REFUND':
      return { meaning: say('transfer_status.REFUND'), next: say('query_transfer.back.next') };
    default:
      return { meaning: say('trade_status.other', { status }), next: say('query_transfer.in_progress.next') };
  }
}
