import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { parseBeijing, startOfBeijingDay } from '../../src/alipay/beijing-time.ts';
import { writeAccountBill, writeTradeBill, type TradeBillRow } from '../../src/sandbox/bill-writer.ts';
import { tradeDetail, tradeRow, tradeTotals, zipOf } from '../unit/bills/bill-files.ts';

const PROGRAM = join(import.meta.dirname, '../../src/cli/bill.ts');
const PERIOD = {
  account: '20881021694158000156',
  from: startOfBeijingDay('2024-04-11'),
  to: startOfBeijingDay('2024-04-12'),
  exportedAt: parseBeijing('2024-04-12 09:00:00'),
};

/** The brief's day: 142 payments of 48,720.50, of which one above 5,000, and 7 refunds of 1,230.00. */
function briefRows(): TradeBillRow[] {
  const payments = Array.from({ length: 142 }, (_, index) => row('交易', index, index === 0 ? 599_900 : 30_000));
  const missing = 4_872_050 - payments.reduce((sum, { receiptFen }) => sum + receiptFen, 0);
  const last = payments[141];
  assert.ok(last);
  payments[141] = { ...last, totalFen: last.totalFen + missing, receiptFen: last.receiptFen + missing };
  const refunds = Array.from({ length: 7 }, (_, index) => row('退款', index, index === 0 ? -63_000 : -10_000));
  return [...payments, ...refunds];
}

function row(kind: TradeBillRow['kind'], index: number, fen: number): TradeBillRow {
  const at = PERIOD.from + (index + 1) * 60_000;
  const names = {
    tradeNo: `20240411220014${index}`,
    outTradeNo: `AP20240411${index}`,
    subject: '示例商品',
    buyer: '*三',
    body: '',
  };
  const outRequestNo = kind === '退款' ? `R${index}` : '';
  return { ...names, kind, createdAt: at, finishedAt: at, totalFen: fen, receiptFen: fen, outRequestNo, feeFen: 0 };
}

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function bill(args: readonly string[], language = 'en_US.UTF-8'): Promise<Run> {
  const env = { PATH: process.env['PATH'], LC_ALL: language };
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, out, err };
}

describe('the bill command', () => {
  let folder: string;
  let trade: string;
  let account: string;
  let lying: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bill-'));
    [trade, account, lying] = ['trade.zip', 'account.zip', 'lying.zip'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(trade, writeTradeBill(PERIOD, briefRows()));
    await writeFile(account, writeAccountBill(PERIOD, []));
    await writeFile(lying, zipOf(tradeDetail([tradeRow('交易', '20.00')], tradeTotals(1, '20.01', 0, '0.00'))));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('shows the brief’s figures to a person', async () => {
    const { code, out, err } = await bill([trade, '--flag-above', '5000']);
    assert.equal(err, '');
    assert.equal(code, 0);
    assert.match(out, /2024-04-11/);
    assert.match(out, /Payments received +142 +48,720\.50\n/);
    assert.match(out, /Refunds given +7 +1,230\.00\n/);
    assert.match(out, /Net +47,490\.50\n/);
    assert.match(out, /Above 5,000\.00: 1\n +line 6 .* 5,999\.00 .*AP202404110 /);
    assert.match(out, /agree with its rows/);
  });

  it('lines amounts up', async () => {
    const { out } = await bill([trade]);
    const amounts = out.split('\n').filter((line) => /^ {2}\S.*\d\.\d\d$/.test(line));
    assert.equal(amounts.length, 4);
    assert.equal(new Set(amounts.map((line) => line.length)).size, 1);
  });

  it('speaks Chinese where the terminal does', async () => {
    const { out } = await bill([trade], 'zh_CN.UTF-8');
    assert.match(out, /净额 +47,490\.50\n/);
    assert.doesNotMatch(out, /Payments/);
  });

  it('gives one JSON object with amounts as yuan strings', async () => {
    const { code, out } = await bill(['--json', '--flag-above=5000', trade]);
    assert.equal(code, 0);
    const answer = JSON.parse(out) as Record<string, unknown>;
    const { type, trades, refunds, net, from, checks_agree: agree, flagged } = answer;
    assert.deepEqual(
      { type, trades, refunds, net, from, agree },
      {
        type: 'trade',
        trades: { count: 142, gross: '48720.50' },
        refunds: { count: 7, amount: '1230.00' },
        net: '47490.50',
        from: '2024-04-11 00:00:00',
        agree: true,
      },
    );
    assert.deepEqual(flagged, {
      above: '5000.00',
      count: 1,
      rows: [
        {
          line: 6,
          trade_no: '202404112200140',
          out_trade_no: 'AP202404110',
          subject: '示例商品',
          time: '2024-04-11 00:01:00',
          amount: '5999.00',
        },
      ],
    });
  });

  it('reads a signcustomer bill of an empty day', async () => {
    const { code, out } = await bill([account, '--json']);
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as { net: string }).net, '0.00');
    assert.match((await bill([account])).out, /Money in +0 +0\.00/);
  });

  it('shows the totals of a bill that lies about itself, loudly, and ends with 1', async () => {
    const { code, out } = await bill([lying]);
    assert.equal(code, 1);
    assert.match(out, /Net +20\.00/);
    assert.match(out, /WARNING: 1 figures of the file DO NOT AGREE/);
    assert.match(out, /payments received: the file says 20\.01, its rows give 20\.00/);
    const json = await bill([lying, '--json']);
    assert.equal(json.code, 1);
    assert.equal((JSON.parse(json.out) as { checks_agree: boolean }).checks_agree, false);
  });

  it('says how it is used, to whoever asks', async () => {
    for (const option of ['--help', '-h']) {
      const { code, out, err } = await bill([option]);
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, /^Usage: npm run --silent bill -- /);
    }
  });

  it('answers bad files and arguments with a sentence on stderr, and ends with 2', async () => {
    const text = join(folder, 'text.zip');
    await writeFile(text, 'not a zip');
    const cases: [string[], RegExp][] = [
      [[], /^Say which bill: [^]*\nUsage: /],
      [[trade, lying], /is one word too many\.\nUsage: /],
      [[trade, '--sum'], /^“--sum” is not an option of this program\.\nUsage: /],
      [[trade, '--flag-above'], /^--flag-above needs a value after it\.\nUsage: /],
      [[trade, '--flag-above', '-1'], /^--flag-above needs a value after it, and what begins with “-”/],
      [[trade, '--json=1'], /^--json takes no value\./],
      [[trade, '--flag-above', '5,000'], /must not contain commas/],
      [[join(folder, 'none.zip')], /there is no file .*none\.zip/],
      [[folder], /is a folder; a file is needed/],
      [[text], /not a ZIP file/],
    ];
    for (const [args, sentence] of cases) {
      const { code, out, err } = await bill(args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(out, '');
      assert.match(err, sentence);
      assert.ok(err.trim().split('\n').length <= 2, err);
    }
  });
});
