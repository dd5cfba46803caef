import fc from 'fast-check';
import { beijingDate, DAY_MS } from '../../src/alipay/beijing-time.ts';
import { rightParams, signed, type RawParams } from './raw-request.ts';
import type { SandboxProcess } from './sandbox-process.ts';

/** One request to `gateway.do` as it goes over the wire. */
export interface WireRequest {
  readonly verb: string;
  readonly query: string;
  readonly body?: string | Buffer<ArrayBuffer>;
  readonly type?: string;
}

/** The trades that a request would change if it were right. */
export interface Targets {
  readonly sandbox: SandboxProcess;
  readonly paid: string;
  /** Paid, too, and cancelled where the other is refunded. */
  readonly cancellable: string;
  readonly waiting: string;
  readonly buyer: string;
}

type Content = Readonly<Record<string, unknown>>;

/** Node refuses longer request lines itself. */
const MOST_IN_A_QUERY = 8000;
const FORM = 'application/x-www-form-urlencoded';
const ORDER_TEXTS =
  'out_trade_no total_amount subject body passback_params store_id terminal_id time_expire timeout_express seller_id ' +
  'operator_id merchant_order_no discountable_amount undiscountable_amount enable_pay_channels disable_pay_channels ' +
  'product_code';
const NO_TEXTS = [true, false, [], {}, ['1'], { a: '1' }, [[['1.00']]]];
const NO_LISTS = [true, {}, 'x', 5, [1], [null], [[]], { 0: 'x', length: 1 }];
const NO_OBJECTS = [true, [], 'x', 5, [{}]];
const BAD_AMOUNTS =
  '"-1" "0" "0.00" "0.001" "1,000.00" "1e2" "NaN" "Infinity" "0x10" "+1" " 1" "1 " "1." ".5" "01" "１.００" "٣" "1.0.0" ' +
  '"￥1" "100000000.01" "99999999999999999999" "1\\u0000" "\\ud800" -1 0 -0 0.001 1e-7 1e999 -1e999 1e21 ' +
  '123456789012345678901234567890 null';

/** Right requests of every method that writes; only what a generator breaks is wrong with them. */
export function rightWrites({ paid, cancellable, waiting, buyer }: Targets): Readonly<Record<string, Content>> {
  const order = { out_trade_no: 'MALFORMED', total_amount: '1.00', subject: '沙箱 a+b&c' };
  return {
    'alipay.trade.precreate': order,
    'alipay.trade.create': { ...order, out_trade_no: 'MALFORMED_C', buyer_id: buyer },
    'alipay.trade.pay': { ...order, out_trade_no: 'MALFORMED_P', auth_code: '280000000000000000' },
    'alipay.trade.page.pay': { ...order, out_trade_no: 'MALFORMED_W', product_code: 'FAST_INSTANT_TRADE_PAY' },
    'alipay.trade.wap.pay': { ...order, out_trade_no: 'MALFORMED_H' },
    'alipay.trade.refund': { out_trade_no: paid, refund_amount: '1.00', out_request_no: 'MALFORMED_R' },
    'alipay.trade.close': { out_trade_no: waiting },
    'alipay.fund.trans.uni.transfer': {
      out_biz_no: 'MALFORMED_T',
      product_code: 'TRANS_ACCOUNT_NO_PWD',
      biz_scene: 'DIRECT_TRANSFER',
      trans_amount: '1.00',
      order_title: 'x',
      payee_info: { identity: buyer, identity_type: 'ALIPAY_USER_ID' },
    },
    'alipay.data.dataservice.bill.downloadurl.query': {
      bill_type: 'trade',
      bill_date: beijingDate(Date.now() - 3 * DAY_MS),
    },
    'alipay.trade.cancel': { out_trade_no: cancellable },
  };
}

/** Which fields a method reads, by what they are. */
const FIELDS: Readonly<Record<string, { texts: string; lists?: string; objects?: string }>> = {
  'alipay.trade.precreate': { texts: `${ORDER_TEXTS} qr_code_timeout_express`, lists: 'goods_detail' },
  'alipay.trade.create': { texts: `${ORDER_TEXTS} buyer_id buyer_open_id buyer_logon_id`, lists: 'goods_detail' },
  'alipay.trade.pay': { texts: `${ORDER_TEXTS} scene auth_code`, lists: 'goods_detail' },
  'alipay.trade.page.pay': { texts: ORDER_TEXTS, lists: 'goods_detail' },
  'alipay.trade.wap.pay': { texts: ORDER_TEXTS, lists: 'goods_detail' },
  'alipay.trade.refund': {
    texts:
      'trade_no out_trade_no refund_amount out_request_no refund_reason refund_currency operator_id store_id terminal_id',
    lists: 'query_options refund_goods_detail refund_royalty_parameters',
  },
  'alipay.trade.close': { texts: 'trade_no out_trade_no operator_id' },
  'alipay.trade.cancel': { texts: 'trade_no out_trade_no' },
  'alipay.fund.trans.uni.transfer': {
    texts:
      'out_biz_no product_code biz_scene trans_amount order_title remark passback_params business_params transfer_scene_name',
    lists: 'transfer_scene_report_infos',
    objects: 'payee_info payer_info',
  },
  'alipay.data.dataservice.bill.downloadurl.query': { texts: 'bill_type bill_date' },
};

/** The right request of a method, signed, with the changes a generator makes before signing. */
export function writeParams(
  targets: Targets,
  method: string,
  content: Content | string,
  change: RawParams = {},
): Record<string, string> {
  const mode = method === 'alipay.fund.trans.uni.transfer' ? 'certificate' : 'key';
  const biz = typeof content === 'string' ? content : JSON.stringify(content);
  return signed(targets.sandbox, mode, {
    ...rightParams(targets.sandbox, mode),
    method,
    biz_content: biz,
    ...change,
  });
}

/** Every kind of malformed request, as many of each as asked; the same ones for the same seed. */
export function malformedRequests(targets: Targets, ofEach: number, seed: number): [string, WireRequest][] {
  const kinds = { ...brokenForms(targets), ...brokenContents(targets), ...brokenRequests(targets) };
  return Object.entries(kinds).flatMap(([kind, arbitrary]) =>
    fc.sample(arbitrary, { numRuns: ofEach, seed }).map((one): [string, WireRequest] => [kind, one]),
  );
}

type Kinds = Record<string, fc.Arbitrary<WireRequest>>;

const verb = fc.constantFrom('GET', 'POST');
const visible = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });

/** A form in the query or in the body. */
function sent(form: fc.Arbitrary<string>): fc.Arbitrary<WireRequest> {
  return fc
    .tuple(verb, form)
    .map(([chosen, text]) =>
      chosen === 'GET' && text.length < MOST_IN_A_QUERY
        ? { verb: 'GET', query: text }
        : { verb: 'POST', query: '', body: text, type: FORM },
    );
}

function formOf(params: Readonly<Record<string, string>>): string {
  return new URLSearchParams(params).toString();
}

function brokenForms(targets: Targets): Kinds {
  const right = anyWrite(targets).map(([method, content]) => writeParams(targets, method, content));
  const shuffled = right.chain((params) => {
    const names = Object.keys(params);
    return fc
      .shuffledSubarray(names, { minLength: names.length })
      .map((order) => formOf(Object.fromEntries(order.map((name) => [name, params[name] ?? '']))));
  });
  const name = fc.constantFrom(
    'app_id',
    'method',
    'charset',
    'sign_type',
    'timestamp',
    'version',
    'biz_content',
    'sign',
  );
  return {
    truncated: sent(
      fc.tuple(fc.oneof(shuffled, right.map(formOf)), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()).map(
        // Half of the cuts are in the last bytes: the end of a signature.
        ([form, where, end]) => form.slice(0, end ? form.length - 1 - Math.floor(where * 12) : where * form.length),
      ),
    ),
    'two values': fc
      .tuple(right, name, visible, fc.constantFrom('before', 'after', 'query'))
      .map(([params, twice, other, place]) => {
        const more = formOf({ [twice]: `${other}~` });
        const form = formOf(params);
        const body = place === 'before' ? `${more}&${form}` : place === 'after' ? `${form}&${more}` : form;
        return { verb: 'POST', query: place === 'query' ? more : '', body, type: FORM };
      }),
    'missing or unknown parameters': sent(
      fc
        .tuple(right, name, visible, fc.constantFrom('absent', 'empty', 'unsigned'))
        .map(([params, missing, other, how]) => {
          const { [missing]: _gone, ...rest } = params;
          const wanted = how === 'absent' ? rest : how === 'empty' ? { ...rest, [missing]: '' } : params;
          return how === 'unsigned' ? `${formOf(wanted)}&${formOf({ [`~${other}`]: other })}` : formOf(wanted);
        }),
    ),
    'bad signatures': sent(
      fc.tuple(right, fc.nat(10), visible, fc.uint8Array({ maxLength: 300 })).map(([params, how, text, bytes]) => {
        const sign = params.sign ?? '';
        const other = Buffer.from(bytes).toString('base64');
        const last = sign.replace(/.==$/, (tail) => `${String.fromCharCode(tail.charCodeAt(0) + 1)}==`);
        const forms = [`${text}~`, other, `${sign}=`, sign.slice(0, -1), sign.slice(0, -2), ` ${sign}`, `${sign}\n`];
        forms.push(sign.replaceAll(/(.{76})/g, '$1\r\n'), last, sign.toLowerCase(), `${sign.slice(0, 100)}${other}`);
        return formOf({ ...params, sign: forms[how] ?? '' });
      }),
    ),
    'wrong percent-encoding': sent(
      fc
        .tuple(right, fc.nat(), fc.constantFrom('%', '%%', '%zz', '%u4e2d', '%2', '%C3', '%FF', '%00', '%C0%AF'))
        .map(([params, at, wrong]) => {
          const form = formOf(params);
          const places = [...form.matchAll(/%[0-9A-F]{2}/g)];
          const place = places[at % places.length]?.index ?? 0;
          return `${form.slice(0, place)}${wrong}${form.slice(place + 3)}`;
        }),
    ),
    'bytes of no charset': fc
      .tuple(
        right,
        fc.uint8Array({ minLength: 1, maxLength: 80 }),
        fc.constantFrom('utf-8', 'gbk', 'GB2312', 'latin1', 'utf-16le', 'utf-7', '', 'constructor'),
      )
      .map(([params, bytes, charset]) => {
        const { biz_content: _gone, ...rest } = params;
        const head = Buffer.from(`${formOf({ ...rest, charset })}&biz_content=`);
        return {
          verb: 'POST',
          query: '',
          body: Buffer.concat([head, Buffer.from(bytes), Buffer.from([0xff])]),
          type: FORM,
        };
      }),
  };
}

function brokenContents(targets: Targets): Kinds {
  const writes = rightWrites(targets);
  const amounts = Object.entries({
    'alipay.trade.precreate': 'total_amount',
    'alipay.trade.create': 'total_amount',
    'alipay.trade.pay': 'total_amount',
    'alipay.trade.page.pay': 'total_amount',
    'alipay.trade.refund': 'refund_amount',
    'alipay.fund.trans.uni.transfer': 'trans_amount',
  });
  return {
    'wrong types': sent(
      fc.constantFrom(...wrongTypes(writes)).map(([method, content]) => formOf(writeParams(targets, method, content))),
    ),
    'wrong amounts': sent(
      fc
        .tuple(fc.constantFrom(...amounts), fc.constantFrom(...(BAD_AMOUNTS.match(/"[^"]*"|[^\s"]+/g) ?? [])))
        .map(([[method, field], amount]) => {
          const { [field]: _right, ...rest } = writes[method] ?? {};
          const text = `${JSON.stringify(rest).slice(0, -1)},"${field}":${amount}}`;
          return formOf(writeParams(targets, method, text));
        }),
    ),
    'deep JSON': sent(
      fc
        .tuple(anyWrite(targets), fc.integer({ min: 1000, max: 60_000 }), fc.constantFrom('[', '{"a":'), fc.nat(3))
        .map(([[method, content], depth, open, how]) => {
          const deep = `${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}`;
          const field = FIELDS[method]?.texts.split(' ')[0] ?? '';
          const { [field]: _right, ...rest } = content;
          const inside = `${JSON.stringify({ ...rest, a: '' }).slice(0, -1)},"${field}":${deep}}`;
          const texts = [inside, `[${deep}]`, open.repeat(depth), `${inside}${'}'.repeat(depth)}`];
          return formOf(writeParams(targets, method, texts[how] ?? ''));
        }),
    ),
    huge: sent(
      fc
        .tuple(
          anyWrite(targets),
          fc.constantFrom(600, 5000, 90_000, 1_100_000),
          fc.constantFrom('x', '付', '\u0000'),
          fc.nat(2),
        )
        .map(([[method, content], length, unit, how]) => {
          const long = unit.repeat(length / Buffer.byteLength(unit));
          const field = FIELDS[method]?.texts.split(' ').find((name) => Object.hasOwn(content, name)) ?? '';
          if (how === 0) return formOf(writeParams(targets, method, { ...content, [field]: long }));
          const more = how === 1 ? { [long]: 'x' } : { notify_url: `http://127.0.0.1/${long}` };
          return formOf({ ...writeParams(targets, method, content), ...more });
        }),
    ),
  };
}

function brokenRequests(targets: Targets): Kinds {
  const right = anyWrite(targets).map(([method, content]) => formOf(writeParams(targets, method, content)));
  const types = fc.constantFrom(FORM, 'application/json', 'text/plain', 'text/xml; charset=gbk');
  const nothing = fc.constantFrom('', '&&&', '=', '&=&', '%', ' ', '\r\n', '{}', 'null', '<a/>');
  const method = fc.oneof(
    visible,
    fc.constantFrom('__proto__', 'toString', 'alipay.trade.app.pay', 'alipay.trade.query ', 'ALIPAY.TRADE.PAY'),
  );
  return {
    multipart: right.chain((form) =>
      fc
        .tuple(visible, fc.boolean(), fc.constantFrom('multipart/form-data', 'Multipart/Mixed'))
        .map(([text, inQuery, type]) => ({
          verb: 'POST',
          query: inQuery ? form : '',
          body: `--x\r\nContent-Disposition: form-data; name="app_id"\r\n\r\n${text}\r\n--x--\r\n`,
          type: `${type}; boundary=x`,
        })),
    ),
    empty: fc.oneof(
      fc.record({ verb: fc.constant('POST'), query: fc.constant(''), body: nothing, type: types }),
      fc.record({ verb: fc.constant('GET'), query: nothing }),
    ),
    'foreign verbs and methods': fc.oneof(
      fc
        .tuple(fc.constantFrom('PUT', 'DELETE', 'PATCH', 'OPTIONS', 'QUERY'), right)
        .map(([foreign, body]) => ({ verb: foreign, query: '', body, type: FORM })),
      fc
        .tuple(fc.constantFrom('HEAD', 'DELETE', 'OPTIONS'), right)
        .map(([foreign, query]) => ({ verb: foreign, query })),
      sent(method.map((name) => formOf(writeParams(targets, name, {})))),
    ),
  };
}

function anyWrite(targets: Targets): fc.Arbitrary<[string, Content]> {
  return fc.constantFrom(...Object.entries(rightWrites(targets)));
}

/** Every field of every method that writes, with everything it must not be. */
function wrongTypes(writes: Readonly<Record<string, Content>>): [string, Content][] {
  return Object.entries(FIELDS).flatMap(([method, { texts, lists, objects }]) => {
    const wrong = (names: string | undefined, values: readonly unknown[]): [string, Content][] =>
      (names?.split(' ') ?? []).flatMap((field) =>
        values.map((value): [string, Content] => [method, { ...writes[method], [field]: value }]),
      );
    return [...wrong(texts, NO_TEXTS), ...wrong(lists, NO_LISTS), ...wrong(objects, NO_OBJECTS)];
  });
}
