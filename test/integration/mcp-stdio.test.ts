import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactsDir } from '../support/artifacts.ts';
import { no, ROOT, runMcp, startMcp, yes, type StockClient } from '../support/mcp-child.ts';

const SUITE = 'mcp-stdio';
const SANDBOX = ['--sandbox', '--data', join(artifactsDir(SUITE), 'data')];
const TOOLS = [
  'cancel_trade',
  'close_trade',
  'create_trade',
  'get_oauth_token',
  'query_bill_download_url',
  'query_trade',
  'query_transfer',
  'query_user_info',
  'refund_trade',
  'transfer_fund',
];
const REFUND = { out_trade_no: '2024040112345', refund_amount: '15.50', refund_reason: 'defective item' };
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

describe('npm run mcp -- --sandbox, driven by a stock client', () => {
  describe('with a person who can be asked', () => {
    let person: StockClient;
    before(async () => {
      person = await startMcp(SUITE, SANDBOX, { answer: yes, npm: true });
    });
    after(() => person.close());
    beforeEach(() => {
      person.answer = yes;
      person.asked.length = 0;
    });

    it('offers exactly the ten tools, with schemas and hints', async () => {
      const { tools } = await person.client.listTools();
      assert.deepEqual(
        tools.map(({ name }) => name),
        TOOLS,
      );
      for (const { name, annotations, inputSchema, outputSchema, description } of tools) {
        const guarded = ['cancel_trade', 'refund_trade', 'transfer_fund'].includes(name);
        assert.equal(annotations?.readOnlyHint, name.startsWith('query_'), name);
        assert.equal(annotations?.destructiveHint, guarded, name);
        assert.equal(annotations?.openWorldHint, false, name);
        assert.equal(inputSchema.type, 'object', name);
        assert.ok(outputSchema?.properties?.['status'], name);
        assert.ok(description, name);
      }
      assert.equal(person.client.getServerVersion()?.name, 'alipay');
    });

    it('refunds order 2024040112345 by 15.50 with a reason: asked once, and the same call again is the same refund', async () => {
      const first = await person.call('refund_trade', REFUND);
      assert.equal(first.status, 'succeeded', first.message);
      assert.equal(first['refund_amount'], '15.50');
      assert.equal(first['remaining_after'], '283.50');
      assert.equal(person.asked.length, 1);
      const [shown = ''] = person.asked;
      for (const part of [
        'Refund 15.50 CNY',
        '2024040112345',
        'LOCAL SANDBOX',
        'refund_reason: "defective item"',
        'SHA-256: ',
      ]) {
        assert.ok(shown.includes(part), `${part} is missing in:\n${shown}`);
      }
      const again = await person.call('refund_trade', REFUND);
      assert.equal(again.status, 'already_done');
      assert.equal(again['operation_id'], first['operation_id']);
      assert.equal(person.asked.length, 1);
    });

    it('creates a trade of 299.00 with a notify URL', async () => {
      const created = await person.call('create_trade', {
        total_amount: '299.00',
        subject: 'Premium Subscription',
        notify_url: 'https://shop.example/webhook',
      });
      assert.equal(created.status, 'succeeded', created.message);
      assert.equal(created['total_amount'], '299.00');
      assert.equal(created['notify_url'], 'https://shop.example/webhook');
      assert.match(created['qr_code'], /^http:\/\/127\.0\.0\.1:\d+\/cashier\//);
      assert.match(created['closes_at'], /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
      assert.equal(person.asked.length, 0);
      assert.equal((await fetch(created['qr_code'])).status, 200);
    });

    it('sums the bill of 2024-04-11 and flags what is above 5,000', async () => {
      const bill = await person.call('query_bill_download_url', { bill_date: '2024-04-11', flag_above: '5000.00' });
      assert.equal(bill.status, 'succeeded', bill.message);
      assert.deepEqual(bill['trades'], { count: 142, gross: '48720.50' });
      assert.deepEqual(bill['refunds'], { count: 7, amount: '1230.00' });
      assert.equal(bill['net'], '47490.50');
      assert.ok(bill['flagged'].length > 0);
      for (const { amount } of bill['flagged']) assert.ok(Number(amount) > 5000, amount);
      assert.equal(person.asked.length, 0);
    });

    it('G3: a decline moves nothing', async () => {
      const refund = { out_trade_no: 'AP2024041200987', refund_amount: '50.00', refund_reason: 'damaged goods' };
      person.answer = no;
      assert.equal((await person.call('refund_trade', refund)).status, 'denied');
      person.answer = yes;
      const approved = await person.call('refund_trade', refund);
      assert.equal(approved.status, 'succeeded', approved.message);
      assert.equal(approved['remaining_before'], '299.00');
      assert.equal(person.asked.length, 2);
    });

    it('G3: a call that is cancelled while a person is asked takes the form back and moves nothing', async () => {
      const refund = { out_trade_no: '2024040112345', refund_amount: '20.00' };
      const { promise: shown, resolve: show } = Promise.withResolvers<AbortSignal>();
      person.answer = (_message, signal) => {
        show(signal);
        return new Promise(() => {});
      };
      const stop = new AbortController();
      const call = person.call('refund_trade', refund, stop.signal);
      const form = await shown;
      const takenBack = once(form, 'abort');
      stop.abort();
      await assert.rejects(call);
      await takenBack;
      person.answer = no;
      const next = await person.call('refund_trade', refund);
      assert.equal(next.status, 'denied', next.message);
      assert.match(person.asked[1] ?? '', /15\.50 refunded before/);
    });

    it('answers bad input and unknown tools with sentences', async () => {
      const wrong: [string, Record<string, unknown>, RegExp][] = [
        ['refund_trade', { ...REFUND, refund_amount: 15.5 }, /string in yuan such as "15\.50"/],
        ['refund_trade', { refund_amount: '15.50' }, /trade_no|out_trade_no/],
        ['refund_trade', { ...REFUND, approve: true }, /approve/],
        ['create_trade', { total_amount: '￥299', subject: 'x' }, /currency/],
        ['refund_order', {}, /refund_trade/],
      ];
      for (const [tool, input, sentence] of wrong) {
        const result = await person.call(tool, input);
        assert.equal(result.status, 'invalid_input', tool);
        assert.match(result.message, sentence);
      }
      assert.equal(person.asked.length, 0);
    });

    it('printed nothing that is not MCP', () => {
      assert.deepEqual(person.errors, []);
    });
  });

  it('G5: moves no money for a client that cannot ask a person', async () => {
    const machine = await startMcp(SUITE, SANDBOX, {});
    try {
      const guarded: [string, Record<string, unknown>][] = [
        ['refund_trade', REFUND],
        ['cancel_trade', { out_trade_no: '2024040112345' }],
        [
          'transfer_fund',
          {
            trans_amount: '1.00',
            payee_identity: '2088102146225135',
            payee_identity_type: 'ALIPAY_USER_ID',
            order_title: 'x',
          },
        ],
      ];
      for (const [tool, input] of guarded) {
        const result = await machine.call(tool, input);
        assert.equal(result.status, 'refused', `${tool}: ${result.message}`);
        assert.match(result.message, /approval needs VS Code/);
      }
      assert.equal((await machine.call('query_trade', { out_trade_no: '2024040112345' })).status, 'succeeded');
    } finally {
      await machine.close();
    }
  });

  it('speaks Chinese to those who ask for it', async () => {
    const client = await startMcp(SUITE, [...SANDBOX, '--locale', 'zh'], { answer: no });
    try {
      const denied = await client.call('refund_trade', REFUND);
      assert.match(client.asked[0] ?? '', /本地沙箱/);
      assert.match(denied.message, /\p{Script=Han}/u);
    } finally {
      await client.close();
    }
  });

  it('as “npm run mcp” writes lines of JSON alone to stdout, and ends with its stdin', async () => {
    const { code, stdout } = await runMcp(SUITE, ['--sandbox'], `${JSON.stringify(INITIALIZE)}\n`, true);
    assert.equal(code, 0);
    const [line = '', ...rest] = stdout.split('\n');
    assert.equal(JSON.parse(line).result.serverInfo.name, 'alipay');
    assert.deepEqual(rest, ['']);
  });

  it('ends by SIGTERM and SIGINT, and leaves no temporary ledger behind', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const temporary = mkdtempSync(join(tmpdir(), 'mcp-end-'));
      try {
        const args = ['--disable-warning=ExperimentalWarning', join(ROOT, 'src/stdio.ts'), '--sandbox'];
        const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: temporary } });
        await once(child.stderr, 'data');
        assert.equal(readdirSync(temporary).length, 1);
        child.kill(signal);
        assert.deepEqual(await once(child, 'exit'), [0, null]);
        assert.deepEqual(readdirSync(temporary), []);
      } finally {
        rmSync(temporary, { recursive: true, force: true });
      }
    }
  });

  it('says how it is used, to whoever asks', async () => {
    const { code, stdout, stderr } = await runMcp(SUITE, ['--help']);
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /^Usage: npm run mcp -- /);
  });

  it('says on stderr what is wrong with its options, and ends with 2', async () => {
    const wrong: [string[], RegExp][] = [
      [[], /--sandbox for a local one/],
      [['--sandbox', '--approve-all'], /“--approve-all” is not an option/],
      [['--sandbox', '--http', '99999'], /port from 0 to 65535/],
      [['--sandbox', '--data', '/dev/null/x'], /cannot be used for the ledger/],
    ];
    for (const [args, sentence] of wrong) {
      const { code, stdout, stderr } = await runMcp(SUITE, args);
      assert.equal(code, 2, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, sentence);
      assert.doesNotMatch(stderr, /\bat .*\.ts:\d+/);
    }
  });
});
