import assert from 'node:assert/strict';
import { catalog, findTool } from '../../../src/tools/catalog.ts';
import { parseInput } from '../../../src/tools/parse.ts';
import { fieldFacts } from '../../../src/tools/schema.ts';
import type { ToolResult } from '../../../src/tools/result.ts';
import type { Locale } from '../../../src/text/index.ts';

function refusal(tool: string, input: unknown, locale: Locale = 'en'): ToolResult {
  const schema = findTool(tool)?.input;
  assert.ok(schema);
  const parsed = parseInput(locale, schema, input);
  assert.ok('result' in parsed, `it was taken: ${JSON.stringify(parsed)}`);
  assert.equal(parsed.result.status, 'invalid_input');
  assert.ok(parsed.result.next_step);
  return parsed.result;
}

function taken(tool: string, input: unknown): Record<string, unknown> {
  const schema = findTool(tool)?.input;
  assert.ok(schema);
  const parsed = parseInput('en', schema, input);
  assert.ok('input' in parsed, `it was refused: ${JSON.stringify(parsed)}`);
  return parsed.input;
}

const REFUND = { trade_no: '2024040112345', refund_amount: '15.50' };
const CREATE = { total_amount: '299.00', subject: 'Premium Subscription' };

const BAD: readonly [what: string, tool: string, input: unknown, says: RegExp][] = [
  ['null', 'refund_trade', null, /JSON object.*not null/],
  ['nothing', 'refund_trade', undefined, /JSON object.*not undefined/],
  ['an array', 'refund_trade', [REFUND], /not array/],
  ['a string', 'refund_trade', JSON.stringify(REFUND), /not string/],
  ['a number', 'refund_trade', 15.5, /not number/],
  ['nothing in it', 'refund_trade', {}, /^refund_amount is missing: give a value such as "15\.50"\.$/],
  [
    'an unknown key',
    'refund_trade',
    { ...REFUND, amount: '1' },
    /no field “amount”.*fields are: trade_no, out_trade_no, refund_amount/,
  ],
  ['__proto__', 'refund_trade', JSON.parse('{"refund_amount":"1.00","__proto__":{"trade_no":"1"}}'), /“__proto__”/],
  ['constructor', 'refund_trade', { ...REFUND, constructor: 1 }, /“constructor”/],
  ['an unknown key that hides', 'refund_trade', { ...REFUND, 'a\u202eb': 1 }, /a⟨U\+202E⟩b/],
  ['many unknown keys', 'refund_trade', { ...REFUND, a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 }, /“f”, …/],
  ['an amount as a number', 'refund_trade', { refund_amount: 15.5 }, /refund_amount must be a string in yuan/],
  ['an amount as null', 'refund_trade', { refund_amount: null }, /refund_amount must not be null/],
  ['an amount with a currency', 'refund_trade', { refund_amount: '¥15.50' }, /must not carry a currency/],
  ['an amount with commas', 'refund_trade', { refund_amount: '1,000.00' }, /must not contain commas/],
  ['an amount of zero', 'refund_trade', { refund_amount: '0.00' }, /must be more than 0/],
  ['three decimals', 'refund_trade', { refund_amount: '1.005' }, /more than two decimals/],
  ['an empty amount', 'refund_trade', { refund_amount: '' }, /refund_amount is blank/],
  ['too large an order', 'create_trade', { ...CREATE, total_amount: '100000000.01' }, /the most .* is 100000000\.00/],
  ['too small a transfer', 'transfer_fund', { trans_amount: '0.09' }, /the least .* is 0\.10/],
  [
    'a number of the wrong type',
    'refund_trade',
    { ...REFUND, trade_no: 2024040112345 },
    /trade_no must be of type string, such as "2026/,
  ],
  ['blanks in a number', 'query_trade', { trade_no: '2024 0401' }, /letters, digits.*“2024 0401”/],
  ['too long a number', 'query_trade', { trade_no: '1'.repeat(65) }, /trade_no has 65 characters; at most 64/],
  [
    'too long a subject',
    'create_trade',
    { ...CREATE, subject: 'x'.repeat(257) },
    /subject has 257 characters; at most 256/,
  ],
  ['a subject Alipay refuses', 'create_trade', { ...CREATE, subject: 'A & B' }, /subject must not contain .*“A & B”/],
  ['a blank subject', 'create_trade', { ...CREATE, subject: ' \u3000\u200b' }, /subject is blank/],
  ['a line break', 'refund_trade', { ...REFUND, refund_reason: 'a\nb' }, /refund_reason contains line breaks/],
  [
    'a control character',
    'refund_trade',
    { ...REFUND, refund_reason: 'a\u0000b' },
    /refund_reason contains line breaks/,
  ],
  ['half a surrogate pair', 'refund_trade', { ...REFUND, refund_reason: 'a\ud83d' }, /broken characters/],
  [
    'a word that is none',
    'create_trade',
    { ...CREATE, product: 'card' },
    /one of: qr, page, wap, app, jsapi; it was “card”/,
  ],
  ['a word of another type', 'create_trade', { ...CREATE, product: 7 }, /one of: qr.*it was “7”/],
  ['too long a wait', 'query_trade', { trade_no: '1', wait_seconds: 121 }, /wait_seconds must be at most 120/],
  ['a wait below zero', 'query_trade', { trade_no: '1', wait_seconds: -1 }, /wait_seconds must be at least 0/],
  ['half a second', 'query_trade', { trade_no: '1', wait_seconds: 0.5 }, /wait_seconds must be of type int/],
  [
    'a wait as text',
    'query_trade',
    { trade_no: '1', wait_seconds: '60' },
    /wait_seconds must be of type .*120, not string/,
  ],
  ['a link that is none', 'create_trade', { ...CREATE, notify_url: 'my webhook' }, /notify_url must be a whole http/],
  ['another scheme', 'create_trade', { ...CREATE, notify_url: 'ftp://a.example/b' }, /notify_url must be a whole http/],
  [
    'a link with a password',
    'create_trade',
    { ...CREATE, notify_url: 'https://a:b@c.example/' },
    /user name or password/,
  ],
  ['a link with a fragment', 'create_trade', { ...CREATE, notify_url: 'https://c.example/#x' }, /must not contain “#”/],
  ['too long a link', 'create_trade', { ...CREATE, notify_url: `https://c.example/${'x'.repeat(250)}` }, /at most 256/],
  [
    'a date of another form',
    'query_bill_download_url',
    { bill_date: '11.04.2024' },
    /day such as "2024-04-11".*“11\.04\.2024”/,
  ],
  [
    'a time-out of another form',
    'create_trade',
    { ...CREATE, timeout_express: '90s' },
    /timeout_express must be a whole number with m, h or d/,
  ],
  [
    'yes for true',
    'query_bill_download_url',
    { bill_date: 'yesterday', download: 'yes' },
    /download must be of type boolean/,
  ],
];

describe('parsing what a caller gave', () => {
  for (const [what, tool, input, says] of BAD) {
    it(`refuses ${what} with a sentence`, () => {
      assert.match(refusal(tool, input).message, says);
    });
  }

  it('says everything that is wrong at once, one sentence for each field', () => {
    const { message } = refusal('refund_trade', { refund_amount: 5, trade_no: 'a b', refund_reason: '\t', why: 'x' });
    for (const field of ['refund_amount', 'trade_no', 'refund_reason', '“why”']) {
      assert.equal(message.split(field).length > 1, true, `${field} in: ${message}`);
    }
  });

  it('speaks Chinese to a Chinese reader', () => {
    for (const [what, tool, input] of BAD) {
      const { message, next_step } = refusal(tool, input, 'zh');
      assert.match(message, /\p{Script=Han}/u, what);
      assert.match(String(next_step), /\p{Script=Han}/u);
      assert.doesNotMatch(message, /\b(must|such as|give|missing)\b/, message);
    }
  });

  it('never repeats a code or handle, not even a wrong one', () => {
    const code = 'secret code with blanks 12345';
    const { message } = refusal('get_oauth_token', { code });
    assert.doesNotMatch(message, /secret code|12345/);
  });

  it('takes the least and the most', () => {
    assert.deepEqual(taken('refund_trade', REFUND), { trade_no: '2024040112345', refund_amount: 1550 });
    assert.equal(
      taken('transfer_fund', {
        trans_amount: '0.1',
        payee_identity: '2088102146225135',
        payee_identity_type: 'ALIPAY_USER_ID',
        order_title: 'x'.repeat(128),
      })['trans_amount'],
      10,
    );
    assert.equal(taken('create_trade', { ...CREATE, total_amount: '100000000' })['total_amount'], 10_000_000_000);
    taken('create_trade', { ...CREATE, subject: '中文商品😀', notify_url: 'http://127.0.0.1:8080/hook?a=b' });
    taken('query_trade', { trade_no: '1', wait_seconds: 0 });
  });

  it('takes no own field from a prototype', () => {
    const input = Object.create({ refund_amount: '1.00' }) as object;
    assert.match(refusal('refund_trade', input).message, /refund_amount is missing/);
  });

  it('takes each tool’s own examples', () => {
    for (const { name, input } of catalog) assert.ok(taken(name, exampleOf(input)), name);
  });
});

function exampleOf(schema: (typeof catalog)[number]['input']): Record<string, unknown> {
  return Object.fromEntries(Object.keys(schema.def.shape).map((field) => [field, fieldFacts(schema, field)?.example]));
}
