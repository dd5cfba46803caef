import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import iconv from 'iconv-lite';
import { TABLES } from '../../../src/sandbox/world/schema.ts';
import {
  malformedRequests,
  rightWrites,
  writeParams,
  type Targets,
  type WireRequest,
} from '../../support/malformed-requests.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';
import { call, newNumber, paidTrade } from '../../support/sandbox-sdk.ts';

const BUYER = '2088621000001001';
const OF_EACH = 170;
const SEED = 20_261_127;
const AT_ONCE = 16;

/** Every table of the sandbox's file, row by row, and what its admin door shows of them. */
async function contents(sandbox: SandboxProcess, folder: string): Promise<unknown> {
  const { clock: _clock, ...state } = (await sandbox.admin('GET', '/state')).json;
  const database = new DatabaseSync(join(folder, 'sandbox.sqlite'), { readOnly: true });
  const rows = TABLES.map((table) => [table, database.prepare(`SELECT * FROM ${table} ORDER BY rowid`).all()]);
  database.close();
  return JSON.parse(JSON.stringify({ state, rows }));
}

async function send(sandbox: SandboxProcess, { verb, query, body, type }: WireRequest) {
  const response = await fetch(`${sandbox.line.gateway}?${query}`, {
    method: verb,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const charset = /charset=gbk/i.test(response.headers.get('content-type') ?? '') ? 'gbk' : 'utf8';
  return { status: response.status, headers: response.headers, text: iconv.decode(bytes, charset) };
}

/** A refusal in the platform's form: JSON, or a page where a browser would have been sent on. */
async function checkRefused(sandbox: SandboxProcess, request: WireRequest): Promise<void> {
  const { status, headers, text } = await send(sandbox, request);
  if (request.verb !== 'GET' && request.verb !== 'POST') {
    assert.deepEqual([status, headers.get('allow')], [405, 'GET, POST']);
    return;
  }
  assert.equal(status, 200, text.slice(0, 300));
  if (text.startsWith('<!')) {
    assert.match(text, /(?:isv\.[a-z-]+|ACQ\.[A-Z_]+|invalid-content-type)/);
    return;
  }
  const [[name, node], ...rest] = Object.entries(JSON.parse(text)) as [[string, Record<string, unknown>]];
  assert.match(name, /^(?:error|alipay_[a-z_]+)_response$/);
  assert.match(String(node.code), /^4000[1-6]$/, text.slice(0, 300));
  assert.deepEqual(Object.keys(node), ['code', 'msg', 'sub_code', 'sub_msg']);
  for (const value of Object.values(node)) assert.ok(typeof value === 'string' && value !== '');
  for (const [more] of rest as [string][]) assert.match(more, /^(?:sign|alipay_cert_sn)$/);
}

describe('protocol v2 and malformed requests', function () {
  this.timeout(180_000);
  let folder: string;
  let targets: Targets;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-malformed-'));
    const sandbox = await SandboxProcess.start('sandbox-malformed', '--data', folder, '--seed', 'empty');
    const sdk = sandbox.sdk('key');
    const waiting = newNumber();
    const order = { out_trade_no: waiting, total_amount: '5.00', subject: 'x', buyer_id: BUYER };
    await call(sdk, 'alipay.trade.create', order);
    const [paid, cancellable] = [await paidTrade(sandbox, sdk), await paidTrade(sandbox, sdk)];
    targets = { sandbox, paid, cancellable, waiting, buyer: BUYER };
  });
  after(async () => {
    await targets.sandbox.stop();
    rmSync(folder, { recursive: true });
  });

  it('refuses each of 2210 in the platform’s form, and nothing changes', async () => {
    const { sandbox } = targets;
    const requests = malformedRequests(targets, OF_EACH, SEED);
    assert.equal(requests.length, 13 * OF_EACH);
    const before = await contents(sandbox, folder);
    const left = requests.values();
    const wrong: string[] = [];
    const work = async () => {
      for (const [kind, request] of left) {
        await checkRefused(sandbox, request).catch((error: unknown) => {
          const shown = `${request.verb} ${request.query} ${request.body?.toString() ?? ''}`;
          wrong.push(`${kind}: ${String(error)}\n${shown.slice(0, 1500)}`);
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    assert.equal(wrong.length, 0, wrong.slice(0, 5).join('\n\n'));
    assert.deepEqual(await contents(sandbox, folder), before);
    assert.equal(sandbox.child.exitCode, null);
  });

  it('takes every one of those requests where nothing is wrong with it', async () => {
    for (const [method, content] of Object.entries(rightWrites(targets))) {
      const body = new URLSearchParams(writeParams(targets, method, content)).toString();
      const type = 'application/x-www-form-urlencoded';
      const { status, text } = await send(targets.sandbox, { verb: 'POST', query: '', body, type });
      if (status !== 302) assert.match(text, /"code":"10000"/, `${method} ${text}`);
    }
  });
});
