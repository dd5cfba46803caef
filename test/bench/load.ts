import { createPrivateKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { formatBeijing } from '../../src/alipay/beijing-time.ts';
import { signContent } from '../../src/alipay/signature.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';
import { LoadClient, type PreparedRequest } from './load-client.ts';

/** How many are under way at once, of either kind. */
const AT_ONCE = 16;
const BASE_MS = 5_000;
const WARM_MS = 15_000;
const LOAD_MS = 30_000;
/** Of the demo data's orders of 2024-04-11: S202404110001 and on. */
const DEMO_ORDERS = 142;
/** One in ten is a precreate; more are prepared than a gateway as fast as the base could take. */
const PRECREATE_SHARE = 0.1;

const signAsync = promisify(
  (data: Buffer, key: KeyObject, done: (error: Error | null, signature: Buffer) => void) =>
    void sign('RSA-SHA256', data, key, done),
);
const verifyAsync = promisify(
  (data: Buffer, key: KeyObject, signature: Buffer, done: (error: Error | null, good: boolean) => void) =>
    void verify('RSA-SHA256', data, key, signature, done),
);

/** What the sandbox does under load, beside what no gateway can avoid. */
export interface LoadFigures {
  /** Requests per second the sandbox answered rightly. */
  readonly perSecond: number;
  readonly answers: number;
  readonly errors: number;
  /** Verifications with one signature each, per second, on all cores of this machine: the mean of before and after. */
  readonly basePerSecond: number;
  /** Memory of the sandbox's process, in KiB. */
  readonly residentBefore: number;
  readonly residentAfter: number;
}

/** Loads a sandbox of its own for 30 s with requests signed before, by a client that does not verify. */
export async function measureLoad(): Promise<LoadFigures> {
  const before = await verifyAndSignRate();
  const awake = setInterval(() => {}, LOAD_MS); // the sandbox's process and pipes do not keep this one alive
  const sandbox = await SandboxProcess.startBuilt('bench-load', '--seed', 'demo');
  try {
    const precreates = Math.ceil(before * PRECREATE_SHARE * ((WARM_MS + LOAD_MS) / 1000) * 2);
    const next = await preparePool(sandbox, precreates);
    const client = await LoadClient.open(Number(new URL(sandbox.line.gateway).port), AT_ONCE, next);
    const warm = await client.run(WARM_MS);
    const residentBefore = residentKib(sandbox);
    const run = await client.run(LOAD_MS);
    const residentAfter = residentKib(sandbox);
    client.close();
    await sandbox.stop();
    const after = await verifyAndSignRate();
    return {
      perSecond: run.perSecond,
      answers: run.answers,
      errors: run.errors + warm.errors,
      basePerSecond: (before + after) / 2,
      residentBefore,
      residentAfter,
    };
  } finally {
    await sandbox.stop();
    clearInterval(awake);
  }
}

/** The least a gateway does for one request, in the thread pool, as often as this machine can in a second. */
async function verifyAndSignRate(): Promise<number> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const data = Buffer.alloc(400, 'a');
  const signature = await signAsync(data, privateKey);
  const start = performance.now();
  const counts = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      let count = 0;
      for (; performance.now() < start + BASE_MS; count += 1) {
        if (!(await verifyAsync(data, publicKey, signature))) throw new Error('a good signature was refused');
        await signAsync(data, privateKey);
      }
      return count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - start) / 1000);
}

/** Signs what will be sent; answers what gives the next: 80 % queries, 10 % refund queries, 10 % new orders. */
async function preparePool(sandbox: SandboxProcess, precreates: number): Promise<() => PreparedRequest> {
  const key = createPrivateKey(readFileSync(sandbox.line.appPrivateKeyFile, 'utf8'));
  const prepare = (method: string, content: object) => prepareRequest(sandbox, key, method, content);
  const order = (index: number) => `S20240411${String((index % DEMO_ORDERS) + 1).padStart(4, '0')}`;
  const queries = await all(DEMO_ORDERS, (index) => prepare('alipay.trade.query', { out_trade_no: order(index) }));
  const refundQueries = await all(DEMO_ORDERS, (index) =>
    prepare('alipay.trade.fastpay.refund.query', {
      out_trade_no: order(index),
      out_request_no: `R${order(index)}`,
    }),
  );
  const orders = await all(precreates, (index) =>
    prepare('alipay.trade.precreate', { out_trade_no: `LOAD${index}`, total_amount: '299.00', subject: '手冲壶' }),
  );
  let count = -1;
  return () => {
    count += 1;
    const round = Math.floor(count / 10);
    const pool = count % 10 === 4 ? refundQueries : count % 10 === 9 ? orders : queries;
    const request = pool === orders ? orders[round] : pool[(pool === queries ? count : round) % pool.length];
    if (!request) throw new Error('more requests were sent than were signed');
    return request;
  };
}

async function prepareRequest(
  { line }: SandboxProcess,
  key: KeyObject,
  method: string,
  content: object,
): Promise<PreparedRequest> {
  const params = {
    app_id: line.appId,
    method,
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: formatBeijing(Date.now()),
    version: '1.0',
    biz_content: JSON.stringify(content),
  };
  const signature = (await signAsync(Buffer.from(signContent(params)), key)).toString('base64');
  const body = new URLSearchParams({ ...params, sign: signature }).toString();
  const { host, pathname } = new URL(line.gateway);
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/x-www-form-urlencoded;charset=utf-8',
    `content-length: ${body.length}`,
  ];
  return {
    bytes: Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`),
    starts: Buffer.from(`{"${method.replaceAll('.', '_')}_response":{"code":"10000"`),
  };
}

/** Makes `count` of something, some at once. */
async function all<One>(count: number, make: (index: number) => Promise<One>): Promise<One[]> {
  const made: One[] = [];
  while (made.length < count) {
    const from = made.length;
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => make(from + index));
    made.push(...(await Promise.all(some)));
  }
  return made;
}

/** The memory a process really holds, in KiB. */
function residentKib({ child }: SandboxProcess): number {
  const [, kib] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kib);
}
