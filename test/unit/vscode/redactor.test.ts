import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Log } from '../../../src/vscode/log/log.ts';
import { redact } from '../../../src/vscode/log/redactor.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs1 = privateKey.export({ format: 'pem', type: 'pkcs1' }).toString();
const der = privateKey.export({ format: 'der', type: 'pkcs8' });
const base64 = der.toString('base64');
const hex = der.toString('hex');

/** Every form a key was ever found in a log in. */
const FORMS: Readonly<Record<string, string>> = {
  'a PEM': pkcs1,
  'a PEM on one line': pkcs1.replaceAll('\n', ' '),
  'a PEM with its line ends spelt out': pkcs1.replaceAll('\n', String.raw`\n`),
  'a PEM cut off before its end': pkcs1.slice(0, -200),
  'a PEM in JSON': JSON.stringify({ key: pkcs1 }),
  'a PEM in JSON in JSON': JSON.stringify(JSON.stringify({ key: pkcs1 })),
  'a PEM in a URL': encodeURIComponent(pkcs1),
  'the PEM’s lines without its frame': pkcs1.split('\n').slice(1, -2).join('\n'),
  'one line of the PEM': pkcs1.split('\n')[7] ?? '',
  'bare base64': base64,
  'bare base64url': der.toString('base64url'),
  'base64 in a URL': encodeURIComponent(base64),
  'base64 in JSON that escapes slashes': JSON.stringify({ x: base64 }).replaceAll('/', String.raw`\/`),
  'base64 in lines of 20': inLines(base64, 20, '\n'),
  'base64 in quoted pieces of 10': inLines(base64, 10, '",\n  "'),
  'base64 in pieces of 4': inLines(base64, 4, ' '),
  'base64 letter by letter': inLines(base64, 1, '-'),
  'base64 in lines with numbers':
    base64
      .match(/.{1,30}/g)
      ?.map((line, n) => `${n}: ${line}`)
      .join('\n') ?? '',
  'base64 of its base64': Buffer.from(base64).toString('base64'),
  hex,
  'hex in capitals': hex.toUpperCase(),
  'hex in lines of 32': inLines(hex, 32, '\n'),
  'hex with colons': inLines(hex, 2, ':'),
  'hex as JavaScript': inLines(hex, 2, String.raw`\x`),
  'hex as C': inLines(hex, 2, ', 0x'),
  'bytes in JSON': JSON.stringify(der),
  'bytes in lines': JSON.stringify([...der], null, 2),
};

function inLines(text: string, length: number, between: string): string {
  return (text.match(new RegExp(`.{1,${length}}`, 'g')) ?? []).join(between);
}

/** Whether 16 characters of a key in a row, read in any of its forms, are still there. */
function leaks(text: string): boolean {
  const letters = text.replace(/[^A-Za-z0-9+/]/g, '');
  const bytes = text.match(/\d+/g)?.join(',') ?? '';
  const forms = [
    base64,
    pkcs1.split('\n').slice(1, -2).join(''),
    hex,
    hex.toUpperCase(),
    FORMS['base64 of its base64'] ?? '',
  ];
  const hidden = forms.some((form) => pieces(form, 16).some((piece) => letters.includes(piece)));
  return hidden || pieces([...der].join(','), 40).some((piece) => bytes.includes(piece));
}

function pieces(text: string, length: number): string[] {
  return Array.from({ length: Math.max(0, text.length - length) }, (_, at) => text.slice(at, at + length));
}

describe('the redactor', () => {
  it('sees a key in every form before it is redacted', () => {
    for (const [form, text] of Object.entries(FORMS)) {
      if (!/URL|with numbers|JavaScript|as C|base64url/.test(form)) assert.ok(leaks(text), form);
    }
  });

  for (const [form, text] of Object.entries(FORMS)) {
    it(`G10: takes out ${form}`, () => {
      for (const line of [text, `Could not read the key ${text} of the profile.`, `{"level":"error","m":${text}}`]) {
        assert.ok(!leaks(redact(line)), redact(line).slice(0, 300));
      }
    });
  }

  it('G10: takes out a key wherever it stands among words', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 30 }), fc.lorem({ maxCount: 30 }), fc.nat(1000), (before, after, from) => {
        const part = base64.slice(from, from + 400);
        const text = redact(`${before} ${part} ${after}`);
        assert.ok(!leaks(text), text);
      }),
      { numRuns: 200 },
    );
  });

  it('takes out what names itself, however short', () => {
    const SECRET = 'Zq7';
    const lines = [
      `sign=${SECRET}&charset=utf-8`,
      `sign%3D${SECRET}&charset=utf-8`,
      `{"sign":"${SECRET}"}`,
      JSON.stringify(JSON.stringify({ access_token: SECRET })),
      `{"refresh_token" : "${SECRET}"}`,
      `refreshToken: '${SECRET}'`,
      `app_auth_token=${SECRET}`,
      `Authorization: Bearer ${SECRET}`,
      `adminToken: ${SECRET}`,
      `code=${SECRET}`,
      `"auth_code":"${SECRET}"`,
      `biz_content={"out_trade_no":"1","remark":"${SECRET}"}`,
      `{"biz_content":"{\\"remark\\":\\"${SECRET}\\"}","x":1}`,
      `biz_content=%7B%22remark%22%3A%22${SECRET}%22%7D`,
      `password => ${SECRET}`,
      `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----`,
      `{"password":"a \\"${SECRET}\\" b"}`,
    ];
    for (const line of lines) assert.ok(!redact(line).includes(SECRET), redact(line));
  });

  it('takes out tokens that do not name themselves', () => {
    for (const token of [randomBytes(32).toString('hex'), randomBytes(30).toString('base64')]) {
      assert.ok(!redact(`the window showed ${token} to somebody`).includes(token));
    }
  });

  it('leaves what a person reads a log for', () => {
    const lines = [
      'refund_trade: op_0123456789abcdef0123 proposed for trade 2026060522001419931441931972, 15.50 yuan',
      'R0123456789abcdef0123456789abcdef01234567 is not known at Alipay: nothing was refunded under it.',
      '{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST"} code=10000',
      '    at ProfileStore.load (/home/user/.vscode-server/extensions/alipay-open-platform-mcp-0.1.0/dist/extension.cjs:10:5)',
      'Profile “Shop” at https://openapi-sandbox.dl.alipaydev.com/gateway.do, app 9021000100000002, level read-only',
      '本地沙箱已在 http://127.0.0.1:43127/gateway.do 启动，用时 1532 毫秒。',
      '2024-04-11 09:30:00 2024-04-12 09:30:00 2024-04-13 09:30:00 2024-04-14 09:30:00',
    ];
    for (const line of lines) assert.equal(redact(line), line);
  });

  it('keeps an entry short', () => {
    assert.ok(redact('word '.repeat(1_000_000)).length <= 20_000);
  });
});

describe('the log', () => {
  it('G10: redacts messages, faults and their causes', () => {
    const entries: string[] = [];
    const keep = (entry: string): void => void entries.push(entry);
    const log = new Log({ info: keep, warn: keep, error: keep });
    log.info(base64);
    log.warn(base64);
    log.error(base64);
    log.error('It failed.', new Error(base64, { cause: new Error(pkcs1) }));
    log.error('It failed.', base64);
    assert.equal(entries.length, 5);
    for (const entry of entries) assert.ok(!leaks(entry), entry);
    assert.match(entries[3] ?? '', /redactor\.test/, 'where it happened');
  });
});
