/**
 * `npm run bench`: how much our own work adds to what cannot be avoided, as ratios measured in one run, so that they mean
 * the same on any machine. Prints one table and writes it to .cache/bench.json.
 */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { AlipaySdk } from 'alipay-sdk';
import iconv from 'iconv-lite';
import yauzl from 'yauzl';
import { DAY_MS, startOfBeijingDay } from '../../src/alipay/beijing-time.ts';
import { makeGrant } from '../../src/alipay/grant.ts';
import { PrivateKey, PublicKey } from '../../src/alipay/keys.ts';
import { signContent, signParams, verifyText } from '../../src/alipay/signature.ts';
import { readBill } from '../../src/bills/index.ts';
import { writeTradeBill, type TradeBillRow } from '../../src/sandbox/bill-writer.ts';
import { approve, Desk, refund } from '../support/desk.ts';
import { measureLoad } from './load.ts';

interface Row {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
  readonly ratio: number;
}

const ROWS = 10_000;
const CALLS = 60;

/** Runs `work` `times` times, after one that does not count, and returns each duration in ms, shortest first. */
async function durations(times: number, work: (index: number) => unknown): Promise<number[]> {
  await work(-1);
  const taken: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const start = performance.now();
    await work(index);
    taken.push(performance.now() - start);
  }
  return taken.toSorted((a, b) => a - b);
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
const median = (sorted: readonly number[]): number => at(sorted, 0.5);

function compare(what: string, [measured, ours]: [string, number], [against, base]: [string, number]): Row {
  return {
    what,
    measured: `${measured} ${ours.toFixed(2)} ms`,
    against: `${against} ${base.toFixed(2)} ms`,
    ratio: ours / base,
  };
}

async function signing(): Promise<Row[]> {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [key, other] = [new PrivateKey(pair.privateKey), new PublicKey(pair.publicKey)];
  const pem = pair.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString();
  const bizContent = { out_trade_no: 'A1', total_amount: '299.00', subject: '红包 & "x"' };
  const params = { app_id: '2021', method: 'alipay.trade.query', biz_content: JSON.stringify(bizContent) };
  const sdk = new AlipaySdk({ appId: '2021', privateKey: pem });
  const ours = median(await durations(200, () => signParams(params, key)));
  const theirs = median(await durations(200, () => sdk.sdkExecute('alipay.trade.query', { bizContent })));
  const signature = await signParams(params, key);
  const verify = median(await durations(200, () => verifyText(signContent(params), signature, other)));
  return [
    compare('sign a request', ['ours', ours], ['alipay-sdk', theirs]),
    compare('verify an answer', ['verify', verify], ['sign', ours]),
  ];
}

async function guarding(): Promise<Row[]> {
  const desk = await Desk.open();
  try {
    const query = { method: 'alipay.trade.query', bizContent: { out_trade_no: '2024040112345' } } as const;
    const plain = await durations(CALLS, () => desk.client.send(desk.client.prepare(query)));
    const orders: string[] = [];
    for (let index = 0; index <= CALLS; index += 1) orders.push((await desk.paidOrder()).out_trade_no);
    const guarded = await durations(CALLS, (index) =>
      desk.execute(refund({ trade: { out_trade_no: orders[index + 1] ?? '' } }), approve),
    );
    return [
      compare('guarded refund, p50', ['refund', median(guarded)], ['one query', median(plain)]),
      compare('guarded refund, p99', ['refund', at(guarded, 0.99)], ['one query', at(plain, 0.99)]),
      ...(await adding(desk)),
    ];
  } finally {
    await desk.close();
  }
}

/**
 * What guard and ledger add: a refund through the guard with a person who says yes at once, against the very calls it
 * makes, sent by the bare client. The two take turns, so that a busy moment of the machine hits both.
 */
async function adding(desk: Desk): Promise<Row[]> {
  const { client } = desk;
  const [guarded, bare]: [number[], number[]] = [[], []];
  for (let index = -3; index < CALLS; index += 1) {
    const [ours, theirs] = [await desk.paidOrder(), await desk.paidOrder()];
    const begin = performance.now();
    await desk.execute(refund({ trade: { out_trade_no: ours.out_trade_no } }), approve);
    const middle = performance.now();
    const trade = { out_trade_no: theirs.out_trade_no };
    const query = { method: 'alipay.trade.query', bizContent: trade } as const;
    const number = `R${createHash('sha256').update(theirs.out_trade_no).digest('hex').slice(0, 40)}`;
    const lookUp = {
      method: 'alipay.trade.fastpay.refund.query',
      bizContent: { ...trade, out_request_no: number },
    } as const;
    const pay = {
      method: 'alipay.trade.refund',
      bizContent: { ...trade, refund_amount: '15.50', out_request_no: number },
    } as const;
    // As the guard does: read, read again before the panel, look the number up, read at the click, send.
    for (const call of [query, query, lookUp, query]) await client.send(client.prepare(call));
    await client.send(client.prepare(pay), { grant: makeGrant(() => Promise.resolve()) });
    const end = performance.now();
    if (index < 0) continue; // the first ones warm up
    guarded.push(middle - begin);
    bare.push(end - middle);
  }
  const [ours, theirs] = [guarded.toSorted((a, b) => a - b), bare.toSorted((a, b) => a - b)];
  return [0.5, 0.99].map((share) =>
    compare(
      `what guard and ledger add, p${share * 100}`,
      ['through the guard', at(ours, share)],
      ['the same calls bare', at(theirs, share)],
    ),
  );
}

async function reading(): Promise<Row[]> {
  const from = startOfBeijingDay('2024-04-11');
  const rows = Array.from({ length: ROWS }, (_, index): TradeBillRow => ({
    tradeNo: String(2024041122001400000000000000n + BigInt(index)),
    outTradeNo: `AP20240411${index}`,
    kind: '交易',
    subject: '支付宝订单',
    createdAt: from + index,
    finishedAt: from + index + 1_000,
    buyer: '*杨(137****2600)',
    totalFen: 100 + index,
    receiptFen: 100 + index,
    outRequestNo: '',
    feeFen: 0,
    body: '备注',
  }));
  const zip = writeTradeBill(
    { account: '20880000000000000156', from, to: from + DAY_MS, exportedAt: from + DAY_MS },
    rows,
  );
  const whole = median(await durations(5, () => readBill(zip)));
  const bare = median(await durations(5, () => inflate(zip)));
  return [compare(`read and check a bill of ${ROWS} rows`, ['read', whole], ['unzip and decode', bare])];
}

async function inflate(zip: Buffer): Promise<number> {
  let characters = 0;
  const file = await yauzl.fromBufferPromise(zip, { decodeStrings: false });
  for await (const entry of file.eachEntry()) {
    characters += iconv.decode(await buffer(await file.openReadStreamPromise(entry)), 'gb18030').length;
  }
  return characters;
}

/** The ratios of rates are ours against the base, so higher is better; errors are counted against all answers. */
async function load(): Promise<Row[]> {
  const { perSecond, basePerSecond, answers, errors, residentBefore, residentAfter } = await measureLoad();
  const mib = (kib: number) => `${(kib / 1024).toFixed(0)} MiB`;
  return [
    {
      what: 'sandbox under load for 30 s',
      measured: `${perSecond.toFixed(0)} requests/s`,
      against: `verify and sign ${basePerSecond.toFixed(0)}/s`,
      ratio: perSecond / basePerSecond,
    },
    { what: 'its errors', measured: `${errors} errors`, against: `${answers} answers`, ratio: errors / answers },
    {
      what: 'its memory',
      measured: `at the end ${mib(residentAfter)}`,
      against: `warmed up ${mib(residentBefore)}`,
      ratio: residentAfter / residentBefore,
    },
  ];
}

const table = [...(await signing()), ...(await guarding()), ...(await reading()), ...(await load())];
console.table(table.map(({ ratio, ...row }) => ({ ...row, ratio: ratio.toFixed(2) })));
const folder = resolve(import.meta.dirname, '../../.cache');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(table, null, 2)}\n`);
